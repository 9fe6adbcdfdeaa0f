import { after, before } from 'node:test';
import { silentLog } from '../ports/log.ts';
import { memoryCityTables } from './city-memory.ts';
import { cityMigrations } from './city-migrations.ts';
import { pgCityTables } from './city-pg.ts';
import { openDatabase, type Database } from './database.ts';
import { memoryJourneyViews } from './journey-view-memory.ts';
import { pgJourneyViews } from './journey-view-pg.ts';
import { journeyViewContract } from './journey-view-tables.contract.ts';
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

journeyViewContract('memory', () =>
  createMemoryStore((undo) => {
    const tables = memoryCityTables(undo);
    return { ...tables, ...memoryJourneyViews(tables) };
  }),
);
journeyViewContract('PostgreSQL', () =>
  createPgStore(database, (tx) => ({ ...pgCityTables(tx), ...pgJourneyViews(tx) })),
);
