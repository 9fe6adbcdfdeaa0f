import { sql } from 'kysely';
import type {
  ChargeRow,
  KeyedTap,
  ProgressRow,
  RefusedUploadRow,
  StoredTap,
  TapRow,
} from './city-tables.ts';
import type { TapKey, TapTables, TripHash, TripRow, UsedRow } from './city-tables.ts';
import type { DatabaseTransaction } from './database.ts';
import { TRIP } from './journey-home-pg.ts';
import { columnsOf as columns } from './pg-columns.ts';

const TAP = sql.raw(`t.terminal, t.number, t.sequence, t.operator, t.hash, t.time,
  t.received_at "receivedAt", t.service, t.kind, t.verdict, t.refusal,
  t.assisted_reason "assistedReason", t.issuer, t.charged, t.exception, t.field, t.home,
  t.shown_price_fen "shownPriceFen", t.warned, t.direction, t.stop, t.class,
  t.fare_group "fareGroup", t.edition, t.head, t.journey_key "journeyKey",
  t.previous_key "previousKey", t.text`);

function keyRows(keys: readonly TapKey[]) {
  const all = columns(keys);
  return sql`unnest(${all('terminal')}::text[], ${all('number')}::bigint[])
    as wanted (terminal, number)`;
}

export function pgTapTables(tx: DatabaseTransaction): TapTables {
  return {
    ...pgTapWrites(tx),
    ...pgHomeAnswers(tx),
    ...pgTapReads(tx),
    ...pgProgressTables(tx),
    ...pgUsedTables(tx),
    ...pgTripTables(tx),
  };
}

type TapWrites = Pick<TapTables, 'lockOperators' | 'addTaps' | 'addCharges'>;

function pgTapWrites(tx: DatabaseTransaction): TapWrites {
  return {
    async lockOperators(ids) {
      await sql`insert into city_operator_used
        select id, 0 from unnest(${ids}::text[]) as wanted (id) on conflict do nothing`.execute(tx);
      await sql`select 1 from city_operator_used where operator = any(${ids}::text[])
        order by operator for update`.execute(tx);
    },
    async addTaps(rows) {
      const all = columns<TapRow>(rows);
      await sql`insert into city_tap (terminal, number, operator, hash, time, received_at, service,
          kind, verdict, refusal, assisted_reason, issuer, charged, exception, field, home,
          shown_price_fen, warned, direction, stop, class, fare_group, edition, head, journey_key,
          previous_key, text)
        select * from unnest(${all('terminal')}::text[], ${all('number')}::bigint[],
          ${all('operator')}::text[], ${all('hash')}::text[], ${all('time')}::bigint[],
          ${all('receivedAt')}::bigint[], ${all('service')}::text[], ${all('kind')}::text[],
          ${all('verdict')}::text[], ${all('refusal')}::text[],
          ${all('assistedReason')}::text[], ${all('issuer')}::text[],
          ${all('charged')}::boolean[], ${all('exception')}::text[], ${all('field')}::text[],
          ${all('home')}::text[], ${all('shownPriceFen')}::bigint[],
          ${all('warned')}::boolean[], ${all('direction')}::text[], ${all('stop')}::text[],
          ${all('class')}::integer[], ${all('fareGroup')}::text[], ${all('edition')}::integer[],
          ${all('head')}::bigint[], ${all('journeyKey')}::text[], ${all('previousKey')}::text[],
          ${all('text')}::text[])`.execute(tx);
    },
    async addCharges(rows) {
      const all = columns<ChargeRow>(rows);
      const added = await sql<ChargeRow>`insert into city_charge
        select * from unnest(${all('issuer')}::text[], ${all('tag')}::text[],
          ${all('codeTime')}::bigint[], ${all('terminal')}::text[], ${all('number')}::bigint[])
        on conflict do nothing
        returning issuer, tag, code_time "codeTime", terminal, number`.execute(tx);
      return added.rows;
    },
  };
}

const KEYED = sql.raw(`t.terminal, t.number, t.time, t.fare_group "fareGroup",
  t.journey_key "journeyKey", t.previous_key "previousKey",
  t.charged and t.exception is null and t.journey_key is not null "counts"`);

