import type { CatalogueOffer, Direction, PartyId, TrustOffer } from '@tongyu/protocol';
import { cityRounds, type CityRounds } from '../../server/src/terminal/city-rounds.ts';
import { createTerminal, type Terminal } from '../../server/src/terminal/create-terminal.ts';
import {
  memoryTerminalStore,
  type MemoryTerminalStore,
} from '../../server/src/terminal/memory-terminal-store.ts';
import type { TerminalStore } from '../../server/src/terminal/terminal-store.ts';
import { silentLog } from '../../server/src/ports/log.ts';
import { countingRng } from '../kernel/dice.ts';
import { fakeSigner, fakeVerify, type FakeSigner } from '../kernel/fake-signers.ts';
import { cityLink } from './links.ts';
import { Crash, forEver, type Life } from './process.ts';
import type { Place } from './sim-list.ts';
import type { World } from './world.ts';

/** A gate: a disk that lasts, and perhaps a program that runs. */
export type SimGate = {
  readonly id: string;
  readonly host: PartyId;
  readonly service: string;
  readonly direction: Direction;
  readonly stop: string | null;
  readonly endpoint: string;
  readonly key: FakeSigner;
  readonly store: MemoryTerminalStore;
  readonly pinnedRootHash: string;
  skewSeconds: number;
  /** Offers that somebody in the middle will answer with instead of the city's. */
  mirror: TrustOffer[];
  readonly seenOffers: TrustOffer[];
  /** The same of the service list. */
  listMirror: CatalogueOffer[];
  readonly seenLists: CatalogueOffer[];
  running: RunningGate | undefined;
};

type RunningGate = {
  readonly life: Life;
  readonly terminal: Terminal;
  readonly rounds: CityRounds;
  /** Told when the power goes, for planted stores that only pretend to be durable. */
  readonly onCrash: () => void;
};

const SYNC_SECONDS = 100;
const TICK_MILLISECONDS = 25_000;
const PREPARE_TICKS = 8;
const DEBOUNCE_SECONDS = 3;

export type GatePlace = Place & {
  readonly name: string;
  readonly host: PartyId;
  readonly pinnedRootHash: string;
};

export function addGate(
  world: World,
  { name, host, service, direction, stop, pinnedRootHash }: GatePlace,
  kept: ReadonlyMap<string, string>,
): SimGate {
  const id = `${host}-${name}`;
  const store = memoryTerminalStore();
  store.saveKept(kept);
  const gate: SimGate = {
    ...{ id, host, service: `${host}-${service}`, direction, stop, pinnedRootHash, store },
    endpoint: `gate ${id}`,
    key: fakeSigner(`gate ${id}`),
    skewSeconds: 0,
    mirror: [],
    seenOffers: [],
    listMirror: [],
    seenLists: [],
    running: undefined,
  };
  world.gates.push(gate);
  return gate;
}

export function startGate(world: World, gate: SimGate): void {
  const life: Life = { name: gate.endpoint, alive: true };
  const clock = { now: () => world.seconds() + gate.skewSeconds };
  const watched = watchedTerminalStore(world, gate);
  const planted = world.plant.terminalStore?.(watched) ?? { store: watched, onCrash: nothing };
  const city = cityLink(world, gate, life);
  const terminal = createTerminal({
    ports: {
      clock,
      city: world.plant.cityLink?.(city, planted.store) ?? city,
      key: gate.key,
      verify: world.plant.verify ?? fakeVerify,
      pause: () => (life.alive ? world.scheduler.sleep(0) : forEver()),
      faults: world.faultsOf(life, () => {
        killGate(world, gate);
      }),
    },
    store: storeOfLife(planted.store, life),
    config: {
      terminal: gate.id,
      service: gate.service,
      direction: gate.direction,
      stop: gate.stop,
      keyId: 1,
      pinnedRootHash: gate.pinnedRootHash,
      debounceSeconds: DEBOUNCE_SECONDS,
      maxWarnedAcceptsPerDay: world.options.maxWarnedAccepts,
    },
  });
  const rng = countingRng(gate.id, world.dice);
  const rounds = cityRounds({ terminal, clock, rng, log: silentLog, syncSeconds: SYNC_SECONDS });
  gate.running = { life, terminal, rounds, onCrash: planted.onCrash };
  let ticks = 0;
  const tick = async (): Promise<void> => {
    if (!life.alive) return;
    world.scheduler.after(TICK_MILLISECONDS, `${gate.endpoint} tick`, tick);
    if (ticks++ % PREPARE_TICKS === 0) await terminal.prepare();
    await rounds.tick();
    if (gate.running?.life === life) world.judge.gateHolds(gate.id, terminal.status());
  };
  world.scheduler.after(world.dice.below(TICK_MILLISECONDS), `${gate.endpoint} tick`, tick);
  world.judge.gateHolds(gate.id, terminal.status());
}

export function killGate(world: World, gate: SimGate): void {
  const { running } = gate;
  if (running === undefined) return;
  running.life.alive = false;
  running.onCrash();
  gate.running = undefined;
  world.judge.gateCrashed(gate.id);
  const downMilliseconds = world.dice.pick([200, 2_000, 20_000, 90_000]);
  world.scheduler.after(downMilliseconds, `${gate.endpoint} starts`, () => {
    if (gate.running === undefined) startGate(world, gate);
  });
}

/** What reaches the disk. */
function watchedTerminalStore(world: World, { id, store }: SimGate): TerminalStore {
  return {
    ...store,
    saveKept(changes) {
      store.saveKept(changes);
      world.judge.gateKept(id, changes);
    },
    commitTap(commit) {
      store.commitTap(commit);
      world.judge.gateCommitted(id, commit.number, commit.text);
    },
    settle(outcomes) {
      store.settle(outcomes);
      world.judge.gateSettled(id, outcomes);
    },
  };
}

/** A dead program touches the disk no more. */
function storeOfLife(store: TerminalStore, life: Life): TerminalStore {
  const alive = <A extends unknown[], R>(act: (...given: A) => R): ((...given: A) => R) => {
    return (...given) => {
      if (!life.alive) throw new Crash(`${life.name} is dead`);
      return act(...given);
    };
  };
  return {
    loadKept: alive(store.loadKept),
    saveKept: alive(store.saveKept),
    lastNumber: alive(store.lastNumber),
    lastUsedTime: alive(store.lastUsedTime),
    warnedAccepts: alive(store.warnedAccepts),
    commitTap: alive(store.commitTap),
    mergeUsed: alive(store.mergeUsed),
    pruneUsed: alive(store.pruneUsed),
    pending: alive(store.pending),
    pendingCount: alive(store.pendingCount),
    settle: alive(store.settle),
    refused: alive(store.refused),
    retryRefused: alive(store.retryRefused),
    close: alive(store.close),
  };
}

function nothing(): void {
  // a real disk keeps what it has
}
