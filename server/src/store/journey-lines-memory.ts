import type {
  CeilingRow,
  GroupExceptionRow,
  GroupId,
  GroupRow,
  HostLineTables,
  HostObjectionRow,
  HostRepairRow,
  HostTalkTables,
  JourneyException,
  LineRow,
} from './journey-tables.ts';
import { createMemoryRows, type MemoryRows, type UndoLog } from './memory-rows.ts';
import { compareText, keyName, type TapBook } from './tap-rows-memory.ts';

/** The host's book in memory. Lists are replaced whole, never changed in place. */
export type HostRows = {
  readonly groups: MemoryRows<GroupRow>;
  /** By journey. */
  readonly lines: MemoryRows<LineRow>;
  /** Journeys of a group. */
  readonly ofGroup: MemoryRows<readonly string[]>;
  /** By tap. */
  readonly exceptions: MemoryRows<GroupExceptionRow>;
  readonly exceptionsOf: MemoryRows<readonly string[]>;
  readonly ceilings: MemoryRows<CeilingRow>;
  readonly repairs: MemoryRows<HostRepairRow>;
  readonly repairsOf: MemoryRows<readonly string[]>;
  readonly objections: MemoryRows<HostObjectionRow>;
};

export function createHostRows(undo: UndoLog): HostRows {
  return {
    groups: createMemoryRows(undo),
    lines: createMemoryRows(undo),
    ofGroup: createMemoryRows(undo),
    exceptions: createMemoryRows(undo),
    exceptionsOf: createMemoryRows(undo),
    ceilings: createMemoryRows(undo),
    repairs: createMemoryRows(undo),
    repairsOf: createMemoryRows(undo),
    objections: createMemoryRows(undo),
  };
}

export const nothing = (): Promise<void> => Promise.resolve();

export function groupName({ home, key }: GroupId): string {
  return keyName(home, key);
}

export function memoryLineTables(rows: HostRows, book: TapBook): HostLineTables {
  return { ...lineWrites(rows), ...lineReads(rows, book), ...ceilingTables(rows) };
}

function lineWrites(rows: HostRows): Pick<HostLineTables, 'replaceLines' | 'answerLines'> {
  const { lines, ofGroup, exceptions, exceptionsOf } = rows;
  const add = (index: MemoryRows<readonly string[]>, name: string, id: string): void => {
    const known = index.get(name) ?? [];
    if (!known.includes(id)) index.set(name, [...known, id]);
  };
  const putLine = (next: LineRow): void => {
    const before = lines.get(next.journey);
    const stays = before?.text === next.text && before.state === 'accepted';
    lines.set(
      next.journey,
      stays ? { ...next, state: before.state, updatedAt: before.updatedAt } : next,
    );
    if (before !== undefined && groupName(before) !== groupName(next)) {
      const left = ofGroup.get(groupName(before)) ?? [];
      ofGroup.set(
        groupName(before),
        left.filter((journey) => journey !== next.journey),
      );
    }
    add(ofGroup, groupName(next), next.journey);
  };
  return {
    replaceLines(groups, newLines, newExceptions) {
      const kept = new Set<string>(newLines.map(({ journey }) => journey));
      for (const group of groups) {
        const name = groupName(group);
        const before = ofGroup.get(name) ?? [];
        for (const journey of before) if (!kept.has(journey)) lines.delete(journey);
        if (before.length > 0)
          ofGroup.set(
            name,
            before.filter((journey) => kept.has(journey)),
          );
        for (const tap of exceptionsOf.get(name) ?? []) exceptions.delete(tap);
        exceptionsOf.delete(name);
      }
      newLines.forEach(putLine);
      for (const row of newExceptions) {
        exceptions.set(row.tap, row);
        add(exceptionsOf, groupName(row), row.tap);
      }
      return nothing();
    },
    answerLines(answers) {
      for (const { journey, home, key, state, reason, field, at } of answers) {
        const row = lines.get(journey);
        if (row?.home !== home || row.key !== key) continue;
        const isSame = row.state === state && row.reason === reason && row.field === field;
        const updatedAt = isSame ? row.updatedAt : at;
        lines.set(journey, { ...row, state, reason, field, updatedAt });
      }
      return nothing();
    },
  };
}

type LineReads = Pick<HostLineTables, 'linesOf' | 'line' | 'lines' | 'exceptions'>;

