import { pairTaps, type GroupTap } from '@tongyu/domain';
import {
  compareTapIds,
  MAX_PRICE_FEN,
  SECONDS_PER_DAY,
  serviceDay,
  type JourneyKey,
  type TapId,
} from '@tongyu/protocol';
import type { TripRow } from '../store/city-tables.ts';
import type { GroupTapRow } from '../store/journey-tables.ts';
import { isEarlyExit } from './journey-key.ts';

/** A tap as either side's book has it, before it is said in which group it is looked at. */
export type KeptTap = Omit<GroupTap, 'carried'> & {
  /** Its own group's. */
  readonly key: JourneyKey;
  readonly previousKey: JourneyKey | null;
  readonly fareGroup: string;
};

export function keptTapOfHost(row: GroupTapRow): KeptTap {
  const { terminal, number, time, service, operator, direction, stop, edition, head } = row;
  return {
    ...{ id: `${terminal}/${number}`, time, service, operator, direction, stop, edition, head },
    ...{ class: row.class, shownFen: row.shownPriceFen ?? MAX_PRICE_FEN },
    ...{ key: row.journeyKey, previousKey: row.previousKey, fareGroup: row.fareGroup ?? '' },
  };
}

/** @param operator of the service's entry; a line is only made where that is known */
export function keptTapOfHome(row: TripRow, operator: string): KeptTap {
  const { terminal, number, time, service, direction, stop, edition, head } = row;
  return {
    ...{ id: `${terminal}/${number}`, time, service, operator, direction, stop, edition, head },
    ...{ class: row.class, shownFen: row.shownPriceFen ?? MAX_PRICE_FEN },
    ...{ key: row.key, previousKey: row.previousKey, fareGroup: row.fareGroup },
  };
}

export type GroupPlace = {
  readonly key: JourneyKey;
  readonly fareGroup: string;
  readonly day: number;
};

/** Whether the tap is of the group's own fare group and day, as its key says. */
export function isOwnTap(tap: KeptTap, group: GroupPlace): boolean {
  if (tap.key !== group.key || tap.fareGroup !== group.fareGroup) return false;
  return serviceDay(tap.time) === group.day;
}

/** Whether the tap may end a journey of the group though it is of the day after (JRN-1.3). */
export function isCarriedTap(tap: KeptTap, group: GroupPlace): boolean {
  if (tap.previousKey !== group.key || tap.fareGroup !== group.fareGroup) return false;
  return serviceDay(tap.time) === group.day + 1 && isEarlyExit(tap);
}

/** Taps of the group and those carried to it, as pricing takes them. */
export function groupTapsOf(taps: readonly KeptTap[], group: GroupPlace): readonly GroupTap[] {
  return taps.flatMap(({ key: _, previousKey: __, fareGroup: ___, ...tap }, i): GroupTap[] => {
    const kept = taps[i];
    if (kept === undefined) return [];
    if (isOwnTap(kept, group)) return [{ ...tap, carried: false }];
    return isCarriedTap(kept, group) ? [{ ...tap, carried: true }] : [];
  });
}

/**
 * Which carried exits belong to the group of the day before (JRN-2.6): they do not belong to that
 * of their own key (JRN-1.5). It stands on the taps alone: it is known before anything is priced.
 */
export function takenByDayBefore(
  taps: readonly KeptTap[],
  dayBefore: GroupPlace,
): ReadonlySet<TapId> {
  const asOf = (dayBefore.day + 2) * SECONDS_PER_DAY;
  const journeys = pairTaps({ taps: groupTapsOf(taps, dayBefore), day: dayBefore.day, asOf });
  return new Set(
    journeys
      .flatMap((journey) => journey.taps.filter(({ carried }) => carried))
      .map(({ id }) => id),
  );
}

export function byTimeThenId(a: Pick<KeptTap, 'time' | 'id'>, b: typeof a): number {
  return a.time - b.time || compareTapIds(a.id, b.id);
}
