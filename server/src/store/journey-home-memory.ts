import type { TripRow } from './city-tables.ts';
import type {
  HomeGroupId,
  HomeGroupRow,
  HomeGroupTables,
  HomeLineRow,
  HomeLineView,
  HomeObjectionRow,
  HomeRepairRow,
  HomeTalkTables,
  PaidId,
  PaidRow,
} from './journey-tables.ts';
import { createMemoryRows, type MemoryRows, type UndoLog } from './memory-rows.ts';
import { compareText, keyName, residentName, tapKeyOf, type TapBook } from './tap-rows-memory.ts';

const nothing = (): Promise<void> => Promise.resolve();
const nameOf = ({ host, key }: HomeGroupId): string => keyName(host, key);

type HomeRows = {
  readonly groups: MemoryRows<HomeGroupRow>;
  /** By host and journey. */
  readonly lines: MemoryRows<HomeLineRow>;
  /** Names of a group's or a resident's lines. */
  readonly linesOf: MemoryRows<readonly string[]>;
  readonly groupsOf: MemoryRows<readonly string[]>;
  readonly repairs: MemoryRows<HomeRepairRow>;
  readonly objections: MemoryRows<HomeObjectionRow>;
  /** Ids of a group's or a resident's repairs. */
  readonly repairsOf: MemoryRows<readonly string[]>;
};

export function memoryHomeTables(undo: UndoLog, book: TapBook): HomeGroupTables & HomeTalkTables {
  const rows: HomeRows = {
    groups: createMemoryRows(undo),
    lines: createMemoryRows(undo),
    linesOf: createMemoryRows(undo),
    groupsOf: createMemoryRows(undo),
    repairs: createMemoryRows(undo),
    objections: createMemoryRows(undo),
    repairsOf: createMemoryRows(undo),
  };
  return {
    ...homeGroups(rows),
    ...homeLines(rows),
    ...homeTrips(book),
    ...homePaid(undo),
    ...homeTalk(rows),
  };
}

function add(index: MemoryRows<readonly string[]>, name: string, id: string): void {
  const known = index.get(name) ?? [];
  if (!known.includes(id)) index.set(name, [...known, id]);
}

function remove(index: MemoryRows<readonly string[]>, name: string, id: string): void {
  index.set(
    name,
    (index.get(name) ?? []).filter((one) => one !== id),
  );
}

type Groups = Pick<
  HomeGroupTables,
  'homeGroups' | 'saveHomeGroups' | 'homeGroupsOf' | 'dropHomeGroups'
>;

function homeGroups(rows: HomeRows): Groups {
  const { groups, groupsOf, lines, linesOf } = rows;
  const dropLine = (name: string): void => {
    const row = lines.get(name);
    if (row === undefined) return;
    lines.delete(name);
    remove(linesOf, nameOf(row), name);
    remove(linesOf, residentName(row.residentRef), name);
  };
  return {
    homeGroups: (ids) =>
      Promise.resolve(
        [...new Set(ids.map(nameOf))]
          .sort(compareText)
          .map((name) => groups.get(name))
          .filter((row) => row !== undefined),
      ),
    saveHomeGroups(changed, newLines) {
      for (const row of changed) {
        groups.set(nameOf(row), row);
        add(groupsOf, residentName(row.residentRef), nameOf(row));
        for (const name of linesOf.get(nameOf(row)) ?? []) dropLine(name);
      }
      for (const row of newLines) {
        const name = `${row.host} ${row.journey}`;
        dropLine(name);
        lines.set(name, row);
        add(linesOf, nameOf(row), name);
        add(linesOf, residentName(row.residentRef), name);
      }
      return nothing();
    },
    homeGroupsOf: (residentRef, fromDay) =>
      Promise.resolve(
        (groupsOf.get(residentName(residentRef)) ?? [])
          .map((name) => groups.get(name))
          .filter((row) => row !== undefined && row.day >= fromDay)
          .filter((row) => row !== undefined)
          .sort((a, b) => b.day - a.day || compareText(nameOf(a), nameOf(b))),
      ),
    dropHomeGroups(beforeDay, limit) {
      const old = groups
        .values()
        .filter(({ day }) => day < beforeDay)
        .sort((a, b) => a.day - b.day || compareText(nameOf(a), nameOf(b)))
        .slice(0, limit);
      for (const row of old) {
        for (const name of linesOf.get(nameOf(row)) ?? []) dropLine(name);
        for (const one of rows.repairs.values()) {
          if (nameOf(one) === nameOf(row)) rows.repairs.delete(one.id);
        }
        for (const one of rows.objections.values()) {
          if (nameOf(one) === nameOf(row)) rows.objections.delete(one.id);
        }
        groups.delete(nameOf(row));
        remove(groupsOf, residentName(row.residentRef), nameOf(row));
      }
      return Promise.resolve(old.length);
    },
  };
}

