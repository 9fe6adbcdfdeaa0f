import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSearch, createSearch, type SearchQuery, type SearchRow } from './index.ts';

type Texts = readonly string[];

function row(
  id: string,
  zhCN: Texts,
  zhTW: Texts,
  en: Texts,
  facts?: Partial<SearchRow>,
): SearchRow {
  const plain = { category: 'culture', audience: ['residents'], usable: true };
  return { id, party: id.slice(0, 4), ...plain, zhCN, zhTW, en, ...facts };
}

const ROWS: readonly SearchRow[] = [
  row(
    '4201-metro',
    ['武汉地铁', '武汉地铁集团', '乘车码'],
    ['武漢地鐵', '武漢地鐵集團', '乘車碼'],
    ['Wuhan Metro', 'Wuhan Metro Group', 'ride code'],
    { category: 'transit', audience: ['residents', 'organisations'] },
  ),
  row(
    '4201-museum',
    ['湖北省博物馆', '武昌区东湖路', '编钟'],
    ['湖北省博物館', '武昌區東湖路', '編鐘'],
    ['Hubei Provincial Museum', 'Donghu Road, Wuchang'],
  ),
  row('4201-tower', ['黄鹤楼'], ['黃鶴樓'], ['Yellow Crane Tower'], { usable: false }),
  row('4201-hotline', ['12345政务服务热线'], ['12345政務服務熱線'], ['12345 Government Hotline'], {
    category: 'government',
  }),
  row('4301-academy', ['岳麓书院', '长沙'], ['嶽麓書院', '長沙'], ['Yuelu Academy', 'Changsha']),
  row(
    '4301-metro',
    ['长沙地铁', '乘车码'],
    ['長沙地鐵', '乘車碼'],
    ['Changsha Metro', 'ride code'],
    {
      category: 'transit',
    },
  ),
  row('3401-hall', ['合肥音乐厅'], ['合肥音樂廳'], ['Hefei Concert Hall']),
  row('3601-park', ['南昌万达乐园'], ['南昌萬達樂園'], ['Nanchang Wanda Park']),
  row('3415-park', ['六安绿地公园'], ['六安綠地公園'], ['Lu’an Green Park']),
  row(
    '3401-card',
    ['合肥一卡通', '可乘坐地铁与公交，也可在图书馆借书，详情见各网点公告与服务热线说明。'],
    ['合肥一卡通'],
    ['Hefei City Card'],
  ),
];

const search = createSearch(ROWS);

function find(text: string, more: Partial<SearchQuery> = {}): readonly string[] {
  const answer = search.search({ text, offset: 0, limit: 20, ...more });
  assert.ok(answer.ok, text);
  assert.equal(answer.total, answer.ids.length, text);
  return answer.ids;
}

function finds(cases: readonly (readonly [text: string, ...ids: string[]])[]): void {
  for (const [text, ...ids] of cases) assert.deepEqual(find(text), ids, text);
}

test('two Chinese characters find, wherever they stand', () => {
  finds([
    ['武汉', '4201-metro'],
    ['鹤楼', '4201-tower'],
    ['博物', '4201-museum'],
    ['书院', '4301-academy'],
    ['编钟', '4201-museum'],
  ]);
});

test('one character finds, and a longer name finds only where it stands unbroken', () => {
  finds([
    ['楼', '4201-tower'],
    ['鹤', '4201-tower'],
    ['湖北省博物馆', '4201-museum'],
    ['湖北博物', '4201-museum'], // in two parts, as nothing has it unbroken
    ['北湖'],
  ]);
});

test('either script finds the other', () => {
  for (const [simplified, traditional] of [
    ['武汉地铁', '武漢地鐵'],
    ['黄鹤楼', '黃鶴樓'],
    ['岳麓书院', '岳麓書院'],
    ['乐园', '樂園'],
    ['政务服务', '政務服務'],
  ] as const) {
    assert.deepEqual(find(traditional), find(simplified));
    assert.equal(find(simplified).length, 1, simplified);
  }
  const simplifiedOnly = createSearch([row('1', ['东湖绿道'], [], [])]);
  const traditionalOnly = createSearch([row('1', [], ['東湖綠道'], [])]);
  for (const text of ['东湖绿道', '東湖綠道', '东湖綠道', 'donghu lvdao']) {
    for (const { search: one } of [simplifiedOnly, traditionalOnly]) {
      assert.deepEqual(one({ text, offset: 0, limit: 1 }), { ok: true, total: 1, ids: ['1'] });
    }
  }
});

