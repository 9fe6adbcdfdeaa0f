import type {
  ChargeRow,
  KeyedTap,
  ProgressRow,
  RefusedUploadRow,
  StoredTap,
  TapKey,
  TapTables,
  UsedRow,
} from './city-tables.ts';
import { createMemoryCell, createMemoryRows, type UndoLog } from './memory-rows.ts';
import {
  compareText,
  residentName,
  tapKeyOf as keyOf,
  type IndexedRows,
  type TapBook,
} from './tap-rows-memory.ts';

const nothing = (): Promise<void> => Promise.resolve();

export function memoryTapTables(undo: UndoLog, book: TapBook): TapTables {
  return {
    lockOperators: nothing,
    ...memoryTaps(undo, book),
    ...memoryHomeAnswers(book),
    ...memoryProgress(undo),
    ...memoryUsed(undo),
    ...memoryTrips(undo, book),
  };
}

type Taps = Pick<TapTables, 'tapHashes' | 'tapTexts' | 'addTaps' | 'addCharges' | 'taps'>;

function memoryTaps(undo: UndoLog, { taps }: TapBook): Taps {
  const charges = createMemoryRows<ChargeRow>(undo);
  const sequence = createMemoryCell(undo, 0);
  const found = (keys: readonly TapKey[]): StoredTap[] => rowsOf(taps, keys);
  return {
    tapHashes: (keys) =>
      Promise.resolve(
        found(keys).map(({ terminal, number, hash, exception, field }) => ({
          terminal,
          number,
          hash,
          exception,
          field,
        })),
      ),
    tapTexts: (keys) =>
      Promise.resolve(
        found(keys).map(({ terminal, number, text }) => ({ terminal, number, text })),
      ),
    addTaps(rows) {
      for (const row of rows) {
        if (taps.get(keyOf(row)) !== undefined)
          throw new Error('a tap of this id is there already');
        sequence.set(sequence.get() + 1);
        taps.set(keyOf(row), { ...row, sequence: sequence.get() });
      }
      return nothing();
    },
    addCharges(rows) {
      const added = rows.filter((row) => {
        const key = `${row.issuer} ${row.tag} ${String(row.codeTime)}`;
        if (charges.get(key) !== undefined) return false;
        charges.set(key, row);
        return true;
      });
      return Promise.resolve(added);
    },
    taps(filter) {
      const { terminal, operator, verdict, before, exceptionsOnly, limit } = filter;
      const rows = taps
        .values()
        .filter((row) => terminal === undefined || row.terminal === terminal)
        .filter((row) => operator === undefined || row.operator === operator)
        .filter((row) => verdict === undefined || row.verdict === verdict)
        .filter((row) => before === undefined || row.sequence < before)
        .filter((row) => exceptionsOnly !== true || row.exception !== null);
      return Promise.resolve(rows.sort((a, b) => b.sequence - a.sequence).slice(0, limit));
    },
  };
}

function memoryHomeAnswers({ taps }: TapBook): Pick<TapTables, 'setHome' | 'setPreviousKey'> {
  const keyed = (row: StoredTap): KeyedTap[] => {
    const { terminal, number, time, fareGroup, journeyKey, previousKey } = row;
    if (journeyKey === null || row.charged !== true || row.exception !== null) return [];
    return [{ terminal, number, time, fareGroup, journeyKey, previousKey }];
  };
  return {
    setHome(city, results) {
      const answered = results.flatMap(({ home, key, terminal, number }) => {
        const row = taps.get(keyOf({ terminal, number }));
        if (row?.home !== 'pending' || row.issuer !== city) return [];
        if (home === 'accepted' && key === null && row.charged === true) return [];
        const exception = home === 'refused' ? (row.exception ?? 'HOME_REFUSED') : row.exception;
        const keys = {
          journeyKey: key?.journeyKey ?? null,
          previousKey: key?.previousKey ?? null,
        };
        const next = { ...row, home, exception, ...keys };
        taps.set(keyOf(row), next);
        return keyed(next);
      });
      return Promise.resolve(answered);
    },
    setPreviousKey(city, rows) {
      const changed = rows.flatMap(({ previousKey, ...key }) => {
        const row = taps.get(keyOf(key));
        if (row?.issuer !== city || row.journeyKey === null || row.previousKey !== null) return [];
        const next = { ...row, previousKey };
        taps.set(keyOf(row), next);
        return keyed(next);
      });
      return Promise.resolve(changed);
    },
  };
}

