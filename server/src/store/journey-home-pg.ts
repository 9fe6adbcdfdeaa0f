import { sql } from 'kysely';
import type { TripRow } from './city-tables.ts';
import type { DatabaseTransaction } from './database.ts';
import type {
  HomeGroupId,
  HomeGroupRow,
  HomeGroupTables,
  HomeLineRow,
  HomeLineView,
  PaidRow,
} from './journey-tables.ts';
import { columnsOf } from './pg-columns.ts';

const GROUP = sql.raw(`g.host, g.key, g.resident_ref "residentRef", g.fare_group "fareGroup",
  g.day, g.revision, g.claim, g.answer, g.at`);
const LINE_VIEW = sql.raw(`l.host, l.journey, l.day, l.service, l.text, l.ours, l.outcome,
  l.reason, l.field, l.at`);
const LINE = sql`${LINE_VIEW}, l.key, l.resident_ref "residentRef"`;
const PAID = sql.raw('p.host, p.service, p.rule, p.signature, p.paid_fen "paidFen"');
/** Of `t`, as `TripRow` has them. */
export const TRIP = sql.raw(`t.terminal, t.number, t.hash, t.resident_ref "residentRef", t.host,
  t.time, t.service, t.shown_price_fen "shownPriceFen", t.charged, t.direction, t.stop, t.class,
  t.fare_group "fareGroup", t.edition, t.head, t.day, t.key, t.previous_key "previousKey", t.text`);

export function homeGroupRows(ids: readonly HomeGroupId[]) {
  const all = columnsOf(ids);
  return sql`unnest(${all('host')}::text[], ${all('key')}::text[]) as wanted (host, key)`;
}

export function pgHomeTables(tx: DatabaseTransaction): HomeGroupTables {
  return { ...groupTables(tx), ...lineTables(tx), ...tripTables(tx), ...paidTables(tx) };
}

type Groups = Pick<
  HomeGroupTables,
  'homeGroups' | 'saveHomeGroups' | 'homeGroupsOf' | 'dropHomeGroups'
>;

function groupTables(tx: DatabaseTransaction): Groups {
  return {
    async homeGroups(ids) {
      const { rows } = await sql<HomeGroupRow>`select ${GROUP} from ${homeGroupRows(ids)}
        join home_group g on g.host = wanted.host and g.key = wanted.key
        order by g.host, g.key`.execute(tx);
      return rows;
    },
    async saveHomeGroups(rows, lines) {
      const all = columnsOf<HomeGroupRow>(rows);
      await sql`insert into home_group
          (host, key, resident_ref, fare_group, day, revision, claim, answer, at)
        select * from unnest(${all('host')}::text[], ${all('key')}::text[],
          ${all('residentRef')}::text[], ${all('fareGroup')}::text[], ${all('day')}::integer[],
          ${all('revision')}::integer[], ${all('claim')}::text[], ${all('answer')}::text[],
          ${all('at')}::bigint[])
        on conflict (host, key) do update set revision = excluded.revision,
          claim = excluded.claim, answer = excluded.answer, at = excluded.at`.execute(tx);
      await sql`delete from home_line l using ${homeGroupRows(rows)}
        where l.host = wanted.host and l.key = wanted.key`.execute(tx);
      const of = columnsOf<HomeLineRow>(lines);
      await sql`insert into home_line (host, journey, key, resident_ref, day, service, text, ours,
          outcome, reason, field, at)
        select * from unnest(${of('host')}::text[], ${of('journey')}::text[], ${of('key')}::text[],
          ${of('residentRef')}::text[], ${of('day')}::integer[], ${of('service')}::text[],
          ${of('text')}::text[], ${of('ours')}::text[], ${of('outcome')}::text[],
          ${of('reason')}::text[], ${of('field')}::text[], ${of('at')}::bigint[])
        on conflict (host, journey) do update set key = excluded.key,
          resident_ref = excluded.resident_ref, day = excluded.day, service = excluded.service,
          text = excluded.text, ours = excluded.ours, outcome = excluded.outcome,
          reason = excluded.reason, field = excluded.field, at = excluded.at`.execute(tx);
    },
    async homeGroupsOf(residentRef, fromDay) {
      const { rows } = await sql<HomeGroupRow>`select ${GROUP} from home_group g
        where g.resident_ref = ${residentRef} and g.day >= ${fromDay}
        order by g.day desc, g.host, g.key`.execute(tx);
      return rows;
    },
    async dropHomeGroups(beforeDay, limit) {
      const groups = sql`select host, key from home_group
        where day < ${beforeDay} order by day, host, key limit ${limit}`;
      for (const table of ['line', 'repair', 'objection']) {
        await sql`delete from ${sql.table(`home_${table}`)} t using (${groups}) as old
          where t.host = old.host and t.key = old.key`.execute(tx);
      }
      const dropped = await sql`delete from home_group t using (${groups}) as old
        where t.host = old.host and t.key = old.key`.execute(tx);
      return Number(dropped.numAffectedRows ?? 0n);
    },
  };
}

