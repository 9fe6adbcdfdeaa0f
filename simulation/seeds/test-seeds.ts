import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSeedThread } from './seed-thread.ts';

/** Four files of these run two at a time; together they are the 2,000 seeds of every `npm test`. */
export const SEEDS_PER_FILE = 500;

/** One test for a row of seeds; the message of a failure is the command that shows it again. */
export function testSeeds(from: number): void {
  const title = `seeds ${from} to ${from + SEEDS_PER_FILE - 1} stay safe and end whole`;
  test(title, async (t) => {
    const thread = startSeedThread();
    t.after(thread.stop);
    const { failed, events, taps } = await thread.run({ from, count: SEEDS_PER_FILE });
    const again = `node simulation/run.ts --seed ${failed?.seed ?? from} --trace`;
    assert.equal(failed, undefined, `${failed?.failure ?? ''}\n${again}`);
    assert.ok(taps > SEEDS_PER_FILE, 'the seeds must carry taps, or they prove nothing');
    t.diagnostic(`${events} events, ${taps} taps`);
  });
}
