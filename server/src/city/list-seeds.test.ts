import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quoteFor, whatOpens } from '@tongyu/domain';
import { canonicalJson, entryFault, parsePart, type Part } from '@tongyu/protocol';
import { seedEntries, seedOperators } from './list-seeds.ts';

const MEMBERS = ['4201', '4301', '3401', '3601'] as const;
const PARTIES = [...MEMBERS, '4202'];
const DATE = '2026-11-27';

function partOf(party: string): Part {
  const entries = seedEntries(party, DATE);
  return { type: 'tongyu.part', party, edition: '2026-H2', entries, changes: [] };
}

test('the four members have at least 40 entries, in rising order and without a fault', () => {
  assert.ok(MEMBERS.flatMap((party) => seedEntries(party, DATE)).length >= 40);
  for (const party of PARTIES) {
    const part = partOf(party);
    const parsed = parsePart(canonicalJson(part));
    assert.ok(parsed.ok, party + (parsed.ok ? '' : parsed.refusal.path));
    const ids = part.entries.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
    for (const entry of part.entries) assert.equal(entryFault(party, entry), undefined, entry.id);
  }
});

test('a city that the facts do not name has none', () => {
  assert.deepEqual(seedEntries('4211', DATE), []);
  assert.deepEqual(seedOperators('4211'), []);
});

test('every entry says that it is demo data, and its names do not have to', () => {
  for (const entry of PARTIES.flatMap((party) => seedEntries(party, DATE))) {
    assert.equal(entry.source.terms, 'demo');
    assert.match(entry.source.text.zhCN, /演示/);
    assert.ok(['public', 'invented'].includes(entry.source.facts));
    assert.equal(entry.checked.on, DATE);
    assert.match(entry.checked.by.zhCN, /演示/);
    assert.doesNotMatch(JSON.stringify([entry.name, entry.operator.name]), /演示|demo/i);
    for (const { agreement } of entry.rules) assert.match(agreement.zhCN, /^演示/);
    for (const place of entry.places) assert.equal(place.position, null);
  }
});

test('a rider without a class pays what the story knows, at sights a member’s price', () => {
  const price = (id: string, residence: string): number | undefined => {
    const entry = seedEntries(id.slice(0, 4), DATE).find((one) => one.id === id);
    assert.ok(entry !== undefined, id);
    return quoteFor(entry, [], { residence, class: 0 }, DATE)?.priceFen;
  };
  const prices = [
    ...([
      ['4201-metro', 400],
      ['4201-bus', 200],
      ['4201-ferry', 150],
    ] as const),
    ...([
      ['4201-museum', 0],
      ['4201-library', 0],
      ['4201-sight', 1600],
    ] as const),
    ...([
      ['4301-metro', 300],
      ['4301-sight', 3200],
      ['3401-metro', 300],
    ] as const),
    ...([
      ['3401-sight', 2400],
      ['3601-metro', 500],
      ['3601-sight', 4000],
    ] as const),
    ['4202-bus', 200] as const,
  ];
  for (const [id, fen] of prices) {
    for (const residence of MEMBERS) assert.equal(price(id, residence), fen, `${id} ${residence}`);
    const isSight = id.endsWith('-sight');
    assert.equal(price(id, '4202'), isSight ? (fen * 10) / 8 : fen, id);
    assert.equal(price(id, '4211'), undefined);
  }
});

test('what a class pays depends on where its holder lives', () => {
  const metro = seedEntries('4201', DATE).find(({ id }) => id === '4201-metro');
  assert.ok(metro !== undefined);
  const paid = (residence: string, shown: number) => {
    const quote = quoteFor(metro, [], { residence, class: shown }, DATE);
    return [quote?.priceFen, quote?.rule?.id ?? null];
  };
  assert.deepEqual(paid('4201', 2), [200, 'senior-half']);
  assert.deepEqual(paid('3601', 2), [200, 'senior-half-guest']);
  assert.deepEqual(paid('4201', 3), [0, 'senior-free']);
  assert.deepEqual(paid('3601', 3), [0, 'senior-free-guest']);
  assert.deepEqual(paid('3601', 1), [400, null]);
  assert.deepEqual(paid('3601', 4), [280, 'student']);
  assert.deepEqual(paid('3601', 5), [0, 'disability']);
  assert.deepEqual(paid('3601', 6), [0, 'veteran']);
  assert.deepEqual(paid('4202', 2), [400, null]);
});

test('a visitor’s code opens transport, culture, sights; no hotline, loan or group visit', () => {
  const head = { type: 'tongyu.head', party: '4201', number: 1, time: 1_795_000_000 } as const;
  const opened = whatOpens(
    seedEntries('4201', DATE),
    { ...head, edition: null, verified: [], suspended: [] },
    { residence: '3601', class: 0 },
    head.time,
  );
  const idsOf = (isOpen: boolean) =>
    opened.filter(({ closed }) => (closed.length === 0) === isOpen).map(({ entry }) => entry.id);
  const open = ['bus', 'ferry', 'library', 'metro', 'museum', 'sight'];
  assert.deepEqual(
    idsOf(true),
    open.map((id) => `4201-${id}`),
  );
  const lines = ['12329', '12333', '12345', '12348'].map((line) => `hotline-${line}`);
  assert.deepEqual(
    idsOf(false),
    [...lines, 'library-card', 'museum-group'].map((id) => `4201-${id}`),
  );
});

test('operators keep their ids, each once', () => {
  const ids = seedOperators('4201').map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ['metro', 'bus', 'ferry', 'museum', 'library', 'sight', 'hotline']) {
    assert.ok(ids.includes(`4201-${id}`), id);
  }
});