function homeLines(
  rows: HomeRows,
): Pick<HomeGroupTables, 'homeLine' | 'homeLinesOf' | 'homeLines'> {
  const { lines, linesOf } = rows;
  return {
    homeLine: (host, journey) => Promise.resolve(lines.get(`${host} ${journey}`)),
    homeLinesOf: (residentRef, fromDay) =>
      Promise.resolve(
        (linesOf.get(residentName(residentRef)) ?? [])
          .map((name) => lines.get(name))
          .filter((row) => row !== undefined)
          .filter((row) => row.day >= fromDay)
          .sort((a, b) => b.day - a.day || compareText(a.journey, b.journey)),
      ),
    homeLines: ({ state, after, limit }) =>
      Promise.resolve(
        lines
          .values()
          .filter((row) => state === undefined || row.outcome === state)
          .sort((a, b) => b.at - a.at || compareText(b.journey, a.journey))
          .filter(
            (row) =>
              after === undefined ||
              row.at < after.at ||
              (row.at === after.at && row.journey < after.journey),
          )
          .slice(0, limit)
          .map(({ residentRef: _, key: __, ...row }): HomeLineView => row),
      ),
  };
}

type Trips = Pick<
  HomeGroupTables,
  'tripsByTap' | 'tripsByKey' | 'tripsSince' | 'tripsAround' | 'setPreviousKeys'
>;

function homeTrips({ trips }: TapBook): Trips {
  const inOrder = (some: readonly TripRow[]): readonly TripRow[] =>
    [...new Map(some.map((row) => [tapKeyOf(row), row])).values()].sort(
      (a, b) => a.time - b.time || compareText(a.terminal, b.terminal) || a.number - b.number,
    );
  return {
    tripsByTap: (taps) =>
      Promise.resolve(
        inOrder(
          taps.map((tap) => trips.get(tap.replace('/', ' '))).filter((row) => row !== undefined),
        ),
      ),
    tripsByKey: (keys) => Promise.resolve(inOrder(keys.flatMap((key) => trips.find(nameOf(key))))),
    tripsSince: (residentRef, from) =>
      Promise.resolve(
        inOrder(trips.find(residentName(residentRef)).filter(({ time }) => time >= from)),
      ),
    tripsAround: (wanted) =>
      Promise.resolve(
        inOrder(
          wanted.flatMap(({ residentRef, host, fareGroup, from, to }) =>
            trips
              .find(residentName(residentRef))
              .filter((row) => row.host === host && row.fareGroup === fareGroup)
              .filter((row) => row.time >= from && row.time < to),
          ),
        ),
      ),
    setPreviousKeys(rows) {
      for (const { previousKey, ...key } of rows) {
        const row = trips.get(tapKeyOf(key));
        if (row !== undefined) trips.set(tapKeyOf(key), { ...row, previousKey });
      }
      return nothing();
    },
  };
}

function homePaid(
  undo: Parameters<typeof createMemoryRows>[0],
): Pick<HomeGroupTables, 'lockPaid' | 'savePaid'> {
  const paid = createMemoryRows<PaidRow>(undo);
  const paidName = ({ host, service, rule, signature }: PaidId): string =>
    `${host} ${service} ${rule} ${signature}`;
  return {
    lockPaid(wanted) {
      const names = [...new Map(wanted.map((row) => [paidName(row), row]))].sort(([a], [b]) =>
        compareText(a, b),
      );
      return Promise.resolve(
        names.map(([name, { host, service, rule, signature }]) => {
          const row = paid.get(name) ?? { host, service, rule, signature, paidFen: 0 };
          paid.set(name, row);
          return row;
        }),
      );
    },
    savePaid(rows) {
      for (const row of rows) paid.set(paidName(row), row);
      return nothing();
    },
  };
}

function homeTalk({ repairs, repairsOf, objections }: HomeRows): HomeTalkTables {
  const inOrder = <Row extends { readonly at: number; readonly id: string }>(
    rows: readonly Row[],
  ): readonly Row[] => [...rows].sort((a, b) => a.at - b.at || compareText(a.id, b.id));
  const repairsUnder = (name: string): readonly HomeRepairRow[] =>
    (repairsOf.get(name) ?? []).map((id) => repairs.get(id)).filter((row) => row !== undefined);
  return {
    saveHomeRepair(row) {
      repairs.set(row.id, row);
      add(repairsOf, nameOf(row), row.id);
      add(repairsOf, residentName(row.residentRef), row.id);
      return nothing();
    },
    homeRepairs: (ids) =>
      Promise.resolve(
        [...ids]
          .sort(compareText)
          .map((id) => repairs.get(id))
          .filter((row) => row !== undefined),
      ),
    homeRepairsOfKeys: (keys) =>
      Promise.resolve(inOrder(keys.flatMap((key) => repairsUnder(nameOf(key))))),
    homeRepairsOf: (residentRef, since) =>
      Promise.resolve(
        inOrder(repairsUnder(residentName(residentRef)).filter(({ at }) => at >= since)),
      ),
    saveHomeObjection(row) {
      objections.set(row.id, row);
      return nothing();
    },
    homeObjection: (id) => Promise.resolve(objections.get(id)),
    homeObjectionsOf: (residentRef) =>
      Promise.resolve(
        inOrder(objections.values().filter((row) => row.residentRef === residentRef)),
      ),
  };
}
