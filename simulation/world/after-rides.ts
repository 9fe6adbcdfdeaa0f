import type { NodeId } from '@tongyu/protocol';
import type { Trip, TripRepair } from '../../server/src/journey-views/types.ts';
import type { RepairWish } from '../../server/src/journey-views/repairs.ts';
import type { Rider } from './rider.ts';
import type { RunningNode } from './sim-node.ts';
import type { World } from './world.ts';

/** What residents do about their journeys once they have made them, and what offices answer. */

/** Something is missing or was not shown: told as far as the home city offers it, or beyond. */
export async function putRight(world: World, rider: Rider): Promise<void> {
  const { dice } = world;
  const at = await homeOf(world, rider);
  const offered = at?.trips.filter(({ repair }) => repair !== null) ?? [];
  if (at === undefined || offered.length === 0) return;
  const { journey, repair } = dice.pick(offered);
  if (repair !== null) await at.views.repair(at.ref, wishOf(world, journey, repair));
}

function wishOf({ dice }: World, journey: Trip['journey'], offer: TripRepair): RepairWish {
  const kind = offer.exit ? 'exit' : offer.entry ? 'entry' : 'class';
  if (kind === 'class' || (offer.classes.length > 0 && dice.perMille(400))) {
    return { journey, kind: 'class', stop: null, time: null, class: dice.pick(offer.classes) };
  }
  const stop = offer.stops.length === 0 ? null : dice.pick(offer.stops).id;
  const span = Math.max(0, offer.latest - offer.earliest);
  const beyond = dice.perMille(100) ? 1 : 0;
  const time = offer.earliest + dice.below(span + 1) + beyond;
  return { journey, kind, stop, time, class: null };
}

/** A line is wrong, they say; the hosts' offices look at what has come to them. */
export async function object(world: World, rider: Rider): Promise<void> {
  const { dice } = world;
  const at = await homeOf(world, rider);
  const told = at?.trips.filter(({ line }) => line !== null) ?? [];
  if (at === undefined || told.length === 0) return;
  const { journey } = dice.pick(told);
  await at.views.object(at.ref, { journey, reason: 'wrong-price' });
}

export async function decideObjections(world: World, host: NodeId): Promise<void> {
  const { journeys } = world.node(host).running ?? {};
  for (const { id, decision } of (await journeys?.objections(5)) ?? []) {
    if (decision !== null) continue;
    const answer = world.dice.perMille(600) ? 'upheld' : 'rejected';
    await journeys?.answerObjection(id, answer, 'sim');
  }
}

type AtHome = {
  readonly views: NonNullable<RunningNode['views']>;
  readonly ref: string;
  readonly trips: readonly Trip[];
};

async function homeOf(world: World, rider: Rider): Promise<AtHome | undefined> {
  const home = world.node(rider.party);
  const { views } = home.running ?? {};
  const phoneId = rider.phoneId();
  if (views === undefined || phoneId === null) return undefined;
  const phone = await home.store.read(({ city }) => city.phone(phoneId));
  if (phone === undefined) return undefined;
  const ref = phone.residentRef;
  const { trips } = await views.trips(ref, undefined);
  return { views, ref, trips };
}
