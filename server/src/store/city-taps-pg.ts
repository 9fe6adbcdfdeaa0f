import { sql } from 'kysely';
import type { ChargeRow, ProgressRow, RefusedUploadRow, StoredTap, TapRow } from './city-tables.ts';
import type { TapKey, TapTables, TripRow, UsedRow } from './city-tables.ts';
import type { DatabaseTransaction } from './database.ts';

const TAP = sql.raw(`t.terminal, t.number, t.sequence, t.operator, t.hash, t.time,
  t.received_at "receivedAt", t.service, t.kind, t.verdict, t.refusal,
  t.assisted_reason "assistedReason", t.issuer, t.charged, t.exception, t.field, t.home,
  t.shown_price_fen "shownPriceFen", t.warned, t.text`);

/** One array per column, for `unnest`. */
function columns<Row>(rows: readonly Row[]) {
  return <K extends keyof Row>(name: K): Row[K][] => rows.map((row) => row[name]);
}

function keyRows(keys: readonly TapKey[]) {
  const all = columns(keys);
  return sql`unnest(${all('terminal')}::text[], ${all('number')}::bigint[])
    as wanted (terminal, number)`;
}

export function pgTapTables(tx: DatabaseTransaction): TapTables {
  return {
    ...pgTapWrites(tx),
    ...pgTapReads(tx),
    ...pgProgressTables(tx),
    ...pgUsedTables(tx),
    ...pgTripTables(tx),
  };
}

type TapWrites = Pick<TapTables, 'lockOperators' | 'addTaps' | 'addCharges' | 'setHome'>;

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
          shown_price_fen, warned, text)
        select * from unnest(${all('terminal')}::text[], ${all('number')}::bigint[],
          ${all('operator')}::text[], ${all('hash')}::text[], ${all('time')}::bigint[],
          ${all('receivedAt')}::bigint[], ${all('service')}::text[], ${all('kind')}::text[],
          ${all('verdict')}::text[], ${all('refusal')}::text[],
          ${all('assistedReason')}::text[], ${all('issuer')}::text[],
          ${all('charged')}::boolean[], ${all('exception')}::text[], ${all('field')}::text[],
          ${all('home')}::text[], ${all('shownPriceFen')}::bigint[],
          ${all('warned')}::boolean[], ${all('text')}::text[])`.execute(tx);
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
    async setHome(home, results) {
      const all = columns(results);
      await sql`update city_tap t set home = r.home
        from unnest(${all('terminal')}::text[], ${all('number')}::bigint[],
          ${all('home')}::text[]) as r (terminal, number, home)
        where t.terminal = r.terminal and t.number = r.number and t.home = 'pending'
          and t.issuer = ${home}`.execute(tx);
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
    async refusedUploads(limit, terminals = undefined) {
      const only = terminals ?? null;
      const { rows } = await sql<RefusedUploadRow>`select terminal, number, code, field, at
        from city_refused_upload
        where ${only}::text[] is null or terminal = any(${only}::text[])
        order by at desc, terminal, number limit ${limit}`.execute(tx);
      return rows;
    },
    async tripHashes(keys) {
      const { rows } = await sql<TapKey & { hash: string }>`select t.terminal, t.number, t.hash
        from ${keyRows(keys)}
        join city_trip t on t.terminal = wanted.terminal and t.number = wanted.number`.execute(tx);
      return rows;
    },
    async addTrips(rows) {
      const all = columns<TripRow>(rows);
      await sql`insert into city_trip
        select * from unnest(${all('terminal')}::text[], ${all('number')}::bigint[],
          ${all('hash')}::text[], ${all('residentRef')}::text[], ${all('host')}::text[],
          ${all('time')}::bigint[], ${all('service')}::text[],
          ${all('shownPriceFen')}::bigint[], ${all('charged')}::boolean[])
        on conflict do nothing`.execute(tx);
    },
    async tripsOf(residentRef, limit) {
      const { rows } = await sql<TripRow>`select terminal, number, hash,
          resident_ref "residentRef", host, time, service, shown_price_fen "shownPriceFen", charged
        from city_trip where resident_ref = ${residentRef}
        order by time desc, terminal, number desc limit ${limit}`.execute(tx);
      return rows;
    },
  };
}
