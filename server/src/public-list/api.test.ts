import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { TSchema } from '@fastify/type-provider-typebox';
import {
  canonicalJson,
  documentHash,
  parseCanonicalJson,
  parseEdition,
  parsePart,
  runChecks,
  verifyEdition,
  verifyPart,
  type Json,
  type SignedEdition,
  type SignedRoot,
} from '@tongyu/protocol';
import { Value } from 'typebox/value';
import { verifySync } from '../crypto/verify.ts';
import { createApp, type App } from '../http/create-app.ts';
import { breathe } from '../ports/breathe.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { addPublicApi } from './api-routes.ts';
import * as schemas from './api-schemas.ts';
import { LIST_NOW, local, type ListFixture } from './list-fixture.ts';
import { createPublicList } from './public-list.ts';
import { HOSTILE, startSampleList } from './sample-list.ts';

const origin = 'http://hub.example';
let fixture: ListFixture;
let app: App;
let now = LIST_NOW;

before(async () => {
  fixture = await startSampleList();
  const { source } = fixture;
  app = await createApp({
    ...{ title: 't', version: '0', strictTransport: false },
    ...{ log: silentLog, rng: systemRng() },
  });
  const list = createPublicList({ source, breathe, clock: { now: () => now } });
  await addPublicApi(app, { list, source, breathe, origin });
  await app.ready();
});
after(() => app.close());

async function get(url: string, headers: Record<string, string> = {}) {
  return app.inject({ method: 'GET', url, headers });
}

async function ask<T>(url: string, schema: TSchema): Promise<T> {
  const answer = await get(url);
  assert.equal(answer.statusCode, 200, answer.body);
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
  const body = answer.json<T>();
  assert.deepEqual([...Value.Errors(schema, body)].slice(0, 1), [], url);
  return body;
}

type Entries = {
  edition: string;
  total: number;
  entries: {
    entry: { id: string };
    usable: boolean;
    unusable: string[];
    suspension: { since: number } | null;
  }[];
  links: Record<string, string | null>;
};
const entries = (query: string) => ask<Entries>(`/api/v1/entries?${query}`, schemas.entriesAnswer);
const idsOf = (answer: Entries) => answer.entries.map(({ entry }) => entry.id);

test('entries are searched in Chinese, pinyin and English, and filtered', async () => {
  assert.ok(idsOf(await entries(`q=${encodeURIComponent('地铁')}`)).includes('4201-metro'));
  assert.ok(idsOf(await entries('q=wuhanditie')).includes('4201-metro'));
  assert.ok(idsOf(await entries('q=Wuhan%20Metro')).includes('4201-metro'));
  assert.deepEqual(idsOf(await entries('city=3601')), ['3601-library']);
  assert.deepEqual(idsOf(await entries('audience=organisations')), ['4201-12345']);
  assert.deepEqual(idsOf(await entries('category=hotline')), ['4201-12345']);
  assert.equal((await entries('q=nothinglikethis')).total, 0);
});

test('what is suspended, or not checked for half a year, is not usable', async () => {
  const all = await entries('limit=100');
  const usable = await entries('usable=true&limit=100');
  assert.equal(all.edition, '2026-H2');
  assert.equal(all.total, 65);
  assert.equal(usable.total, 63);
  const byId = new Map(all.entries.map((one) => [one.entry.id, one]));
  assert.deepEqual(byId.get('4201-museum')?.unusable, ['SUSPENDED']);
  assert.equal(byId.get('4201-museum')?.suspension?.since, LIST_NOW - 2 * 86_400);
  assert.deepEqual(byId.get('4201-12345')?.unusable, ['CHECK_TOO_OLD']);
  assert.deepEqual(byId.get('4201-metro')?.unusable, []);
});

test('pages follow one another by their links and hold every entry once', async () => {
  const seen: string[] = [];
  let next: string | null = `${origin}/api/v1/entries?city=4301&limit=25`;
  let pages = 0;
  while (next !== null) {
    const page: Entries = await ask(next.slice(origin.length), schemas.entriesAnswer);
    assert.equal(page.total, 60);
    seen.push(...idsOf(page));
    next = page.links['next'] ?? null;
    pages++;
  }
  assert.equal(pages, 3);
  assert.equal(new Set(seen).size, 60);
  const beyond = await entries('city=4301&offset=60');
  assert.deepEqual([beyond.total, beyond.entries.length], [60, 0]);
  const middle = await get('/api/v1/entries?city=4301&offset=25&limit=25');
  assert.match(String(middle.headers.link), /offset=0.*rel="prev", .*offset=50.*rel="next"/);
});