/** What home cities answered about taps. */
function pgHomeAnswers(tx: DatabaseTransaction): Pick<TapTables, 'setHome' | 'setPreviousKey'> {
  const counting = (rows: readonly (KeyedTap & { readonly counts: boolean })[]): KeyedTap[] =>
    rows.filter(({ counts }) => counts).map(({ counts: _, ...tap }) => tap);
  return {
    async setHome(home, results) {
      const all = columns(results);
      const { rows } = await sql<KeyedTap & { counts: boolean }>`
        update city_tap t set home = r.home, journey_key = r.journey_key,
          previous_key = r.previous_key,
          exception = case when r.home = 'refused' then coalesce(t.exception, 'HOME_REFUSED')
            else t.exception end
        from unnest(${all('terminal')}::text[], ${all('number')}::bigint[], ${all('home')}::text[],
          ${results.map(({ key }) => key?.journeyKey ?? null)}::text[],
          ${results.map(({ key }) => key?.previousKey ?? null)}::text[])
          as r (terminal, number, home, journey_key, previous_key)
        where t.terminal = r.terminal and t.number = r.number and t.home = 'pending'
          and t.issuer = ${home}
          and (r.home = 'refused' or r.journey_key is not null or not t.charged)
        returning ${KEYED}`.execute(tx);
      return counting(rows);
    },
    async setPreviousKey(home, changes) {
      const all = columns(changes);
      const { rows } = await sql<KeyedTap & { counts: boolean }>`
        update city_tap t set previous_key = r.previous_key
        from unnest(${all('terminal')}::text[], ${all('number')}::bigint[],
          ${all('previousKey')}::text[]) as r (terminal, number, previous_key)
        where t.terminal = r.terminal and t.number = r.number and t.issuer = ${home}
          and t.journey_key is not null and t.previous_key is null
        returning ${KEYED}`.execute(tx);
      return counting(rows);
    },
  };
}

function pgTapReads(tx: DatabaseTransaction): Pick<TapTables, 'tapHashes' | 'tapTexts' | 'taps'> {
  return {
    async tapHashes(keys) {
      const { rows } = await sql<
        Pick<TapRow, 'terminal' | 'number' | 'hash' | 'exception' | 'field'>
      >`select t.terminal, t.number, t.hash, t.exception, t.field from ${keyRows(keys)}
        join city_tap t on t.terminal = wanted.terminal and t.number = wanted.number`.execute(tx);
      return rows;
    },
    async tapTexts(keys) {
      const { rows } = await sql<TapKey & { text: string }>`select t.terminal, t.number, t.text
        from ${keyRows(keys)}
        join city_tap t on t.terminal = wanted.terminal and t.number = wanted.number`.execute(tx);
      return rows;
    },
    async taps(filter) {
      const { terminal = null, operator = null, verdict = null, before = null } = filter;
      const { exceptionsOnly = false } = filter;
      const { rows } = await sql<StoredTap>`select ${TAP} from city_tap t
        where (${terminal}::text is null or t.terminal = ${terminal})
          and (${operator}::text is null or t.operator = ${operator})
          and (${verdict}::text is null or t.verdict = ${verdict})
          and (${before}::bigint is null or t.sequence < ${before})
          and (not ${exceptionsOnly}::boolean or t.exception is not null)
        order by t.sequence desc limit ${filter.limit}`.execute(tx);
      return rows;
    },
  };
}

function pgProgressTables(
  tx: DatabaseTransaction,
): Pick<TapTables, 'progress' | 'gaps' | 'saveProgress'> {
  return {
    async progress(terminals) {
      const { rows } = await sql<ProgressRow>`select terminal, highest, last_at "lastAt", gaps
        from city_progress where terminal = any(${terminals}::text[]) order by terminal`.execute(
        tx,
      );
      return rows;
    },
    async gaps() {
      const { rows } = await sql<ProgressRow>`select terminal, highest, last_at "lastAt", gaps
        from city_progress where gaps <> '[]'::jsonb order by terminal`.execute(tx);
      return rows;
    },
    async saveProgress(rows) {
      const all = columns<ProgressRow>(rows);
      await sql`insert into city_progress (terminal, highest, last_at, gaps)
        select * from unnest(${all('terminal')}::text[], ${all('highest')}::bigint[],
          ${all('lastAt')}::bigint[], ${rows.map((row) => JSON.stringify(row.gaps))}::jsonb[])
        on conflict (terminal) do update
          set highest = excluded.highest, last_at = excluded.last_at, gaps = excluded.gaps`.execute(
        tx,
      );
    },
  };
}

