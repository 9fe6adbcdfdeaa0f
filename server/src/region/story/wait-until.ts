import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE_MS = 45_000;
const PAUSE_MS = 50;

/** Nothing will come any more: waiting ends at once. */
export class Hopeless extends Error {
  override readonly name = 'Hopeless';
}

/**
 * Asks again until the answer is there. Throws, naming what was waited for and the last thing that
 * was seen, when it does not come within 45 s.
 */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  let seen = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      seen = '';
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      seen = `: ${(error as Error).message}`;
    }
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}${seen}`);
    await sleep(PAUSE_MS);
  }
}
