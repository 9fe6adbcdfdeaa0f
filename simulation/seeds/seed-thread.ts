import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RowResult, SeedRow } from './run-seeds.ts';

/**
 * Runs seeds in a thread of its own. Node's test runner follows every promise that is made under a
 * test, and a seed makes a hundred thousand: there they would take twice as long.
 */
export type SeedThread = {
  /** One row at a time. Rejects when the simulation itself throws. */
  run(row: SeedRow): Promise<RowResult>;
  stop(): Promise<void>;
};

export function startSeedThread(): SeedThread {
  const worker = new Worker(new URL('main.ts', import.meta.url));
  return {
    async run(row) {
      const answered = once(worker, 'message') as Promise<[RowResult]>;
      worker.postMessage(row);
      const [result] = await answered;
      return result;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
