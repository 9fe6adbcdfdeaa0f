// The two locks that keep a data directory to one live node, and the connection to it.
//
// Both end with the process that holds them, whatever kills it: the first is an address in
// Linux's abstract socket space, the second lives as long as a database connection.
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** The advisory lock that a live node holds in its server; the number means nothing. */
const nodeLock = 7_010_405;
/** A killed node's connection takes the server a moment to notice. */
const nodeLockWaitMs = 5000;

/** What `pg` needs to connect. */
export interface LocalConnection {
  /** The folder of the socket. */
  readonly host: string;
  /** Only a part of the socket's name: nothing listens on the network. */
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly ssl: false;
}

/** A short name for a path, the same in every process. */
export function shortName(file: string): string {
  return createHash('sha256').update(file).digest('hex').slice(0, 16);
}

/**
 * Keeps other processes from starting a server in the directory at the same time.
 *
 * @returns the release, or undefined when another process holds the lock
 */
export function lockStart(cluster: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(`\0tongyu-postgres-${shortName(cluster)}`, () => {
      resolve(() => {
        server.close();
      });
    });
  });
}

/** "Starting up" and "too many connections": answers that change with time. */
const passing: ReadonlySet<string | undefined> = new Set(['57P03', '53300']);

/**
 * A connection, or undefined when the server does not answer (yet). Throws when it answers that
 * it cannot serve, as with damaged catalogues.
 */
export async function connect(to: LocalConnection): Promise<pg.Client | undefined> {
  const client = new pg.Client({ ...to, connectionTimeoutMillis: 2000 });
  // Its end is seen by the 'end' event; without a listener an error would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (error instanceof pg.DatabaseError && !passing.has(error.code)) throw error;
    return undefined;
  }
}

/** Takes the lock of a live node; false when another node holds it. */
export async function takeNodeLock(client: pg.Client): Promise<boolean> {
  const deadline = Date.now() + nodeLockWaitMs;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1) as taken',
      [nodeLock],
    );
    if (rows[0]?.taken === true) return true;
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
}

/** Makes the database unless it is there. */
export async function ensureDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
}