function pgUsedTables(tx: DatabaseTransaction): Pick<TapTables, 'addUsed' | 'used' | 'dropUsed'> {
  return {
    async addUsed(rows) {
      const all = columns(rows);
      await sql`with given as (
          select g.*, row_number() over (partition by g.operator order by g.place) as step
          from unnest(${all('operator')}::text[], ${all('terminal')}::text[],
            ${all('issuer')}::text[], ${all('tag')}::text[], ${all('time')}::bigint[])
            with ordinality as g (operator, terminal, issuer, tag, time, place)
        ), counted as (select operator, max(step) as steps from given group by operator
        ), moved as (
          update city_operator_used o set last = o.last + c.steps from counted c
          where o.operator = c.operator returning o.operator, o.last - c.steps as base
        )
        insert into city_used
        select g.operator, m.base + g.step, g.terminal, g.issuer, g.tag, g.time
        from given g join moved m on m.operator = g.operator`.execute(tx);
    },
    async used(operator, after, limit) {
      const { rows } = await sql<UsedRow>`select operator, sequence, terminal, issuer, tag, time
        from city_used where operator = ${operator} and sequence > ${after}
        order by sequence limit ${limit}`.execute(tx);
      return rows;
    },
    async dropUsed(before) {
      await sql`delete from city_used where time < ${before}`.execute(tx);
    },
  };
}

type TripTables = Pick<
  TapTables,
  'addRefusedUploads' | 'refusedUploads' | 'tripHashes' | 'addTrips' | 'tripsOf'
>;

function pgTripTables(tx: DatabaseTransaction): TripTables {
  return {
    async addRefusedUploads(rows) {
      const all = columns<RefusedUploadRow>(rows);
      await sql`insert into city_refused_upload
        select * from unnest(${all('terminal')}::text[], ${all('number')}::bigint[],
          ${all('code')}::text[], ${all('field')}::text[], ${all('at')}::bigint[])
        on conflict do nothing`.execute(tx);
    },
    async refusedUploads(limit, terminals) {
      const only = terminals ?? null;
      const { rows } = await sql<RefusedUploadRow>`select terminal, number, code, field, at
        from city_refused_upload
        where ${only}::text[] is null or terminal = any(${only}::text[])
        order by at desc, terminal, number limit ${limit}`.execute(tx);
      return rows;
    },
    async tripHashes(keys) {
      const { rows } = await sql<TripHash>`select t.terminal, t.number, t.hash, t.key,
        t.previous_key "previousKey"
        from ${keyRows(keys)}
        join city_trip t on t.terminal = wanted.terminal and t.number = wanted.number`.execute(tx);
      return rows;
    },
    async addTrips(rows) {
      const all = columns<TripRow>(rows);
      await sql`insert into city_trip (terminal, number, hash, resident_ref, host, time, service,
          shown_price_fen, charged, direction, stop, class, fare_group, edition, head, day, key,
          previous_key, text)
        select * from unnest(${all('terminal')}::text[], ${all('number')}::bigint[],
          ${all('hash')}::text[], ${all('residentRef')}::text[], ${all('host')}::text[],
          ${all('time')}::bigint[], ${all('service')}::text[],
          ${all('shownPriceFen')}::bigint[], ${all('charged')}::boolean[],
          ${all('direction')}::text[], ${all('stop')}::text[], ${all('class')}::integer[],
          ${all('fareGroup')}::text[], ${all('edition')}::integer[], ${all('head')}::bigint[],
          ${all('day')}::integer[], ${all('key')}::text[], ${all('previousKey')}::text[],
          ${all('text')}::text[])
        on conflict do nothing`.execute(tx);
    },
    async tripsOf(residentRef, limit, before) {
      const { rows } = await sql<TripRow>`select ${TRIP} from city_trip t
        where t.resident_ref = ${residentRef}
          and (${before ?? null}::bigint is null or t.time < ${before ?? null})
        order by t.time desc, t.terminal, t.number desc limit ${limit}`.execute(tx);
      return rows;
    },
  };
}
