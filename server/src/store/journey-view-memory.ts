import { serviceDay } from '@tongyu/protocol';
import type { CityTables, StoredTap } from './city-tables.ts';
import type { HostObjectionRow, LineRow } from './journey-tables.ts';
import type {
  JourneyViewTables,
  LineSumRow,
  ObjectionRow,
  ParityFilter,
  TapCountRow,
} from './journey-view-tables.ts';

const ALL = Number.MAX_SAFE_INTEGER;

/** Counted over the same rows as the city's own tables in memory. */
export function memoryJourneyViews({ city, host }: CityTables): JourneyViewTables {
  const withLine = async (row: HostObjectionRow): Promise<ObjectionRow> => {
    const line = await host.line(row.journey);
    if (line === undefined) return { ...row, line: null };
    const { service, operator, state, text } = line;
    return { ...row, line: { service, operator, state, text } };
  };
  return {
    views: {
      async tapCounts(filter) {
        const taps = await city.taps({ limit: ALL });
        const counted = taps.filter(
          (row) => row.kind === 'scan' && isWanted(filter, serviceDay(row.time), row.operator),
        );
        return groups(counted, countName).map(tapCount);
      },
      async lineSums(filter) {
        const lines = await host.lines({ limit: ALL });
        const counted = lines.filter(({ day, operator }) => isWanted(filter, day, operator));
        return groups(counted, sumName).map(lineSum);
      },
      async objections({ operator, limit }) {
        const rows = await Promise.all((await host.objections(ALL)).map(withLine));
        return rows
          .filter(({ line }) => operator === null || line?.operator === operator)
          .slice(0, limit);
      },
      async objection(id) {
        const row = await host.objection(id);
        return row === undefined ? undefined : withLine(row);
      },
    },
  };
}

function isWanted({ fromDay, toDay, operator }: ParityFilter, day: number, of: string): boolean {
  return day >= fromDay && day <= toDay && (operator === null || of === operator);
}

function groups<Row>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): readonly (readonly [Row, ...Row[]])[] {
  return [...Map.groupBy(rows, nameOf).values()] as unknown as (readonly [Row, ...Row[]])[];
}

function refusalOf({ verdict, refusal }: StoredTap): string | null {
  return verdict === 'pass' ? null : (refusal ?? verdict);
}

function countName(row: StoredTap): string {
  return `${row.service} ${row.operator} ${row.issuer ?? ''} ${refusalOf(row) ?? ''}`;
}

function tapCount(rows: readonly [StoredTap, ...StoredTap[]]): TapCountRow {
  const { service, operator, issuer } = rows[0];
  return { service, operator, issuer, refusal: refusalOf(rows[0]), taps: rows.length };
}

function sumName({ service, operator, home }: LineRow): string {
  return `${service} ${operator} ${home}`;
}

function lineSum(rows: readonly [LineRow, ...LineRow[]]): LineSumRow {
  const { service, operator, home } = rows[0];
  const sum = (of: (row: LineRow) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  return {
    ...{ service, operator, home, journeys: rows.length },
    fullFen: sum(({ fullFen }) => fullFen),
    riderFen: sum(({ riderFen }) => riderFen),
    concessionFen: sum((row) => row.concessionFen),
    disputed: sum(({ state }) => Number(state === 'disputed')),
  };
}
