import type { TapId } from '@tongyu/protocol';
import {
  earlyExitsAfter,
  isEarlyExit,
  isLateEntry,
  journeyKey,
  lateEntriesBefore,
} from '../journeys/journey-key.ts';
import type { CityTables, TripRow } from '../store/city-tables.ts';
import type { TripWindow } from '../store/journey-tables.ts';
import type { AmendedTap } from './keep-trips.ts';

/**
 * Journeys over 04:00 (JRN-1.3): an exit before 07:00 is offered under the key of the day before as
 * well, if its resident has a late entry there, in whatever order the two arrive.
 */
export async function withPreviousKeys(
  tx: CityTables,
  secret: Uint8Array,
  trips: readonly TripRow[],
): Promise<readonly TripRow[]> {
  const exits = trips.filter(isEarlyExit);
  if (exits.length === 0) return trips;
  const stored = await tx.home.tripsAround(
    exits.map((exit) => windowOf(exit, lateEntriesBefore(exit.time))),
  );
  const entries = [...stored, ...trips].filter((trip) => trip.charged && isLateEntry(trip));
  return trips.map((trip) => {
    if (!isEarlyExit(trip)) return trip;
    const isCarried = entries.some(
      (entry) => isOfSameGroup(entry, trip) && isWithin(entry, lateEntriesBefore(trip.time)),
    );
    return isCarried ? { ...trip, previousKey: keyOfDayBefore(secret, trip) } : trip;
  });
}

/** Exits that were kept before and get a previous key by these entries; it is kept with them. */
export async function findAmended(
  tx: CityTables,
  trips: readonly TripRow[],
): Promise<readonly AmendedTap[]> {
  const entries = trips.filter((trip) => trip.charged && isLateEntry(trip));
  if (entries.length === 0) return [];
  const later = await tx.home.tripsAround(
    entries.map((entry) => windowOf(entry, earlyExitsAfter(entry.time))),
  );
  const amended = later.flatMap((exit) => {
    if (!exit.charged || exit.previousKey !== null || !isEarlyExit(exit)) return [];
    const entry = entries.find(
      (one) => isOfSameGroup(one, exit) && isWithin(exit, earlyExitsAfter(one.time)),
    );
    return entry === undefined ? [] : [{ exit, previousKey: entry.key }];
  });
  if (amended.length === 0) return [];
  await tx.home.setPreviousKeys(
    amended.map(({ exit: { terminal, number }, previousKey }) => ({
      ...{ terminal, number, previousKey },
    })),
  );
  return amended.map(({ exit, previousKey }) => ({ tap: tapIdOf(exit), previousKey }));
}

function tapIdOf({ terminal, number }: TripRow): TapId {
  return `${terminal}/${number}`;
}

function windowOf(
  { residentRef, host, fareGroup }: TripRow,
  { from, to }: { readonly from: number; readonly to: number },
): TripWindow {
  return { residentRef, host, fareGroup, from, to };
}

function isOfSameGroup(a: TripRow, b: TripRow): boolean {
  return a.residentRef === b.residentRef && a.host === b.host && a.fareGroup === b.fareGroup;
}

function isWithin(
  { time }: TripRow,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  return time >= from && time < to;
}

function keyOfDayBefore(secret: Uint8Array, trip: TripRow): string {
  const { residentRef, fareGroup, day } = trip;
  return journeyKey(secret, { residentRef, fareGroup, day: day - 1 });
}
