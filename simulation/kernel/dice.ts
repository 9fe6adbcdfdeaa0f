import type { Rng } from '../../server/src/ports/rng.ts';
import { seededRandom } from '../linking/seeded-random.ts';

/** Everything that chance decides in a seed. */
export type Dice = {
  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** From `low` to `high`, both included. */
  between(low: number, high: number): number;
  perMille(rate: number): boolean;
  pick<T>(choices: readonly T[]): T;
  bytes(length: number): Uint8Array;
};

export function diceOf(seed: number): Dice {
  const random = seededRandom(seed);
  const { below, bytes } = random;
  return {
    below,
    bytes,
    between: (low, high) => low + below(high - low + 1),
    perMille: (rate) => rate > 0 && below(1000) < rate,
    pick(choices) {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new TypeError('nothing to choose from');
      return choice;
    },
  };
}

/** A node's random numbers: ids only have to differ, and reading them in a trace helps. */
export function countingRng(prefix: string, dice: Dice, first = 0): Rng {
  let count = first;
  const head = prefix.replace(/[^0-9A-Za-z]/g, '').slice(0, 12);
  return {
    bytes: (length) => dice.bytes(length),
    id: () => `${head}${String(++count).padStart(22 - head.length, '0')}`,
  };
}
