import type { Checked, SignatureCheck, VerifySync } from '@tongyu/protocol';
import type { Breathe } from '../ports/breathe.ts';

/** Checks many signatures, in order, without blocking the event loop for long at a stretch. */
export type VerifyMany = (checks: readonly SignatureCheck[]) => Promise<readonly boolean[]>;

/** At about 70 µs an ES256 check, and with SM2 among them, this stays below 20 ms. */
const CHECKS_PER_TURN = 64;

/** On the event loop, in turns. Worker threads would implement the same type. */
export function verifyInTurns(verify: VerifySync, breathe: Breathe): VerifyMany {
  return async (checks) => {
    const outcomes: boolean[] = [];
    for (const [i, check] of checks.entries()) {
      if (i % CHECKS_PER_TURN === 0) await breathe();
      outcomes.push(verify(check));
    }
    return outcomes;
  };
}

/**
 * Runs many computations, a group at a time, so that what they do between their checks blocks
 * nobody for long either.
 */
export async function runManyChecks<T>(
  computations: readonly Checked<T>[],
  verifyMany: VerifyMany,
): Promise<readonly T[]> {
  const results: T[] = [];
  for (let first = 0; first < computations.length; first += CHECKS_PER_TURN) {
    const group = computations.slice(first, first + CHECKS_PER_TURN);
    results.push(...(await runGroup(group, verifyMany)));
  }
  return results;
}

/** All first checks as one batch, then all second ones. Each is told its own outcomes only. */
async function runGroup<T>(
  computations: readonly Checked<T>[],
  verifyMany: VerifyMany,
): Promise<readonly T[]> {
  const results = new Map<number, T>();
  const advance = (index: number, step: IteratorResult<SignatureCheck, T>): Waiting[] => {
    if (step.done !== true) return [{ index, check: step.value }];
    results.set(index, step.value);
    return [];
  };
  let waiting = computations.flatMap((steps, index) => advance(index, steps.next()));
  while (waiting.length > 0) {
    const outcomes = await verifyMany(waiting.map(({ check }) => check));
    waiting = waiting.flatMap(({ index }, i) => {
      const steps = computations[index];
      return steps === undefined ? [] : advance(index, steps.next(outcomes[i] === true));
    });
  }
  return computations.map((_, index) => results.get(index) as T);
}

type Waiting = { readonly index: number; readonly check: SignatureCheck };
