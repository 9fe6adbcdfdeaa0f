import { createHash } from 'node:crypto';
import { sql, type Kysely, type Transaction } from 'kysely';

/** One step forward of a room's tables. Never edited after it has run anywhere, never undone. */
export type Migration = {
  readonly room:
    | 'trust'
    | 'peer'
    | 'hub'
    | 'city'
    | 'staff'
    | 'draft'
    | 'feedback'
    | 'catalogue'
    | 'class'
    | 'journey';
  /** 1, 2, 3 … within the room. */
  readonly number: number;
  readonly name: string;
  /** Plain SQL, several statements allowed. */
  readonly sql: string;
};

/** A database that this program must not touch: newer than the program, or changed behind it. */
export class MigrationMismatch extends Error {
  override readonly name = 'MigrationMismatch';
}

/** Any constant; it keeps two processes of one node from migrating at the same time. */
const MIGRATION_LOCK = 7_010_406;

type Applied = { readonly room: string; readonly number: number; readonly hash: string };

/**
 * Applies what is missing, all or nothing. Throws `MigrationMismatch` when the database holds a
 * step that the program does not know or knows differently.
 */
export async function runMigrations(
  kysely: Kysely<unknown>,
  migrations: readonly Migration[],
): Promise<void> {
  await kysely.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx);
    await sql`create table if not exists migration (
      room text not null,
      number integer not null,
      name text not null,
      hash text not null,
      applied_at timestamptz not null default now(),
      primary key (room, number)
    )`.execute(tx);
    const { rows } = await sql<Applied>`select room, number, hash from migration`.execute(tx);
    for (const row of rows) checkKnown(row, migrations);
    for (const step of inOrder(migrations)) {
      const isApplied = rows.some((row) => row.room === step.room && row.number === step.number);
      if (!isApplied) await apply(tx, step);
    }
  });
}

function checkKnown(row: Applied, migrations: readonly Migration[]): void {
  const known = migrations.find((step) => step.room === row.room && step.number === row.number);
  const which = `${row.room} ${String(row.number)}`;
  if (known === undefined) {
    throw new MigrationMismatch(`the database is newer than this program: it has step ${which}`);
  }
  if (hashOf(known) !== row.hash) {
    throw new MigrationMismatch(`step ${which} is not the one that made this database`);
  }
}

function inOrder(migrations: readonly Migration[]): readonly Migration[] {
  return [...migrations].sort((a, b) => a.number - b.number);
}

async function apply(tx: Transaction<unknown>, step: Migration): Promise<void> {
  await sql.raw(step.sql).execute(tx);
  await sql`insert into migration (room, number, name, hash)
    values (${step.room}, ${step.number}, ${step.name}, ${hashOf(step)})`.execute(tx);
}

function hashOf(step: Migration): string {
  return createHash('sha256').update(step.sql).digest('hex');
}
