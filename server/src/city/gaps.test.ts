import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { advanceProgress } from './gaps.ts';

test('gaps are exactly the numbers below the highest that have not arrived', () => {
  const batches = fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(batches, (all) => {
      let progress: ReturnType<typeof advanceProgress> | undefined;
      const arrived = new Set<number>();
      for (const [i, batch] of all.entries()) {
        progress = advanceProgress('t', progress, batch, i);
        for (const number of batch) arrived.add(number);
      }
      const highest = Math.max(0, ...arrived);
      const missing = Array.from({ length: highest }, (_, i) => i + 1).filter(
        (number) => !arrived.has(number),
      );
      const told = (progress?.gaps ?? []).flatMap(({ first, last }) =>
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      );
      assert.deepEqual(
        told.sort((a, b) => a - b),
        missing,
      );
      assert.equal(progress?.highest ?? 0, highest);
    }),
  );
});
