/**
 * Service days and slots (TIME-1). A service day runs from 04:00 to 04:00 Asia/Shanghai, which has
 * had no daylight saving time since 1991, so its offset is a constant. Times are Unix seconds.
 */
export const SECONDS_PER_DAY = 86_400;
export const SECONDS_PER_SLOT = 21_600;
export const SLOTS_PER_DAY = 4;

/** 04:00 at UTC+8 is 20:00 UTC of the day before: a service day begins 4 h before the UTC day. */
const DAY_STARTS_BEFORE_UTC_SECONDS = 4 * 3600;

/** One 6-hour slot: `day` counts service days from 1970-01-01, `slot` is 0 to 3 from 04:00. */
export type Slot = { readonly day: number; readonly slot: number };

export function serviceDay(timeSeconds: number): number {
  return Math.floor((timeSeconds + DAY_STARTS_BEFORE_UTC_SECONDS) / SECONDS_PER_DAY);
}

export function slotOf(timeSeconds: number): Slot {
  return slotFromIndex(
    Math.floor((timeSeconds + DAY_STARTS_BEFORE_UTC_SECONDS) / SECONDS_PER_SLOT),
  );
}

/** Slots in one row, so that they can be compared and stepped: day × 4 + slot. */
export function slotIndex(slot: Slot): number {
  return slot.day * SLOTS_PER_DAY + slot.slot;
}

export function slotFromIndex(index: number): Slot {
  return { day: Math.floor(index / SLOTS_PER_DAY), slot: index % SLOTS_PER_DAY };
}

/** The first second of the slot. */
export function slotStart(slot: Slot): number {
  return slotIndex(slot) * SECONDS_PER_SLOT - DAY_STARTS_BEFORE_UTC_SECONDS;
}

/** The first second after the slot. */
export function slotEnd(slot: Slot): number {
  return slotStart(slot) + SECONDS_PER_SLOT;
}

/** The calendar date (YYYY-MM-DD) on which the service day begins. */
export function serviceDayDate(day: number): string {
  return new Date(day * SECONDS_PER_DAY * 1000).toISOString().slice(0, 10);
}
