import { serviceDay, type PartyId } from '@tongyu/protocol';
import type { TripRow } from '../store/city-tables.ts';
import type { HomeLineRow, HomeRepairRow } from '../store/journey-tables.ts';
import { loadLists, type HeldLists } from './held-lists.ts';
import { TOLD_DAYS } from './resident-trips.ts';
import type { Named, ViewRoom, ViewTables } from './types.ts';

/** Who was told what about a resident outside the home city, when, and why. */
export type Seen = {
  readonly at: number;
  readonly who: { readonly party: PartyId; readonly operator: Named | null };
  readonly what: readonly SeenKind[];
  readonly why: 'tap' | 'claim' | 'repair' | 'objection';
};

export type SeenKind = 'residence' | 'class' | 'time' | 'place' | 'journey';

const MAX_SEEN = 200;
const DAY_SECONDS = 86_400;

/**
 * The newest of all tellings, from the same rows as the journeys themselves: a tap shows an
 * operator a residence and, if the pass carried one, a class; the key tells a host which taps are
 * one rider's; a repair and an objection go to the host.
 */
export async function residentSeen<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  residentRef: string,
): Promise<{ readonly entries: readonly Seen[] }> {
  const now = room.clock.now();
  const fromDay = serviceDay(now) - TOLD_DAYS;
  const since = now - TOLD_DAYS * DAY_SECONDS;
  return room.store.read(async (tx) => {
    const trips = await tx.city.tripsOf(residentRef, MAX_SEEN);
    const lists = await loadLists(room, tx, trips);
    const objections = await tx.home.homeObjectionsOf(residentRef);
    const entries = [
      ...trips.map((trip) => seenAtTap(trip, lists)),
      ...seenInClaims(await tx.home.homeLinesOf(residentRef, fromDay)),
      ...(await tx.home.homeRepairsOf(residentRef, since)).map(seenInRepair),
      ...objections.map(({ at, host }): Seen => toHost(at, host, ['journey'], 'objection')),
    ];
    const newest = entries.filter(({ at }) => at >= since).sort((a, b) => b.at - a.at);
    return { entries: newest.slice(0, MAX_SEEN) };
  });
}

function seenAtTap(trip: TripRow, lists: HeldLists): Seen {
  const { host, time, class: shown, service } = trip;
  const operator = lists.entry(trip, service)?.operator ?? null;
  const what: readonly SeenKind[] = ['residence', ...(shown === 0 ? [] : (['class'] as const))];
  return {
    at: time,
    who: { party: host, operator },
    what: [...what, 'time', 'place'],
    why: 'tap',
  };
}

/** A claim of many lines was one telling. */
function seenInClaims(lines: readonly HomeLineRow[]): readonly Seen[] {
  const told = new Map(lines.map((line) => [`${line.host} ${line.key} ${String(line.at)}`, line]));
  return [...told.values()].map(({ at, host }) => toHost(at, host, ['journey'], 'claim'));
}

function seenInRepair({ at, host, kind }: HomeRepairRow): Seen {
  return toHost(at, host, kind === 'class' ? ['class'] : ['time', 'place'], 'repair');
}

function toHost(
  at: number,
  party: PartyId,
  what: readonly SeenKind[],
  why: Exclude<Seen['why'], 'tap'>,
): Seen {
  return { at, who: { party, operator: null }, what, why };
}
