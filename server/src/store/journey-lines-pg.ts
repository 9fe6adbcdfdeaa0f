import { sql } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import { groupRows } from './journey-groups-pg.ts';
import type {
  CeilingRow,
  GroupExceptionRow,
  HostLineTables,
  JourneyException,
  LineAnswerRow,
  LineRow,
} from './journey-tables.ts';
import { columnsOf } from './pg-columns.ts';

const LINE = sql.raw(`l.journey, l.home, l.key, l.day, l.service, l.operator,
  l.journey_state "journeyState", l.state, l.reason, l.field, l.text, l.taps,
  l.full_fen "fullFen", l.rider_fen "riderFen", l.concession_fen "concessionFen", l.class,
  l.revision, l.updated_at "updatedAt"`);

const CEILING = sql.raw(`c.service, c.rule, c.signature, c.party, c.ceiling_fen "ceilingFen",
  c.used_fen "usedFen", c.to_suspend "toSuspend"`);

export function pgLineTables(tx: DatabaseTransaction): HostLineTables {
  return { ...writeTables(tx), ...readTables(tx), ...ceilingTables(tx) };
}

function writeTables(
  tx: DatabaseTransaction,
): Pick<HostLineTables, 'replaceLines' | 'answerLines'> {
  return {
    async replaceLines(groups, lines, exceptions) {
      await sql`delete from journey_line l using ${groupRows(groups)}
        where l.home = wanted.home and l.key = wanted.key
          and l.journey <> all(${lines.map(({ journey }) => journey)}::text[])`.execute(tx);
      await sql`delete from journey_exception e using ${groupRows(groups)}
        where e.home = wanted.home and e.key = wanted.key`.execute(tx);
      await addLines(tx, lines);
      await addExceptions(tx, exceptions);
    },
    async answerLines(rows) {
      const all = columnsOf<LineAnswerRow>(rows);
      await sql`update journey_line l set state = a.state, reason = a.reason, field = a.field,
          updated_at = case when l.state = a.state and l.reason is not distinct from a.reason
            and l.field is not distinct from a.field then l.updated_at else a.at end
        from unnest(${all('journey')}::text[], ${all('home')}::text[], ${all('key')}::text[],
          ${all('state')}::text[], ${all('reason')}::text[], ${all('field')}::text[],
          ${all('at')}::bigint[]) as a (journey, home, key, state, reason, field, at)
        where l.journey = a.journey and l.home = a.home and l.key = a.key`.execute(tx);
    },
  };
}

async function addLines(tx: DatabaseTransaction, rows: readonly LineRow[]): Promise<void> {
  if (rows.length === 0) return;
  const all = columnsOf<LineRow>(rows);
  await sql`insert into journey_line as l (journey, home, key, day, service, operator,
      journey_state, state, reason, field, text, taps, full_fen, rider_fen, concession_fen, class,
      revision, updated_at)
    select journey, home, key, day, service, operator, journey_state, state, reason, field, text,
      string_to_array(taps, ' '), full_fen, rider_fen, concession_fen, class, revision, updated_at
    from unnest(${all('journey')}::text[], ${all('home')}::text[], ${all('key')}::text[],
      ${all('day')}::integer[], ${all('service')}::text[], ${all('operator')}::text[],
      ${all('journeyState')}::text[], ${all('state')}::text[], ${all('reason')}::text[],
      ${all('field')}::text[], ${all('text')}::text[],
      ${rows.map(({ taps }) => taps.join(' '))}::text[], ${all('fullFen')}::bigint[],
      ${all('riderFen')}::bigint[], ${all('concessionFen')}::bigint[],
      ${all('class')}::integer[], ${all('revision')}::integer[],
      ${all('updatedAt')}::bigint[]) as r (journey, home, key, day, service, operator,
      journey_state, state, reason, field, text, taps, full_fen, rider_fen, concession_fen, class,
      revision, updated_at)
    on conflict (journey) do update set home = excluded.home, key = excluded.key,
      day = excluded.day, service = excluded.service, operator = excluded.operator,
      journey_state = excluded.journey_state,
      state = case when l.text = excluded.text and l.state = 'accepted' then l.state
        else excluded.state end,
      reason = excluded.reason, field = excluded.field, text = excluded.text,
      taps = excluded.taps, full_fen = excluded.full_fen, rider_fen = excluded.rider_fen,
      concession_fen = excluded.concession_fen, class = excluded.class,
      revision = excluded.revision,
      updated_at = case when l.text = excluded.text and l.state = 'accepted' then l.updated_at
        else excluded.updated_at end`.execute(tx);
}

