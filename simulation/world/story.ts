import { HomeAway } from '../../server/src/phone/ports.ts';
import { slotOf, slotStart } from '@tongyu/protocol';
import type { World } from './world.ts';
import { decideObjections, object, putRight } from './after-rides.ts';
import { homeLink } from './links.ts';
import { newRider } from './open-region.ts';
import type { Rider } from './rider.ts';
import { killGate, type SimGate } from './sim-gate.ts';
import { killNode } from './sim-node.ts';
import { OBSERVER } from './world.ts';

/** What people and the weather do to a region, drawn from the seed. */
export type Story = {
  /** One thing that happens now. */
  act(): Promise<void>;
};

type Picture = { readonly text: string; readonly gate: SimGate };
/** A code that was never shown to a gate. */
type Photo = { readonly text: string; readonly takenAt: number };

const MAX_PICTURES = 12;

export function createStory(world: World): Story {
  const { dice } = world;
  const pictures: Picture[] = [];
  const photos: Photo[] = [];

  const present = async (gate: SimGate, text: string): Promise<void> => {
    const { running } = gate;
    if (running === undefined || world.isMended) return;
    const answer = await running.terminal.scan(text);
    running.rounds.wake();
    const why = answer.refusal ?? answer.fault ?? '';
    world.trace.add(world.scheduler.now(), `${gate.endpoint}: ${answer.verdict} ${why}`);
    world.judge.gateAnswered(gate.id, text, answer);
  };
  const ride = async (rider: Rider, gate: SimGate): Promise<string | undefined> => {
    const text = await rider.code();
    if (text === undefined) {
      await rider.sync();
      return undefined;
    }
    if (dice.perMille(200)) {
      photos.push({ text, takenAt: world.seconds() });
      return undefined;
    }
    pictures.push({ text, gate });
    if (pictures.length > MAX_PICTURES) pictures.shift();
    await present(gate, text);
    return text;
  };
  const anyRide = async (): Promise<void> => {
    await ride(dice.pick(world.riders), dice.pick(world.gates));
  };

  /** In at one gate and out at another, or as much of it as comes about. */
  const travel = async (): Promise<void> => {
    const rider = dice.pick(world.riders);
    const from = dice.pick(world.gates);
    const others = world.gates.filter(({ host, id }) => host === from.host && id !== from.id);
    if (!dice.perMille(60)) await ride(rider, from);
    await world.scheduler.sleep(dice.pick([5_000, 20_000, 70_000]));
    if (dice.perMille(80)) await ride(rider, from);
    if (others.length > 0 && !dice.perMille(100)) await ride(rider, dice.pick(others));
  };

  const acts: readonly (readonly [weight: number, act: () => Promise<void> | void])[] = [
    [40, anyRide],
    [10, () => dice.pick(world.riders).sync()],
    [
      10, // a screenshot, of a moment ago or of yesterday, here or elsewhere
      async () => {
        const picture = pictures.at(-1 - dice.below(Math.max(1, Math.min(3, pictures.length))));
        if (picture === undefined) return;
        await present(dice.perMille(600) ? picture.gate : dice.pick(world.gates), picture.text);
      },
    ],
    [
      6, // the same picture at the gate that has just lost its power
      async () => {
        const gate = dice.pick(world.gates);
        const text = await ride(dice.pick(world.riders), gate);
        if (!world.isMended) killGate(world, gate);
        await world.scheduler.sleep(dice.pick([3_000, 25_000, 95_000]));
        if (text !== undefined) await present(gate, text);
      },
    ],
    [
      5, // two gates at the same moment
      async () => {
        const text = await ride(dice.pick(world.riders), dice.pick(world.gates));
        if (text !== undefined) await present(dice.pick(world.gates), text);
      },
    ],
    [24, () => travel()],
    [5, () => putRight(world, dice.pick(world.riders))],
    [2, () => object(world, dice.pick(world.riders))],
    [2, () => decideObjections(world, dice.pick(world.gates).host)],
    [3, () => assisted(world, dice.pick(world.gates))],
    [2, () => present(dice.pick(world.gates), spoilt(world, pictures.at(-1)?.text))],
    [6, () => reportLost(world, dice.pick(world.riders), ride)],
    [4, () => cutSomething(world)],
    [4, () => world.wire.cuts.clear()],
    [3, () => killNode(world, world.node(dice.pick(world.ids)))],
    [3, () => killGate(world, dice.pick(world.gates))],
    [4, () => answerFromThePast(world, dice.pick(world.gates))],
    [
      4, // a code photographed hours ago, and a gate whose clock staff turn back to it
      () => turnClockBack(world, dice.pick(world.gates), photos, present),
    ],
    [4, () => changeList(world)],
  ];
  const total = acts.reduce((sum, [weight]) => sum + weight, 0);
  return {
    async act() {
      let at = dice.below(total);
      for (const [weight, act] of acts) {
        at -= weight;
        if (at < 0) {
          await act();
          return;
        }
      }
    },
  };
}

async function assisted(world: World, gate: SimGate): Promise<void> {
  const { running } = gate;
  if (running === undefined) return;
  const answer = await running.terminal.assist('no-phone');
  world.judge.gateAnswered(gate.id, undefined, answer);
}

