import type { Entry, LocalText, Part, PartChange, PartyId } from '@tongyu/protocol';

export const words = (zhCN: string): LocalText => ({ zhCN, zhTW: null, en: null });

/** An entry of a city with as much in it as real ones have. */
export function testEntry(party: PartyId, name: string, priceFen = 200): Entry {
  const id = `${party}-${name}`;
  return {
    id,
    name: words(`服务${name}`),
    summary: words('刷码进站'),
    operator: { id: `${party}-operator`, name: words('运营') },
    category: 'transport',
    lifeEvent: 'getting-around',
    audience: { residents: true, organisations: false },
    access: ['code', 'counter'],
    staffed: words('售票窗口'),
    contact: { phone: null, url: null },
    places: [],
    admits: ['3401', '3601', '4201', '4301'],
    tariff: { kind: 'flat', priceFen },
    fareGroup: `${party}-operator`,
    reductions: [],
    rules: [
      {
        id: 'senior-65',
        name: words('老年人'),
        class: 3,
        residences: ['4201', '4301'],
        benefit: { kind: 'share', permille: 500 },
        funder: { kind: 'host' },
        reciprocity: 'unilateral',
        agreement: words('测试'),
        from: '2026-01-01',
        until: null,
        perDay: null,
      },
    ],
    asks: [],
    assurance: 'none',
    source: { facts: 'invented', terms: 'demo', text: words('测试'), url: null },
    checked: { by: words('测试'), on: '2026-11-01' },
    stage: 'pilot',
  };
}

export function firstTestEntries(party: PartyId): readonly Entry[] {
  return [testEntry(party, 'bus'), testEntry(party, 'metro', 400)];
}

/** The next part of a city: `entries` instead of those before, every difference with a reason. */
export function testPart(
  party: PartyId,
  edition: string,
  entries: readonly Entry[],
  changes: Readonly<Record<string, PartChange['kind']>> = {},
): Part {
  return {
    type: 'tongyu.part',
    party,
    edition,
    entries,
    changes: Object.entries(changes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([entry, kind]) => ({ entry, kind, reason: words('半年更新') })),
  };
}
