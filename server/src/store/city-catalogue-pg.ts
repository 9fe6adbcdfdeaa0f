import { sql } from 'kysely';
import type { CatalogueTables, OperatorRow, TerminalRow } from './city-tables.ts';
import type { DatabaseTransaction } from './database.ts';

/** Any constant: changes of operators and registrations follow each other. */
const CATALOGUE_LOCK = 7_010_421;

export function pgCatalogueTables(tx: DatabaseTransaction): CatalogueTables {
  return {
    async lockCatalogue() {
      await sql`select pg_advisory_xact_lock(${CATALOGUE_LOCK})`.execute(tx);
    },
    async saveOperator(row) {
      await sql`insert into city_operator values (${row.id}, ${row.name})
        on conflict (id) do update set name = excluded.name`.execute(tx);
    },
    async operators() {
      const { rows } = await sql<OperatorRow>`select id, name from city_operator
        order by id`.execute(tx);
      return rows;
    },
    async saveTerminal(row) {
      await sql`insert into city_terminal values (${row.id}, ${row.operator}, ${row.service},
        ${row.keyId}, ${row.alg}, ${row.key}, ${row.registeredAt}, ${row.revokedAt},
        ${row.direction}, ${row.stop})
        on conflict (id) do update set operator = excluded.operator, service = excluded.service,
          key_id = excluded.key_id, alg = excluded.alg, key = excluded.key,
          registered_at = excluded.registered_at, revoked_at = excluded.revoked_at,
          direction = excluded.direction, stop = excluded.stop`.execute(tx);
    },
    async terminals(ids) {
      const which = ids === undefined ? sql`` : sql`where id = any(${ids}::text[])`;
      const { rows } = await sql<TerminalRow>`select id, operator, service, key_id "keyId", alg,
        key, direction, stop, registered_at "registeredAt", revoked_at "revokedAt"
        from city_terminal ${which} order by id`.execute(tx);
      return rows;
    },
  };
}
