import type { Trip, TripPage } from '../../kit/api/trips.ts';

/**
 * The newest page over what is held already: what it names is as it says, what lies within its span
 * and is not named is gone, and what is older stays.
 */
export function mergeTrips(held: TripPage | undefined, newest: TripPage): TripPage {
  const last = newest.trips.at(-1);
  if (held === undefined || last === undefined || newest.next === null) return newest;
  const at = held.trips.findIndex(({ journey }) => journey === last.journey);
  const older = at < 0 ? [] : held.trips.slice(at + 1);
  if (older.length === 0) return newest;
  return { ...newest, trips: [...newest.trips, ...withoutNamed(newest, older)], next: held.next };
}

/** An older page below what is held. */
export function addOlder(held: TripPage, older: TripPage): TripPage {
  const trips = [...held.trips, ...withoutNamed(held, older.trips)];
  return { ...held, trips, next: older.next };
}

function withoutNamed({ trips }: TripPage, others: readonly Trip[]): readonly Trip[] {
  const named = new Set(trips.map(({ journey }) => journey));
  return others.filter(({ journey }) => !named.has(journey));
}

/** One journey as it is now known, in its place. */
export function replaceTrip(held: TripPage, trip: Trip): TripPage {
  const trips = held.trips.map((each) => (each.journey === trip.journey ? trip : each));
  return { ...held, trips };
}

/** Seconds; the moment of its last tap. */
export function lastTapTime({ taps }: Trip): number {
  return taps.reduce((latest, { time }) => Math.max(latest, time), 0);
}

const minute = 60_000;
/** A receipt is on the phone within 5 s of its arrival at home, for a minute after each code. */
const soonMilliseconds = 4_000;
const laterMilliseconds = 30_000;

/** How long to wait before asking again, `sinceMilliseconds` after the code or view was shown. */
export function askAgainAfter(sinceMilliseconds: number, wasAnswered: boolean): number {
  return wasAnswered && sinceMilliseconds < minute ? soonMilliseconds : laterMilliseconds;
}
