import { dayOfDate, slotStart, type DateText } from '@tongyu/protocol';

/** Classes by age (CODE-3.7). */
const AGES = [
  { class: 1, years: 60 },
  { class: 2, years: 65 },
  { class: 3, years: 70 },
] as const;

/**
 * The classes of age that somebody born then has reached on that date in Shanghai (CLS-2.4): on the
 * birthday itself, and on 1 March where a year has no 29 February. Both dates in the calendar.
 */
export function agesReached(born: DateText, date: DateText): readonly number[] {
  const bornNumber = numberOf(born);
  const today = numberOf(date);
  return AGES.filter(({ years }) => bornNumber + years * 10_000 <= today).map((age) => age.class);
}

/** The first second at which what is good "until" that date holds no more (CLS-2.5). */
export function endOfCertificate(until: DateText): number {
  return slotStart({ day: dayOfDate(until) + 1, slot: 0 });
}

/** 2026-11-27 as 20261127: years added keep month and day. */
function numberOf(date: DateText): number {
  return Number(date.replaceAll('-', ''));
}
