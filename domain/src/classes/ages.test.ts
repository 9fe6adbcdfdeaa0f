import assert from 'node:assert/strict';
import test from 'node:test';
import { dateAt, startOfDate } from '@tongyu/protocol';
import { agesReached } from './ages.ts';

void test('CLS-2.4: an age is reached on the birthday, not the day before', () => {
  assert.deepEqual(agesReached('1961-11-28', '2026-11-27'), [1]);
  assert.deepEqual(agesReached('1961-11-27', '2026-11-27'), [1, 2]);
  assert.deepEqual(agesReached('1956-11-27', '2026-11-27'), [1, 2, 3]);
  assert.deepEqual(agesReached('1956-11-28', '2026-11-27'), [1, 2]);
  assert.deepEqual(agesReached('1966-11-27', '2026-11-27'), [1]);
  assert.deepEqual(agesReached('1966-11-28', '2026-11-27'), []);
  assert.deepEqual(agesReached('2014-01-05', '2026-11-27'), []);
  assert.deepEqual(agesReached('1899-12-31', '2026-11-27'), [1, 2, 3]);
});

void test('CLS-2.4: who was born on 29 February reaches it on 1 March where there is none', () => {
  assert.deepEqual(agesReached('1960-02-29', '2025-02-28'), [1]);
  assert.deepEqual(agesReached('1960-02-29', '2025-03-01'), [1, 2]);
  assert.deepEqual(agesReached('1964-02-29', '2024-02-28'), []);
  assert.deepEqual(agesReached('1964-02-29', '2024-02-29'), [1]);
});

void test('the day begins at midnight in Shanghai', () => {
  const midnight = startOfDate('2026-11-27');
  assert.deepEqual(agesReached('1961-11-27', dateAt(midnight - 1)), [1]);
  assert.deepEqual(agesReached('1961-11-27', dateAt(midnight)), [1, 2]);
});
