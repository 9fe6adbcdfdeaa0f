import type { Database, DatabaseTransaction } from './database.ts';
import { createUndoLog, type UndoLog } from './memory-rows.ts';

/**
 * What a node keeps. `T` is the node's tables together: trust, peers, and its city or the hub.
 * A transaction is all or nothing and as if alone; its work may run more than once and must wait
 * for nothing but the tables (no network, no nested transaction).
 */
export type NodeStore<T> = {
  transaction<R>(work: (tx: T) => Promise<R>): Promise<R>;
  /** One consistent picture for work that only reads: it holds nobody up and never runs twice. */
  read<R>(work: (tx: T) => Promise<R>): Promise<R>;
};

/**
 * Tables over PostgreSQL: `createPgStore(database, (tx) => ({ ...pgTrust(tx), ...pgPeers(tx)
 * }))`.
 */
export function createPgStore<T>(
  database: Database,
  tables: (tx: DatabaseTransaction) => T,
): NodeStore<T> {
  return {
    transaction: (work) => database.transaction((tx) => work(tables(tx))),
    read: (work) => database.read((tx) => work(tables(tx))),
  };
}

/**
 * Tables in memory, for tests and the simulation: one transaction after the other, in the order
 * of the calls; what a failed one wrote is undone.
 */
export function createMemoryStore<T>(makeTables: (undo: UndoLog) => T): NodeStore<T> {
  const undo = createUndoLog();
  const tables = makeTables(undo);
  let last: Promise<unknown> = Promise.resolve();
  const transaction = <R>(work: (tx: T) => Promise<R>): Promise<R> => {
    const run = async (): Promise<R> => {
      try {
        const answer = await work(tables);
        undo.forget();
        return answer;
      } catch (error) {
        undo.undoAll();
        throw error;
      }
    };
    const result = last.then(run, run);
    last = result.catch(() => undefined);
    return result;
  };
  return { transaction, read: transaction };
}
