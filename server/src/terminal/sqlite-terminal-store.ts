import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { slotIndex, slotOf, uint16, concat, type PartyId } from '@tongyu/protocol';
import {
  StorageFault,
  StoreUnusable,
  type PendingTap,
  type RefusedTap,
  type TapCommit,
  type TapOutcome,
  type TerminalStore,
  type UsedMark,
} from './terminal-store.ts';

/** `TYT1`: tells our files from other SQLite files. */
const APPLICATION_ID = 0x54595431;
const SCHEMA_VERSION = 1;
const FILE = 'terminal.db';

const SCHEMA = `
  CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE counter (one INTEGER PRIMARY KEY CHECK (one = 1), last_number INTEGER NOT NULL);
  INSERT INTO counter VALUES (1, 0);
  CREATE TABLE used (issuer_tag BLOB PRIMARY KEY, time INTEGER NOT NULL, slot INTEGER NOT NULL)
    WITHOUT ROWID;
  CREATE INDEX used_by_slot ON used (slot);
  CREATE TABLE warned (day INTEGER PRIMARY KEY, count INTEGER NOT NULL);
  CREATE TABLE outbox (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
  CREATE TABLE refused (
    number INTEGER PRIMARY KEY, code TEXT NOT NULL, field TEXT, text TEXT NOT NULL);
  PRAGMA application_id = ${String(APPLICATION_ID)};
  PRAGMA user_version = ${String(SCHEMA_VERSION)};
`;

export type SqliteTerminalStoreSettings = {
  /** Upper limit of the file, in pages of 4 KiB; the disk's size when undefined. */
  readonly maxPages?: number;
};

/**
 * The store of a real terminal: one SQLite file in the folder, written ahead and synced at each
 * commit. Throws `StoreUnusable` when the file is damaged, foreign or in use, and leaves it alone.
 */
export function openTerminalStore(
  folder: string,
  settings: SqliteTerminalStoreSettings = {},
): TerminalStore {
  const file = path.join(folder, FILE);
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) createFile(file);
    // SQLite takes an empty file for a new database, and the tags used so far would be forgotten.
    if (statSync(file).size === 0) throw new StoreUnusable(damaged(file));
    database = new DatabaseSync(file);
    prepareConnection(database, settings);
    checkFile(database, file);
    return sqliteStore(database);
  } catch (error) {
    closeQuietly(database);
    throw error instanceof StoreUnusable
      ? error
      : new StoreUnusable(whyNot(file, error), { cause: error });
  }
}

/** Made aside and renamed: a file of that name is always whole. */
function createFile(file: string): void {
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  const database = new DatabaseSync(fresh);
  database.exec(`BEGIN; ${SCHEMA} COMMIT;`);
  database.close();
  renameSync(fresh, file);
}

function prepareConnection(database: DatabaseSync, settings: SqliteTerminalStoreSettings): void {
  // One process at a time: a second one is told so instead of sharing the numbers.
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;');
  database.exec('PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;');
  if (settings.maxPages !== undefined) {
    database.exec(`PRAGMA max_page_count = ${String(settings.maxPages)}`);
  }
}

function checkFile(database: DatabaseSync, file: string): void {
  const id = database.prepare('PRAGMA application_id').get();
  const version = database.prepare('PRAGMA user_version').get();
  if (id?.['application_id'] !== APPLICATION_ID) {
    throw new StoreUnusable(`${file} is no terminal's data; it was left as it is.`);
  }
  if (version?.['user_version'] !== SCHEMA_VERSION) {
    throw new StoreUnusable(`${file} was written by another version; it was left as it is.`);
  }
  const check = database.prepare('PRAGMA integrity_check(1)').get();
  if (check?.['integrity_check'] !== 'ok') throw new StoreUnusable(damaged(file));
  database.exec('BEGIN IMMEDIATE; ROLLBACK');
}

function whyNot(file: string, error: unknown): string {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  const primary = typeof code === 'number' ? code & 0xff : undefined;
  if (primary === 5) return `${file} is in use by another process.`;
  if (primary === 11 || primary === 26) return damaged(file);
  return `${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`;
}

function damaged(file: string): string {
  const cure = 'Restore it, or move it away and register a new terminal.';
  return `${file} is damaged; it was left as it is. ${cure}`;
}

function closeQuietly(database: DatabaseSync | undefined): void {
  try {
    database?.close();
  } catch {
    // It could not even be opened; the sentence of the first error is what matters.
  }
}

