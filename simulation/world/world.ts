import type { NodeId } from '@tongyu/protocol';
import type { Faults } from '../../server/src/ports/faults.ts';
import type { Judge } from '../judge/judge.ts';
import { diceOf, type Dice } from '../kernel/dice.ts';
import { createScheduler, type Scheduler } from '../kernel/scheduler.ts';
import { createTrace, type Trace } from '../kernel/trace.ts';
import { createWire, type Wire } from '../kernel/wire.ts';
import type { Plant } from '../planted/plant.ts';
import type { SeedOptions } from './options.ts';
import { Crash, type Life } from './process.ts';
import type { SimGate } from './sim-gate.ts';
import type { SimNode } from './sim-node.ts';
import type { Rider } from './rider.ts';

export const OBSERVER: NodeId = '4202';

/** Four members and an observer; or three members, where nobody comes or goes. */
export type RegionKind = 'whole' | 'small';

const MEMBERS: Readonly<Record<RegionKind, readonly NodeId[]>> = {
  whole: ['3401', '3601', '4201', '4301'],
  small: ['3601', '4201', '4301'],
};

/** One region of one seed. */
export type World = {
  readonly options: SeedOptions;
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly wire: Wire;
  readonly judge: Judge;
  readonly trace: Trace;
  readonly plant: Plant;
  /** Those that founded it. */
  readonly members: readonly NodeId[];
  /** All that have a node. */
  readonly ids: readonly NodeId[];
  readonly nodes: Map<NodeId, SimNode>;
  readonly gates: SimGate[];
  readonly riders: Rider[];
  /** What the lines were at the end, for people. */
  lines: Record<string, number>;
  crashesLeft: number;
  /** The faults are over: nothing breaks any more. */
  isMended: boolean;
  node(id: NodeId): SimNode;
  /** Unix seconds of true time. */
  seconds(): number;
  /** Fault points of one life; `die` is called before the crash is thrown. */
  faultsOf(life: Life, die: () => void): Faults;
  /** Something was thrown that no program should throw. */
  onDefect(error: unknown, where: string): void;
};

export function createWorld(
  options: SeedOptions,
  startSeconds: number,
  judge: Judge,
  plant: Plant,
  onLine?: (line: string) => void,
): World {
  const dice = diceOf(options.seed);
  const trace = createTrace(onLine);
  const onDefect = (error: unknown, where: string): void => {
    if (error instanceof Crash) return;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    judge.fail(`defect in ${where}: ${text}`);
  };
  const scheduler = createScheduler(startSeconds * 1000, {
    onEvent: (time, label) => {
      trace.add(time, label);
    },
    onError: onDefect,
  });
  const nodes = new Map<NodeId, SimNode>();
  const members = MEMBERS[options.region];
  const world: World = {
    options,
    scheduler,
    dice,
    wire: createWire(scheduler, dice, options.wire),
    judge,
    trace,
    plant,
    members,
    ids: ['hub', ...members, ...(options.region === 'whole' ? [OBSERVER] : [])],
    nodes,
    gates: [],
    riders: [],
    lines: {},
    crashesLeft: options.crashes,
    isMended: false,
    node(id) {
      const found = nodes.get(id);
      if (found === undefined) throw new TypeError(`no node ${id}`);
      return found;
    },
    seconds: () => Math.floor(scheduler.now() / 1000),
    faultsOf: (life, die) => ({
      point(name) {
        if (!life.alive) throw new Crash(`${life.name} is dead`);
        const { crashPoint, crashRate } = options;
        if (world.crashesLeft === 0 || (crashPoint !== null && crashPoint !== name)) return;
        if (!dice.perMille(crashRate)) return;
        world.crashesLeft -= 1;
        trace.add(scheduler.now(), `${life.name} dies at ${name}`);
        life.alive = false;
        die();
        throw new Crash(`${life.name} at ${name}`);
      },
    }),
    onDefect,
  };
  return world;
}

/** Who is a member by the newest root. */
export function activeMembersOf({ judge }: World): readonly NodeId[] | undefined {
  const members = judge.numbers
    .newestRoot()
    ?.parties.filter(({ role, status }) => role === 'member' && status === 'active');
  return members?.map(({ party }) => party);
}