test('an entry is answered as it was signed; what nobody listed is a problem', async () => {
  const one = await ask<{ entry: Json }>('/api/v1/entries/4201-metro', schemas.entryAnswer);
  const [part] = fixture.state().editions.at(-1)?.signed.parts.slice(2) ?? [];
  const text = await fixture.source.partText(part?.hash ?? '');
  assert.ok(text?.includes(canonicalJson(one.entry)));
  for (const id of ['4201-nothing', '3601-museum']) {
    const answer = await get(`/api/v1/entries/${id}`);
    assert.equal(answer.statusCode, 404);
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
    assert.equal(answer.json<{ code: string }>().code, 'ENTRY_UNKNOWN');
  }
});

test('hostile query parameters are refused with the field, or find nothing', async () => {
  const long = encodeURIComponent('武汉'.repeat(501));
  const refused = [
    ['offset=-1', 'INVALID'],
    ['offset=1e9', 'INVALID'],
    ['limit=0', 'INVALID'],
    ['limit=101', 'INVALID'],
    ['limit=x', 'INVALID'],
    ['city=4201%27--', 'INVALID'],
    ['category=everything', 'INVALID'],
    ['usable=perhaps', 'INVALID'],
    ['q=a&q=b', 'INVALID'],
    [`q=${'a'.repeat(2_001)}`, 'INVALID'],
    [`q=${long}`, 'QUERY_TOO_LONG'],
    [
      `q=${Array.from({ length: 17 }, (_, i) => `w${String(i)}`).join('+')}`,
      'QUERY_TOO_MANY_WORDS',
    ],
  ] as const;
  for (const [query, code] of refused) {
    const answer = await get(`/api/v1/entries?${query}`);
    assert.equal(answer.statusCode, 400, query);
    assert.equal(answer.json<{ code: string }>().code, code, query);
  }
  for (const q of [HOSTILE, '%', '__proto__', "' OR 1=1", '\u0000', '\u202e', '.*', '(((((']) {
    const answer = await get(
      `/api/v1/entries?q=${encodeURIComponent(q)}&__proto__=1&constructor=2`,
    );
    assert.equal(answer.statusCode, 200, q);
  }
  for (const id of ['2026-H3', '..%2f..', '%00', 'x'.repeat(90)]) {
    assert.equal((await get(`/api/v1/editions/${id}`)).statusCode, 400, id);
  }
});

type EditionAnswer = {
  id: string;
  hash: string;
  previous: { id: string; hash: string } | null;
  errata: { entry: string }[];
  document: SignedEdition;
  overdue: boolean;
};

test('an edition is answered with its document, its hash and the errata beside it', async () => {
  const all = await ask<{ editions: EditionAnswer[] }>('/api/v1/editions', schemas.editionsAnswer);
  assert.deepEqual(
    all.editions.map(({ id }) => id),
    ['2026-H1', '2026-H2'],
  );
  const one = await ask<EditionAnswer>('/api/v1/editions/2026-H2', schemas.editionAnswer);
  assert.equal(documentHash(one.document.signed), one.hash);
  assert.deepEqual(one.previous, { id: '2026-H1', hash: all.editions[0]?.hash });
  assert.deepEqual(
    one.errata.map(({ entry }) => entry),
    ['4201-museum'],
  );
  assert.equal(one.overdue, false);
  now = LIST_NOW + 60 * 86_400;
  const later = await ask<EditionAnswer>('/api/v1/editions/2026-H2', schemas.editionAnswer);
  now = LIST_NOW;
  assert.equal(later.overdue, true);
  assert.equal((await get('/api/v1/editions/2031-H1')).statusCode, 404);
});