function statements(database: DatabaseSync) {
  const sql = (text: string): StatementSync => database.prepare(text);
  return {
    begin: sql('BEGIN IMMEDIATE'),
    commit: sql('COMMIT'),
    rollback: sql('ROLLBACK'),
    kept: sql('SELECT name, value FROM kept'),
    keep: sql('INSERT OR REPLACE INTO kept VALUES (?, ?)'),
    forget: sql('DELETE FROM kept WHERE name = ?'),
    lastNumber: sql('SELECT last_number FROM counter'),
    count: sql('UPDATE counter SET last_number = ? WHERE last_number = ? - 1'),
    usedTime: sql('SELECT time FROM used WHERE issuer_tag = ?'),
    mark: sql(
      `INSERT INTO used VALUES (?, ?, ?)
       ON CONFLICT (issuer_tag) DO UPDATE SET time = max(time, excluded.time)`,
    ),
    prune: sql(
      `DELETE FROM used WHERE issuer_tag IN
         (SELECT issuer_tag FROM used INDEXED BY used_by_slot WHERE slot < ? LIMIT ?)`,
    ),
    warnedCount: sql('SELECT count FROM warned WHERE day = ?'),
    warn: sql('INSERT INTO warned VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1'),
    forgetWarned: sql('DELETE FROM warned WHERE day < ? - 7'),
    post: sql('INSERT INTO outbox VALUES (?, ?)'),
    pending: sql('SELECT number, text FROM outbox ORDER BY number LIMIT ?'),
    pendingCount: sql('SELECT count(*) AS count FROM outbox'),
    deliver: sql('DELETE FROM outbox WHERE number = ?'),
    refuse: sql('INSERT INTO refused SELECT number, ?, ?, text FROM outbox WHERE number = ?'),
    refused: sql('SELECT number, code, field, text FROM refused ORDER BY number'),
    retry: sql('INSERT INTO outbox SELECT number, text FROM refused WHERE code = ifnull(?, code)'),
    forgetRefused: sql('DELETE FROM refused WHERE code = ifnull(?, code)'),
  };
}

type Statements = ReturnType<typeof statements>;

function sqliteStore(database: DatabaseSync): TerminalStore {
  const run = statements(database);
  const durably = <R>(work: () => R): R => transaction(run, work);
  // Nobody else writes this file, so what every scan asks need not be read each time.
  let lastNumber = Number(run.lastNumber.get()?.['last_number']);
  let warned = { day: -1, count: 0 };
  return {
    loadKept: () =>
      reading(
        () => new Map(run.kept.all().map((row) => [String(row['name']), String(row['value'])])),
      ),
    saveKept: (changes) => {
      durably(() => {
        for (const [name, text] of changes) {
          if (text === null) run.forget.run(name);
          else run.keep.run(name, text);
        }
      });
    },
    lastNumber: () => lastNumber,
    lastUsedTime: (issuer, tag) =>
      reading(() => {
        const time = run.usedTime.get(issuerTag(issuer, tag))?.['time'];
        return time === undefined ? undefined : Number(time);
      }),
    warnedAccepts: (day) => {
      if (warned.day !== day) {
        warned = { day, count: reading(() => Number(run.warnedCount.get(day)?.['count'] ?? 0)) };
      }
      return warned.count;
    },
    commitTap: (commit) => {
      durably(() => {
        commitTap(run, commit);
      });
      lastNumber = commit.number;
      if (commit.warnedDay !== undefined) warned = { day: -1, count: 0 }; // read it again
    },
    mergeUsed: (tags, cursor) => {
      durably(() => {
        for (const mark of tags) markUsed(run, mark);
        run.keep.run('usedCursor', cursor);
      });
    },
    pruneUsed: (before, limit) => durably(() => Number(run.prune.run(before, limit).changes)),
    pending: (limit) => reading(() => run.pending.all(limit).map(asPending)),
    pendingCount: () => reading(() => Number(run.pendingCount.get()?.['count'])),
    settle: (outcomes) => {
      durably(() => {
        for (const outcome of outcomes) settle(run, outcome);
      });
    },
    refused: () => reading(() => run.refused.all().map(asRefused)),
    retryRefused: (code) =>
      durably(() => {
        const { changes } = run.retry.run(code ?? null);
        run.forgetRefused.run(code ?? null);
        return Number(changes);
      }),
    close: () => {
      database.close();
    },
  };
}

function transaction<R>(run: Statements, work: () => R): R {
  try {
    run.begin.run();
    const result = work();
    run.commit.run();
    return result;
  } catch (error) {
    try {
      run.rollback.run();
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
    if (error instanceof TypeError) throw error; // a defect of ours, not of the disk
    throw new StorageFault('the terminal cannot write its data', { cause: error });
  }
}

function reading<R>(work: () => R): R {
  try {
    return work();
  } catch (error) {
    throw new StorageFault('the terminal cannot read its data', { cause: error });
  }
}

function commitTap(run: Statements, { number, text, mark, warnedDay }: TapCommit): void {
  if (run.count.run(number, number).changes !== 1) throw new TypeError('tap numbers have no gaps');
  run.post.run(number, text);
  if (mark !== undefined) markUsed(run, mark);
  if (warnedDay !== undefined) {
    run.warn.run(warnedDay);
    run.forgetWarned.run(warnedDay);
  }
}

function markUsed(run: Statements, { issuer, tag, time }: UsedMark): void {
  run.mark.run(issuerTag(issuer, tag), time, slotIndex(slotOf(time)));
}

function settle(run: Statements, outcome: TapOutcome): void {
  if (outcome.outcome === 'refused') {
    run.refuse.run(outcome.code, outcome.field, outcome.number);
  }
  run.deliver.run(outcome.number);
}

function issuerTag(issuer: PartyId, tag: Uint8Array): Uint8Array {
  return concat(uint16(Number(issuer)), tag);
}

type Row = Readonly<Record<string, unknown>>;

function asPending(row: Row): PendingTap {
  return { number: Number(row['number']), text: String(row['text']) };
}

function asRefused(row: Row): RefusedTap {
  const field = row['field'];
  return {
    ...asPending(row),
    code: String(row['code']),
    field: typeof field === 'string' ? field : null,
  };
}
