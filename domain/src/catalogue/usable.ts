import {
  dateAt,
  dayOfDate,
  editionEnd,
  startOfDate,
  type DateText,
  type Edition,
  type Entry,
  type Head,
  type Hours,
  type LocalText,
} from '@tongyu/protocol';
import { suspensionOf } from '../entitlement/suspensions.ts';

/** A check holds for half a year (LIST-4.6). */
export const CHECK_LIFE_DAYS = 184;

/** Who looked last, and when: the entry's own check, or a later one that the head names. */
export type LastCheck = { readonly on: DateText; readonly by: LocalText };

export function lastCheck(entry: Entry, head: Head | undefined): LastCheck {
  const later = head?.verified.find((one) => one.entry === entry.id);
  return later !== undefined && later.on > entry.checked.on ? later : entry.checked;
}

export type Unusable = 'SUSPENDED' | 'CHECK_TOO_OLD';

/** Why an entry is not "usable now"; empty when it is. Only a suspension closes a gate. */
export function whyUnusable(
  entry: Entry,
  head: Head | undefined,
  now: number,
): readonly Unusable[] {
  const age = dayOfDate(dateAt(now)) - dayOfDate(lastCheck(entry, head).on);
  return [
    ...(suspensionOf(head, entry.id) === undefined ? [] : (['SUSPENDED'] as const)),
    ...(age > CHECK_LIFE_DAYS ? (['CHECK_TOO_OLD'] as const) : []),
  ];
}

/** Whether a place is open at a moment, by its published hours. */
export function openNow(hours: readonly Hours[], now: number): 'open' | 'closed' | 'unknown' {
  if (hours.length === 0) return 'unknown';
  const day = dayOfDate(dateAt(now));
  const minute = Math.floor((now - startOfDate(dateAt(now))) / 60);
  const isOn = (weekday: number, at: number): boolean =>
    hours.some((h) => h.days.includes(weekday) && h.fromMinute <= at && at < h.toMinute);
  // Also the hours that began the day before and run past midnight.
  const isOpen = isOn(weekdayOf(day), minute) || isOn(weekdayOf(day - 1), minute + 1440);
  return isOpen ? 'open' : 'closed';
}

/** 1 Monday to 7 Sunday; 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return ((day + 3) % 7) + 1;
}

/** The half-year of the edition in force is over and no other has followed (LIST-3.8). */
export function isOverdue(inForce: Pick<Edition, 'id'>, now: number): boolean {
  return now >= editionEnd(inForce.id);
}
