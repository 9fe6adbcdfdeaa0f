import type { PartyId } from '../code/pass.ts';
import { ACCESS_WAYS, type Entry } from './entry.ts';
import type { ConcessionRule } from './rule.ts';
import type { Tariff } from './tariff.ts';

/**
 * What holds between an entry's members (LIST-1.11), beyond its form. The first rule that is broken
 * is the answer; undefined when all hold.
 */
export type EntryFault = {
  readonly code:
    | 'ENTRY_FOREIGN'
    | 'ENTRY_ORDER'
    | 'ENTRY_REPEATS'
    | 'ENTRY_AUDIENCE'
    | 'ENTRY_ACCESS'
    | 'ENTRY_HOURS'
    | 'ENTRY_TARIFF'
    | 'RULE_RESIDENCE'
    | 'RULE_DATES'
    | 'RULE_FUNDER';
  /** The member, as in `rules[0].until`. */
  readonly field: string;
};

export function entryFault(party: PartyId, entry: Entry): EntryFault | undefined {
  const foreign = foreignField(party, entry);
  if (foreign !== undefined) return { code: 'ENTRY_FOREIGN', field: foreign };
  const opensByCode = entry.access.includes('code');
  if (!isRising(entry.access.map((way) => ACCESS_WAYS.indexOf(way)))) return order('access');
  if (!isRising(entry.admits.map(Number))) return order('admits');
  if (opensByCode !== entry.admits.length > 0) return { code: 'ENTRY_ACCESS', field: 'admits' };
  if (!entry.audience.residents && !entry.audience.organisations) {
    return { code: 'ENTRY_AUDIENCE', field: 'audience' };
  }
  return (
    repeated(
      'places',
      entry.places.map(({ id }) => id),
    ) ??
    hoursFault(entry) ??
    tariffFault(entry.tariff) ??
    repeated(
      'rules',
      entry.rules.map(({ id }) => id),
    ) ??
    repeated(
      'asks',
      entry.asks.map(({ data }) => data),
    ) ??
    reductionFault(entry) ??
    entry.rules.map((rule, i) => ruleFault(party, entry, rule, i)).find((f) => f !== undefined)
  );
}

function foreignField(party: PartyId, entry: Entry): string | undefined {
  const own = `${party}-`;
  if (!entry.id.startsWith(own)) return 'id';
  if (!entry.operator.id.startsWith(own)) return 'operator.id';
  return entry.fareGroup.startsWith(own) ? undefined : 'fareGroup';
}

function hoursFault(entry: Entry): EntryFault | undefined {
  for (const [i, place] of entry.places.entries()) {
    for (const [j, hours] of place.hours.entries()) {
      const field = `places[${String(i)}].hours[${String(j)}]`;
      if (!isRising(hours.days)) return order(`${field}.days`);
      const length = hours.toMinute - hours.fromMinute;
      if (length <= 0 || length > 1440) return { code: 'ENTRY_HOURS', field: `${field}.toMinute` };
    }
  }
  return undefined;
}

function tariffFault(tariff: Tariff): EntryFault | undefined {
  if (tariff.kind !== 'zones') return undefined;
  const prices = tariff.pricesFen;
  const falls = prices.some((price, i) => i > 0 && price < (prices[i - 1] ?? 0));
  if (falls) return { code: 'ENTRY_TARIFF', field: 'tariff.pricesFen' };
  return repeated(
    'tariff.stops',
    tariff.stops.map(({ id }) => id),
  );
}

/** A transfer before a daily cap, each at most once: so they are taken off in one order. */
function reductionFault({ reductions }: Entry): EntryFault | undefined {
  const places = reductions.map(({ kind }) => (kind === 'transfer' ? 0 : 1));
  return isRising(places) ? undefined : order('reductions');
}

function ruleFault(
  party: PartyId,
  entry: Entry,
  rule: ConcessionRule,
  index: number,
): EntryFault | undefined {
  const at = `rules[${String(index)}]`;
  if (!isRising(rule.residences.map(Number))) return order(`${at}.residences`);
  const stranger = rule.residences.find((residence) => !entry.admits.includes(residence));
  if (stranger !== undefined) return { code: 'RULE_RESIDENCE', field: `${at}.residences` };
  if (rule.until !== null && rule.until < rule.from) {
    return { code: 'RULE_DATES', field: `${at}.until` };
  }
  if (rule.funder.kind !== 'party') return undefined;
  if (rule.funder.party === party) return { code: 'RULE_FUNDER', field: `${at}.funder.party` };
  return rule.until === null ? { code: 'RULE_FUNDER', field: `${at}.until` } : undefined;
}

function order(field: string): EntryFault {
  return { code: 'ENTRY_ORDER', field };
}

function repeated(field: string, ids: readonly string[]): EntryFault | undefined {
  return new Set(ids).size === ids.length ? undefined : { code: 'ENTRY_REPEATS', field };
}

function isRising(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0));
}
