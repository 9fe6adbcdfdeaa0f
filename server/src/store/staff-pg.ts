import { sql } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import type { Migration } from './migrations.ts';
import type { StaffRow, StaffTables } from './staff-tables.ts';

export const staffMigrations: readonly Migration[] = [
  {
    room: 'staff',
    number: 1,
    name: 'named accounts',
    sql: `
create table staff_account (
  name text collate "C" primary key,
  roles text[] not null,
  salt text,
  hash text,
  created_at bigint not null,
  created_by text not null,
  disabled_at bigint,
  disabled_by text,
  last_used_at bigint,
  check ((salt is null) = (hash is null)),
  check (cardinality(roles) > 0 and roles <@ array['viewer', 'editor', 'publisher', 'keeper'])
);`,
  },
  {
    room: 'staff',
    number: 2,
    name: 'accounts of operators',
    sql: `
alter table staff_account add column operator text;
alter table staff_account
  add check (operator is null or roles <@ array['viewer', 'editor']);`,
  },
];

type Columns = Omit<StaffRow, 'secret'> & {
  readonly salt: string | null;
  readonly hash: string | null;
};

const columns = sql.raw(`name, roles, operator, salt, hash, created_at as "createdAt",
  created_by as "createdBy", disabled_at as "disabledAt", disabled_by as "disabledBy",
  last_used_at as "lastUsedAt"`);

export function pgStaff(tx: DatabaseTransaction): StaffTables {
  return {
    staff: {
      async accounts() {
        const { rows } = await sql<Columns>`
          select ${columns} from staff_account order by name`.execute(tx);
        return rows.map(rowOf);
      },
      async account(name) {
        const { rows } = await sql<Columns>`
          select ${columns} from staff_account where name = ${name}`.execute(tx);
        return rows[0] === undefined ? undefined : rowOf(rows[0]);
      },
      async saveAccount(row) {
        await sql`insert into staff_account (name, roles, operator, salt, hash, created_at,
            created_by, disabled_at, disabled_by, last_used_at)
          values (${row.name}, ${row.roles}, ${row.operator}, ${row.secret?.salt ?? null},
            ${row.secret?.hash ?? null}, ${row.createdAt}, ${row.createdBy}, ${row.disabledAt},
            ${row.disabledBy}, ${row.lastUsedAt})
          on conflict (name) do update set roles = excluded.roles, salt = excluded.salt,
            hash = excluded.hash, disabled_at = excluded.disabled_at,
            disabled_by = excluded.disabled_by, last_used_at = excluded.last_used_at`.execute(tx);
      },
    },
  };
}

function rowOf({ salt, hash, ...row }: Columns): StaffRow {
  return { ...row, secret: salt === null || hash === null ? null : { salt, hash } };
}
