import { REPAIRED_ENDS_PER_MONTH, serviceDay, SECONDS_PER_DAY } from '@tongyu/protocol';
import type { ClassFact } from '@tongyu/domain';
import type { ResidentGroup } from '../journeys/types.ts';
import type { HomeRepairRow } from '../store/journey-tables.ts';
import { loadLists } from './held-lists.ts';
import { tripsOfGroup, type ToldJourney } from './trip-of.ts';
import type { Trip, TripPage, ViewRoom, ViewTables } from './types.ts';

/** How far back a resident's journeys are told of: as long as they are kept. */
export const TOLD_DAYS = 184;
const TRIPS_PER_PAGE = 30;
/** Taps that a page looks at to find its days: two of each journey, and some to spare. */
const TAPS_PER_PAGE = 80;
const REPAIR_MONTH_SECONDS = 30 * SECONDS_PER_DAY;

/**
 * A resident's journeys, newest first, computed as of now. A page reaches back no further than it
 * needs; journeys that begin in one second stay on one page.
 *
 * @param after `next` of the page before: journeys that began earlier than that
 */
export async function residentTrips<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  residentRef: string,
  after: number | undefined,
): Promise<TripPage> {
  const now = room.clock.now();
  const until = Math.min(after ?? Infinity, now + SECONDS_PER_DAY);
  const taps = await room.store.read((tx) => tx.city.tripsOf(residentRef, TAPS_PER_PAGE, until));
  const oldest = taps.at(-1);
  if (oldest === undefined) return { trips: [], next: null, serverTime: now };
  // A day more: the tap may end a journey that began on the day before.
  const fromDay = Math.max(oldest.day - 1, serviceDay(now) - TOLD_DAYS);
  const groups = await room.journeys.residentGroups(residentRef, fromDay);
  const told = await tellAll(room, residentRef, groups, now);
  const trips = told.map(({ trip }) => trip).filter((trip) => startOf(trip) < until);
  const page = firstPage(trips);
  const isCut = page.length < trips.length;
  const isMore = isCut || (taps.length === TAPS_PER_PAGE && oldest.day > fromDay);
  const last = page.at(-1);
  const from = last === undefined ? oldest.time : startOf(last);
  return { trips: page, next: isMore ? String(from) : null, serverTime: now };
}

function firstPage(trips: readonly Trip[]): readonly Trip[] {
  const last = trips[TRIPS_PER_PAGE - 1];
  if (last === undefined) return trips;
  return trips.filter((trip, i) => i < TRIPS_PER_PAGE || startOf(trip) === startOf(last));
}

function startOf({ taps: [first], line }: Trip): number {
  return first?.time ?? line?.from?.time ?? line?.to?.time ?? 0;
}

/** Groups as their rider is told of them, newest first. */
async function tellAll<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  residentRef: string,
  groups: readonly ResidentGroup[],
  now: number,
): Promise<readonly ToldJourney[]> {
  const told = await room.store.read((tx) => tellGroups(room, tx, residentRef, groups, now));
  return [...told].sort((a, b) => startOf(b.trip) - startOf(a.trip) || byName(a.trip, b.trip));
}

function byName(a: Trip, b: Trip): number {
  return a.journey < b.journey ? -1 : 1;
}

export async function tellGroups<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  tx: Tx,
  residentRef: string,
  groups: readonly ResidentGroup[],
  now: number,
): Promise<readonly ToldJourney[]> {
  const lists = await loadLists(
    room,
    tx,
    groups.flatMap(({ trips, host }) => trips.map(({ edition }) => ({ host, edition }))),
  );
  const classFacts: readonly ClassFact[] = await tx.city.classFacts(residentRef);
  const repairs = await tx.home.homeRepairsOf(residentRef, now - REPAIR_MONTH_SECONDS);
  const endsLeft = Math.max(0, REPAIRED_ENDS_PER_MONTH - repairedEnds(repairs));
  const facts = { home: room.party, lists, classFacts, endsLeft, now };
  return groups.flatMap((group) => tripsOfGroup(group, facts));
}

/** How many ends a rider has put right: those that the host refused do not count. */
function repairedEnds(repairs: readonly HomeRepairRow[]): number {
  return repairs.filter(({ kind, outcome }) => kind !== 'class' && outcome !== 'refused').length;
}
