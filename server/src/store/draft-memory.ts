import type {
  ChangeRows,
  CommentKey,
  CommentRow,
  CommentRows,
  Direction,
  DraftChange,
  DraftTables,
  FundingRow,
  FundingRows,
  HistoryLine,
} from './draft-tables.ts';
import { createMemoryRows, type UndoLog } from './memory-rows.ts';

export function memoryDraft(undo: UndoLog): DraftTables {
  return {
    draft: { ...memoryChanges(undo), ...memoryComments(undo), ...memoryFundings(undo) },
  };
}

function memoryChanges(undo: UndoLog): ChangeRows {
  const changes = createMemoryRows<DraftChange>(undo);
  const lines = createMemoryRows<HistoryLine>(undo);
  return {
    changes: () => Promise.resolve(changes.values().sort((a, b) => (a.entry < b.entry ? -1 : 1))),
    change: (entry) => Promise.resolve(changes.get(entry)),
    saveChanges(rows) {
      for (const row of rows) changes.set(row.entry, row);
      return Promise.resolve();
    },
    dropChanges(entries) {
      for (const entry of entries) changes.delete(entry);
      return Promise.resolve();
    },
    addHistory(added) {
      for (const line of added) {
        const position = lines.size + 1;
        lines.set(String(position), { ...line, position });
      }
      return Promise.resolve(lines.size);
    },
    historyOf: (entry, limit) =>
      Promise.resolve(
        lines
          .values()
          .filter((line) => line.entry === entry)
          .reverse()
          .slice(0, limit),
      ),
    newestLine: () => Promise.resolve(lines.get(String(lines.size))),
    revisions: () =>
      Promise.resolve(new Map(lines.values().map(({ entry, position }) => [entry, position]))),
  };
}

function memoryComments(undo: UndoLog): CommentRows {
  const rows = createMemoryRows<CommentRow>(undo);
  const keyOf = ({ direction, party, id }: CommentKey): string => `${direction} ${party} ${id}`;
  return {
    comment: (key) => Promise.resolve(rows.get(keyOf(key))),
    saveComment(row) {
      rows.set(keyOf(row), row);
      return Promise.resolve();
    },
    comments(direction, openOnly, limit) {
      const found = rows
        .values()
        .filter((row) => row.direction === direction && (!openOnly || row.state === 'open'));
      return Promise.resolve(newestFirst(found, ({ id }) => id).slice(0, limit));
    },
    countOpenComments: (from) =>
      Promise.resolve(rows.values().filter((row) => isOpenFrom(row, from)).length),
  };
}

function memoryFundings(undo: UndoLog): FundingRows {
  const rows = createMemoryRows<FundingRow>(undo);
  const keyOf = (direction: Direction, hash: string): string => `${direction} ${hash}`;
  return {
    funding: (direction, hash) => Promise.resolve(rows.get(keyOf(direction, hash))),
    saveFunding(row) {
      rows.set(keyOf(row.direction, row.hash), row);
      return Promise.resolve();
    },
    fundings(direction, limit) {
      const found = rows.values().filter((row) => row.direction === direction);
      return Promise.resolve(newestFirst(found, ({ hash }) => hash).slice(0, limit));
    },
    grantedFundings: () =>
      Promise.resolve(rows.values().filter(({ state }) => state === 'granted')),
    countOpenFundings: (from) =>
      Promise.resolve(rows.values().filter((row) => isOpenFrom(row, from)).length),
  };
}

function isOpenFrom(row: CommentRow | FundingRow, from: string): boolean {
  return row.direction === 'received' && row.party === from && row.state === 'open';
}

function newestFirst<Row extends { readonly at: number }>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): Row[] {
  return [...rows].sort((a, b) => b.at - a.at || (nameOf(a) < nameOf(b) ? -1 : 1));
}
