import { createHmac } from 'node:crypto';
import {
  SECONDS_PER_DAY,
  serviceDay,
  slotStart,
  type JourneyKey,
  type Tap,
} from '@tongyu/protocol';

/** Exits so soon after a service day began may end a journey of the day before (JRN-1.3). */
const CARRIED_SECONDS = 3 * 3600;
/** From this long after a service day began an entry may end on the next one (JRN-1.3): 22:00. */
const LATE_SECONDS = 18 * 3600;
const KEY_DIGITS = 32;

export type GroupName = {
  readonly residentRef: string;
  readonly fareGroup: string;
  readonly day: number;
};

/**
 * Names a resident's journeys of one fare group and service day to its host (JRN-1.1): only the
 * home city can tell that two keys are of one person.
 * @param secret of the home node
 */
export function journeyKey(secret: Uint8Array, group: GroupName): JourneyKey {
  const { residentRef, fareGroup, day } = group;
  return createHmac('sha256', secret)
    .update(`journey\n${residentRef}\n${fareGroup}\n${String(day)}`)
    .digest('hex')
    .slice(0, KEY_DIGITS);
}

type Passage = Pick<Tap, 'time' | 'direction'>;

/** Whether the exit may belong to the service day before. */
export function isEarlyExit({ time, direction }: Passage): boolean {
  return direction === 'exit' && time < startOfDay(time) + CARRIED_SECONDS;
}

/** Whether the entry may be ended on the next service day. */
export function isLateEntry({ time, direction }: Passage): boolean {
  return direction === 'entry' && time >= startOfDay(time) + LATE_SECONDS;
}

/** When the entries were made that an exit of the same day before 07:00 may belong to. */
export function lateEntriesBefore(exitTime: number): {
  readonly from: number;
  readonly to: number;
} {
  const to = startOfDay(exitTime);
  return { from: to - SECONDS_PER_DAY + LATE_SECONDS, to };
}

/** When the exits were made that may belong to a late entry. */
export function earlyExitsAfter(entryTime: number): { readonly from: number; readonly to: number } {
  const from = startOfDay(entryTime) + SECONDS_PER_DAY;
  return { from, to: from + CARRIED_SECONDS };
}

function startOfDay(time: number): number {
  return slotStart({ day: serviceDay(time), slot: 0 });
}
