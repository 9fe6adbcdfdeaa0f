import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The first port that somebody else listens on, after waiting a moment for the nodes of a region
 * that has just been killed to let go of theirs; undefined when all are free.
 */
export async function findTakenPort(
  ports: readonly number[],
  waitMs: number,
): Promise<number | undefined> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const taken = await firstTaken(ports);
    if (taken === undefined || Date.now() >= deadline) return taken;
    await sleep(200);
  }
}

async function firstTaken(ports: readonly number[]): Promise<number | undefined> {
  for (const port of ports) if (!(await isFree(port))) return port;
  return undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
