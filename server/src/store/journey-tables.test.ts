import { after, before } from 'node:test';
import { silentLog } from '../ports/log.ts';
import { memoryCityTables } from './city-memory.ts';
import { cityMigrations } from './city-migrations.ts';
import { pgCityTables } from './city-pg.ts';
import { openDatabase, type Database } from './database.ts';
import { journeyTablesContract } from './journey-tables.contract.ts';
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

journeyTablesContract('memory', () => createMemoryStore(memoryCityTables));
journeyTablesContract('PostgreSQL', () => createPgStore(database, pgCityTables));
