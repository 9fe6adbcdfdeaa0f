import { GATE_BUGS } from '../planted/gate-bugs.ts';
import { JOURNEY_BUGS } from '../planted/journey-bugs.ts';
import { NODE_BUGS } from '../planted/node-bugs.ts';
import { NOTHING_PLANTED } from '../planted/plant.ts';
import { runSeed } from '../run-seed.ts';

/** Seeds one after the other, perhaps with a bug planted into all of them. */
export type SeedRow = { readonly from: number; readonly count: number; readonly plant?: string };

export type RowResult = {
  readonly events: number;
  readonly taps: number;
  /** The first seed that broke a rule; none was run after it. */
  readonly failed: { readonly seed: number; readonly failure: string } | undefined;
};

export async function runSeeds({ from, count, plant: name }: SeedRow): Promise<RowResult> {
  const plant =
    name === undefined
      ? NOTHING_PLANTED
      : [...NODE_BUGS, ...GATE_BUGS, ...JOURNEY_BUGS].find((bug) => bug.name === name);
  if (plant === undefined) throw new TypeError(`no bug is called '${name ?? ''}'`);
  let [events, taps] = [0, 0];
  for (let seed = from; seed < from + count; seed++) {
    const result = await runSeed(seed, { plant });
    events += result.events;
    taps += result.taps;
    const { failure } = result;
    if (failure !== undefined) return { events, taps, failed: { seed, failure } };
  }
  return { events, taps, failed: undefined };
}
