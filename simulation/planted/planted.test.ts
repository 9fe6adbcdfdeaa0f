import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSeed } from '../run-seed.ts';
import { GATE_BUGS } from './gate-bugs.ts';
import { NODE_BUGS } from './node-bugs.ts';

/** A quarter of the seeds that every `npm test` runs is enough to find each of them. */
const SEEDS = 500;

for (const plant of [...NODE_BUGS, ...GATE_BUGS]) {
  test(`found when planted: ${plant.name}`, async (t) => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { failure } = await runSeed(seed, { plant });
      if (failure === undefined) continue;
      t.diagnostic(
        `found by seed ${seed}, the ${seed}. that was run: ${failure.split('\n')[0] ?? ''}`,
      );
      return;
    }
    assert.fail(`not found in ${SEEDS} seeds: ${plant.name}`);
  });
}
