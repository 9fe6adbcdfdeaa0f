import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSeed } from '../run-seed.ts';

test('a seed that runs twice leaves the same trace', async () => {
  for (const seed of [1, 77, 1_234]) {
    const [first, second] = [await runSeed(seed), await runSeed(seed)];
    assert.equal(first.traceHash, second.traceHash);
    assert.ok(first.events > 100);
  }
});

test('two seeds leave different traces', async () => {
  const [one, other] = [await runSeed(1), await runSeed(2)];
  assert.notEqual(one.traceHash, other.traceHash);
});
