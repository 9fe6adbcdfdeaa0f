import type { Entry, Rule } from './entries.ts';

/** ENT and LIST-2.2 by their words: a table of statements, one for each reason. */
export type Asked = {
  readonly residence: string;
  readonly class: number;
  readonly date: string;
  readonly fullFen: number | null;
  readonly usesToday: Readonly<Record<string, number>> | null;
};
export type Stop = {
  readonly entry: string;
  readonly rule: string | null;
  readonly residence: string | null;
};
/** A head, and the age that it has; nothing for none. */
export type Told = { readonly seconds: number; readonly suspended: readonly Stop[] } | null;

type Finding = {
  readonly rule: string;
  readonly standing: 'applied' | 'fits' | 'no' | 'unknown';
  readonly reasons: readonly string[];
};

/** The treatment as the vectors write it. */
export function treatmentOf(entry: Entry, asked: Asked, told: Told): Record<string, unknown> {
  const isTold = told !== null && told.seconds <= 3 * 86_400;
  const stops = (told?.suspended ?? []).filter((stop) => stop.entry === entry.id);
  const looked = entry.rules.map((rule) => ({
    rule,
    against: against(rule, asked, stops),
    open: [
      ...(rule.perDay !== null && asked.usesToday === null ? ['DAILY_NUMBER_OPEN'] : []),
      ...(isTold ? [] : ['LIST_TOO_OLD']),
    ],
  }));
  const [low, high] = pricesOf(entry, asked.fullFen);
  const sure = looked.filter(({ against, open }) => against.length + open.length === 0);
  const possible = looked.filter(
    (one) => one.against.length === 0 && one.open.every((why) => why === 'DAILY_NUMBER_OPEN'),
  );
  const priceFen = Math.min(high, ...sure.map(({ rule }) => after(rule, high)));
  const fromFen = Math.min(low, ...possible.map(({ rule }) => after(rule, low)));
  const isFull = priceFen === high;
  const applied = isFull ? null : sure.find(({ rule }) => after(rule, high) === priceFen);
  const findings = looked.map((one): Finding => {
    const { id } = one.rule;
    const reasons = [...one.against, ...one.open];
    if (one.against.length > 0) return { rule: id, standing: 'no', reasons };
    if (one.open.length > 0) return { rule: id, standing: 'unknown', reasons };
    if (one === applied) return { rule: id, standing: 'applied', reasons: [] };
    return { rule: id, standing: 'fits', reasons: ['NOT_LOWEST'] };
  });
  if (!entry.admits.includes(asked.residence)) return { admitted: false, findings };
  const rule = applied?.rule.id ?? null;
  return { admitted: true, priceFen, fromFen, fullFen: high, rule, findings };
}

/** ENT-2.1, from the first row to the seventh. */
function against(rule: Rule, asked: Asked, stops: readonly Stop[]): readonly string[] {
  const ofRule = stops.filter((stop) => stop.rule === rule.id);
  const uses = asked.usesToday?.[rule.id] ?? 0;
  const statements: Readonly<Record<string, boolean>> = {
    RESIDENCE_NOT_NAMED: rule.residences.every((place) => place !== asked.residence),
    CLASS_NOT_SHOWN: !counts(asked.class).includes(rule.class),
    NOT_YET: rule.from > asked.date,
    ENDED: (rule.until ?? '9999') < asked.date,
    SUSPENDED: ofRule.some((stop) => stop.residence === null),
    SUSPENDED_FOR_RESIDENCE: ofRule.some((stop) => stop.residence === asked.residence),
    DAILY_NUMBER_USED: asked.usesToday !== null && rule.perDay !== null && uses >= rule.perDay,
  };
  return Object.keys(statements).filter((name) => statements[name] === true);
}

/** CODE-3.7, LIST-2.2: the classes that somebody has who shows one. */
function counts(shown: number): readonly number[] {
  const ages: Readonly<Record<number, readonly number[]>> = { 1: [0, 1], 2: [0, 1, 2] };
  return ages[shown] ?? (shown === 3 ? [0, 1, 2, 3] : [0, shown]);
}

function pricesOf({ tariff }: Entry, fullFen: number | null): readonly [number, number] {
  if (fullFen !== null) return [fullFen, fullFen];
  const { kind, priceFen = 0, pricesFen = [] } = tariff;
  if (kind !== 'zones') return [priceFen, priceFen];
  return [pricesFen[0] ?? 0, pricesFen[pricesFen.length - 1] ?? 0];
}

/** LIST-2.2 (4); BigInt: no fraction is ever formed. */
function after({ benefit }: Rule, full: number): number {
  const share = Number((BigInt(full) * BigInt(benefit.permille ?? 0)) / 1000n);
  return Math.min(full, benefit.kind === 'price' ? (benefit.priceFen ?? 0) : share);
}
