import type { Quote } from '@tongyu/domain';
import { startOfDate, type DateText, type Entry, type Hours } from '@tongyu/protocol';
import { formatDay, formatFen } from './dates.ts';
import type { Language } from './language.ts';
import { listWords } from './list-words.ts';
import { sayIn } from './messages.ts';
import { isPartyCode, partyNames } from './parties.ts';

/** ¥2.00, ¥2.00–¥6.00 where it depends on the way, or free. */
export function priceText(language: Language, quote: Pick<Quote, 'fromFen' | 'priceFen'>): string {
  const { fromFen, priceFen } = quote;
  if (fromFen === priceFen) return fenText(language, priceFen);
  const [from, to] = [formatFen(language, fromFen), formatFen(language, priceFen)];
  return sayIn(language)(listWords.range, { from, to });
}

/** `2027-H1` as people call it: 2027 年上半年版. */
export function editionName(language: Language, id: string): string {
  const say = sayIn(language);
  const half = say(id.endsWith('1') ? listWords.half1 : listWords.half2);
  return say(listWords.edition, { year: id.slice(0, 4), half });
}

export function fenText(language: Language, fen: number): string {
  return fen === 0 ? sayIn(language)(listWords.free) : formatFen(language, fen);
}

/** What it costs without any concession. */
export function fullPriceText(language: Language, { tariff }: Entry): string {
  if (tariff.kind === 'free') return fenText(language, 0);
  if (tariff.kind !== 'zones') return fenText(language, tariff.priceFen);
  const [fromFen, priceFen] = [tariff.pricesFen[0] ?? 0, tariff.pricesFen.at(-1) ?? 0];
  return priceText(language, { fromFen, priceFen });
}

export function dateText(language: Language, date: DateText): string {
  return formatDay(language, startOfDate(date));
}

/** The reader's name of a city, or its number. */
export function cityText(language: Language, party: string): string {
  return isPartyCode(party) ? partyNames[party][language] : party;
}

export function citiesText(language: Language, parties: readonly string[]): string {
  return parties.map((party) => cityText(language, party)).join(sayIn(language)(listWords.and));
}

/** 每天 06:00–23:00; one text for each span. */
export function hoursText(language: Language, { days, fromMinute, toMinute }: Hours): string {
  const say = sayIn(language);
  const isAllDay = fromMinute === 0 && toMinute === 1440;
  const span = isAllDay
    ? say(listWords.allDay)
    : say(listWords.range, { from: minuteText(fromMinute), to: minuteText(toMinute) });
  return `${daysText(language, days)} ${span}`;
}

function daysText(language: Language, days: readonly number[]): string {
  const say = sayIn(language);
  if (days.length === 7) return say(listWords.everyDay);
  const [first = 1, last = first] = [days[0], days.at(-1)];
  const isRun = days.length > 1 && last - first === days.length - 1;
  if (!isRun) return days.map((day) => weekdayText(language, day)).join(say(listWords.and));
  const [from, to] = [weekdayText(language, first), weekdayText(language, last)];
  return say(listWords.range, { from, to });
}

/** 1 January 2024 was a Monday. */
export function weekdayText(language: Language, day: number): string {
  const locale = language === 'en' ? 'en-GB' : language;
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  return weekday.format(Date.UTC(2024, 0, day));
}

/** Minutes of the day as a clock shows them; past midnight it begins again. */
function minuteText(minute: number): string {
  const inDay = minute % 1440;
  const two = (value: number): string => String(value).padStart(2, '0');
  return minute === 1440 ? '24:00' : `${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`;
}
