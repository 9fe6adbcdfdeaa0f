import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startSeedThread } from '../seeds/seed-thread.ts';
import { GATE_BUGS } from './gate-bugs.ts';
import { NODE_BUGS } from './node-bugs.ts';

/** A quarter of the seeds that every `npm test` runs is enough to find each of them. */
const SEEDS = 500;

const thread = startSeedThread();
after(thread.stop);

for (const { name } of [...NODE_BUGS, ...GATE_BUGS]) {
  test(`found when planted: ${name}`, async (t) => {
    const { failed } = await thread.run({ from: 1, count: SEEDS, plant: name });
    assert.ok(failed !== undefined, `not found in ${SEEDS} seeds: ${name}`);
    t.diagnostic(`found by seed ${failed.seed}: ${failed.failure.split('\n')[0] ?? ''}`);
  });
}
