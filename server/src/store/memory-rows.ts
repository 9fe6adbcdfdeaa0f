/** What was written since the last commit, to be taken back in reverse order. */
export type UndoLog = {
  record(undo: () => void): void;
  undoAll(): void;
  forget(): void;
};

export function createUndoLog(): UndoLog {
  let steps: (() => void)[] = [];
  return {
    record(undo) {
      steps.push(undo);
    },
    undoAll() {
      for (const undo of steps.reverse()) undo();
      steps = [];
    },
    forget() {
      steps = [];
    },
  };
}

/**
 * Rows of one table in memory. Rows are never changed in place, only replaced, so that undoing is
 * putting the old one back. `values` answers in the order of first insertion.
 */
export type MemoryRows<Row> = {
  get(key: string): Row | undefined;
  set(key: string, row: Row): void;
  delete(key: string): void;
  values(): Row[];
  entries(): [string, Row][];
  readonly size: number;
};

export function createMemoryRows<Row>(undo: UndoLog): MemoryRows<Row> {
  const rows = new Map<string, Row>();
  const putBack = (key: string, before: Row | undefined): void => {
    undo.record(() => {
      if (before === undefined) rows.delete(key);
      else rows.set(key, before);
    });
  };
  return {
    get: (key) => rows.get(key),
    set(key, row) {
      putBack(key, rows.get(key));
      rows.set(key, row);
    },
    delete(key) {
      const before = rows.get(key);
      if (before === undefined) return;
      putBack(key, before);
      rows.delete(key);
    },
    values: () => [...rows.values()],
    entries: () => [...rows.entries()],
    get size() {
      return rows.size;
    },
  };
}

/** One value in memory, such as a counter. */
export type MemoryCell<Value> = { get(): Value; set(value: Value): void };

export function createMemoryCell<Value>(undo: UndoLog, first: Value): MemoryCell<Value> {
  let current = first;
  return {
    get: () => current,
    set(value) {
      const before = current;
      undo.record(() => {
        current = before;
      });
      current = value;
    },
  };
}
