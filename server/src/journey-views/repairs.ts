import type { Repair, TapId } from '@tongyu/protocol';
import type { ResidentGroup } from '../journeys/types.ts';
import { tellGroups } from './resident-trips.ts';
import { repairOf } from './stored-texts.ts';
import type { ToldJourney } from './trip-of.ts';
import { isOver, isProvedFor, repairOffer } from './trip-repair.ts';
import { refuse, type ViewRefusalCode, type ViewResult } from './refusals.ts';
import type { ViewRoom, ViewTables } from './types.ts';

/** What a resident asks to be put right about one journey. */
export type RepairWish = {
  readonly journey: TapId;
  readonly kind: 'entry' | 'exit' | 'class';
  readonly stop: string | null;
  readonly time: number | null;
  readonly class: number | null;
};

/**
 * Checks a repair against the bounds of JRN-5, keeps it and sends it to the host. The same again
 * answers the first one. Whose journey it is decides the tables: another's is not known here.
 */
export async function askRepair<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  residentRef: string,
  wish: RepairWish,
): Promise<ViewResult<{ readonly repair: Repair }>> {
  if (wish.kind === 'class') await room.refreshClasses(residentRef);
  const result = await room.store.transaction(
    async (tx): Promise<ViewResult<{ readonly repair: Repair }>> => {
      const now = room.clock.now();
      // One at a time: the number of ends in a month is counted over all journeys.
      await tx.city.lockResident(residentRef, now);
      const group = await room.journeys.groupOfJourney(tx, residentRef, wish.journey);
      if (group === undefined) return refuse('TRIP_UNKNOWN');
      const told = await tellGroups(room, tx, residentRef, [group], now);
      const found = told.find(({ trip }) => trip.journey === wish.journey);
      if (found === undefined) return refuse('TRIP_UNKNOWN');
      const before = sameRepair(group, found, wish);
      if (before !== undefined) return { ok: true, value: { repair: before } };
      const fault = faultOf(wish, found);
      if (fault !== undefined) return refuse(fault);
      const { host, key } = group;
      const repair = await room.journeys.addRepair(tx, { ...wish, host, key, residentRef });
      return { ok: true, value: { repair } };
    },
  );
  if (result.ok) room.journeys.kick();
  return result;
}

/** A phone that did not hear the answer asks again. */
function sameRepair(
  { repairs }: ResidentGroup,
  { trip }: ToldJourney,
  wish: RepairWish,
): Repair | undefined {
  return repairs
    .filter(({ journey, outcome }) => journey === trip.journey && outcome !== 'refused')
    .map(({ text }) => repairOf(text))
    .find(
      (repair) =>
        repair.kind === wish.kind &&
        repair.stop === wish.stop &&
        repair.time === wish.time &&
        repair.class === wish.class,
    );
}

function faultOf(wish: RepairWish, { trip, repair }: ToldJourney): ViewRefusalCode | undefined {
  const offer = repairOffer(repair);
  if (wish.kind === 'class') {
    if (wish.class === null || wish.stop !== null || wish.time !== null) {
      return 'REPAIR_OUT_OF_BOUNDS';
    }
    if (isOver(repair)) return 'REPAIR_TOO_LATE';
    if (offer?.classes.includes(wish.class) === true) return undefined;
    return trip.line?.class === wish.class ||
      repair.hasClassRepair ||
      isProvedFor(repair, wish.class)
      ? 'REPAIR_NOT_NEEDED'
      : 'CLASS_NOT_PROVED';
  }
  if (isOver(repair)) return 'REPAIR_TOO_LATE';
  if (!offer?.[wish.kind]) return 'REPAIR_NOT_NEEDED';
  const { stop, time } = wish;
  const isPlaced =
    offer.stops.length === 0 ? stop === null : offer.stops.some(({ id }) => id === stop);
  const isTimed = time !== null && offer.earliest <= time && time <= offer.latest;
  if (!isPlaced || !isTimed || wish.class !== null) return 'REPAIR_OUT_OF_BOUNDS';
  return offer.endsLeft === 0 ? 'REPAIRS_USED_UP' : undefined;
}
