// The thread that `seed-thread.ts` starts: rows of seeds come in, their results go out.
import { parentPort } from 'node:worker_threads';
import { runSeeds, type SeedRow } from './run-seeds.ts';

parentPort?.on('message', (row: SeedRow) => {
  void runSeeds(row).then((result) => {
    parentPort?.postMessage(result);
  });
});
