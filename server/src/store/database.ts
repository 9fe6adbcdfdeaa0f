import assert from 'node:assert/strict';
import { Kysely, PostgresDialect, sql, type IsolationLevel, type Transaction } from 'kysely';
import pg from 'pg';
import type { Log } from '../ports/log.ts';
import { runMigrations, type Migration } from './migrations.ts';

/**
 * One open transaction; rooms write SQL with Kysely's `sql` template or through
 * `tx.withTables<TheirTables>()`.
 */
export type DatabaseTransaction = Transaction<unknown>;

export type Database = {
  /**
   * Runs the work as if alone (serializable) and runs it again when PostgreSQL says that it was
   * not: so the work must have no effect outside the transaction. Throws what the work throws, and
   * the last serialization failure after `MAX_ATTEMPTS`.
   */
  transaction<R>(
    work: (tx: DatabaseTransaction) => Promise<R>,
    isolation?: IsolationLevel,
  ): Promise<R>;
  /** A snapshot for work that only reads; PostgreSQL refuses writes in it. */
  read<R>(work: (tx: DatabaseTransaction) => Promise<R>): Promise<R>;
  /** For `COPY` and other things that need a plain client; give it back with `release()`. */
  connect(): Promise<pg.PoolClient>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  /** A URL, or what `startLocalPostgres` answers as its connection. */
  readonly connection: string | pg.PoolConfig;
  /** All rooms' migrations; they run before `openDatabase` answers. */
  readonly migrations: readonly Migration[];
  readonly log: Log;
  readonly maxConnections?: number;
};

export const MAX_ATTEMPTS = 12;

/** Serialization failure and deadlock: the same work may succeed when run again. */
const PASSING_FAILURES: ReadonlySet<unknown> = new Set(['40001', '40P01']);
const FIRST_PAUSE_SECONDS = 0.002;

/** Opens a pool and brings the tables up to date. Throws when the server cannot be reached. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { connection } = options;
  const pool = new pg.Pool({
    ...(typeof connection === 'string' ? { connectionString: connection } : connection),
    max: options.maxConnections ?? 8,
    connectionTimeoutMillis: 10_000,
    application_name: 'tongyu',
    types: numbersForBigints,
  });
  // An idle connection that the server closes must not end the process.
  pool.on('error', (error) => {
    options.log.warn({ job: 'database' }, `an idle connection ended: ${error.message}`);
  });
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await runMigrations(kysely, options.migrations);
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    transaction: (work, isolation = 'serializable') => withRetries(kysely, work, isolation),
    read: (work) =>
      kysely
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(work),
    connect: () => pool.connect(),
    close: () => (closing ??= kysely.destroy()),
  };
}

async function withRetries<R>(
  kysely: Kysely<unknown>,
  work: (tx: DatabaseTransaction) => Promise<R>,
  isolation: IsolationLevel,
): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await kysely.transaction().setIsolationLevel(isolation).execute(work);
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !isPassing(error)) throw error;
    }
    // The server's own random pause keeps two that collide from colliding again.
    const atMost = FIRST_PAUSE_SECONDS * 2 ** Math.min(attempt, 8);
    await sql`select pg_sleep(random() * ${atMost}::float8)`.execute(kysely);
  }
}

/** Looks along the causes, since rooms may wrap what the driver throws. */
function isPassing(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && PASSING_FAILURES.has(at.code)) return true;
  }
  return false;
}

const INT8: number = pg.types.builtins.INT8;

/** `bigint` columns come as numbers: times, numbers and 分 all stay within ±(2^53−1). */
const numbersForBigints: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === INT8 && format !== 'binary' ? readBigint : readersOfPg(type, format),
};

/** The driver's own readers, whose type knows only the built-in types' numbers. */
const readersOfPg = pg.types.getTypeParser as (
  type: number,
  format?: 'text' | 'binary',
) => (text: string) => unknown;

function readBigint(text: string): number {
  const value = Number(text);
  assert(Number.isSafeInteger(value), 'a stored number is beyond 2^53');
  return value;
}
