import { after, before } from 'node:test';
import { sql } from 'kysely';
import { silentLog } from '../ports/log.ts';
import { memoryCatalogue } from './catalogue-memory.ts';
import { catalogueMigrations } from './catalogue-migrations.ts';
import { pgCatalogue } from './catalogue-pg.ts';
import { catalogueTablesContract } from './catalogue-tables.contract.ts';
import type { CatalogueTables } from './catalogue-tables.ts';
import { openDatabase, type Database } from './database.ts';
import { createMemoryStore, createPgStore, type NodeStore } from './node-store.ts';
import { startTestPostgres, type TestPostgres } from './test-postgres.ts';

let postgres: TestPostgres;
let database: Database;
before(async () => {
  postgres = await startTestPostgres();
  const { connection } = postgres;
  database = await openDatabase({ connection, migrations: catalogueMigrations, log: silentLog });
});
after(async () => {
  await database.close();
  await postgres.stop();
});

async function openPg(): Promise<NodeStore<CatalogueTables>> {
  await database.transaction(async (tx) => {
    await sql`truncate catalogue_revision, catalogue_edition, catalogue_part, catalogue_head,
      catalogue_erratum, catalogue_opening, catalogue_sign_off, catalogue_suspension,
      catalogue_check restart identity`.execute(tx);
  });
  return createPgStore(database, pgCatalogue);
}

catalogueTablesContract('memory', () => Promise.resolve(createMemoryStore(memoryCatalogue)));
catalogueTablesContract('PostgreSQL', openPg);