test('the download is canonical, and who holds root 1 can check all of it', async () => {
  const answer = await get('/api/v1/editions/2026-H2/download.json', { 'accept-encoding': 'gzip' });
  const text = gunzipSync(answer.rawPayload).toString();
  type Download = { edition: SignedEdition; parts: Json[]; roots: SignedRoot[] };
  const value = parseCanonicalJson(text, 2_000_000, 200_000);
  assert.ok(value !== undefined);
  const { edition, parts, roots } = value as unknown as Download;
  const pinned = roots.find(({ signed }) => documentHash(signed) === fixture.pinnedRootHash);
  assert.ok(pinned !== undefined);
  const read = parseEdition(canonicalJson(edition));
  assert.ok(read.ok);
  const verified = runChecks(
    verifyEdition(pinned.signed, roots, undefined, read.value),
    verifySync,
  );
  assert.ok(verified.ok);
  for (const [i, named] of read.value.signed.parts.entries()) {
    const source = canonicalJson(parts[i] ?? null);
    const form = parsePart(source);
    assert.ok(form.ok, form.ok ? '' : form.refusal.path);
    const checked = verifyPart(pinned.signed, edition.signed.id, named, source);
    assert.ok(runChecks(checked, verifySync).ok, named.party);
  }
});

test('a published download stays the same to the byte when an erratum is added', async () => {
  const before = await get('/api/v1/editions/2026-H2/download.json');
  await fixture.erratum('4201-metro', local('改正', null, null), LIST_NOW);
  const after = await get('/api/v1/editions/2026-H2/download.json');
  assert.ok(before.rawPayload.equals(after.rawPayload));
  assert.equal(after.headers.etag, before.headers.etag);
  const beside = await ask<EditionAnswer>('/api/v1/editions/2026-H2', schemas.editionAnswer);
  assert.equal(beside.errata.length, 2);
});

test('what has not changed is answered 304, from any site, preflight or not', async () => {
  const paths = [
    '/api/v1/entries?city=4201',
    '/api/v1/editions/2026-H2',
    '/api/v1/editions/2026-H2/download.csv',
    '/api/v1/openapi.json',
    '/feed.atom',
  ];
  for (const path of paths) {
    const first = await get(path, { 'accept-encoding': 'gzip' });
    assert.equal(first.headers['access-control-allow-origin'], '*', path);
    const tag = String(first.headers.etag);
    for (const held of [tag, `"x", ${tag}`, tag.replace('W/', ''), '*']) {
      const again = await get(path, { 'if-none-match': held });
      assert.equal(again.statusCode, 304, `${path} ${held}`);
      assert.equal(again.body, '');
    }
    assert.equal((await get(path, { 'if-none-match': '"other"' })).statusCode, 200);
    assert.equal((await app.inject({ method: 'HEAD', url: path })).statusCode, 200, path);
  }
  const preflight = await app.inject({ method: 'OPTIONS', url: '/api/v1/entries' });
  assert.equal(preflight.statusCode, 204);
  assert.equal(preflight.headers['access-control-allow-headers'], 'if-none-match');
  assert.equal((await app.inject({ method: 'POST', url: '/api/v1/entries' })).statusCode, 405);
});

type Difference = {
  counts: Record<string, number>;
  byCity: { party: string; added: number }[];
  total: number;
  changes: { id: string; kind: string; reason: { en: string }; fields: { path: string }[] }[];
};

test('a difference counts what the data says, field by field and with reasons', async () => {
  const path = '/api/v1/editions/2026-H2/difference';
  const all = await ask<Difference>(`${path}?limit=100`, schemas.differenceAnswer);
  assert.deepEqual(all.counts, { added: 2, changed: 1, removed: 1, unchanged: 62 });
  assert.deepEqual(
    all.changes.map(({ id, kind }) => [id, kind]),
    [
      ['3401-hostile', 'added'],
      ['3601-museum', 'removed'],
      ['4201-metro', 'changed'],
      ['4201-museum', 'added'],
    ],
  );
  const metro = all.changes.find(({ id }) => id === '4201-metro');
  assert.equal(metro?.reason.en, 'As changed');
  assert.ok(metro.fields.some(({ path: field }) => field === 'tariff.kind'));
  const city = await ask<Difference>(`${path}?city=4201&limit=1`, schemas.differenceAnswer);
  assert.deepEqual([city.total, city.changes.length], [2, 1]);
  const first = await ask<Difference>(
    '/api/v1/editions/2026-H1/difference?limit=100',
    schemas.differenceAnswer,
  );
  assert.deepEqual(first.counts, { added: 64, changed: 0, removed: 0, unchanged: 0 });
});

