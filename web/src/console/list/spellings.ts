import type { Spelling } from './fields.tsx';

/** Integer 分 as yuan: 4 or 4.50. */
export const yuan: Spelling = {
  show: (value) => {
    const fen = Number(value);
    const cents = fen % 100;
    const whole = String((fen - cents) / 100);
    return cents === 0 ? whole : `${whole}.${String(cents).padStart(2, '0')}`;
  },
  read: (typed) => {
    const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed);
    if (match === null) return undefined;
    return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  },
};

/** Minutes of the day as a clock shows them; past midnight it counts on. */
export const clockTime: Spelling = {
  show: (value) => {
    const minute = Number(value);
    const two = (part: number): string => String(part).padStart(2, '0');
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  },
  read: (typed) => {
    const match = /^(\d{1,2})[:：]([0-5]\d)$/.exec(typed);
    return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
  },
};

/** Millionths of a degree as degrees. */
export const degrees: Spelling = {
  show: (value) => (Number(value) / 1_000_000).toFixed(6),
  read: (typed) => {
    if (!/^-?\d{1,3}(\.\d{1,6})?$/.test(typed)) return undefined;
    return Math.round(Number(typed) * 1_000_000);
  },
};

export const whole: Spelling = {
  show: String,
  read: (typed) => (/^\d{1,9}$/.test(typed) ? Number(typed) : undefined),
};
