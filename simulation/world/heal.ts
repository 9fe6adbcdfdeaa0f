import { documentHash } from '@tongyu/protocol';
import type { SimTables } from '../judge/watched-store.ts';
import { CALM_WIRE } from './options.ts';
import { workAtConsoles } from './story.ts';
import { newRider } from './open-region.ts';
import { activeMembersOf, type World } from './world.ts';

/** Everything must be at rest within this time of true clocks and whole wires. */
const BOUND_SECONDS = 2_400;
const OLDEST_SECONDS = 4_200;
const LAST_STEPS = 12;
/** Longer than any journey. */
const RUN_OUT_SECONDS = 6 * 3600 + 60;
const STEP_MILLISECONDS = 60_000;

/** The faults end; what is off, is on; and the region comes to rest in bounded time. */
export async function heal(world: World): Promise<void> {
  const { scheduler, judge } = world;
  world.isMended = true;
  world.crashesLeft = 0;
  world.wire.faults = CALM_WIRE;
  world.wire.cuts.clear();
  for (const node of world.nodes.values()) node.skewSeconds = 0;
  for (const gate of world.gates) {
    gate.skewSeconds = 0;
    gate.mirror = [];
    gate.listMirror = [];
  }
  const end = world.seconds() + BOUND_SECONDS;
  let unrest = 'never looked';
  while (world.seconds() < end && judge.failure() === undefined) {
    scheduler.after(0, 'consoles', () => workAtConsoles(world));
    await scheduler.runUntil(scheduler.now() + STEP_MILLISECONDS);
    for (const { running } of world.gates) running?.terminal.retryRefused();
    unrest = (await findUnrest(world)) ?? '';
    if (unrest === '') break;
  }
  if (judge.failure() === undefined && unrest !== '') {
    judge.fail(`not at rest ${BOUND_SECONDS} s after everything was mended: ${unrest}`);
  }
  if (judge.failure() === undefined) await rideOnceMore(world);
}

/** Until open journeys have run out, and the region is at rest again. */
export async function runOut(world: World): Promise<void> {
  const { scheduler, judge } = world;
  scheduler.jump(RUN_OUT_SECONDS * 1000);
  let unrest: string | undefined = 'never looked';
  for (let step = 0; step < LAST_STEPS && unrest !== undefined; step++) {
    await scheduler.runUntil(scheduler.now() + 5 * STEP_MILLISECONDS);
    unrest = await findUnrest(world);
  }
  if (unrest !== undefined) judge.fail(`not at rest after open journeys ran out: ${unrest}`);
}

/** What is still different between those who should hold the same, or still under way. */
async function findUnrest(world: World): Promise<string | undefined> {
  const spellings = new Set<string>();
  for (const { id, store, running } of world.nodes.values()) {
    if (running === undefined) return `${id} is down`;
    const { state, sections, pending, unanswered, ...list } = await store.read(readUnrest);
    if (pending.size > 0) return `${id} has messages for ${[...pending.keys()].join()}`;
    if (unanswered.length > 0) return `${id} waits for the homes of ${unanswered.length} taps`;
    const unpriced = await store.read(({ host }) => findUnpriced(host, world.seconds()));
    if (unpriced !== undefined) return `${id} ${unpriced}`;
    const lists = (state?.lists ?? []).map(({ party, number }) => `${party}.${number}`).sort();
    const { root, bundle } = state ?? {};
    if (root === undefined || bundle === undefined) return `${id} holds no trust`;
    const catalogue = [...list.editions, ...list.heads].map(({ signed }) => documentHash(signed));
    const trusted = [documentHash(root.signed), documentHash(bundle.signed), ...lists];
    const held = [...trusted, ...catalogue].join(' ');
    spellings.add(held);
    if (bundle.signed.root.number !== root.signed.number) return `${id} lacks the root's bundle`;
    const bundled = bundle.signed.sections.map(({ signed }) => `${signed.party}.${signed.number}`);
    const due = sections.find(
      ({ signed }) => !bundled.includes(`${signed.party}.${signed.number}`),
    );
    if (due !== undefined)
      return `${id} knows a section of ${due.signed.party} that is in no bundle`;
  }
  if (spellings.size !== 1) return 'nodes hold different trust or lists';
  const [asked] = (await world.node('hub').running?.hub?.requests()) ?? [];
  if (asked !== undefined) return `the ${asked.kind} of ${asked.party} is not through`;
  return findUnrestOfGates(world);
}