/** One letter of a code changed: whatever that makes of it, it must not pass. */
function spoilt(world: World, text: string | undefined): string {
  if (text === undefined) return 'TY1:NOTHING';
  const at = 4 + world.dice.below(text.length - 4);
  const letter = text.charAt(at) === 'A' ? 'B' : 'A';
  return text.slice(0, at) + letter + text.slice(at + 1);
}

/** Reported from another device; the thief tries the phone at the gates that come. */
async function reportLost(
  world: World,
  rider: Rider,
  ride: (rider: Rider, gate: SimGate) => Promise<string | undefined>,
): Promise<void> {
  const phoneId = rider.phoneId();
  if (phoneId === null) return;
  const { party, persona } = rider;
  const index = world.riders.indexOf(rider);
  try {
    await homeLink(world, 'other phone', party).reportLost({ kind: 'synthetic', persona }, phoneId);
  } catch (error) {
    if (!(error instanceof HomeAway)) throw error;
  }
  if (world.dice.perMille(500) && index >= 0) {
    world.riders[index] = newRider(world, party, world.riders.length + index + world.seconds(), 0);
  }
  for (let i = 0; i < 3; i++) {
    await world.scheduler.sleep(world.dice.pick([5_000, 60_000, 200_000]));
    await ride(rider, world.dice.pick(world.gates));
  }
}

function cutSomething(world: World): void {
  const { dice, wire } = world;
  const gate = dice.pick(world.gates);
  const node = dice.pick(world.ids);
  const choices: readonly (readonly string[])[] = [
    [`${gate.endpoint}>*`, `*>${gate.endpoint}`],
    [`${gate.host}>${gate.endpoint}`], // its taps arrive, their answers do not
    [`${node}>*`, `*>${node}`],
    ['hub>*', '*>hub'],
    [`${node}>${dice.pick(world.ids)}`],
  ];
  for (const cut of dice.pick(choices)) wire.cuts.add(cut);
}

/** Somebody in the middle answers as the city once did; then the power goes. */
async function answerFromThePast(world: World, gate: SimGate): Promise<void> {
  gate.mirror = gate.seenOffers.slice(0, world.dice.between(1, 2));
  gate.listMirror = gate.seenLists.slice(0, world.dice.between(1, 2));
  await world.scheduler.sleep(90_000);
  if (!world.isMended) killGate(world, gate);
}

async function turnClockBack(
  world: World,
  gate: SimGate,
  photos: readonly Photo[],
  present: (gate: SimGate, text: string) => Promise<void>,
): Promise<void> {
  const old = photos.filter(({ takenAt }) => world.seconds() - takenAt > 200);
  if (old.length === 0 || Math.abs(gate.skewSeconds) > world.options.skewSeconds) return;
  const { text, takenAt } = world.dice.pick(old);
  const skewBefore = gate.skewSeconds;
  gate.skewSeconds = takenAt - world.seconds();
  killGate(world, gate);
  for (const wait of [1_000, 2_000, 20_000, 40_000]) {
    await world.scheduler.sleep(wait);
    await present(gate, text);
  }
  gate.skewSeconds = world.isMended ? 0 : skewBefore;
}

/** A host suspends a gate's service or opens it again, or somebody looks whether it is true. */
async function changeList(world: World): Promise<void> {
  const { service: entry, host } = world.dice.pick(world.gates);
  const office = world.node(host).running?.office;
  const reason = { zhCN: '检修', zhTW: null, en: null };
  const rules = [null, null, 'senior', 'student', 'veteran', 'funded', 'first'];
  const asked = { entry, rule: world.dice.pick(rules), reason };
  if (world.dice.perMille(450)) await office?.suspend(asked, 'sim');
  else if (world.dice.perMille(700)) await office?.restore(asked, 'sim');
  else await office?.confirmCheck({ entry, by: reason }, 'sim');
}

/** The change of keys or members that a seed is about, once. */
export async function changeRegion(world: World): Promise<void> {
  const { change } = world.options;
  if (change === 'none') return;
  const party = world.dice.pick(world.members);
  const { running } = world.node(change === 'accession' ? OBSERVER : party);
  if (running === undefined) return;
  switch (change) {
    case 'rollover':
      await running.city?.rollOverIssuerKey();
      break;
    case 'replacement':
      await running.city?.replaceIssuerKey();
      break;
    case 'accession':
    case 'withdrawal':
      await running.keeper.requestRole(change);
  }
}

/** People at consoles: the hub's puts what was asked to the members, the members' approve it. */
export async function workAtConsoles(world: World): Promise<void> {
  const hub = world.node('hub').running?.hub;
  for (const { party, proposed } of (await hub?.requests()) ?? []) {
    if (!proposed) await hub?.propose(party);
  }
  for (const { running } of world.nodes.values()) {
    const report = await running?.keeper.report();
    if (report === undefined || running?.city === undefined) continue;
    for (const { hash } of report.proposals) await running.keeper.approveRoot(hash);
  }
}

/** Milliseconds until shortly before the next slot begins, where the borders are. */
export function untilBorder(world: World): number {
  const next = slotStart(slotOf(world.seconds())) + 6 * 3600;
  return (next - 90 - world.seconds()) * 1000;
}
