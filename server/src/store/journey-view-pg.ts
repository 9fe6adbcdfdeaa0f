import { slotStart } from '@tongyu/protocol';
import { sql } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import type { HostObjectionRow, LineRow } from './journey-tables.ts';
import type {
  JourneyViewTables,
  LineSumRow,
  ObjectionRow,
  TapCountRow,
} from './journey-view-tables.ts';

type ObjectionColumns = HostObjectionRow & {
  readonly service: string | null;
  readonly operator: string | null;
  readonly state: LineRow['state'] | null;
  readonly lineText: string | null;
};

const OBJECTION = sql.raw(`o.id, o.home, o.key, o.journey, o.text, o.at, o.decision,
  o.decided_at "decidedAt", o.decided_by "by", l.service, l.operator, l.state,
  l.text "lineText"`);

/** Counted by the database, out of the taps and lines as they stand. */
export function pgJourneyViews(tx: DatabaseTransaction): JourneyViewTables {
  return {
    views: {
      async tapCounts({ fromDay, toDay, operator }) {
        const from = slotStart({ day: fromDay, slot: 0 });
        const to = slotStart({ day: toDay + 1, slot: 0 });
        const { rows } = await sql<TapCountRow>`select service, operator, issuer,
            case when verdict = 'pass' then null else coalesce(refusal, verdict) end as refusal,
            count(*) as taps
          from city_tap
          where kind = 'scan' and time >= ${from} and time < ${to}
            and (${operator}::text is null or operator = ${operator})
          group by 1, 2, 3, 4`.execute(tx);
        return rows;
      },
      async lineSums({ fromDay, toDay, operator }) {
        const { rows } = await sql<LineSumRow>`select service, operator, home,
            count(*) as journeys, sum(full_fen)::bigint as "fullFen",
            sum(rider_fen)::bigint as "riderFen",
            sum(concession_fen)::bigint as "concessionFen",
            count(*) filter (where state = 'disputed') as disputed
          from journey_line
          where day between ${fromDay} and ${toDay}
            and (${operator}::text is null or operator = ${operator})
          group by 1, 2, 3`.execute(tx);
        return rows;
      },
      async objections({ operator, limit }) {
        const { rows } = await sql<ObjectionColumns>`select ${OBJECTION}
          from journey_objection o left join journey_line l on l.journey = o.journey
          where ${operator}::text is null or l.operator = ${operator}
          order by (o.decision is not null), o.at desc, o.id limit ${limit}`.execute(tx);
        return rows.map(objectionOf);
      },
      async objection(id) {
        const { rows } = await sql<ObjectionColumns>`select ${OBJECTION}
          from journey_objection o left join journey_line l on l.journey = o.journey
          where o.id = ${id}`.execute(tx);
        return rows[0] === undefined ? undefined : objectionOf(rows[0]);
      },
    },
  };
}

function objectionOf(columns: ObjectionColumns): ObjectionRow {
  const { service, operator, state, lineText: text, ...row } = columns;
  if (service === null || operator === null || state === null || text === null) {
    return { ...row, line: null };
  }
  return { ...row, line: { service, operator, state, text } };
}
