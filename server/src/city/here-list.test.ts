import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { test } from 'node:test';
import {
  activeMembers,
  documentHash,
  editionInForce,
  EMPTY_CATALOGUE,
  namedPart,
  type CatalogueState,
  type Edition,
  type Erratum,
  type Head,
  type Part,
  type PartyId,
} from '@tongyu/protocol';
import { createApp } from '../http/create-app.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { foundTestRegion } from '../trust/testing/test-region.ts';
import { hereList, type HeldList, type HereList } from './here-list.ts';
import { addHereRoutes } from './here-routes.ts';
import { seedEntries } from './list-seeds.ts';

const NOW = 1_795_750_000; // 2026-11-27
const CITIES = ['3401', '3601', '4201', '4301'];
const hashOf = (party: PartyId, number: number): string =>
  `${party}${String(number)}`.padEnd(64, '0');

function edition(number: number, effectiveFrom: number): Edition {
  return {
    type: 'tongyu.edition',
    number,
    id: number === 1 ? '2026-H2' : '2027-H1',
    previous: null,
    root: { number: 1, hash: '0'.repeat(64) },
    opened: NOW - 10,
    made: NOW - 10,
    effectiveFrom,
    parts: CITIES.map((party) => ({ party, hash: hashOf(party, number), count: 1 })),
  };
}

function part(party: PartyId, number: number): Part {
  const entries = seedEntries(party, '2026-11-27').slice(0, number === 1 ? undefined : 1);
  return { type: 'tongyu.part', party, edition: '2026-H2', entries, changes: [] };
}

function head(number: number, suspended: Head['suspended'] = []): Head {
  const named = { number: 1, hash: documentHash(edition(1, NOW - 5)) };
  return {
    ...({ type: 'tongyu.head', party: '4201', number, time: NOW - 60 } as const),
    ...{ edition: named, verified: [], suspended },
  };
}

const text = (zhCN: string) => ({ zhCN, zhTW: null, en: null });
const signed = <T>(content: T) => ({ signed: content, signatures: [] });

function stateOf(heads: readonly Head[], errata: readonly Erratum[] = []): CatalogueState {
  const editions = [edition(1, NOW - 5), edition(2, NOW + 1000)].map(signed);
  return { editions, heads: heads.map(signed), errata: errata.map(signed) };
}

/** A node that holds all parts, with a state that the test may change. */
function holding(start: CatalogueState) {
  const held = {
    now: NOW,
    members: () => held.active,
    active: CITIES,
    state: start,
    current: () => held.state,
    inForce: () => {
      const { editions, heads } = held.state;
      const edition = editionInForce(editions, held.now);
      if (edition === undefined) return Promise.resolve(undefined);
      return Promise.resolve({
        edition,
        part: (party: PartyId) =>
          Promise.resolve(namedPart(edition.signed, party) && part(party, edition.signed.number)),
        head: (party: PartyId) => heads.find(({ signed: one }) => one.party === party),
      });
    },
  };
  return held;
}

async function serve(held: ReturnType<typeof holding>) {
  const rng = systemRng();
  const title = { title: 't', version: '0', strictTransport: false };
  const app = await createApp({ ...title, log: silentLog, rng });
  await addHereRoutes(app, held);
  const ask = (party: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'GET', url: `/resident/list/${party}`, headers });
  return { ask, close: () => app.close() };
}

test('a phone gets the part in force and what its city has said since', async () => {
  const suspension = {
    entry: '4201-bus',
    rule: null,
    residence: null,
    since: NOW - 100,
    reason: text('维修'),
  };
  const node = await serve(holding(stateOf([head(3, [suspension])])));
  const answer = await node.ask('4201');
  assert.equal(answer.statusCode, 200);
  const list = answer.json<HereList>();
  assert.equal(list.party, '4201');
  assert.deepEqual(list.cities, CITIES);
  assert.deepEqual(list.members, CITIES);
  assert.equal(list.edition.id, '2026-H2');
  assert.equal(list.edition.effectiveFrom, NOW - 5);
  assert.equal(list.edition.hash, documentHash(edition(1, NOW - 5)));
  assert.equal(list.head?.number, 3);
  assert.equal(list.head.time, NOW - 60);
  assert.deepEqual(list.head.suspended, [suspension]);
  assert.deepEqual(list.entries, seedEntries('4201', '2026-11-27'));
  await node.close();
});

