import { serviceDayDate, SECONDS_PER_DAY } from '../time/service-day.ts';
import { text, type Shape } from '../encoding/shape.ts';

/** A calendar date in China, `2026-11-27`. */
export type DateText = string;

const DATE = /^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;

/** A day that the calendar has, from 2000 to 2099. */
export const dateShape: Shape<DateText> = (value, path) => {
  const date = text(10, DATE)(value, path);
  return dateOfDay(dayOfDate(date)) === date ? date : text(0)(value, path);
};

const MILLISECONDS_PER_DAY = 86_400_000;

/** Days from 1970-01-01, the numbering of service days (TIME-1.1). */
export function dayOfDate(date: DateText): number {
  return Math.floor(
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8))) /
      MILLISECONDS_PER_DAY,
  );
}

export function dateOfDay(day: number): DateText {
  return serviceDayDate(day);
}

/** China keeps UTC+8 all year. */
const CHINA_IS_AHEAD_SECONDS = 8 * 3600;

/** The calendar date in China at a moment; a service day's date changes at 04:00, this at 00:00. */
export function dateAt(timeSeconds: number): DateText {
  return dateOfDay(Math.floor((timeSeconds + CHINA_IS_AHEAD_SECONDS) / SECONDS_PER_DAY));
}

/** The first second of a calendar date in China. */
export function startOfDate(date: DateText): number {
  return dayOfDate(date) * SECONDS_PER_DAY - CHINA_IS_AHEAD_SECONDS;
}

/** A half-year, `2027-H1`: January to June, or `2027-H2`: July to December (LIST-3.1). */
export type EditionId = string;

export const editionIdShape: Shape<EditionId> = text(7, /^20[0-9]{2}-H[12]$/);

export function editionIdAt(timeSeconds: number): EditionId {
  const date = dateAt(timeSeconds);
  return `${date.slice(0, 4)}-H${Number(date.slice(5, 7)) <= 6 ? '1' : '2'}`;
}

export function nextEditionId(id: EditionId): EditionId {
  const year = Number(id.slice(0, 4));
  return id.endsWith('1') ? `${String(year)}-H2` : `${String(year + 1)}-H1`;
}

/** The first second of the half-year. */
export function editionStart(id: EditionId): number {
  return startOfDate(`${id.slice(0, 4)}-${id.endsWith('1') ? '01' : '07'}-01`);
}

/** The first second after the half-year. */
export function editionEnd(id: EditionId): number {
  return editionStart(nextEditionId(id));
}