test('no cell of the table download is a formula, and every row has every column', async () => {
  const answer = await get('/api/v1/editions/2026-H2/download.csv');
  assert.match(String(answer.headers['content-type']), /^text\/csv/);
  const rows = readCsv(answer.body.replace('\ufeff', ''));
  assert.equal(rows.length, 66);
  for (const row of rows) {
    assert.equal(row.length, rows[0]?.length);
    for (const cell of row) assert.doesNotMatch(cell, /^[\s\u202e]*[=+\-@|%]/u);
  }
  const column = rows[0]?.indexOf('name_zh_cn') ?? -1;
  assert.ok(rows.some((row) => row[column] === '湖北省博物馆'));
  assert.ok(rows.some((row) => row[column] === `'${HOSTILE}`));
});

/** RFC 4180, for the test alone. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of text.split('\r\n').slice(0, -1)) {
    const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
      cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
    );
    rows.push(cells.slice(0, -1));
  }
  return rows;
}

test('the feed is well-formed, its ids stay, and no text breaks out of it', async () => {
  const feed = (await get('/feed.atom?lang=en')).body;
  assert.match(feed, /^<\?xml version="1.0" encoding="utf-8"\?>\n<feed xmlns=/);
  const tags = [...feed.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)];
  const open: string[] = [];
  for (const [, closing, name = '', alone] of tags.filter(([tag]) => !tag.startsWith('<?'))) {
    if (closing === '/') assert.equal(open.pop(), name);
    else if (alone !== '/') open.push(name);
  }
  assert.deepEqual(open, []);
  const ids = [...feed.matchAll(/<id>([^<]+)<\/id>/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.includes('urn:tongyu:erratum:4201:1'));
  assert.ok(ids.includes(`urn:tongyu:suspension:4201-museum::${String(LIST_NOW - 172_800)}`));
  assert.equal((await get('/feed.atom?lang=en')).body, feed);
  await fixture.head('3401', LIST_NOW, [
    {
      entry: '3401-hostile',
      rule: null,
      residence: null,
      since: LIST_NOW,
      reason: local(HOSTILE, null, HOSTILE),
    },
    ...['3601', '4301'].map((residence) => ({
      ...{ entry: '3401-hostile', rule: 'senior-65', residence, since: LIST_NOW },
      reason: local('对方暂停', null, 'Stopped there'),
    })),
  ]);
  const hostile = (await get('/feed.atom?lang=en')).body;
  assert.doesNotMatch(hostile, /<script|<img|\u202e/);
  assert.match(hostile, /\[U\+202E\]/);
  assert.match(hostile, /Stopped there \(senior-65, for residents of 4301 only\)/);
  for (const residence of ['3601', '4301']) {
    assert.match(hostile, new RegExp(`suspension:3401-hostile:senior-65:${residence}:`));
  }
  assert.equal((await get('/feed.atom?lang=fr')).statusCode, 400);
});

test('the linked data names no language that an entry does not have', async () => {
  const answer = await get('/api/v1/editions/2026-H2/download.jsonld');
  assert.match(String(answer.headers['content-type']), /^application\/ld\+json/);
  type Text = { '@language': string; '@value': string };
  const { '@graph': graph } = JSON.parse(answer.body) as {
    '@graph': ({ '@id': string; '@type': string[] } & Record<string, unknown>)[];
  };
  assert.equal(graph.length, 66);
  const museum = graph.find((node) => node['dct:identifier'] === '4201-museum');
  assert.deepEqual(museum?.['@type'], ['cpsv:PublicService', 'schema:GovernmentService']);
  assert.equal(museum['@id'], `${origin}/list/4201-museum`);
  assert.deepEqual(museum['schema:description'], [
    { '@language': 'zh-CN', '@value': '预约参观。' },
  ] satisfies Text[]);
  const channels = museum['cv:hasChannel'] as { 'dct:identifier': string }[];
  assert.deepEqual(
    channels.map((channel) => channel['dct:identifier']),
    ['4201-museum/code', '4201-museum/counter', '4201-museum/staffed'],
  );
});

test('the OpenAPI document has the public addresses and nothing else', async () => {
  const answer = await get('/api/v1/openapi.json');
  const api = answer.json<{ openapi: string; paths: Record<string, unknown> }>();
  assert.equal(api.openapi, '3.1.0');
  assert.deepEqual(Object.keys(api.paths).sort(), [
    '/api/v1/editions',
    '/api/v1/editions/{id}',
    '/api/v1/editions/{id}/difference',
    '/api/v1/editions/{id}/download.csv',
    '/api/v1/editions/{id}/download.json',
    '/api/v1/editions/{id}/download.jsonld',
    '/api/v1/entries',
    '/api/v1/entries/{id}',
    '/feed.atom',
  ]);
});
