import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSeed } from '../run-seed.ts';

/** Four files of these run two at a time; together they are the 2,000 seeds of every `npm test`. */
export const SEEDS_PER_FILE = 500;

/** One test for a row of seeds; the message of a failure is the command that shows it again. */
export function testSeeds(from: number): void {
  const title = `seeds ${from} to ${from + SEEDS_PER_FILE - 1} stay safe and end whole`;
  test(title, async (t) => {
    let events = 0;
    let taps = 0;
    for (let seed = from; seed < from + SEEDS_PER_FILE; seed++) {
      const result = await runSeed(seed);
      const again = `node simulation/run.ts --seed ${seed} --trace`;
      assert.equal(result.failure, undefined, `${result.failure ?? ''}\n${again}`);
      events += result.events;
      taps += result.taps;
    }
    assert.ok(taps > SEEDS_PER_FILE, 'the seeds must carry taps, or they prove nothing');
    t.diagnostic(`${events} events, ${taps} taps`);
  });
}
