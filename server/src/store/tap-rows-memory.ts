import type { StoredTap, TapKey, TripRow } from './city-tables.ts';
import { createMemoryRows, type MemoryRows, type UndoLog } from './memory-rows.ts';

/** Taps and trips in memory, by id and by journey key; several tables share them. */
export type TapBook = {
  readonly taps: IndexedRows<StoredTap>;
  readonly trips: IndexedRows<TripRow>;
};

export type IndexedRows<Row> = Pick<MemoryRows<Row>, 'get' | 'set' | 'values'> & {
  /** Rows that the index has under this name, in the order in which they came. */
  find(name: string): readonly Row[];
};

export function tapKeyOf(row: TapKey): string {
  return `${row.terminal} ${String(row.number)}`;
}

/** Under what a row of a party's key is found. */
export function keyName(party: string, key: string): string {
  return `${party} ${key}`;
}

export function residentName(residentRef: string): string {
  return `resident ${residentRef}`;
}

export function createTapBook(undo: UndoLog): TapBook {
  return {
    taps: indexedRows(undo, ({ issuer, journeyKey, previousKey }) =>
      [journeyKey, previousKey].flatMap((key) =>
        issuer === null || key === null ? [] : [keyName(issuer, key)],
      ),
    ),
    trips: indexedRows(undo, ({ residentRef, host, key, previousKey }) => [
      residentName(residentRef),
      keyName(host, key),
      ...(previousKey === null ? [] : [keyName(host, previousKey)]),
    ]),
  };
}

/** Names are only ever added to a row, as here: a key becomes known and stays. */
function indexedRows<Row>(
  undo: UndoLog,
  namesOf: (row: Row) => readonly string[],
): IndexedRows<Row> {
  const rows = createMemoryRows<Row>(undo);
  const index = createMemoryRows<readonly string[]>(undo);
  return {
    get: (key) => rows.get(key),
    values: () => rows.values(),
    set(key, row) {
      const before = rows.get(key);
      const known = before === undefined ? [] : namesOf(before);
      for (const name of new Set(namesOf(row))) {
        if (!known.includes(name)) index.set(name, [...(index.get(name) ?? []), key]);
      }
      rows.set(key, row);
    },
    find: (name) =>
      (index.get(name) ?? []).map((key) => rows.get(key)).filter((row) => row !== undefined),
  };
}

/** As PostgreSQL's C collation orders it. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
