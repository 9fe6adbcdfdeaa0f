import type { KeyStore } from '../../ports/keys.ts';
import type { Rng } from '../../ports/rng.ts';
import type { Timers } from '../../ports/timers.ts';
import { generateSigner, type SyncSigner } from '../../crypto/sign.ts';

/** Jobs that run when the test says so, one after the other. */
export type TestTimers = Timers & {
  /** Runs what was asked for with `soon` until nothing is left. */
  settle(): Promise<void>;
  /** Runs every job once. */
  runAll(): Promise<void>;
};

export function createTestTimers(): TestTimers {
  const jobs = new Map<string, () => Promise<void>>();
  const wanted = new Set<string>();
  return {
    every(_seconds, name, job) {
      jobs.set(name, job);
    },
    soon(name) {
      wanted.add(name);
    },
    async settle() {
      for (let round = 0; wanted.size > 0 && round < 200; round++) {
        const names = [...wanted];
        wanted.clear();
        for (const name of names) await jobs.get(name)?.();
      }
    },
    async runAll() {
      for (const job of [...jobs.values()]) await job();
    },
    stop: () => Promise.resolve(),
  };
}

export function countingRng(prefix: string): Rng {
  let count = 0;
  return {
    bytes: (length) => new Uint8Array(length).fill(++count & 0xff),
    id: () => `${prefix}-${String(++count).padStart(16, '0')}`,
  };
}

export function memoryKeyStore(): KeyStore {
  const keys = new Map<string, SyncSigner>();
  return {
    signer(name, alg) {
      const key = keys.get(name) ?? generateSigner(alg);
      keys.set(name, key);
      return key;
    },
  };
}