async function findUnpriced(host: SimTables['host'], now: number): Promise<string | undefined> {
  if (await host.hasDue(now)) return `has ${await host.countDue()} groups to price`;
  const waiting = await host.unanswered();
  return waiting.size > 0 ? `waits for the word of ${[...waiting.keys()].join()}` : undefined;
}

async function readUnrest({ trust, peers, city, catalogue }: SimTables) {
  return {
    editions: await catalogue.editions(),
    heads: await catalogue.heads(),
    state: await trust.loadState(),
    sections: await trust.newestSections(),
    pending: await peers.pendingOutbox(),
    unanswered: (await city.taps({ limit: 100_000 })).filter(({ home }) => home === 'pending'),
  };
}

async function findUnrestOfGates(world: World): Promise<string | undefined> {
  for (const { id, host, running } of world.gates) {
    if (running === undefined) return `${id} is down`;
    const status = running.terminal.status();
    const report = await world.node(host).running?.keeper.report();
    if (status.pending > 0) return `${id} has ${status.pending} unsent taps`;
    if (status.refused.length > 0)
      return `${id} has refused taps: ${status.refused[0]?.code ?? ''}`;
    if (status.bundleVersion !== report?.bundle?.version) return `${id} holds an older bundle`;
    if (status.rootNumber !== report.root.number) return `${id} holds an older root`;
    const list = world.node(host).running?.catalogue.face.current();
    const head = list?.heads.find(({ signed }) => signed.party === host)?.signed.number;
    if (status.headNumber !== head) return `${id} holds an older head`;
    const newest = list?.editions.at(-1)?.signed.number;
    if (status.editions.at(-1)?.number !== newest) return `${id} lacks an edition`;
    if (isOld(status.trustAgeSeconds)) return `${id} holds aged trust`;
    const lists = new Map(report.lists.map(({ party, number }) => [party, number]));
    const old = status.lists.find(({ party, number }) => number !== lists.get(party));
    if (old !== undefined) return `${id} holds an older list of ${old.party}`;
    const aged = status.lists.find(({ ageSeconds }) => isOld(ageSeconds));
    if (aged !== undefined) return `${id} holds an aged list of ${aged.party}`;
  }
  return undefined;
}

/** Statements are hourly, and gates ask every minute. */
function isOld(ageSeconds: number | null): boolean {
  return ageSeconds === null || ageSeconds > OLDEST_SECONDS;
}

/** A resident of every member passes every open gate at the first try. */
async function rideOnceMore(world: World): Promise<void> {
  const { judge, scheduler } = world;
  const home = world.dice.pick(activeMembersOf(world) ?? world.members);
  const rider = newRider(world, home, 1_000, 0);
  scheduler.after(0, 'last sync', rider.sync);
  await scheduler.runUntil(scheduler.now() + 10_000);
  for (const gate of world.gates) {
    scheduler.after(0, 'last ride', async () => {
      const text = await rider.code();
      if (text === undefined) {
        judge.fail(`a resident of ${home} gets no pass`);
        return;
      }
      const answer = await gate.running?.terminal.scan(text);
      if (answer === undefined) return;
      gate.running?.rounds.wake();
      judge.gateAnswered(gate.id, text, answer);
      const { verdict, refusal } = answer;
      const isOpen = gate.running?.terminal.status().serviceOpen === true;
      const isWrong = isOpen ? verdict !== 'pass' : refusal !== 'SERVICE_NOT_OPEN';
      // By chance the same pass again, of the same operator: its tag is used.
      if (isWrong && refusal !== 'ALREADY_USED') {
        judge.fail(`${gate.id} refuses a good code at the end: ${refusal ?? ''}`);
      }
    });
    await scheduler.runUntil(scheduler.now() + 1_000);
  }
  // A list may be made anew in this very moment, ten minutes after a slot's end.
  let unrest: string | undefined = 'never looked';
  for (let step = 0; step < LAST_STEPS && unrest !== undefined; step++) {
    await scheduler.runUntil(scheduler.now() + STEP_MILLISECONDS);
    if (step >= 1) unrest = await findUnrest(world);
  }
  if (unrest !== undefined) judge.fail(`not at rest after the last rides: ${unrest}`);
}
