import type { Language } from './language.ts';

/** Every screen shows the region's own time, wherever the browser stands. */
export const regionTimeZone = 'Asia/Shanghai';

function formatter(language: Language, options: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: regionTimeZone,
    hourCycle: 'h23',
    ...options,
  });
}

/** Date and minute, e.g. 2027年3月1日 09:05; `seconds` since 1970. */
export function formatMoment(language: Language, seconds: number): string {
  return formatter(language, { dateStyle: 'medium', timeStyle: 'short' }).format(seconds * 1000);
}

/** Month, day and second for lists of events, e.g. 11/25 09:05:15; `seconds` since 1970. */
export function formatStamp(language: Language, seconds: number): string {
  const two = '2-digit';
  const parts = { month: two, day: two, hour: two, minute: two, second: two } as const;
  return formatter(language, parts).format(seconds * 1000);
}

/** Day only; `seconds` since 1970. */
export function formatDay(language: Language, seconds: number): string {
  return formatter(language, { dateStyle: 'medium' }).format(seconds * 1000);
}

/** Day and minute without the year, for lists of what was lately, e.g. 11月25日 09:05. */
export function formatBrief(language: Language, seconds: number): string {
  const two = '2-digit';
  const parts = { month: 'short', day: 'numeric', hour: two, minute: two } as const;
  return formatter(language, parts).format(seconds * 1000);
}

/** Hour and minute only, e.g. 09:05; `seconds` since 1970. */
export function formatHour(language: Language, seconds: number): string {
  return formatter(language, { timeStyle: 'short' }).format(seconds * 1000);
}

/** ISO 8601 in UTC, for `<time datetime>` and permanent records; `seconds` since 1970. */
export function isoMoment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

const ageUnits: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const justNow: Readonly<Record<Language, string>> = {
  'zh-CN': '刚刚',
  'zh-TW': '剛剛',
  en: 'just now',
};

/** How long ago, in the largest unit that fits: 3小时前, 3 hours ago; under a minute 刚刚. */
export function formatAge(language: Language, ageSeconds: number): string {
  const fitting = ageUnits.find(([, size]) => ageSeconds >= size);
  if (fitting === undefined) return justNow[language];
  const [unit, length] = fitting;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  return relative.format(-Math.floor(ageSeconds / length), unit);
}

/** Money from integer 分, e.g. ¥2.00. */
export function formatFen(language: Language, fen: number): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
  }).format(fen / 100);
}
