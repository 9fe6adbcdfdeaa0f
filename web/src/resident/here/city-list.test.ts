import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Remote } from '../../kit/api/remote.ts';
import type { Answer, Net } from '../../kit/ports/fetch.ts';
import { loadCityList, type CityList, type KeptList } from './city-list.ts';

const NOW = 1_795_750_000;

function list(number: number): CityList {
  return {
    ...{ party: '4201', cities: ['4201'], members: ['4201'], head: null, entries: [], errata: [] },
    edition: { number, id: '2026-H2', effectiveFrom: NOW, hash: 'a'.repeat(64) },
  };
}

function answered(status: number, body: unknown, tag?: string): Answer {
  const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
  const headers = new Headers(tag === undefined ? {} : { etag: tag });
  return { kind: 'answered', status, headers, body: new Uint8Array(bytes) };
}

/** Loads over one answer, and tells what was shown, what was asked and what is kept after. */
async function load(answer: Answer, kept?: KeptList, broken = false) {
  const shelf = new Map<string, KeptList>(kept === undefined ? [] : [['4201', kept] as const]);
  const asked: unknown[] = [];
  const early: Remote<CityList>[] = [];
  const net: Net = (path, request = {}) => {
    asked.push([path, request.headers?.['if-none-match'] ?? null]);
    return Promise.resolve(answer);
  };
  const fail = () => Promise.reject(new Error('no storage'));
  const world = {
    net,
    now: () => NOW,
    shelf: {
      keptList: broken ? fail : (city: string) => Promise.resolve(shelf.get(city)),
      keepList: broken
        ? fail
        : (city: string, value: KeptList) => Promise.resolve(void shelf.set(city, value)),
    },
  };
  const shown = await loadCityList(world, '4201', (remote) => early.push(remote));
  return { shown, early, asked, kept: shelf.get('4201') };
}

const old: KeptList = { value: list(1), tag: '"1"', seconds: NOW - 500 };

test('what the network says is shown and kept with its tag and its moment', async () => {
  const { shown, early, asked, kept } = await load(answered(200, list(2), '"2"'));
  assert.deepEqual(shown, { kind: 'ready', value: list(2), seconds: NOW });
  assert.deepEqual(early, []);
  assert.deepEqual(asked, [['/resident/list/4201', null]]);
  assert.deepEqual(kept, { value: list(2), tag: '"2"', seconds: NOW });
});

test('the kept copy shows at once; an unchanged one is as good as fresh', async () => {
  const { shown, early, asked, kept } = await load(answered(304, undefined), old);
  assert.equal(early[0]?.kind === 'ready' && early[0].seconds, NOW - 500);
  assert.deepEqual(asked, [['/resident/list/4201', '"1"']]);
  assert.deepEqual(shown, { kind: 'ready', value: list(1), seconds: NOW });
  assert.equal(kept?.seconds, NOW);
});

test('away or broken, the copy stands with its date; without a copy that is said', async () => {
  const last = { value: list(1), seconds: NOW - 500 };
  for (const answer of [{ kind: 'unreachable' } as const, answered(500, { code: 'INTERNAL' })]) {
    const { shown, kept } = await load(answer, old);
    assert.ok(shown.kind === 'unreachable');
    assert.deepEqual([shown.last?.value, shown.last?.seconds], [last.value, last.seconds]);
    assert.deepEqual(kept, old);
  }
  assert.deepEqual((await load({ kind: 'unreachable' })).shown, { kind: 'unreachable' });
  const broken = await load(answered(500, { code: 'INTERNAL', reference: 'r7' }));
  assert.deepEqual(broken.shown, { kind: 'failed', reference: 'r7' });
});

test('the word that there is no list counts over the copy', async () => {
  const { shown } = await load(answered(404, { code: 'NOT_FOUND' }), old);
  assert.deepEqual(shown, { kind: 'failed', reference: 'NOT_FOUND' });
});

test('a browser that keeps nothing shows what comes', async () => {
  const { shown } = await load(answered(200, list(2)), undefined, true);
  assert.equal(shown.kind, 'ready');
});