test('the next edition is handed out from its own second, not before', async () => {
  const held = holding(stateOf([]));
  const node = await serve(held);
  const idNow = async () => (await node.ask('4201')).json<HereList>().edition.id;
  held.now = NOW + 999;
  assert.equal(await idNow(), '2026-H2');
  held.now = NOW + 1000;
  assert.equal(await idNow(), '2027-H1');
  await node.close();
});

test('an unchanged list is a 304, a new head, correction or member the whole', async () => {
  const held = holding(stateOf([head(3)]));
  const node = await serve(held);
  const first = await node.ask('4201');
  const etag = String(first.headers.etag);
  const again = () => node.ask('4201', { 'if-none-match': etag });
  const unchanged = await again();
  assert.deepEqual([unchanged.statusCode, unchanged.body], [304, '']);
  held.state = stateOf([head(4)]);
  const later = await again();
  assert.equal(later.statusCode, 200);
  assert.equal(later.json<HereList>().head?.number, 4);
  const correction: Erratum = {
    ...({ type: 'tongyu.erratum', party: '4201', number: 1, time: NOW } as const),
    edition: { number: 1, hash: documentHash(edition(1, NOW - 5)) },
    ...{ entry: '4201-bus', field: 'name', correction: text('应为武汉公交') },
  };
  held.state = stateOf([head(3)], [correction]);
  const corrected = await again();
  assert.equal(corrected.statusCode, 200);
  assert.equal(corrected.json<HereList>().errata[0]?.correction.zhCN, '应为武汉公交');
  held.state = stateOf([head(3)]);
  held.active = [...CITIES, '4202'];
  assert.deepEqual((await again()).json<HereList>().members, [...CITIES, '4202']);
  await node.close();
});

test('it travels compressed to who takes that', async () => {
  const node = await serve(holding(stateOf([head(3)])));
  const plain = await node.ask('4201');
  const small = await node.ask('4201', { 'accept-encoding': 'br, gzip' });
  assert.equal(small.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(small.rawPayload).toString(), plain.body);
  assert.ok(small.rawPayload.length * 3 < plain.rawPayload.length);
  await node.close();
});

test('a head of another city, or a correction of another edition, is left out', async () => {
  const stranger: Head = { ...head(9), party: '4301' };
  const old: Erratum = {
    ...({ type: 'tongyu.erratum', party: '4201', number: 1, time: NOW } as const),
    edition: { number: 1, hash: 'a'.repeat(64) },
    ...{ entry: '4201-bus', field: null, correction: text('旧') },
  };
  const list = await hereList(holding(stateOf([stranger], [old])), '4201');
  const read = JSON.parse(list?.text() ?? '') as HereList;
  assert.equal(read.head, null);
  assert.deepEqual(read.errata, []);
});

test('before the first edition, and for a city without a part: not found', async () => {
  const held = holding(EMPTY_CATALOGUE);
  const node = await serve(held);
  assert.equal((await node.ask('4201')).statusCode, 404);
  held.state = stateOf([]);
  held.now = NOW - 6;
  assert.equal((await node.ask('4201')).statusCode, 404);
  held.now = NOW;
  assert.equal((await node.ask('4202')).statusCode, 404);
  assert.equal((await node.ask('x')).statusCode, 400);
  await node.close();
});

test('a suspension in Wuhan reaches the phones of Nanchang through their own city', async () => {
  const region = await foundTestRegion((party) => seedEntries(party, '2026-11-24'));
  await region.pass(8);
  const { keeper, catalogue } = region.node('3601');
  const held: HeldList = {
    inForce: () => catalogue.face.inForce(),
    current: () => catalogue.face.current(),
    members: () => {
      const root = keeper.current().state?.root?.signed;
      return root === undefined ? [] : activeMembers(root).map(({ party }) => party);
    },
  };
  const listNow = async () => {
    const list = await hereList(held, '4201');
    return JSON.parse(list?.text() ?? '') as HereList;
  };
  const before = await listNow();
  assert.deepEqual(before.members, CITIES);
  assert.deepEqual(before.cities, ['3401', '3601', '4201', '4202', '4301']);
  assert.deepEqual(before.entries, seedEntries('4201', '2026-11-24'));
  assert.deepEqual(before.head?.suspended, []);
  const { office } = region.node('4201');
  await office?.suspend({ entry: '4201-ferry', rule: null, reason: text('大风') }, 'admin');
  await region.pass(8);
  const after = await listNow();
  assert.deepEqual(
    after.head?.suspended.map(({ entry, reason }) => [entry, reason.zhCN]),
    [['4201-ferry', '大风']],
  );
});
