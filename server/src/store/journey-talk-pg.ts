import { sql } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import { groupRows } from './journey-groups-pg.ts';
import { homeGroupRows } from './journey-home-pg.ts';
import type {
  HomeObjectionRow,
  HomeRepairRow,
  HomeTalkTables,
  HostObjectionRow,
  HostRepairRow,
  HostTalkTables,
} from './journey-tables.ts';
import { columnsOf } from './pg-columns.ts';

const HOST_REPAIR = sql.raw('r.id, r.home, r.key, r.journey, r.text, r.at');
const HOST_OBJECTION = sql.raw(`o.id, o.home, o.key, o.journey, o.text, o.at, o.decision,
  o.decided_at "decidedAt", o.decided_by "by"`);
const HOME_REPAIR = sql.raw(`r.id, r.host, r.key, r.resident_ref "residentRef", r.journey, r.kind,
  r.text, r.at, r.outcome, r.refusal`);
const HOME_OBJECTION = sql.raw(`o.id, o.host, o.key, o.resident_ref "residentRef", o.journey,
  o.text, o.at, o.decision, o.decided_at "decidedAt"`);

/** What residents and offices said about journeys afterwards, at the host. */
export function pgHostTalkTables(tx: DatabaseTransaction): HostTalkTables {
  return {
    async addRepairs(rows) {
      const all = columnsOf<HostRepairRow>(rows);
      const added = await sql<HostRepairRow>`insert into journey_repair as r
          (id, home, key, journey, text, at)
        select * from unnest(${all('id')}::text[], ${all('home')}::text[], ${all('key')}::text[],
          ${all('journey')}::text[], ${all('text')}::text[], ${all('at')}::bigint[])
        on conflict do nothing returning ${HOST_REPAIR}`.execute(tx);
      return added.rows;
    },
    async repairs(ids) {
      const { rows } = await sql<HostRepairRow>`select ${HOST_REPAIR} from journey_repair r
        where r.id = any(${ids}::text[]) order by r.id`.execute(tx);
      return rows;
    },
    async repairsOf(groups) {
      const { rows } = await sql<HostRepairRow>`select ${HOST_REPAIR} from ${groupRows(groups)}
        join journey_repair r on r.home = wanted.home and r.key = wanted.key
        order by r.at, r.id`.execute(tx);
      return rows;
    },
    async saveObjection(row) {
      await sql`insert into journey_objection values (${row.id}, ${row.home}, ${row.key},
          ${row.journey}, ${row.text}, ${row.at}, ${row.decision}, ${row.decidedAt}, ${row.by})
        on conflict (id) do update set decision = excluded.decision,
          decided_at = excluded.decided_at, decided_by = excluded.decided_by`.execute(tx);
    },
    async objection(id) {
      const { rows } = await sql<HostObjectionRow>`select ${HOST_OBJECTION}
        from journey_objection o where o.id = ${id} for update`.execute(tx);
      return rows[0];
    },
    async objections(limit) {
      const { rows } = await sql<HostObjectionRow>`select ${HOST_OBJECTION}
        from journey_objection o
        order by (o.decision is not null), o.at desc, o.id limit ${limit}`.execute(tx);
      return rows;
    },
  };
}

/** The same at the home city. */
export function pgHomeTalkTables(tx: DatabaseTransaction): HomeTalkTables {
  return {
    async saveHomeRepair(row) {
      await sql`insert into home_repair values (${row.id}, ${row.host}, ${row.key},
          ${row.residentRef}, ${row.journey}, ${row.kind}, ${row.text}, ${row.at},
          ${row.outcome}, ${row.refusal})
        on conflict (id) do update set outcome = excluded.outcome,
          refusal = excluded.refusal`.execute(tx);
    },
    async homeRepairs(ids) {
      const { rows } = await sql<HomeRepairRow>`select ${HOME_REPAIR} from home_repair r
        where r.id = any(${ids}::text[]) order by r.id`.execute(tx);
      return rows;
    },
    async homeRepairsOfKeys(keys) {
      const { rows } = await sql<HomeRepairRow>`select ${HOME_REPAIR} from ${homeGroupRows(keys)}
        join home_repair r on r.host = wanted.host and r.key = wanted.key
        order by r.at, r.id`.execute(tx);
      return rows;
    },
    async homeRepairsOf(residentRef, since) {
      const { rows } = await sql<HomeRepairRow>`select ${HOME_REPAIR} from home_repair r
        where r.resident_ref = ${residentRef} and r.at >= ${since}
        order by r.at, r.id`.execute(tx);
      return rows;
    },
    async saveHomeObjection(row) {
      await sql`insert into home_objection values (${row.id}, ${row.host}, ${row.key},
          ${row.residentRef}, ${row.journey}, ${row.text}, ${row.at}, ${row.decision},
          ${row.decidedAt})
        on conflict (id) do update set decision = excluded.decision,
          decided_at = excluded.decided_at`.execute(tx);
    },
    async homeObjection(id) {
      const { rows } = await sql<HomeObjectionRow>`select ${HOME_OBJECTION}
        from home_objection o where o.id = ${id}`.execute(tx);
      return rows[0];
    },
    async homeObjectionsOf(residentRef) {
      const { rows } = await sql<HomeObjectionRow>`select ${HOME_OBJECTION}
        from home_objection o where o.resident_ref = ${residentRef}
        order by o.at, o.id`.execute(tx);
      return rows;
    },
  };
}
