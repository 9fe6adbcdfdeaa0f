import type { ClassAskedRow, ClassFactRow, ClassTables } from './class-tables.ts';
import { createMemoryRows, type UndoLog } from './memory-rows.ts';

export function memoryClassTables(undo: UndoLog): ClassTables {
  const facts = createMemoryRows<readonly ClassFactRow[]>(undo);
  const asked = createMemoryRows<readonly ClassAskedRow[]>(undo);
  return {
    classFacts: (residentRef) => Promise.resolve(facts.get(residentRef) ?? []),
    replaceClassFacts(residentRef, prover, rows) {
      const others = (facts.get(residentRef) ?? []).filter((row) => row.prover !== prover);
      facts.set(residentRef, [...others, ...rows].sort(byKey));
      return Promise.resolve();
    },
    classesAsked: (residentRef) => Promise.resolve(asked.get(residentRef) ?? []),
    saveClassAsked(row) {
      const others = (asked.get(row.residentRef) ?? []).filter((one) => one.prover !== row.prover);
      asked.set(
        row.residentRef,
        [...others, row].sort((a, b) => (a.prover < b.prover ? -1 : 1)),
      );
      return Promise.resolve();
    },
    countHolders(classNumber, assurances, at, limit) {
      const counts = (row: ClassFactRow): boolean =>
        row.class === classNumber &&
        row.endedAt === null &&
        assurances.includes(row.assurance) &&
        (row.expiresAt === null || row.expiresAt > at);
      const holders = facts.values().filter((rows) => rows.some(counts)).length;
      return Promise.resolve(Math.min(holders, limit));
    },
    dropClassFacts(before) {
      const isOld = (row: ClassFactRow): boolean =>
        Math.min(row.expiresAt ?? Infinity, row.endedAt ?? Infinity) < before;
      for (const [residentRef, rows] of facts.entries()) {
        if (rows.some(isOld)) {
          facts.set(
            residentRef,
            rows.filter((row) => !isOld(row)),
          );
        }
      }
      return Promise.resolve();
    },
  };
}

/** As the primary key orders them. */
function byKey(a: ClassFactRow, b: ClassFactRow): number {
  if (a.class !== b.class) return a.class - b.class;
  if (a.prover !== b.prover) return a.prover < b.prover ? -1 : 1;
  return a.since - b.since;
}
