import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startSeedThread } from '../seeds/seed-thread.ts';
import { FOUND_BY } from './found-by.ts';
import { GATE_BUGS } from './gate-bugs.ts';
import { JOURNEY_BUGS } from './journey-bugs.ts';
import { NODE_BUGS } from './node-bugs.ts';

/** A quarter of the seeds that every `npm test` runs is enough to find each of them. */
const SEEDS = 500;

const thread = startSeedThread();
after(thread.stop);

for (const { name } of [...NODE_BUGS, ...GATE_BUGS, ...JOURNEY_BUGS]) {
  test(`found when planted: ${name}`, async (t) => {
    const likely = await thread.run({ from: FOUND_BY[name] ?? 1, count: 1, plant: name });
    const { failed } = likely.failed
      ? likely
      : await thread.run({ from: 1, count: SEEDS, plant: name });
    assert.ok(failed !== undefined, `not found in ${SEEDS} seeds: ${name}`);
    t.diagnostic(`found by seed ${failed.seed}: ${failed.failure.split('\n')[0] ?? ''}`);
    if (!likely.failed) t.diagnostic(`found-by.ts should say ${failed.seed}`);
    const without = await thread.run({ from: failed.seed, count: 1 });
    assert.equal(without.failed, undefined, 'the seed must be whole without the bug');
  });
}
