import { priceGroup, type GroupFacts } from '@tongyu/domain';
import {
  slotStart,
  type GroupClaim,
  type PartyId,
  type Repair,
  type TapId,
} from '@tongyu/protocol';
import type { CityTables, TripRow } from '../store/city-tables.ts';
import type { HomeGroupId, HomeRepairRow } from '../store/journey-tables.ts';
import {
  groupTapsOf,
  keptTapOfHome,
  takenByDayBefore,
  type GroupPlace,
  type KeptTap,
} from './group-taps.ts';
import type { JourneyRoom } from './room.ts';
import { openTermsBook, type TermsBook } from './terms-book.ts';
import type { ResidentGroup } from './types.ts';

/**
 * A resident's groups as this city computes them now, from its own trips, before any claim comes:
 * a receipt is there as soon as the tap's report is committed.
 */
export async function residentGroups<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  residentRef: string,
  fromDay: number,
): Promise<readonly ResidentGroup[]> {
  // A day more: an exit may belong to the day before, and only that day's taps can tell.
  const since = slotStart({ day: Math.max(0, fromDay - 1), slot: 0 });
  const trips = (await tx.home.tripsSince(residentRef, since)).filter(isCounted);
  const places = placesOf(trips).filter(({ day }) => day >= fromDay);
  return makeGroups(room, tx, residentRef, trips, places);
}

/** The group that has the tap by now; undefined when it is no charged tap of the resident. */
export async function groupOfJourney<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  residentRef: string,
  journey: TapId,
): Promise<ResidentGroup | undefined> {
  const [trip] = await tx.home.tripsByTap([journey]);
  if (trip?.residentRef !== residentRef || !isCounted(trip)) return undefined;
  const { host, key, previousKey } = trip;
  const keys = [key, ...(previousKey === null ? [] : [previousKey])];
  const ofKeys = await tx.home.tripsByKey(keys.map((one) => ({ host, key: one })));
  const dayBefore = ofKeys.flatMap((one) => one.previousKey ?? []);
  const more = [...new Set(dayBefore)].filter((one) => !keys.includes(one));
  const others = await tx.home.tripsByKey(more.map((one) => ({ host, key: one })));
  const trips = [...new Map([...ofKeys, ...others].map((one) => [idOf(one), one])).values()];
  const places = placesOf(trips).filter((place) => keys.includes(place.key));
  const groups = await makeGroups(room, tx, residentRef, trips.filter(isCounted), places);
  return groups.find((group) => group.trips.some((one) => idOf(one) === journey));
}

type HomePlace = GroupPlace & HomeGroupId;

/** The newest day first. */
function placesOf(trips: readonly TripRow[]): readonly HomePlace[] {
  const places = new Map<string, HomePlace>();
  for (const { host, key, fareGroup, day } of trips) {
    places.set(`${host} ${key}`, { host, key, fareGroup, day });
  }
  return [...places.values()].sort(
    (a, b) => b.day - a.day || (`${a.host} ${a.key}` < `${b.host} ${b.key}` ? -1 : 1),
  );
}

async function makeGroups<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  residentRef: string,
  trips: readonly TripRow[],
  places: readonly HomePlace[],
): Promise<readonly ResidentGroup[]> {
  if (places.length === 0) return [];
  const books = new Map<PartyId, TermsBook>();
  for (const [host, ofHost] of Map.groupBy(trips, (trip) => trip.host)) {
    books.set(host, await openTermsBook(room.list, tx, host, ofHost, { isRough: true }));
  }
  const fromDay = Math.min(...places.map(({ day }) => day));
  const claims = new Map(
    (await tx.home.homeGroups(places)).map((row) => [`${row.host} ${row.key}`, row.claim]),
  );
  const lines = await tx.home.homeLinesOf(residentRef, fromDay);
  const since = slotStart({ day: fromDay, slot: 0 });
  const repairs = await tx.home.homeRepairsOf(residentRef, since);
  const objections = await tx.home.homeObjectionsOf(residentRef);
  const byHost = Map.groupBy(trips, (trip) => trip.host);
  const groups: ResidentGroup[] = [];
  for (const place of places) {
    await room.ports.breathe();
    const { host, key } = place;
    const [book, ofHost] = [books.get(host), byHost.get(host) ?? []];
    if (book === undefined) continue;
    const claimText = claims.get(`${host} ${key}`);
    const claim = claimText === undefined ? null : (JSON.parse(claimText) as GroupClaim);
    const { mine, facts } = factsOf(room, place, ofHost, book, repairs, claim);
    const ids = new Set(mine.map(idOf));
    const byId = new Map(ofHost.map((trip) => [idOf(trip), trip]));
    groups.push({
      ...place,
      residentRef,
      trips: mine,
      priced: priceGroup(facts),
      claim,
      lines: lines.filter((line) => line.host === host && line.key === key),
      repairs: repairs.filter((one) => one.host === host && ids.has(one.journey)),
      objections: objections.filter((one) => one.host === host && ids.has(one.journey)),
      terms(tap) {
        const trip = byId.get(tap);
        return trip === undefined ? undefined : book.terms(trip);
      },
    });
  }
  return groups;
}

function factsOf<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  place: HomePlace,
  trips: readonly TripRow[],
  book: TermsBook,
  repairs: readonly HomeRepairRow[],
  claim: GroupClaim | null,
): { readonly mine: readonly TripRow[]; readonly facts: GroupFacts } {
  const { host, key, fareGroup, day } = place;
  const kept = trips.map((trip): KeptTap =>
    keptTapOfHome(trip, book.terms(trip)?.entry.operator.id ?? ''),
  );
  const gone = new Set<TapId>();
  const before = kept.flatMap((tap) => (tap.key === key ? (tap.previousKey ?? []) : []));
  for (const one of new Set(before)) {
    const dayBefore = { key: one, fareGroup, day: day - 1 };
    for (const id of takenByDayBefore(kept, dayBefore)) gone.add(id);
  }
  const taken = takenByDayBefore(kept, place);
  const taps = groupTapsOf(kept, place).filter(({ id, carried }) =>
    carried ? taken.has(id) : !gone.has(id),
  );
  const ids = new Set(taps.map(({ id }) => id));
  const own = repairs
    .filter((row) => row.host === host && row.outcome !== 'refused' && ids.has(row.journey))
    .map(({ text }) => JSON.parse(text) as Repair);
  // What the host waives, only its claims tell (JRN-6.2).
  const waived = claim?.repairs.filter(({ kind }) => kind === 'waive') ?? [];
  const facts: GroupFacts = {
    ...{ host, home: room.party, key, fareGroup, day, taps, repairs: [...own, ...waived] },
    asOf: room.ports.clock.now(),
    terms: (tap) => book.terms(tap),
    ceilingLeft: () => Number.MAX_SAFE_INTEGER, // the host's book
  };
  return { mine: trips.filter((trip) => ids.has(idOf(trip))), facts };
}

/** Charged, and kept since there are journeys. */
function isCounted({ charged, key }: TripRow): boolean {
  return charged && key !== '';
}

function idOf({ terminal, number }: TripRow): TapId {
  return `${terminal}/${number}`;
}