async function addExceptions(
  tx: DatabaseTransaction,
  rows: readonly GroupExceptionRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const all = columnsOf<GroupExceptionRow>(rows);
  await sql`insert into journey_exception (tap, home, key, reason, service, operator, time, at)
    select * from unnest(${all('tap')}::text[], ${all('home')}::text[], ${all('key')}::text[],
      ${all('reason')}::text[], ${all('service')}::text[], ${all('operator')}::text[],
      ${all('time')}::bigint[], ${all('at')}::bigint[])
    on conflict (tap) do update set home = excluded.home, key = excluded.key,
      reason = excluded.reason, at = excluded.at`.execute(tx);
}

type ReadTables = Pick<HostLineTables, 'linesOf' | 'line' | 'lines' | 'exceptions'>;

function readTables(tx: DatabaseTransaction): ReadTables {
  return {
    async linesOf(groups) {
      const { rows } = await sql<LineRow>`select ${LINE} from ${groupRows(groups)}
        join journey_line l on l.home = wanted.home and l.key = wanted.key
        order by l.journey`.execute(tx);
      return rows;
    },
    async line(journey) {
      const { rows } = await sql<LineRow>`select ${LINE} from journey_line l
        where l.journey = ${journey}`.execute(tx);
      return rows[0];
    },
    async lines({ service = null, operator = null, state = null, after, limit }) {
      const { updatedAt = null, journey = null } = after ?? {};
      const { rows } = await sql<LineRow>`select ${LINE} from journey_line l
        where (${service}::text is null or l.service = ${service})
          and (${operator}::text is null or l.operator = ${operator})
          and (${state}::text is null or l.state = ${state})
          and (${updatedAt}::bigint is null
            or (l.updated_at, l.journey) < (${updatedAt}::bigint, ${journey}::text))
        order by l.updated_at desc, l.journey desc limit ${limit}`.execute(tx);
      return rows;
    },
    async exceptions({ operator = null, after, limit }) {
      const { at = null, tap = null } = after ?? {};
      const { rows } = await sql<JourneyException>`
        select * from (
          select terminal || '/' || number as tap, exception as reason, service, operator, time,
            received_at as at, issuer as home
          from city_tap where exception is not null
          union all
          select tap, reason, service, operator, time, at, home from journey_exception) e
        where (${operator}::text is null or operator = ${operator})
          and (${at}::bigint is null or (at, tap) < (${at}::bigint, ${tap}::text))
        order by at desc, tap desc limit ${limit}`.execute(tx);
      return rows;
    },
  };
}

type CeilingTables = Pick<HostLineTables, 'lockCeilings' | 'saveCeilings' | 'ceilings'>;

function ceilingTables(tx: DatabaseTransaction): CeilingTables {
  return {
    async lockCeilings(wanted) {
      const all = columnsOf(wanted);
      const names = sql`unnest(${all('service')}::text[], ${all('rule')}::text[],
        ${all('signature')}::text[], ${all('party')}::text[], ${all('ceilingFen')}::bigint[])
        as wanted (service, rule, signature, party, ceiling_fen)`;
      await sql`insert into journey_ceiling
        select service, rule, signature, party, ceiling_fen, 0, false from ${names}
        order by service, rule, signature on conflict do nothing`.execute(tx);
      const { rows } = await sql<CeilingRow>`select ${CEILING} from journey_ceiling c
        where (c.service, c.rule, c.signature) in
          (select wanted.service, wanted.rule, wanted.signature from ${names})
        order by c.service, c.rule, c.signature for update`.execute(tx);
      return rows;
    },
    async saveCeilings(rows) {
      const all = columnsOf<CeilingRow>(rows);
      await sql`update journey_ceiling c set used_fen = r.used_fen, to_suspend = r.to_suspend
        from unnest(${all('service')}::text[], ${all('rule')}::text[], ${all('signature')}::text[],
          ${all('usedFen')}::bigint[], ${all('toSuspend')}::boolean[])
          as r (service, rule, signature, used_fen, to_suspend)
        where c.service = r.service and c.rule = r.rule
          and c.signature = r.signature`.execute(tx);
    },
    async ceilings() {
      const { rows } = await sql<CeilingRow>`select ${CEILING} from journey_ceiling c
        order by c.service, c.rule, c.signature`.execute(tx);
      return rows;
    },
  };
}