function lineReads(rows: HostRows, { taps }: TapBook): LineReads {
  const { lines, ofGroup, exceptions } = rows;
  return {
    linesOf: (groups) =>
      Promise.resolve(
        groups
          .flatMap((group) => ofGroup.get(groupName(group)) ?? [])
          .map((journey) => lines.get(journey))
          .filter((row) => row !== undefined)
          .sort((a, b) => compareText(a.journey, b.journey)),
      ),
    line: (journey) => Promise.resolve(lines.get(journey)),
    lines: ({ service, operator, state, after, limit }) =>
      Promise.resolve(
        lines
          .values()
          .filter((row) => service === undefined || row.service === service)
          .filter((row) => operator === undefined || row.operator === operator)
          .filter((row) => state === undefined || row.state === state)
          .sort((a, b) => b.updatedAt - a.updatedAt || compareText(b.journey, a.journey))
          .filter(
            (row) =>
              after === undefined ||
              row.updatedAt < after.updatedAt ||
              (row.updatedAt === after.updatedAt && row.journey < after.journey),
          )
          .slice(0, limit),
      ),
    exceptions({ operator, after, limit }) {
      const ofTaps = taps.values().flatMap((row): JourneyException[] => {
        const { terminal, number, exception, service, time, receivedAt, issuer } = row;
        if (exception === null) return [];
        const tap = `${terminal}/${number}` as const;
        const more = { service, operator: row.operator, time, at: receivedAt, home: issuer };
        return [{ tap, reason: exception, ...more }];
      });
      const ofGroups = exceptions.values().map(({ key: _, ...row }): JourneyException => row);
      return Promise.resolve(
        [...ofTaps, ...ofGroups]
          .filter((row) => operator === undefined || row.operator === operator)
          .sort((a, b) => b.at - a.at || compareText(b.tap, a.tap))
          .filter(
            ({ at, tap }) =>
              after === undefined || at < after.at || (at === after.at && tap < after.tap),
          )
          .slice(0, limit),
      );
    },
  };
}

type CeilingTables = Pick<HostLineTables, 'lockCeilings' | 'saveCeilings' | 'ceilings'>;

function ceilingTables({ ceilings }: HostRows): CeilingTables {
  const nameOf = (row: Pick<CeilingRow, 'service' | 'rule' | 'signature'>): string =>
    `${row.service} ${row.rule} ${row.signature}`;
  const inOrder = (some: readonly CeilingRow[]): readonly CeilingRow[] =>
    [...some].sort((a, b) => compareText(nameOf(a), nameOf(b)));
  return {
    lockCeilings(wanted) {
      for (const row of wanted) {
        if (ceilings.get(nameOf(row)) !== undefined) continue;
        ceilings.set(nameOf(row), { ...row, usedFen: 0, toSuspend: false });
      }
      const names = [...new Set(wanted.map(nameOf))];
      const found = names.map((name) => ceilings.get(name)).filter((row) => row !== undefined);
      return Promise.resolve(inOrder(found));
    },
    saveCeilings(changed) {
      for (const row of changed) ceilings.set(nameOf(row), row);
      return nothing();
    },
    ceilings: () => Promise.resolve(inOrder(ceilings.values())),
  };
}

export function memoryHostTalkTables(rows: HostRows): HostTalkTables {
  const { repairs, repairsOf, objections } = rows;
  const byId = <Row extends { readonly id: string }>(some: readonly Row[]): readonly Row[] =>
    [...some].sort((a, b) => compareText(a.id, b.id));
  return {
    addRepairs(wanted) {
      const added = wanted.filter((row) => {
        if (repairs.get(row.id) !== undefined) return false;
        repairs.set(row.id, row);
        repairsOf.set(groupName(row), [...(repairsOf.get(groupName(row)) ?? []), row.id]);
        return true;
      });
      return Promise.resolve(added);
    },
    repairs: (ids) =>
      Promise.resolve(byId(ids.map((id) => repairs.get(id)).filter((row) => row !== undefined))),
    repairsOf: (groups) =>
      Promise.resolve(
        groups
          .flatMap((group) => repairsOf.get(groupName(group)) ?? [])
          .map((id) => repairs.get(id))
          .filter((row) => row !== undefined)
          .sort((a, b) => a.at - b.at || compareText(a.id, b.id)),
      ),
    saveObjection(row) {
      objections.set(row.id, row);
      return nothing();
    },
    objection: (id) => Promise.resolve(objections.get(id)),
    objections: (limit) =>
      Promise.resolve(
        objections
          .values()
          .sort(
            (a, b) =>
              Number(a.decision !== null) - Number(b.decision !== null) ||
              b.at - a.at ||
              compareText(a.id, b.id),
          )
          .slice(0, limit),
      ),
  };
}