test('full pinyin finds: together, apart, half apart, with tones, the last syllable begun', () => {
  finds([
    ['wuhan ditie', '4201-metro'],
    ['wuhanditie', '4201-metro'],
    ['wu han di tie', '4201-metro'],
    ['WuHan DiTie', '4201-metro'],
    ['wǔhàn dìtiě', '4201-metro'],
    ['wuhandit', '4201-metro'],
    ['hubeisheng bowuguan', '4201-museum'],
    ['huanghelou', '4201-tower'],
    ['武汉ditie', '4201-metro'],
    ["lu'an", '3415-park'],
  ]);
});

test('initials find', () => {
  finds([
    ['whdt', '4201-metro'],
    ['hhl', '4201-tower'],
    ['hbsbwg', '4201-museum'],
    ['csdt', '4301-metro'],
    ['武汉dt', '4201-metro'],
  ]);
});

test('a slip in pinyin finds', () => {
  finds([
    ['huanhelou', '4201-tower'],
    ['wuhna ditie', '4201-metro'],
    ['changsa ditie', '4301-metro'],
    ['hubeisheng bowuguna', '4201-museum'],
    ['huangjelou', '4201-tower'],
    ['yuelushuyaun', '4301-academy'],
  ]);
  assert.deepEqual(find('changsa'), ['4301-metro', '4301-academy']);
});

test('another character of the same sound finds', () => {
  finds([
    ['黄合楼', '4201-tower'],
    ['岳路书院', '4301-academy'],
  ]);
});

test('a character is found first as its word reads it, then as others may', () => {
  finds([
    ['leyuan', '3601-park'],
    ['yinyueting', '3401-hall'],
    ['luan', '3415-park'],
    ['lvdi', '3415-park'],
    ['ludi', '3415-park'],
  ]);
  const both = createSearch([row('1', ['长沙'], [], []), row('2', ['章沙'], [], [])]);
  const ids = (text: string): unknown => both.search({ text, offset: 0, limit: 2 });
  assert.deepEqual(ids('changsha'), { ok: true, total: 1, ids: ['1'] });
  assert.deepEqual(ids('zhangsha'), { ok: true, total: 2, ids: ['2', '1'] });
});

test('English words find: whole, begun, in any order, with a slip', () => {
  finds([
    ['museum', '4201-museum'],
    ['muse', '4201-museum'],
    ['museum hubei', '4201-museum'],
    ['musuem', '4201-museum'],
    ['yelow crane', '4201-tower'],
    ['acadamy', '4301-academy'],
    ['concret', '3401-hall'], // concert
    ['METRO wuhan', '4201-metro'],
  ]);
});

test('digits find, also full-width ones and their beginning', () => {
  finds([
    ['12345', '4201-hotline'],
    ['１２３４５', '4201-hotline'],
    ['123', '4201-hotline'],
    ['12345热线', '4201-hotline'],
    ['2345'],
  ]);
});

test('every term must be found', () => {
  finds([['地铁 长沙', '4301-metro'], ['metro 武汉', '4201-metro'], ['地铁 museum']]);
});

test('the name comes before other texts, its beginning first, the shorter name first', () => {
  assert.deepEqual(find('地铁'), ['4201-metro', '4301-metro', '3401-card']);
  const some = createSearch([
    row('1', ['公园', '长江'], [], []),
    row('2', ['武汉长江大桥'], [], []),
    row('3', ['长江大桥'], [], []),
    row('4', ['长江'], [], []),
  ]);
  const answer = some.search({ text: '长江', offset: 0, limit: 9 });
  assert.deepEqual(answer.ok && answer.ids, ['4', '3', '2', '1']);
});

test('what stands as typed comes before what is begun or has a slip', () => {
  const some = createSearch([
    row('1', [], [], ['Metropolis']),
    row('2', [], [], ['Metro']),
    row('3', [], [], ['Metor']),
  ]);
  const ids = (text: string): unknown => some.search({ text, offset: 0, limit: 9 });
  assert.deepEqual(ids('metro'), { ok: true, total: 2, ids: ['2', '1'] });
});

