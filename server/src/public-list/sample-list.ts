import type { ConcessionRule, Entry } from '@tongyu/protocol';
import {
  LIST_MEMBERS,
  LIST_NOW,
  local,
  sampleEntry,
  startListFixture,
  type ListFixture,
} from './list-fixture.ts';

const DAY = 86_400;

/** Text that tries to break out of wherever it is shown. */
export const HOSTILE = '=1+1<script>x</script>"><img src=x onerror=x> \u202Egpj\u2066';

const concession = (changes: Partial<ConcessionRule>): ConcessionRule => ({
  id: 'senior-65',
  name: local('65 岁及以上免费', '65 歲以上免費', 'Free from 65'),
  class: 2,
  residences: LIST_MEMBERS,
  benefit: { kind: 'price', priceFen: 0 },
  funder: { kind: 'host' },
  reciprocity: 'mutual',
  agreement: local('同城待遇合作备忘录(演示)', '同城待遇合作備忘錄(示範)', 'Memorandum (demo)'),
  from: '2026-07-01',
  until: null,
  perDay: null,
  ...changes,
});

const METRO = sampleEntry('4201-metro', {
  name: local('武汉地铁', '武漢地鐵', 'Wuhan Metro'),
  summary: local('刷码进出站，按里程计价。', '刷碼進出站，按里程計價。', 'Scan in, scan out.'),
  operator: { id: '4201-metro-co', name: local('地铁运营(演示)', null, 'Metro operator (demo)') },
  category: 'transport',
  lifeEvent: 'getting-around',
  places: [
    {
      id: 'hankou',
      name: local('汉口火车站', '漢口火車站', 'Hankou Railway Station'),
      address: null,
      position: null,
      hours: [{ days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 360, toMinute: 1500 }],
    },
  ],
  tariff: {
    kind: 'zones',
    stops: [
      { id: 'hankou', name: local('汉口火车站', '漢口火車站', 'Hankou'), zone: 1 },
      { id: 'center', name: local('循礼门', '循禮門', 'Xunlimen'), zone: 2 },
      { id: 'optics', name: local('光谷广场', '光谷廣場', 'Optics Valley'), zone: 3 },
    ],
    pricesFen: [200, 300, 500],
  },
  fareGroup: '4201-metro-co',
  reductions: [
    { kind: 'transfer', withinMinutes: 90, lessFen: 100, funder: 'operator' },
    { kind: 'daily-cap', capFen: 1_200, funder: 'host' },
  ],
  rules: [
    concession({}),
    concession({
      id: 'nanchang-half',
      name: local('南昌市民半价', '南昌市民半價', 'Half price for Nanchang residents'),
      class: 0,
      residences: ['3601'],
      benefit: { kind: 'share', permille: 500 },
      funder: {
        kind: 'party',
        party: '3601',
        ceilingFen: 50_000_000,
        signature: { by: '3601', keyId: 1, signature: 'A'.repeat(86) },
      },
      reciprocity: 'unilateral',
      until: '2027-06-30',
    }),
    concession({
      id: 'student',
      name: local('学生八折', null, null),
      class: 4,
      residences: ['4201'],
      benefit: { kind: 'share', permille: 800 },
      funder: { kind: 'operator' },
      from: '2027-01-01',
    }),
    concession({
      id: 'early-rides',
      name: local('每天头两程一元', '每天頭兩程一元', 'The first two rides of the day for ¥1'),
      class: 0,
      residences: ['3601'],
      benefit: { kind: 'price', priceFen: 100 },
      perDay: 2,
    }),
  ],
});

const MUSEUM = sampleEntry('4201-museum', {
  name: local('湖北省博物馆', '湖北省博物館', 'Hubei Provincial Museum'),
  summary: local('预约参观。', null, null),
  lifeEvent: 'free-time',
  tariff: { kind: 'ticket', priceFen: 1_500 },
  asks: [
    { data: 'name', why: local('预约名单', '預約名單', 'For the booking') },
    { data: 'id-number', why: local('入馆登记', null, 'Registration at the door') },
  ],
  assurance: 'substantial',
  stage: 'live',
});

const HOTLINE = sampleEntry('4201-12345', {
  name: local('12345 市民热线', '12345 市民熱線', null),
  summary: local('全天受理咨询和投诉。', null, null),
  category: 'hotline',
  lifeEvent: 'needing-help',
  audience: { residents: true, organisations: true },
  access: ['phone'],
  admits: [],
  places: [],
  contact: { phone: '12345', url: null },
  checked: { by: local('热线办', null, null), on: '2026-01-05' },
});

const BROKEN = sampleEntry('3401-hostile', {
  name: local(HOSTILE, HOSTILE, HOSTILE),
  summary: local(HOSTILE, HOSTILE, HOSTILE),
  staffed: local(HOSTILE, HOSTILE, HOSTILE),
  source: {
    facts: 'invented',
    terms: 'demo',
    text: local(HOSTILE, HOSTILE, HOSTILE),
    url: 'https://example.org/?a=1&b=2',
  },
});

const buses = Array.from({ length: 60 }, (_, i): Entry => {
  const number = String(i + 1).padStart(3, '0');
  return sampleEntry(`4301-bus-${number}`, {
    name: local(`长沙公交${number}路`, `長沙公車${number}路`, `Changsha bus ${number}`),
    category: 'transport',
    lifeEvent: 'getting-around',
    tariff: { kind: 'flat', priceFen: 200 },
  });
});

/** Two editions, the second in force at `LIST_NOW`, with heads, a suspension and an erratum. */
export async function startSampleList(): Promise<ListFixture> {
  const fixture = await startListFixture();
  const rule = METRO.rules[1];
  const metro = rule === undefined ? METRO : await fixture.fund(METRO, rule);
  const first = [
    { ...metro, tariff: { kind: 'flat', priceFen: 400 } as const, rules: [] },
    HOTLINE,
    sampleEntry('3601-library'),
    sampleEntry('3601-museum', { name: local('江西省博物馆', '江西省博物館', 'Jiangxi Museum') }),
    ...buses,
  ];
  await fixture.publish('2026-H1', LIST_NOW - 320 * DAY, first);
  const second = [metro, MUSEUM, HOTLINE, BROKEN, sampleEntry('3601-library'), ...buses];
  await fixture.publish('2026-H2', LIST_NOW - 140 * DAY, second);
  for (const party of LIST_MEMBERS) {
    const reason = local('站厅改造', '站廳改造', 'The hall is being rebuilt');
    const closed = {
      entry: '4201-museum',
      rule: null,
      residence: null,
      since: LIST_NOW - 2 * DAY,
      reason,
    };
    const stopped = {
      entry: '4201-metro',
      rule: 'senior-65',
      residence: null,
      since: LIST_NOW - DAY,
      reason,
    };
    await fixture.head(party, LIST_NOW - 3_600, party === '4201' ? [stopped, closed] : []);
  }
  const correction = local('周一闭馆。', '週一休館。', 'Closed on Mondays.');
  await fixture.erratum('4201-museum', correction, LIST_NOW - 5 * DAY);
  return fixture;
}
