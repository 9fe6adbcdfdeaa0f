import { countSigners, type Key } from './trust.ts';

/** LIST-1 and LIST-2 by their words; forms have been read already. */
export type Rule = {
  readonly id: string;
  readonly class: number;
  readonly residences: readonly string[];
  readonly benefit: { readonly kind: string; readonly priceFen?: number; permille?: number };
  readonly funder: {
    readonly kind: string;
    readonly party?: string;
    readonly ceilingFen?: number;
    readonly signature?: { readonly by: string; readonly keyId: number; signature: string };
  };
  readonly from: string;
  readonly until: string | null;
  readonly perDay: number | null;
};
export type Entry = {
  readonly id: string;
  readonly operator: { readonly id: string };
  readonly fareGroup: string;
  readonly access: readonly string[];
  readonly admits: readonly string[];
  readonly audience: { readonly residents: boolean; readonly organisations: boolean };
  readonly places: readonly {
    readonly id: string;
    readonly hours: readonly { days: readonly number[]; fromMinute: number; toMinute: number }[];
  }[];
  readonly tariff: {
    readonly kind: string;
    readonly priceFen?: number;
    readonly pricesFen?: readonly number[];
    readonly stops?: readonly { readonly id: string }[];
  };
  readonly rules: readonly Rule[];
  readonly reductions: readonly { readonly kind: string }[];
  readonly asks: readonly { readonly data: string }[];
};

const WAYS = ['code', 'sign-in', 'counter', 'phone'];

export function rises(values: readonly (string | number)[]): boolean {
  for (let i = 1; i < values.length; i++) {
    const [before, now] = [values[i - 1], values[i]];
    if (before === undefined || now === undefined || before >= now) return false;
  }
  return true;
}

function isOnce(values: readonly string[]): boolean {
  return values.every((value, i) => values.indexOf(value) === i);
}

/** LIST-1.11, step by step; undefined when nothing is wrong. */
export function faultOf(party: string, entry: Entry): string | undefined {
  const { id, operator, fareGroup, access, admits, tariff } = entry;
  if (![id, operator.id, fareGroup].every((name) => name.slice(0, 5) === `${party}-`)) {
    return 'ENTRY_FOREIGN';
  }
  if (!rises(access.map((way) => WAYS.indexOf(way))) || !rises(admits)) return 'ENTRY_ORDER';
  if ((admits.length === 0) === access.includes('code')) return 'ENTRY_ACCESS';
  if (!(entry.audience.residents || entry.audience.organisations)) return 'ENTRY_AUDIENCE';
  if (!isOnce(entry.places.map((place) => place.id))) return 'ENTRY_REPEATS';
  for (const { days, fromMinute, toMinute } of entry.places.flatMap((place) => place.hours)) {
    if (!rises(days)) return 'ENTRY_ORDER';
    const minutes = toMinute - fromMinute;
    if (minutes < 1 || minutes > 1440) return 'ENTRY_HOURS';
  }
  const prices = tariff.pricesFen ?? [];
  if (prices.slice(1).some((price, i) => price < (prices[i] ?? 0))) return 'ENTRY_TARIFF';
  const lists = [tariff.stops ?? [], entry.rules].map((list) => list.map((thing) => thing.id));
  if (![...lists, entry.asks.map(({ data }) => data)].every(isOnce)) return 'ENTRY_REPEATS';
  const order = entry.reductions.map(({ kind }) => kind).join();
  if (!['', 'transfer', 'daily-cap', 'transfer,daily-cap'].includes(order)) return 'ENTRY_ORDER';
  for (const rule of entry.rules) {
    const fault = ruleFault(party, entry, rule);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** LIST-2.6 */
function ruleFault(party: string, entry: Entry, rule: Rule): string | undefined {
  if (!rises(rule.residences)) return 'ENTRY_ORDER';
  if (rule.residences.some((place) => !entry.admits.includes(place))) return 'RULE_RESIDENCE';
  if (rule.until !== null && rule.until < rule.from) return 'RULE_DATES';
  const { kind, party: funder } = rule.funder;
  if (kind !== 'party') return undefined;
  return funder === party || rule.until === null ? 'RULE_FUNDER' : undefined;
}

/** LIST-2.5: whether every party that is to pay has signed. */
export function isFunded(entry: Entry, rootKeys: (party: string) => readonly Key[]): boolean {
  return entry.rules.every(({ funder, ...rule }) => {
    if (funder.kind !== 'party') return true;
    const { party = '', ceilingFen, signature } = funder;
    const signed = {
      type: 'tongyu.funding',
      host: entry.id.slice(0, 4),
      ...{ entry: entry.id, tariff: entry.tariff, rule, funder: party, ceilingFen },
    };
    if (signature?.by !== party) return false;
    return countSigners({ signed, signatures: [signature] }, rootKeys) === 1;
  });
}
