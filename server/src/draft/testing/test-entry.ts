import type { Entry, LocalText } from '@tongyu/protocol';

/** An entry in order, of the city that its id names; tests change what they are about. */
export function testEntry(id: string, more: Partial<Entry> = {}): Entry {
  const city = id.slice(0, 4);
  return {
    id,
    name: text('武汉地铁', 'Wuhan Metro'),
    summary: text('地铁全线网'),
    operator: { id: `${city}-operator`, name: text('武汉地铁运营公司') },
    category: 'transport',
    lifeEvent: 'getting-around',
    audience: { residents: true, organisations: false },
    access: ['code', 'counter'],
    staffed: text('各站客服中心，人工办理同样的业务'),
    contact: { phone: '+86 27 0000 0000', url: 'https://example.com/metro' },
    places: [
      {
        id: 'hq',
        name: text('江汉路站'),
        address: text('武汉市江汉区'),
        position: { latitudeE6: 30_580_000, longitudeE6: 114_290_000 },
        hours: [{ days: [1, 2, 3, 4, 5], fromMinute: 360, toMinute: 1380 }],
      },
    ],
    admits: ['3401', '3601', '4201', '4301'],
    tariff: { kind: 'flat', priceFen: 400 },
    fareGroup: `${city}-operator`,
    rules: [],
    reductions: [],
    asks: [{ data: 'age-class', why: text('核对优惠') }],
    assurance: 'low',
    source: { facts: 'invented', terms: 'demo', text: text('演示'), url: null },
    checked: { by: text('武汉市交通运输局'), on: '2026-11-01' },
    stage: 'pilot',
    ...more,
  };
}

export function text(zhCN: string, en: string | null = null): LocalText {
  return { zhCN, zhTW: null, en };
}
