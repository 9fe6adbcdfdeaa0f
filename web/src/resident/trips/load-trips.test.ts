import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Trip, TripPage } from '../../kit/api/trips.ts';
import { addOlder, askAgainAfter, mergeTrips } from './load-trips.ts';
import { hourText, timesToTell } from './trip-text.ts';

const page = (numbers: readonly number[], next: string | null): TripPage => ({
  trips: numbers.map((number) => ({ journey: `4201-a/${number}` }) as Trip),
  next,
  serverTime: 0,
});
const numbers = ({ trips }: TripPage): readonly number[] =>
  trips.map(({ journey }) => Number(journey.slice(7)));

test('a newer page keeps what is older, and drops what it should have named', () => {
  const held = addOlder(page([9, 8, 7], 'x'), page([6, 5], 'y'));
  assert.deepEqual([numbers(held), held.next], [[9, 8, 7, 6, 5], 'y']);
  const merged = mergeTrips(held, page([10, 9, 7], 'z'));
  assert.deepEqual([numbers(merged), merged.next], [[10, 9, 7, 6, 5], 'y']);
  assert.deepEqual(numbers(mergeTrips(held, page([12, 11, 10], 'z'))), [12, 11, 10]);
  assert.deepEqual(numbers(mergeTrips(held, page([9, 8], null))), [9, 8], 'that is all there is');
});

test('a city is asked every few seconds for a minute, then seldom, and seldom while away', () => {
  assert.equal(askAgainAfter(59_999, true), 4_000);
  assert.equal(askAgainAfter(60_000, true), 30_000);
  assert.equal(askAgainAfter(0, false), 30_000);
});

test('times to tell lie within the bounds, the likeliest half an hour from the known end', () => {
  const bounds = { earliest: 1_000_001, latest: 1_003_000 };
  assert.deepEqual(timesToTell('exit', bounds), {
    times: [1_000_200, 1_000_800, 1_001_400, 1_002_000, 1_002_600],
    likeliest: 1_002_000,
  });
  assert.equal(timesToTell('entry', bounds).likeliest, 1_001_400);
  const narrow = { earliest: 1_000_001, latest: 1_000_003 };
  assert.deepEqual(timesToTell('exit', narrow), { times: [1_000_001], likeliest: 1_000_001 });
});

test('an hour names its day only where that is another one', () => {
  const evening = 1_795_014_000; // 2026-11-18 23:00 in Shanghai
  assert.equal(hourText('zh-CN', evening + 1800, evening), '23:30');
  assert.equal(hourText('zh-CN', evening + 4200, evening), '2026年11月19日 00:10');
});
