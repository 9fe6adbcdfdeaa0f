import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { local } from '../../server/src/public-list/list-fixture.ts';
import { HOSTILE } from '../../server/src/public-list/sample-list.ts';
import { startListSite, type ListSite } from './list-site.ts';

let site: ListSite;
before(async () => {
  site = await startListSite();
});
after(() => site.close());

const languages = ['zh-CN', 'zh-TW', 'en'] as const;
const DAY = 86_400;

async function get(url: string, headers: Record<string, string> = {}) {
  return site.app.inject({ method: 'GET', url, headers });
}

async function page(url: string, status = 200): Promise<string> {
  const answer = await get(url);
  assert.equal(answer.statusCode, status, url);
  assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
  return answer.body;
}

/** What a reader without style and script has: the words, as they stand. */
function textOf(html: string): string {
  const body = html.replace(/^[\s\S]*<body>/, '').replace(/<!--.*?-->/g, '');
  const bare = body
    .replace(/<\/(p|li|div|td|th|dt|dd|h\d|span|option)>/g, ' ')
    .replace(/<[^>]*>/g, '');
  const signs = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" } as const;
  return bare
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: keyof typeof signs) => signs[name])
    .replace(/\s+/g, ' ');
}

async function post(fields: Record<string, string>, remoteAddress = '192.0.2.1', lang = 'en') {
  return site.app.inject({
    method: 'POST',
    url: `/report?lang=${lang}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': remoteAddress,
    },
    payload: new URLSearchParams(fields).toString(),
  });
}

const EVERY_PAGE = [
  '/list',
  '/list/4201-metro?home=3601',
  '/list/4201-metro/explain',
  '/list/4201-metro/explain?residence=3601&class=3',
  '/list/3401-hostile/explain?residence=3601',
  '/list/4201-museum',
  '/list/4201-12345',
  '/list/3401-hostile',
  '/editions',
  '/editions/2026-H2',
  '/editions/2026-H2/difference',
  '/report?entry=3401-hostile',
  '/report/sent/abc',
];

test('every page is whole without a script and asks nobody else for anything', async () => {
  for (const url of EVERY_PAGE) {
    for (const language of languages) {
      const html = await page(`${url}${url.includes('?') ? '&' : '?'}lang=${language}`);
      assert.ok(html.startsWith(`<!doctype html><html lang="${language}">`), url);
      assert.doesNotMatch(html, /<script|<iframe|<img|<object| style="| on[a-z]+="/, url);
      const loaded = html.match(/<(?:link|source|video|embed)[^>]+(?:href|src)="([^"]+)"/g) ?? [];
      for (const tag of loaded) assert.match(tag, /(href|src)="(\/|http:\/\/hub\.example\/)/, url);
      assert.doesNotMatch(textOf(html), /undefined|\[object|\{\w+\}/, url);
    }
  }
});

test('text that would be markup or turn its neighbours round is shown as text', async () => {
  for (const url of ['/list?q=script', '/list/3401-hostile', '/report?entry=3401-hostile']) {
    const html = await page(`${url}${url.includes('?') ? '&' : '?'}lang=en`);
    assert.doesNotMatch(html, /<script>x|<img src|[\u202a-\u202e\u2066-\u2069]/, url);
  }
  const entry = await page('/list/3401-hostile?lang=en');
  const shown = HOSTILE.replace('\u202e', '[U+202E]').replace('\u2066', '[U+2066]');
  assert.ok(textOf(entry).includes(shown));
  assert.match(entry, /<bdi>=1\+1&lt;script>/);
  const searched = await page(`/list?q=${encodeURIComponent(HOSTILE)}&lang=en`);
  assert.doesNotMatch(searched, /<script>x|<img src/);
  assert.ok(searched.includes('value="=1+1&lt;script>'));
});

test('the list is searched and filtered by its form, and counts what it finds', async () => {
  const found = await page('/list?lang=en&q=bowuguan');
  assert.match(found, /data-total="1"/);
  assert.match(found, /href="\/list\/4201-museum\?lang=en"/);
  assert.match(await page('/list?city=4301&usable=true'), /data-total="60"/);
  const second = await page('/list?city=4301&offset=30&lang=en');
  assert.match(textOf(second), /60 services · 31–60 shown/);
  assert.match(second, /rel="prev" href="\/list\?city=4301&amp;offset=0&amp;lang=en"/);
  assert.doesNotMatch(second, /rel="next"/);
  assert.match(textOf(await page('/list?q=nothinglikethis&lang=en')), /Nothing found/);
  for (const [query, words] of [
    ['city=9999', 'no such filter'],
    ['offset=-1', 'no such filter'],
    ['category=%3Cb%3E', 'no such filter'],
    [`q=${Array.from({ length: 17 }, (_, i) => `w${String(i)}`).join('+')}`, 'Too many words'],
    [`q=${encodeURIComponent('字'.repeat(1_001))}`, 'too long'],
  ] as const) {
    assert.ok(textOf(await page(`/list?lang=en&${query}`, 400)).includes(words), query);
  }
});

test('an entry says where, when, what I pay and why, who pays, and what others pay', async () => {
  const text = textOf(await page('/list/4201-metro?lang=en&home=3601&class=0'));
  for (const part of [
    'Hankou Railway Station',
    'Every day 06:00–01:00',
    'Open now',
    '¥1.00–¥2.50 instead of ¥2.00–¥5.00',
    'Half price for Nanchang residents',
    'The city of Nanchang, which has signed for it, up to ¥500,000.00',
    'Memorandum (demo)',
    'Not yet in force',
    'The hall is being rebuilt',
    'The desk in the hall.',
    'Nothing is asked of you.',
    '2 Nov 2026 · Culture office',
    'Demo data, not verified',
    'Demo policy',
  ]) {
    assert.ok(text.includes(part), part);
  }
  const stranger = textOf(await page('/list/4201-metro?lang=en&home=4202'));
  assert.ok(stranger.includes('Codes of Huangshi do not open this service'));
  const closed = textOf(await page('/list/4201-museum?lang=en'));
  assert.ok(closed.includes('Suspended since 25 Nov 2026'));
  assert.ok(closed.includes('Live · not yet checked for conformance'));
  assert.ok(closed.includes('Identity number'));
});

test('what is not translated stands in Chinese, marked, and is said to be missing', async () => {
  const html = await page('/list/4201-12345?lang=en');
  assert.match(html, /<html lang="en">/);
  assert.match(html, /<bdi lang="zh-CN">12345 市民热线<\/bdi>/);
  assert.match(html, /<bdi lang="zh-CN">全天受理咨询和投诉。<\/bdi><span[^>]*> \(not translated\)/);
  assert.match(textOf(html), /have not translated/);
  assert.match(textOf(await page('/list?lang=zh-TW')), /還沒有翻譯/);
});

test('the difference page counts what the data says', async () => {
  const html = await page('/editions/2026-H2/difference?lang=en');
  const counted = (kind: string) => html.match(new RegExp(`data-change="${kind}"`, 'g'))?.length;
  const told = (kind: string) =>
    Number(new RegExp(`data-count="-${kind}">(\\d+)<`).exec(html)?.[1]);
  for (const [kind, count] of [
    ['added', 2],
    ['changed', 1],
    ['removed', 1],
  ] as const) {
    assert.equal(counted(kind), count, kind);
    assert.equal(told(kind), count, kind);
  }
  assert.match(textOf(html), /Tariff · Price\s?tariff\.priceFen ¥4\.00 none/);
  const city = await page('/editions/2026-H2/difference?lang=en&city=3601');
  assert.equal(city.match(/data-change="/g)?.length, 1);
});

test('what was published stays the same to the byte when an erratum is put beside it', async () => {
  const urls = ['/editions/2026-H2?lang=en', '/list/4201-metro?lang=en'];
  const beside = (html: string) => html.replace(/<aside[^>]*id="errata">[\s\S]*?<\/aside>/, '');
  const before = await Promise.all(urls.map((url) => page(url)));
  await site.fixture.erratum(
    '4201-metro',
    local('一号线改道。', null, 'Line 1 moved.'),
    1_795_700_000,
  );
  for (const [i, url] of urls.entries()) {
    const after = await page(url);
    assert.equal(beside(after), beside(before[i] ?? ''), url);
    assert.ok(after.includes('Line 1 moved.') && !(before[i] ?? '').includes('Line 1 moved.'));
    assert.match(after, /<article[^>]*id="published">/);
  }
});

test('an edition that is overdue says so on every page', async () => {
  const started = site.clock.time;
  site.clock.time += 60 * DAY;
  for (const url of EVERY_PAGE) {
    const html = await page(`${url}${url.includes('?') ? '&' : '?'}lang=en`);
    assert.ok(textOf(html).includes('This edition is overdue'), url);
  }
  site.clock.time = started;
  assert.doesNotMatch(textOf(await page('/list?lang=en')), /overdue/);
});

test('an entry page stays below 30 KB on the way', async () => {
  const urls = ['/list/4201-metro?home=3601', '/list/3401-hostile', '/list/4201-museum'];
  for (const url of [...urls, '/list/4201-metro/explain?residence=3601&class=3']) {
    const answer = await get(url, { 'accept-encoding': 'gzip' });
    assert.equal(answer.headers['content-encoding'], 'gzip');
    assert.ok(answer.rawPayload.length <= 30 * 1024, `${url}: ${String(answer.rawPayload.length)}`);
    const html = gunzipSync(answer.rawPayload).toString();
    assert.ok(gzipSync(html, { level: 9 }).length <= 30 * 1024);
  }
});

test('a page is not sent again to who holds it', async () => {
  const first = await get('/list/4201-metro?lang=en');
  const held = { 'if-none-match': String(first.headers.etag) };
  assert.equal((await get('/list/4201-metro?lang=en', held)).statusCode, 304);
  assert.equal((await get('/list/4201-metro?lang=zh-CN', held)).statusCode, 200);
  assert.match(String(first.headers.vary), /accept-language/);
});

test('ENT-4.2: an entry explains every rule to whoever asks, with all its reasons', async () => {
  const explained = (query: string, status = 200) =>
    page(`/list/4201-metro/explain?lang=en${query}`, status);
  assert.match(textOf(await explained('')), /Why this price.*I live in/);
  const html = await explained('&residence=3601&class=3');
  const senior = textOf(html);
  for (const part of [
    '¥1.00–¥2.50 instead of ¥2.00–¥5.00',
    'Rule by rule: Aged 70 or more, resident of Nanchang',
    'The concession is suspended',
    'The hall is being rebuilt',
    'It gives the lowest price',
    'Not for residents of your city',
    'You did not show this class',
    'The city of Nanchang, which has signed for it, up to ¥500,000.00',
    'Daily limit; settled after the ride',
    'the first 2 a day',
    '¥1.00 less when you change from another service of the group within 90 minutes',
    'No more than ¥12.00 a day in the group',
  ]) {
    assert.ok(senior.includes(part), part);
  }
  assert.match(html, /href="\/list\/4201-metro\?home=3601&amp;class=3&amp;lang=en"/);
  const entry = await page('/list/4201-metro?lang=en&home=3601&class=3');
  assert.match(entry, /href="\/list\/4201-metro\/explain\?residence=3601&amp;class=3&amp;lang=en"/);
  assert.match(textOf(await explained('&residence=4202')), /Codes of Huangshi do not open/);
  site.clock.time += 4 * DAY;
  const old = textOf(await explained('&residence=3601'));
  site.clock.time -= 4 * DAY;
  assert.ok(old.includes('The list is too old to tell') && old.includes('Not known yet'));
});

test('what is no residence or class explains nothing, and is told so', async () => {
  for (const query of [
    ...['residence=43', 'residence=%3Cb%3E4301', 'residence=4301&residence=3601', 'class=7'],
    ...['residence=3601&class=-1', 'residence=3601&class=2%00', 'residence[a]=3601&class=1.5'],
    `residence=${'4'.repeat(4_000)}`,
  ]) {
    const html = await page(`/list/4201-metro/explain?lang=en&${query}`, 400);
    assert.match(textOf(html), /names a city or class that does not exist/, query.slice(0, 40));
    assert.doesNotMatch(html, /class="my-price"|<b>4301/, query.slice(0, 40));
  }
  assert.equal((await get('/list/4201-nothing/explain?residence=3601')).statusCode, 404);
});

test('nothing stands at an address of no entry or edition, and the page says so', async () => {
  for (const url of ['/list/4201-nothing', '/editions/2031-H1', '/editions/x/difference']) {
    assert.match(textOf(await page(`${url}?lang=en`, 404)), /Nothing stands here/);
  }
  assert.equal((await get('/list/%00%3Cscript%3E')).statusCode, 404);
});

test('a report goes to the city without a name, and the page says what happens next', async () => {
  const sent = await post({ entry: '4201-metro', kind: 'error', text: ' 二号线\r\n周日停运 ' });
  assert.equal(sent.statusCode, 303);
  assert.deepEqual(site.reports.at(-1), {
    entry: '4201-metro',
    party: '4201',
    kind: 'error',
    text: '二号线\n周日停运',
  });
  const thanks = await page(String(sent.headers.location));
  assert.match(textOf(thanks), /Thank you.*What happens next.*report-1/);
  await post({ city: '3601', kind: 'wish', text: 'A ferry' });
  assert.deepEqual(site.reports.at(-1)?.party, '3601');
  assert.equal(sent.headers['set-cookie'], undefined);
});

test('a report that is empty, too long or about nothing keeps its words and says why', async () => {
  const before = site.reports.length;
  const refused = [
    [{ text: '' }, 'write a few words'],
    [{ text: ' \r\n\u0000 ' }, 'write a few words'],
    [{ text: 'x'.repeat(501) }, 'too long'],
    [{ entry: '4201-nothing', text: 'kept words' }, 'no such service'],
  ] as const;
  for (const [i, [fields, words]] of refused.entries()) {
    const answer = await post({ ...fields }, `192.0.2.${String(20 + i)}`);
    assert.equal(answer.statusCode, 422);
    assert.ok(textOf(answer.body).includes(words), words);
    if (fields.text === 'kept words') assert.match(answer.body, />kept words<\/textarea>/);
  }
  const broken = { text: '</textarea><script>x</script>'.repeat(30) };
  assert.doesNotMatch((await post(broken, '192.0.2.30')).body, /<script/);
  const large = await post({ text: 'x'.repeat(20_000) }, '192.0.2.31');
  assert.equal(large.statusCode, 413);
  const json = await site.app.inject({ method: 'POST', url: '/report', payload: { text: 'x' } });
  assert.ok(json.statusCode < 500);
  assert.equal(site.reports.length - before, json.statusCode === 303 ? 1 : 0);
});

test('one source writes ten reports a minute and no more; others are not held up', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 11; i++) {
    statuses.push((await post({ text: `report ${String(i)}` }, '198.51.100.9')).statusCode);
  }
  assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 303), 429]);
  const late = await post({ text: 'my words' }, '198.51.100.9');
  assert.match(late.body, />my words<\/textarea>/);
  assert.equal((await post({ text: 'another' }, '198.51.100.10')).statusCode, 303);
});