test('an empty text lists all in the order of their ids, whatever order they came in', () => {
  const all = ROWS.map(({ id }) => id).sort();
  for (const text of ['', ' ', '\n\u3000']) assert.deepEqual(find(text), all);
  const turned = createSearch([...ROWS].reverse());
  const answer = turned.search({ text: '', offset: 0, limit: 20 });
  assert.deepEqual(answer.ok && answer.ids, all);
});

test('filters keep a city, a category, an audience and what is usable', () => {
  assert.deepEqual(find('', { party: '4301' }), ['4301-academy', '4301-metro']);
  assert.deepEqual(find('', { category: 'transit' }), ['4201-metro', '4301-metro']);
  assert.deepEqual(find('', { audience: 'organisations' }), ['4201-metro']);
  assert.deepEqual(find('', { usable: false }), ['4201-tower']);
  assert.deepEqual(find('地铁', { party: '4301' }), ['4301-metro']);
  assert.deepEqual(find('metro', { audience: 'organisations', usable: true }), ['4201-metro']);
  for (const filter of [{ party: '9999' }, { category: '' }, { audience: 'nobody' }]) {
    assert.deepEqual(find('', filter), []);
    assert.deepEqual(find('地铁', filter), []);
  }
});

test('what is usable changes without a new index', () => {
  const later = search.withUsable((id) => id === '4201-tower');
  const usable = (one: typeof search): unknown =>
    one.search({ text: '黄鹤楼', usable: true, offset: 0, limit: 9 });
  assert.deepEqual(usable(later), { ok: true, total: 1, ids: ['4201-tower'] });
  assert.deepEqual(usable(search), { ok: true, total: 0, ids: [] });
});

test('pages follow each other without gap or overlap, and each tells the total', () => {
  const many = createSearch(
    Array.from({ length: 500 }, (_, i) =>
      row(String(i).padStart(4, '0'), [`${'大'.repeat(i % 7)}武汉${'小'.repeat(i % 5)}`], [], []),
    ),
  );
  for (const text of ['', '武汉', 'wuhan', 'wh']) {
    const whole = many.search({ text, offset: 0, limit: 1_000 });
    assert.ok(whole.ok && whole.total === 500);
    const pages: string[] = [];
    for (let offset = 0; offset < 530; offset += 30) {
      const page = many.search({ text, offset, limit: 30 });
      assert.ok(page.ok && page.total === 500);
      pages.push(...page.ids);
    }
    assert.deepEqual(pages, whole.ids);
    assert.equal(new Set(pages).size, 500);
  }
});

test('refusals are told apart', () => {
  const refusal = (query: Partial<SearchQuery>): unknown => {
    const answer = search.search({ text: '', offset: 0, limit: 20, ...query });
    return answer.ok ? answer : answer.refusal;
  };
  const outOfRange = { code: 'PAGE_OUT_OF_RANGE', maxLimit: 1_000 };
  assert.deepEqual(refusal({ text: 'a'.repeat(1_001) }), {
    code: 'QUERY_TOO_LONG',
    maxLength: 1_000,
  });
  assert.deepEqual(refusal({ text: Array.from({ length: 17 }, (_, i) => `w${i}`).join(' ') }), {
    code: 'QUERY_TOO_MANY_WORDS',
    maxWords: 16,
  });
  for (const page of [{ offset: -1 }, { offset: 0.5 }, { limit: -1 }, { limit: 1_001 }]) {
    assert.deepEqual(refusal(page), outOfRange);
  }
  assert.deepEqual(refusal({ limit: Number.NaN }), outOfRange);
});

test('two entries with one id are a defect', () => {
  assert.throws(() => createSearch([...ROWS, ...ROWS.slice(0, 1)]), RangeError);
});

test('an index of nothing finds nothing', () => {
  const none = createSearch([]);
  for (const text of ['', '武汉', 'wuhan', 'wuhna']) {
    assert.deepEqual(none.search({ text, offset: 0, limit: 1 }), { ok: true, total: 0, ids: [] });
  }
});

test('an index built in slices answers the same, and lets others breathe', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => row(String(i), [`第${i}号 长沙地铁`], [], []));
  let breaths = 0;
  const built = await buildSearch(rows, async () => {
    breaths++;
  });
  assert.ok(breaths > 10, String(breaths));
  const query = { text: 'changsa', offset: 0, limit: 300 };
  assert.deepEqual(built.search(query), createSearch(rows).search(query));
});