function memoryProgress(undo: UndoLog): Pick<TapTables, 'progress' | 'gaps' | 'saveProgress'> {
  const progress = createMemoryRows<ProgressRow>(undo);
  return {
    progress: (terminals) =>
      Promise.resolve(
        [...new Set(terminals)]
          .sort(compareText)
          .map((terminal) => progress.get(terminal))
          .filter((row) => row !== undefined),
      ),
    gaps: () =>
      Promise.resolve(
        progress
          .values()
          .filter((row) => row.gaps.length > 0)
          .sort((a, b) => compareText(a.terminal, b.terminal)),
      ),
    saveProgress(rows) {
      for (const row of rows) progress.set(row.terminal, row);
      return nothing();
    },
  };
}

function memoryUsed(undo: UndoLog): Pick<TapTables, 'addUsed' | 'used' | 'dropUsed'> {
  const used = createMemoryRows<UsedRow>(undo);
  const last = createMemoryRows<number>(undo);
  const key = (row: UsedRow): string => `${row.operator} ${String(row.sequence)}`;
  return {
    addUsed(rows) {
      for (const row of rows) {
        const sequence = (last.get(row.operator) ?? 0) + 1;
        last.set(row.operator, sequence);
        const stored = { ...row, sequence };
        used.set(key(stored), stored);
      }
      return nothing();
    },
    used: (operator, after, limit) =>
      Promise.resolve(
        used
          .values()
          .filter((row) => row.operator === operator && row.sequence > after)
          .sort((a, b) => a.sequence - b.sequence)
          .slice(0, limit),
      ),
    dropUsed(before) {
      for (const row of used.values()) if (row.time < before) used.delete(key(row));
      return nothing();
    },
  };
}

type Trips = Pick<
  TapTables,
  'addRefusedUploads' | 'refusedUploads' | 'tripHashes' | 'addTrips' | 'tripsOf'
>;

function memoryTrips(undo: UndoLog, { trips }: TapBook): Trips {
  const refused = createMemoryRows<RefusedUploadRow>(undo);
  return {
    addRefusedUploads(rows) {
      for (const row of rows) {
        const key = `${keyOf(row)} ${row.code}`;
        if (refused.get(key) === undefined) refused.set(key, row);
      }
      return nothing();
    },
    refusedUploads: (limit, terminals) =>
      Promise.resolve(
        refused
          .values()
          .filter((row) => terminals?.includes(row.terminal) ?? true)
          .sort((a, b) => b.at - a.at || compareText(a.terminal, b.terminal) || a.number - b.number)
          .slice(0, limit),
      ),
    tripHashes: (keys) =>
      Promise.resolve(
        rowsOf(trips, keys).map(({ terminal, number, hash, key, previousKey }) => ({
          ...{ terminal, number, hash, key, previousKey },
        })),
      ),
    addTrips(rows) {
      for (const row of rows) {
        if (trips.get(keyOf(row)) === undefined) trips.set(keyOf(row), row);
      }
      return nothing();
    },
    tripsOf: (residentRef, limit, before = Infinity) =>
      Promise.resolve(
        [...trips.find(residentName(residentRef))]
          .filter(({ time }) => time < before)
          .sort(
            (a, b) => b.time - a.time || compareText(a.terminal, b.terminal) || b.number - a.number,
          )
          .slice(0, limit),
      ),
  };
}

function rowsOf<Row>(rows: IndexedRows<Row>, keys: readonly TapKey[]): Row[] {
  return keys.map((key) => rows.get(keyOf(key))).filter((row) => row !== undefined);
}
