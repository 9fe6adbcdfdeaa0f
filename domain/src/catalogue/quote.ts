import type { ConcessionRule, DateText, Entry, Tariff } from '@tongyu/protocol';
import type { Rider } from '../entitlement/types.ts';

/** What one rider pays, before the journey is known (LIST-2.2). */
export type Quote = {
  /** The most that may be asked; for a flat price all of it. Nobody pays more than was shown. */
  readonly priceFen: number;
  /** The least: below `priceFen` where the price depends on how far one goes. */
  readonly fromFen: number;
  /** The most without any concession. */
  readonly fullFen: number;
  /** The concession that made the difference; null for the full price. */
  readonly rule: ConcessionRule | null;
};

/**
 * The price for a rider on a date: of the rules that fit, the one with which they pay least, the
 * earlier one on a tie. Undefined when the service opens to no code of that residence.
 */
export function quoteFor(
  entry: Entry,
  suspendedRules: ReadonlySet<string>,
  rider: Rider,
  date: DateText,
): Quote | undefined {
  if (!entry.admits.includes(rider.residence)) return undefined;
  const full = rangeOf(entry.tariff);
  let best: Quote = { priceFen: full.to, fromFen: full.from, fullFen: full.to, rule: null };
  for (const rule of entry.rules) {
    if (suspendedRules.has(rule.id) || !fits(rule, rider, date)) continue;
    const priceFen = reduced(rule, full.to);
    if (priceFen >= best.priceFen) continue;
    best = { priceFen, fromFen: reduced(rule, full.from), fullFen: full.to, rule };
  }
  return best;
}

function rangeOf(tariff: Tariff): { readonly from: number; readonly to: number } {
  if (tariff.kind === 'free') return { from: 0, to: 0 };
  if (tariff.kind !== 'zones') return { from: tariff.priceFen, to: tariff.priceFen };
  return { from: tariff.pricesFen[0] ?? 0, to: tariff.pricesFen.at(-1) ?? 0 };
}

function fits(rule: ConcessionRule, rider: Rider, date: DateText): boolean {
  if (!rule.residences.includes(rider.residence)) return false;
  if (date < rule.from || (rule.until !== null && date > rule.until)) return false;
  return classesOf(rider.class).includes(rule.class);
}

/** Who is 70 is also 65 and 60; everybody is anybody. Reserved classes count as none (CODE-3.7). */
function classesOf(shown: number): readonly number[] {
  if (shown >= 1 && shown <= 3) return Array.from({ length: shown + 1 }, (_, i) => i);
  return [0, shown];
}

/** Rounded down to the 分, and never above what everybody pays. */
function reduced(rule: ConcessionRule, fullFen: number): number {
  const { benefit } = rule;
  const price =
    benefit.kind === 'price' ? benefit.priceFen : Math.floor((fullFen * benefit.permille) / 1000);
  return Math.min(price, fullFen);
}