function lineTables(
  tx: DatabaseTransaction,
): Pick<HomeGroupTables, 'homeLine' | 'homeLinesOf' | 'homeLines'> {
  return {
    async homeLine(host, journey) {
      const { rows } = await sql<HomeLineRow>`select ${LINE} from home_line l
        where l.host = ${host} and l.journey = ${journey}`.execute(tx);
      return rows[0];
    },
    async homeLinesOf(residentRef, fromDay) {
      const { rows } = await sql<HomeLineRow>`select ${LINE} from home_line l
        where l.resident_ref = ${residentRef} and l.day >= ${fromDay}
        order by l.day desc, l.journey`.execute(tx);
      return rows;
    },
    async homeLines({ state = null, after, limit }) {
      const { at = null, journey = null } = after ?? {};
      const { rows } = await sql<HomeLineView>`select ${LINE_VIEW} from home_line l
        where (${state}::text is null or l.outcome = ${state})
          and (${at}::bigint is null or (l.at, l.journey) < (${at}::bigint, ${journey}::text))
        order by l.at desc, l.journey desc limit ${limit}`.execute(tx);
      return rows;
    },
  };
}

type Trips = Pick<
  HomeGroupTables,
  'tripsByTap' | 'tripsByKey' | 'tripsSince' | 'tripsAround' | 'setPreviousKeys'
>;

function tripTables(tx: DatabaseTransaction): Trips {
  return {
    async tripsByTap(taps) {
      const ids = [...new Set(taps)].map((tap) => tap.split('/'));
      const { rows } = await sql<TripRow>`select ${TRIP}
        from unnest(${ids.map(([terminal]) => terminal)}::text[],
          ${ids.map(([, number]) => Number(number))}::bigint[]) as wanted (terminal, number)
        join city_trip t on t.terminal = wanted.terminal and t.number = wanted.number
        order by t.time, t.terminal, t.number`.execute(tx);
      return rows;
    },
    async tripsByKey(keys) {
      const { rows } = await sql<TripRow>`
        select ${TRIP} from ${homeGroupRows(keys)}
          join city_trip t on t.host = wanted.host and t.key = wanted.key
        union
        select ${TRIP} from ${homeGroupRows(keys)}
          join city_trip t on t.host = wanted.host and t.previous_key = wanted.key
        order by time, terminal, number`.execute(tx);
      return rows;
    },
    async tripsSince(residentRef, from) {
      const { rows } = await sql<TripRow>`select ${TRIP} from city_trip t
        where t.resident_ref = ${residentRef} and t.time >= ${from}
        order by t.time, t.terminal, t.number`.execute(tx);
      return rows;
    },
    async tripsAround(wanted) {
      const all = columnsOf(wanted);
      const { rows } = await sql<TripRow>`select distinct ${TRIP}
        from unnest(${all('residentRef')}::text[], ${all('host')}::text[],
          ${all('fareGroup')}::text[], ${all('from')}::bigint[], ${all('to')}::bigint[])
          as w (resident_ref, host, fare_group, first, past)
        join city_trip t on t.resident_ref = w.resident_ref and t.time >= w.first
          and t.time < w.past and t.host = w.host and t.fare_group = w.fare_group
        order by t.time, t.terminal, t.number`.execute(tx);
      return rows;
    },
    async setPreviousKeys(rows) {
      const all = columnsOf(rows);
      await sql`update city_trip t set previous_key = r.previous_key
        from unnest(${all('terminal')}::text[], ${all('number')}::bigint[],
          ${all('previousKey')}::text[]) as r (terminal, number, previous_key)
        where t.terminal = r.terminal and t.number = r.number`.execute(tx);
    },
  };
}

function paidTables(tx: DatabaseTransaction): Pick<HomeGroupTables, 'lockPaid' | 'savePaid'> {
  return {
    async lockPaid(wanted) {
      const all = columnsOf(wanted);
      const names = sql`unnest(${all('host')}::text[], ${all('service')}::text[],
        ${all('rule')}::text[], ${all('signature')}::text[])
        as wanted (host, service, rule, signature)`;
      await sql`insert into home_paid select host, service, rule, signature, 0 from ${names}
        order by host, service, rule, signature on conflict do nothing`.execute(tx);
      const { rows } = await sql<PaidRow>`select ${PAID} from home_paid p
        where (p.host, p.service, p.rule, p.signature) in (
          select wanted.host, wanted.service, wanted.rule, wanted.signature from ${names})
        order by p.host, p.service, p.rule, p.signature for update`.execute(tx);
      return rows;
    },
    async savePaid(rows) {
      const all = columnsOf<PaidRow>(rows);
      await sql`update home_paid p set paid_fen = r.paid_fen
        from unnest(${all('host')}::text[], ${all('service')}::text[], ${all('rule')}::text[],
          ${all('signature')}::text[], ${all('paidFen')}::bigint[])
          as r (host, service, rule, signature, paid_fen)
        where p.host = r.host and p.service = r.service and p.rule = r.rule
          and p.signature = r.signature`.execute(tx);
    },
  };
}
