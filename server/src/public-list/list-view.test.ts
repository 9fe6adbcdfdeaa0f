import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeChanges } from '@tongyu/domain';
import type { Entry } from '@tongyu/protocol';
import { breathe } from '../ports/breathe.ts';
import { LIST_NOW, local, sampleEntry, startListFixture } from './list-fixture.ts';
import { createPublicList, findEntries } from './public-list.ts';
import type { PublicSource } from './types.ts';

const DAY = 86_400;
const EVERYTHING = { city: null, category: null, audience: null, offset: 0, limit: 100 };

async function world(wrap: (source: PublicSource) => PublicSource = (source) => source) {
  const fixture = await startListFixture();
  const clock = { time: LIST_NOW, now: () => clock.time };
  const list = createPublicList({ source: wrap(fixture.source), clock, breathe });
  const ids = async (text = '', usable = false) => {
    const found = findEntries(await list.view(), { ...EVERYTHING, text, usable });
    assert.ok(found.ok);
    return found.entries.map(({ entry }) => entry.id);
  };
  return { fixture, clock, list, ids };
}

/** As often as a page is asked for while another edition is read. */
async function soon(ids: () => Promise<readonly string[]>, wanted: readonly string[]) {
  for (let turn = 0; turn < 1_000; turn++) {
    if ((await ids()).join() === wanted.join()) return;
    await breathe();
  }
  assert.deepEqual(await ids(), wanted);
}

test('before the first edition the list is there and empty', async () => {
  const { list, ids } = await world();
  assert.equal((await list.view()).inForce, undefined);
  assert.deepEqual(await ids(), []);
});

test('an edition counts from its day on; the one before is served until it is read', async () => {
  const { fixture, clock, list, ids } = await world();
  await fixture.publish('2026-H2', LIST_NOW - DAY, [sampleEntry('4201-library')]);
  assert.deepEqual(await ids(), ['4201-library']);
  await fixture.publish('2027-H1', LIST_NOW + DAY, [sampleEntry('4301-library')]);
  const view = await list.view();
  assert.deepEqual(
    view.editions.map(({ id, state }) => [id, state]),
    [
      ['2026-H2', 'in-force'],
      ['2027-H1', 'to-come'],
    ],
  );
  assert.deepEqual(await ids(), ['4201-library']);
  clock.time += 2 * DAY;
  assert.deepEqual(await ids(), ['4201-library']);
  await soon(ids, ['4301-library']);
  assert.equal((await list.view()).inForce?.id, '2027-H1');
});

test('an edition whose part is not here yet changes nothing until it is', async () => {
  let isAway = false;
  const { fixture, ids } = await world((source) => ({
    ...source,
    part: async (hash) => (isAway ? undefined : source.part(hash)),
  }));
  await fixture.publish('2026-H1', LIST_NOW - 2 * DAY, [sampleEntry('4201-library')]);
  assert.deepEqual(await ids(), ['4201-library']);
  isAway = true;
  await fixture.publish('2026-H2', LIST_NOW - DAY, [sampleEntry('4301-library')]);
  for (let i = 0; i < 20; i++) assert.deepEqual(await ids(), ['4201-library']);
  isAway = false;
  await soon(ids, ['4301-library']);
});

test('a suspension, and a check that grows old, change what is usable; no new index', async () => {
  let reads = 0;
  const { fixture, clock, ids } = await world((source) => ({
    ...source,
    part: (hash) => {
      reads++;
      return source.part(hash);
    },
  }));
  const usable = () => ids('', true);
  await fixture.publish('2026-H2', LIST_NOW - DAY, [sampleEntry('4201-library')]);
  assert.deepEqual(await usable(), ['4201-library']);
  const before = reads;
  const reason = local('检修', null, null);
  const closed = { entry: '4201-library', rule: null, residence: null, since: LIST_NOW, reason };
  await fixture.head('4201', LIST_NOW, [closed]);
  assert.deepEqual(await usable(), []);
  await fixture.head('4201', LIST_NOW + 1);
  assert.deepEqual(await usable(), ['4201-library']);
  clock.time += 200 * DAY;
  assert.deepEqual(await usable(), []);
  assert.equal(reads, before);
});

test('a difference in slices finds what a whole one finds', async () => {
  const { fixture, list } = await world();
  const idOf = (i: number): string => `4201-e${String(i).padStart(4, '0')}`;
  const entries = (pick: (i: number) => boolean, change: (i: number) => Partial<Entry>) =>
    Array.from({ length: 700 }, (_, i) => i)
      .filter(pick)
      .map((i) => sampleEntry(idOf(i), change(i)));
  const before = entries(
    (i) => i % 7 !== 0,
    () => ({}),
  );
  const after = entries(
    (i) => i % 5 !== 0 && (i < 250 || i > 480),
    (i) => (i % 11 === 0 ? { tariff: { kind: 'flat', priceFen: i } } : {}),
  );
  await fixture.publish('2026-H1', LIST_NOW - 2 * DAY, before);
  await fixture.publish('2026-H2', LIST_NOW - DAY, after);
  const view = await list.view();
  const found = await list.difference(view, view.editions.at(-1)?.hash ?? '');
  assert.ok(found !== undefined);
  assert.deepEqual(
    found.changes.map(({ id, kind }) => [id, kind]),
    [...madeChanges(before, after)].sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const { added, changed, unchanged } = found.counts;
  assert.equal(added + changed + unchanged, after.length);
});
