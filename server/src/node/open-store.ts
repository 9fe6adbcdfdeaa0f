import type { NodeConfig } from '../config.ts';
import type { Log } from '../ports/log.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { startLocalPostgres } from '../store/local-postgres.ts';
import type { Migration } from '../store/migrations.ts';
import { StartRefused } from './start-refused.ts';

/** A node's open database, and the server behind it when that is the node's own. */
export type OpenedDatabase = {
  readonly database: Database;
  /** Closes the pool, then stops an own server. */
  close(): Promise<void>;
};

/**
 * Opens the database that the settings name, or starts the node's own PostgreSQL in its folder.
 * Throws `StartRefused` with one sentence when a person has to do something.
 */
export async function openNodeDatabase(
  config: NodeConfig,
  migrations: readonly Migration[],
  log: Log,
  onLost: () => void,
): Promise<OpenedDatabase> {
  if (config.databaseUrl !== undefined) {
    const database = await open(config.databaseUrl, migrations, log);
    return { database, close: () => database.close() };
  }
  const started = await startLocalPostgres({
    dataDir: config.nodeDir,
    onUnexpectedEnd: () => {
      log.error({ job: 'database' }, 'the database server has ended: the node stops');
      onLost();
    },
  });
  if (!started.ok) throw new StartRefused(started.refusal.message);
  const { postgres } = started;
  try {
    const database = await open(postgres.connection, migrations, log);
    return {
      database,
      async close() {
        await database.close();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function open(
  connection: Parameters<typeof openDatabase>[0]['connection'],
  migrations: readonly Migration[],
  log: Log,
): Promise<Database> {
  try {
    return await openDatabase({ connection, migrations, log });
  } catch (cause) {
    // The driver's message names hosts and files, never a password.
    const message = cause instanceof Error ? cause.message : 'unknown error';
    throw new StartRefused(`the database cannot be opened: ${message}`, { cause });
  }
}
