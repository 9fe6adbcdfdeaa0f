import type { DateText, Entry, LocalText, PartyId, Place, Tariff } from '@tongyu/protocol';
import {
  NANCHANG_DAILY_CAP,
  sightRules,
  transportRules,
  WUHAN_TRANSFER,
} from './list-seed-rules.ts';
import {
  CLOSED_ON_MONDAYS,
  daily,
  INVENTED,
  OFFICE_HOURS,
  PUBLIC_FACTS,
  SEED_CHECKER,
  STAFFED,
  words,
} from './list-seed-words.ts';

/**
 * A city's first part of the service list. The institutions exist, as everybody knows; prices,
 * concessions and hours are demo policy, and each entry's `source` says so. No coordinates: none
 * was verified.
 */
export function seedEntries(party: PartyId, date: DateText): readonly Entry[] {
  const city = CITIES[party];
  if (city === undefined) return [];
  const entries = [
    ...transportOf(party, city),
    ...cultureOf(party, city),
    ...sightOf(party, city),
    ...(city.hotlines ? HOTLINES.map((line) => hotlineOf(party, city, line)) : []),
  ];
  return entries
    .map((entry) => ({ ...entry, checked: { by: SEED_CHECKER, on: date } }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The operators that the entries name; terminals belong to them. */
export function seedOperators(
  party: PartyId,
): readonly { readonly id: string; readonly name: string }[] {
  const operators = seedEntries(party, '2026-01-01').map(({ operator }) => operator);
  return [...new Map(operators.map(({ id, name }) => [id, { id, name: name.zhCN }])).values()];
}

type City = {
  readonly name: LocalText;
  /** With a price for each ride, or by zones. */
  readonly metro?: readonly [LocalText, number | Tariff];
  /** Bus and metro have one fare group. */
  readonly transit?: boolean;
  readonly ferry?: LocalText;
  readonly museum?: LocalText;
  readonly library?: LocalText;
  readonly sight?: readonly [LocalText, number];
  readonly hotlines: boolean;
};

const CITIES: Readonly<Record<PartyId, City>> = {
  '4201': {
    name: words('武汉', '武漢', 'Wuhan'),
    metro: [words('武汉地铁', '武漢地鐵', 'Wuhan Metro'), 400],
    ferry: words('武汉轮渡', '武漢輪渡', 'Wuhan ferries'),
    museum: words('湖北省博物馆', '湖北省博物館', 'Hubei Provincial Museum'),
    library: words('武汉图书馆', '武漢圖書館', 'Wuhan Library'),
    sight: [words('黄鹤楼', '黃鶴樓', 'Yellow Crane Tower'), 2000],
    transit: true,
    hotlines: true,
  },
  '4301': {
    name: words('长沙', '長沙', 'Changsha'),
    metro: [words('长沙地铁', '長沙地鐵', 'Changsha Metro'), 300],
    museum: words('湖南博物院', '湖南博物院', 'Hunan Museum'),
    library: words('长沙图书馆', '長沙圖書館', 'Changsha Library'),
    sight: [words('岳麓书院', '嶽麓書院', 'Yuelu Academy'), 4000],
    hotlines: true,
  },
  '3401': {
    name: words('合肥', '合肥', 'Hefei'),
    metro: [words('合肥轨道交通', '合肥軌道交通', 'Hefei Rail Transit'), 300],
    museum: words('安徽博物院', '安徽博物院', 'Anhui Museum'),
    library: words('合肥图书馆', '合肥圖書館', 'Hefei Library'),
    sight: [words('巢湖', '巢湖', 'Chao Lake'), 3000],
    hotlines: true,
  },
  '3601': {
    name: words('南昌', '南昌', 'Nanchang'),
    metro: [words('南昌地铁', '南昌地鐵', 'Nanchang Metro'), demoZones()],
    museum: words('江西省博物馆', '江西省博物館', 'Jiangxi Provincial Museum'),
    library: words('南昌图书馆', '南昌圖書館', 'Nanchang Library'),
    sight: [words('滕王阁', '滕王閣', 'Pavilion of Prince Teng'), 5000],
    hotlines: true,
  },
  '4202': { name: words('黄石', '黃石', 'Huangshi'), hotlines: false },
};

/**
 * Residences whose codes open a service: the four members, and 黄石, for the day on which it
 * accedes. Until then a code of its own is refused before any service is looked at.
 */
const ADMITS: readonly PartyId[] = ['3401', '3601', '4201', '4202', '4301'];

const BUS_FEN = 200;
const FERRY_FEN = 150;

function transportOf(party: PartyId, city: City): readonly Entry[] {
  const { name, metro, ferry } = city;
  const together = city.transit === true ? transitOf(party) : {};
  const bus: Entry = {
    ...entryOf(party, 'bus', appended(name, '公交', '公車', ' buses'), flat(BUS_FEN)),
    summary: words('市区公交车。', '市區公車。', 'Buses in the city.'),
    operator: operatorOf(party, 'bus', appended(name, '公交', '公車', ' buses')),
    places: [network(words('全部线路', '全部路線', 'All lines'), 6, 22)],
    staffed: STAFFED.driver,
    rules: transportRules(party),
    ...together,
  };
  const rail = metro === undefined ? [] : [{ ...metroOf(party, ...metro), ...together }];
  return [bus, ...rail, ...(ferry === undefined ? [] : [ferryOf(party, ferry)])];
}

function transitOf(party: PartyId): Pick<Entry, 'fareGroup' | 'reductions'> {
  return { fareGroup: `${party}-transit`, reductions: WUHAN_TRANSFER };
}

function metroOf(party: PartyId, name: LocalText, price: number | Tariff): Entry {
  const tariff = typeof price === 'number' ? flat(price) : price;
  return {
    ...entryOf(party, 'metro', name, tariff),
    reductions: tariff.kind === 'zones' ? NANCHANG_DAILY_CAP : [],
    summary: words('城市轨道交通。', '城市軌道交通。', 'Rail transit in the city.'),
    operator: operatorOf(party, 'metro', name),
    places: [network(words('全部车站', '全部車站', 'All stations'), 6, 23)],
    rules: transportRules(party),
  };
}

function ferryOf(party: PartyId, name: LocalText): Entry {
  return {
    ...entryOf(party, 'ferry', name, flat(FERRY_FEN)),
    summary: words('过江轮渡。', '過江渡輪。', 'Ferries across the river.'),
    operator: operatorOf(party, 'ferry', name),
    places: [network(words('全部码头', '全部碼頭', 'All piers'), 7, 20)],
    staffed: STAFFED.pier,
    rules: transportRules(party),
    stage: 'pilot',
  };
}

function cultureOf(party: PartyId, { museum, library }: City): readonly Entry[] {
  const culture = { category: 'culture', lifeEvent: 'free-time' } as const;
  return [
    ...(museum === undefined ? [] : museumOf(party, museum, culture)),
    ...(library === undefined ? [] : libraryOf(party, library)),
  ];
}

function museumOf(
  party: PartyId,
  name: LocalText,
  culture: Pick<Entry, 'category' | 'lifeEvent'>,
): readonly Entry[] {
  const visit: Entry = {
    ...entryOf(party, 'museum', name, FREE),
    ...culture,
    summary: words('常设展览参观。', '常設展覽參觀。', 'Visit of the permanent exhibitions.'),
    places: [{ ...placeOf('main', name), hours: CLOSED_ON_MONDAYS }],
    staffed: STAFFED.entrance,
  };
  const group: Entry = {
    ...visit,
    id: `${party}-museum-group`,
    name: appended(name, '团体预约', '團體預約', ': group visits'),
    summary: words('学校和单位的团体参观预约。', null, null),
    audience: { residents: false, organisations: true },
    access: ['sign-in', 'phone'],
    admits: [],
    staffed: STAFFED.desk,
    asks: [
      asked('organisation', '确认预约单位', '確認預約單位', 'to know which organisation comes'),
      asked('phone-number', '行程有变时联系', '行程有變時聯絡', 'to call when plans change'),
    ],
    assurance: 'substantial',
    source: INVENTED,
    stage: 'pilot',
  };
  return [visit, group];
}

function libraryOf(party: PartyId, name: LocalText): readonly Entry[] {
  const reading: Entry = {
    ...entryOf(party, 'library', name, FREE),
    category: 'culture',
    lifeEvent: 'studying',
    summary: words('入馆阅览。', '入館閱覽。', 'Entry and reading rooms.'),
    places: [{ ...placeOf('main', name), hours: daily(9, 20) }],
    staffed: STAFFED.entrance,
  };
  const card: Entry = {
    ...reading,
    id: `${party}-library-card`,
    name: appended(name, '图书外借', '圖書外借', ': lending'),
    summary: words(
      '办理读者证，借书回家。',
      '辦理讀者證，借書回家。',
      'Reader’s card for lending.',
    ),
    access: ['sign-in', 'counter'],
    admits: [],
    staffed: STAFFED.desk,
    asks: [
      asked('name', '写在读者证上', '寫在讀者證上', 'it is written on the card'),
      asked('phone-number', '到期提醒', '到期提醒', 'to remind of the return date'),
    ],
    assurance: 'substantial',
  };
  return [reading, card];
}

function sightOf(party: PartyId, { sight }: City): readonly Entry[] {
  if (sight === undefined) return [];
  const [name, priceFen] = sight;
  const entry: Entry = {
    ...entryOf(party, 'sight', name, { kind: 'ticket', priceFen }),
    category: 'tourism',
    lifeEvent: 'free-time',
    summary: words('景区门票。', '景區門票。', 'Admission to the sight.'),
    operator: operatorOf(party, 'sight', name),
    places: [{ ...placeOf('main', name), hours: daily(8, 18) }],
    staffed: STAFFED.ticketOffice,
    rules: sightRules(),
  };
  return [entry];
}

type Hotline = {
  readonly phone: '12345' | '12348' | '12333' | '12329';
  readonly name: readonly [string, string, string];
  readonly summary: LocalText;
  readonly lifeEvent: Entry['lifeEvent'];
};

const HOTLINES: readonly Hotline[] = [
  {
    phone: '12345',
    name: ['政务服务便民热线', '政務服務便民熱線', 'city hotline'],
    summary: words('咨询、求助、投诉。', '諮詢、求助、投訴。', 'Questions, help, complaints.'),
    lifeEvent: 'needing-help',
  },
  {
    phone: '12348',
    name: ['公共法律服务热线', '公共法律服務熱線', 'legal advice line'],
    summary: words('法律咨询。', '法律諮詢。', 'Legal advice.'),
    lifeEvent: 'needing-help',
  },
  {
    phone: '12333',
    name: ['人社服务热线', '人社服務熱線', 'social security line'],
    summary: words('就业和社会保险咨询。', '就業和社會保險諮詢。', 'Work and social insurance.'),
    lifeEvent: 'working',
  },
  {
    phone: '12329',
    name: ['住房公积金热线', '住房公積金熱線', 'housing fund line'],
    summary: words('住房公积金咨询。', '住房公積金諮詢。', 'Housing provident fund.'),
    lifeEvent: 'moving-house',
  },
];

function hotlineOf(party: PartyId, { name: city }: City, line: Hotline): Entry {
  const [zhCN, zhTW, en] = line.name;
  const name = appended(city, ` ${line.phone} ${zhCN}`, ` ${line.phone} ${zhTW}`, ` ${line.phone}`);
  const operator = appended(city, '热线服务方', '熱線服務方', ' hotlines');
  return {
    ...entryOf(party, `hotline-${line.phone}`, name, FREE),
    name: { ...name, en: `${String(name.en)} ${en}` },
    summary: line.summary,
    operator: { id: `${party}-hotline`, name: operator },
    category: 'hotline',
    lifeEvent: line.lifeEvent,
    audience: { residents: true, organisations: true },
    access: ['phone'],
    admits: [],
    contact: { phone: line.phone, url: null },
    places: [
      { ...placeOf('line', name), hours: line.phone === '12345' ? daily(0, 24) : OFFICE_HOURS },
    ],
    fareGroup: `${party}-hotline`,
    staffed: STAFFED.call,
  };
}

/** Real stations would need a source: these are invented, and say so. */
function demoZones(): Tariff {
  const stops = ['一', '二', '三', '四', '五', '六'].map((figure, i) => ({
    id: `demo-${String(i + 1)}`,
    name: words(`演示${figure}站`, `示範${figure}站`, `Demo stop ${String(i + 1)}`),
    zone: i,
  }));
  return { kind: 'zones', stops, pricesFen: [200, 300, 400, 500] };
}

const FREE: Tariff = { kind: 'free' };

function flat(priceFen: number): Tariff {
  return { kind: 'flat', priceFen };
}

/** A service of the operator of the same name that opens to codes; the rest is said per kind. */
function entryOf(party: PartyId, id: string, name: LocalText, tariff: Tariff): Entry {
  const own = `${party}-${id}`;
  return {
    id: own,
    name,
    summary: name,
    operator: { id: own, name },
    category: 'transport',
    lifeEvent: 'getting-around',
    audience: { residents: true, organisations: false },
    access: ['code', 'counter'],
    staffed: STAFFED.station,
    contact: { phone: null, url: null },
    places: [],
    admits: ADMITS,
    tariff,
    fareGroup: own,
    rules: [],
    reductions: [],
    asks: [],
    assurance: 'none',
    source: PUBLIC_FACTS,
    checked: { by: SEED_CHECKER, on: '2026-01-01' },
    stage: 'live',
  };
}

function operatorOf(party: PartyId, id: string, name: LocalText): Entry['operator'] {
  return {
    id: `${party}-${id}`,
    name: appended(name, '运营方', '營運方', ' operator'),
  };
}

function network(name: LocalText, fromHour: number, toHour: number): Place {
  return { ...placeOf('network', name), hours: daily(fromHour, toHour) };
}

function placeOf(id: string, name: LocalText): Place {
  return { id, name, address: null, position: null, hours: [] };
}

function asked(
  data: Entry['asks'][number]['data'],
  zhCN: string,
  zhTW: string,
  en: string,
): Entry['asks'][number] {
  return { data, why: words(zhCN, zhTW, en) };
}

function appended(name: LocalText, zhCN: string, zhTW: string, en: string): LocalText {
  return words(name.zhCN + zhCN, (name.zhTW ?? name.zhCN) + zhTW, (name.en ?? name.zhCN) + en);
}
