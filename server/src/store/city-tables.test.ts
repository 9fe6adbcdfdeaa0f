import { after, before } from 'node:test';
import { silentLog } from '../ports/log.ts';
import { memoryCityTables } from './city-memory.ts';
import { cityMigrations } from './city-migrations.ts';
import { pgCityTables } from './city-pg.ts';
import { cityTablesContract } from './city-tables.contract.ts';
import { classTablesContract } from './class-tables.contract.ts';
import { openDatabase, type Database } from './database.ts';
import { createMemoryStore, createPgStore } from './node-store.ts';
import { startTestPostgres, type TestPostgres } from './test-postgres.ts';

let postgres: TestPostgres;
let database: Database;
before(async () => {
  postgres = await startTestPostgres();
  const { connection } = postgres;
  database = await openDatabase({ connection, migrations: cityMigrations, log: silentLog });
});
after(async () => {
  await database.close();
  await postgres.stop();
});

cityTablesContract('memory', () => createMemoryStore(memoryCityTables));
cityTablesContract('PostgreSQL', () => createPgStore(database, pgCityTables));

classTablesContract('memory', () => createMemoryStore(memoryCityTables));
classTablesContract('PostgreSQL', () => createPgStore(database, pgCityTables));
