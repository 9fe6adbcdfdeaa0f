import { serviceDay } from '@tongyu/protocol';
import type { StoredTap } from './city-tables.ts';
import { groupName, nothing, type HostRows } from './journey-lines-memory.ts';
import type {
  DueGroup,
  GroupRow,
  GroupTapRow,
  HostGroupTables,
  TapCountTables,
} from './journey-tables.ts';
import { createMemoryCell, type UndoLog } from './memory-rows.ts';
import { countPlaces } from './tap-places.ts';
import { compareText, tapKeyOf, type TapBook } from './tap-rows-memory.ts';

export function memoryGroupTables(
  undo: UndoLog,
  { groups }: HostRows,
  { taps }: TapBook,
): HostGroupTables {
  const queue = createMemoryCell<readonly DueGroup[]>(undo, []);
  const found = (ids: Parameters<HostGroupTables['groups']>[0]): GroupRow[] => {
    const names = [...new Set(ids.map(groupName))];
    return names.map((name) => groups.get(name)).filter((row) => row !== undefined);
  };
  return {
    markDue(wanted) {
      if (wanted.length > 0) queue.set([...queue.get(), ...wanted]);
      return nothing();
    },
    markDueAgain(ids) {
      const there = found(ids);
      if (there.length > 0) queue.set([...queue.get(), ...there]);
      return nothing();
    },
    takeDue(now, limit) {
      const taken = queue.get().slice(0, limit);
      if (taken.length > 0) queue.set(queue.get().slice(limit));
      for (const group of taken) {
        if (groups.get(groupName(group)) === undefined) {
          groups.set(groupName(group), newGroup(group));
        }
      }
      const due = found(taken);
      const later = groups
        .values()
        .filter(({ lookAt }) => lookAt !== null && lookAt <= now)
        .sort(
          (a, b) => (a.lookAt ?? 0) - (b.lookAt ?? 0) || compareText(groupName(a), groupName(b)),
        )
        .slice(0, limit);
      return Promise.resolve([...due, ...later.filter((row) => !due.includes(row))]);
    },
    groups: (ids) => Promise.resolve(found(ids)),
    saveGroups(rows) {
      for (const row of rows) groups.set(groupName(row), row);
      return nothing();
    },
    groupTaps(ids) {
      const rows = ids.flatMap(({ home, key }) =>
        taps
          .find(groupName({ home, key }))
          .flatMap((row) => counting(row).map((tap) => ({ ...tap, home, key }))),
      );
      return Promise.resolve(
        rows.sort(
          (a, b) => a.time - b.time || compareText(a.terminal, b.terminal) || a.number - b.number,
        ),
      );
    },
    tapsById: (ids) =>
      Promise.resolve(
        ids.flatMap((id) => {
          const row = taps.get(id.replace('/', ' '));
          if (row === undefined) return [];
          const { issuer: home, journeyKey: key } = row;
          if (home === null || key === null) return [];
          return counting(row).map((tap) => ({ ...tap, home, key }));
        }),
      ),
    exclude(some, exception) {
      for (const key of some) {
        const row = taps.get(tapKeyOf(key));
        if (row !== undefined) taps.set(tapKeyOf(key), { ...row, exception });
      }
      return nothing();
    },
    hasDue: (now) =>
      Promise.resolve(
        queue.get().length > 0 ||
          groups.values().some(({ lookAt }) => lookAt !== null && lookAt <= now),
      ),
    countDue: () => Promise.resolve(queue.get().length),
    unanswered() {
      const counts = new Map<string, number>();
      for (const { home, answered } of groups.values()) {
        if (!answered) counts.set(home, (counts.get(home) ?? 0) + 1);
      }
      return Promise.resolve(new Map([...counts].sort(([a], [b]) => compareText(a, b))));
    },
  };
}

function newGroup({ home, key, fareGroup, day }: DueGroup): GroupRow {
  return {
    ...{ home, key, fareGroup, day, revision: 0, claim: null, lookAt: null },
    ...{ answered: true, refusal: null, tries: 0, open: [] },
  };
}

/** As a tap that is priced, if it is one: its home city knows it, and it is charged once. */
function counting(row: StoredTap): readonly Omit<GroupTapRow, 'home' | 'key'>[] {
  const { journeyKey, previousKey, charged, exception } = row;
  if (journeyKey === null || charged !== true || exception !== null) return [];
  const { terminal, number, time, service, operator, direction, stop } = row;
  const { shownPriceFen, fareGroup, edition, head } = row;
  return [
    {
      ...{ terminal, number, time, service, operator, direction, stop, class: row.class },
      ...{ shownPriceFen, fareGroup, edition, head, journeyKey, previousKey },
    },
  ];
}

export function memoryTapCountTables(rows: HostRows, { taps }: TapBook): TapCountTables {
  const { groups, lines, ofGroup, exceptions, exceptionsOf, repairs, repairsOf, objections } = rows;
  return {
    countTaps(from, to, operator) {
      const spots = new Map<string, string[]>();
      const put = (tap: string, place: string): void => {
        const known = spots.get(tap);
        if (known === undefined) spots.set(tap, [place]);
        else known.push(place);
      };
      const isNear = ({ day }: { readonly day: number }): boolean =>
        day >= serviceDay(from) - 1 && day <= serviceDay(to) + 1;
      for (const row of lines.values().filter(isNear)) row.taps.forEach((tap) => put(tap, 'line'));
      for (const row of groups.values().filter(isNear)) row.open.forEach((tap) => put(tap, 'open'));
      for (const { tap, reason } of exceptions.values()) put(tap, `group ${reason}`);
      const counts = new Map<string, number>();
      for (const tap of taps.values()) {
        if (tap.charged === null || tap.fareGroup === null) continue;
        if (tap.time < from || tap.time >= to) continue;
        if (operator !== undefined && tap.operator !== operator) continue;
        const place = placeOf(tap, spots.get(`${tap.terminal}/${tap.number}`) ?? []);
        counts.set(place, (counts.get(place) ?? 0) + 1);
      }
      return Promise.resolve(countPlaces([...counts].map(([place, n]) => ({ place, n }))));
    },
    giveUpSilent(before, limit) {
      const silent = taps
        .values()
        .filter((row) => row.home === 'pending' && row.exception === null && row.time < before);
      for (const row of silent.slice(0, limit)) {
        taps.set(tapKeyOf(row), { ...row, home: 'silent', exception: 'HOME_SILENT' });
      }
      return Promise.resolve(Math.min(silent.length, limit));
    },
    dropGroups(beforeDay, limit) {
      const old = groups
        .values()
        .filter(({ day }) => day < beforeDay)
        .sort((a, b) => a.day - b.day || compareText(groupName(a), groupName(b)))
        .slice(0, limit);
      for (const name of old.map(groupName)) {
        for (const journey of ofGroup.get(name) ?? []) lines.delete(journey);
        for (const tap of exceptionsOf.get(name) ?? []) exceptions.delete(tap);
        for (const id of repairsOf.get(name) ?? []) repairs.delete(id);
        for (const row of objections.values()) {
          if (groupName(row) === name) objections.delete(row.id);
        }
        for (const index of [ofGroup, exceptionsOf, repairsOf, groups]) index.delete(name);
      }
      return Promise.resolve(old.length);
    },
  };
}

function placeOf({ exception, home }: StoredTap, spots: readonly string[]): string {
  const own = exception !== null ? `tap ${exception}` : home === 'pending' ? 'pending' : undefined;
  if (spots.length + (own === undefined ? 0 : 1) > 1) return 'doubled';
  return own ?? spots[0] ?? 'unpriced';
}
