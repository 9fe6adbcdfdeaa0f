// Who works in a PostgreSQL data directory, read from /proc.
//
// The process id in `postmaster.pid` alone proves nothing: after `kill -9` of everything it may
// name a zombie or a stranger. Every live PostgreSQL process has the data directory as its
// working directory, and a zombie has none.
import { existsSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The server that owns a data directory, as it wrote it into `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly socketDir: string;
}

function isPostgresIn(pid: string, cluster: string): boolean {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === cluster &&
      readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
    );
  } catch {
    return false; // it ended while we looked, or is another user's
  }
}

/**
 * The live PostgreSQL processes of a data directory, the backends of a killed server included.
 *
 * @param cluster real path of the data directory
 */
export function postgresProcessesIn(cluster: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isPostgresIn(name, cluster))
    .map(Number);
}

/** The live server of a data directory, or undefined when none runs. */
export function livePostmaster(cluster: string): Postmaster | undefined {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  // Lines: process id, data directory, start time, port, socket directory, ...
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const socketDir = lines[4] ?? '';
  if (socketDir === '' || !postgresProcessesIn(cluster).includes(pid)) return undefined;
  return { pid, socketDir };
}

/** Waits until no PostgreSQL process works in the directory; false when `limitMs` pass first. */
export async function waitUntilUnused(cluster: string, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (postgresProcessesIn(cluster).length > 0) {
    if (Date.now() > deadline) return false;
    await sleep(30);
  }
  return true;
}

/** Removes the lock files of a dead server, by which PostgreSQL would refuse to start. */
export function removeStaleLocks(cluster: string, socketDir: string): void {
  rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) {
    rmSync(path.join(socketDir, name), { force: true });
  }
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Stops a server: first politely (transactions are rolled back, a checkpoint is written), then
 * at once (the next start recovers from the log). Returns when all its processes are gone.
 */
export async function stopServer(pid: number, cluster: string): Promise<void> {
  const steps: readonly (readonly [NodeJS.Signals, number])[] = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ];
  for (const [signal, limitMs] of steps) {
    if (!postgresProcessesIn(cluster).includes(pid)) break;
    signalIfAlive(pid, signal);
    if (await waitUntilUnused(cluster, limitMs)) return;
  }
  if (!(await waitUntilUnused(cluster, 5000))) {
    throw new Error(`PostgreSQL process ${pid} in ${cluster} could not be stopped`);
  }
}
