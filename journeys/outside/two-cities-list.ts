// The service lists, and the heads of a few days, of two cities whose rules have everything in
// them that a line can depend on.
import type { ConcessionRule, Entry, Head, Part, PartyId, Suspension } from '@tongyu/protocol';
import {
  entryContent,
  partContent,
  ruleContent,
  words,
} from '../../tools/vectors/catalogue-region.ts';

export const HOSTS: readonly PartyId[] = ['4201', '4301'];
/** Whose residents ride; nobody of 3401 is admitted to the ferry. */
export const HOMES: readonly PartyId[] = ['3401', '4201', '4301'];
/** Known to the first head of each city; nobody knows the others. */
export const EDITIONS = [1, 2] as const;
export const STOPS = ['a', 'b', 'c', 'd', 'far'] as const;

type Below = (end: number) => number;

function ruleOf(id: string, concessionClass: number, parts: Partial<ConcessionRule>) {
  return ruleContent({
    id,
    class: concessionClass,
    residences: HOMES,
    from: '2026-01-01',
    ...parts,
  });
}

/** @param edition a new edition has new prices, another end of a rule, and a funder signs anew */
function rulesOf(host: PartyId, name: string, edition: number): readonly ConcessionRule[] {
  const others = HOMES.filter((home) => home !== host);
  const party = others[edition % others.length] ?? '3401';
  const signature = {
    by: party,
    keyId: 1,
    signature: `${host}${name}${String(edition)}`.padEnd(86, 'A'),
  };
  return [
    ruleOf('senior', 1, { benefit: { kind: 'share', permille: 667 }, reciprocity: 'mutual' }),
    ruleOf('older', 2, { benefit: { kind: 'share', permille: 333 } }),
    ruleOf('oldest', 3, { benefit: { kind: 'price', priceFen: 1 }, perDay: 2 }),
    ruleOf('student', 4, {
      benefit: { kind: 'share', permille: 701 },
      funder: { kind: 'operator' },
      until: edition === 1 ? '2027-01-12' : null,
    }),
    ruleOf('guest', 5, {
      residences: others,
      benefit: { kind: 'share', permille: 499 },
      funder: { kind: 'party', party, ceilingFen: 1_000, signature },
      until: '2027-12-31',
    }),
    ruleOf('veteran', 6, { benefit: { kind: 'price', priceFen: 0 }, from: '2027-01-11' }),
    // The same price as the one before: the earlier counts.
    ruleOf('veteran-too', 6, {
      benefit: { kind: 'price', priceFen: 0 },
      funder: { kind: 'operator' },
    }),
    ruleOf('first-ride', 0, {
      benefit: { kind: 'price', priceFen: 151 },
      funder: { kind: 'operator' },
      perDay: 1,
    }),
  ];
}

export function partOf(host: PartyId, edition: number): Part {
  const more = edition - 1;
  const own = (name: string, group: string, parts: Partial<Entry>): Entry =>
    entryContent({
      id: `${host}-${name}`,
      operator: { id: `${host}-${name}-co`, name: words('示例运营方') },
      fareGroup: `${host}-${group}`,
      admits: HOMES,
      places: [],
      rules: rulesOf(host, name, edition),
      ...parts,
    });
  const transfer = { kind: 'transfer', withinMinutes: 30, lessFen: 77, funder: 'host' } as const;
  const cap = { kind: 'daily-cap', capFen: 905, funder: 'operator' } as const;
  const zones = [0, 1, 3, 4, 9];
  const stops = STOPS.map((id, i) => ({ id, name: words(`站${id}`), zone: zones[i] ?? 0 }));
  const pricesFen = [201 + more, 303, 405 + more, 507, 610];
  const entries = [
    own('bus', 'transit', {
      tariff: { kind: 'flat', priceFen: 199 + more },
      reductions: [transfer, cap],
    }),
    own('ferry', 'ferry', {
      tariff: { kind: 'flat', priceFen: 155 },
      admits: HOMES.slice(1),
      rules: rulesOf(host, 'ferry', edition).filter(({ residences }) =>
        residences.every((r) => r !== '3401'),
      ),
      reductions: [{ ...cap, capFen: 400, funder: 'host' }],
    }),
    own('metro', 'transit', {
      tariff: { kind: 'zones', stops, pricesFen },
      reductions: [transfer, cap],
    }),
    own('park', 'park', { tariff: { kind: 'free' } }),
    own('tower', 'tower', { tariff: { kind: 'ticket', priceFen: 2_001 } }),
    own('tram', 'transit', {
      tariff: { kind: 'flat', priceFen: 250 },
      reductions: [{ ...transfer, withinMinutes: 5, lessFen: 400, funder: 'operator' }],
    }),
  ];
  return partContent(host, { edition: '2027-H1', entries });
}

/** A head every eight hours or so; what is suspended comes and goes. */
export function headsOf(host: PartyId, from: number, days: number, below: Below): readonly Head[] {
  const heads: Head[] = [];
  const services = ['bus', 'metro', 'tower', 'tram'];
  const rules = ['senior', 'older', 'student', 'guest', 'first-ride', null];
  let suspended: Suspension[] = [];
  const keyOf = ({ entry, rule, residence }: Suspension): string =>
    `${entry} ${rule ?? ''} ${residence ?? ''}`;
  for (let time = from; time < from + days * 86_400; time += 20_000 + below(20_000)) {
    const entry = `${host}-${services[below(services.length)] ?? 'bus'}`;
    const rule = rules[below(rules.length)] ?? null;
    const residence = rule === null || below(2) === 0 ? null : (HOMES[below(3)] ?? null);
    const next = { entry, rule, residence, since: time, reason: words('检修') };
    const kept = suspended.filter((one) => below(3) > 0 && keyOf(one) !== keyOf(next));
    suspended = [...kept, next].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    heads.push({
      type: 'tongyu.head',
      party: host,
      number: heads.length + 1,
      time,
      edition: { number: 2, hash: '0'.repeat(64) },
      verified: [],
      suspended,
    });
  }
  return heads;
}
