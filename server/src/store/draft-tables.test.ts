import { after, before } from 'node:test';
import { sql } from 'kysely';
import { silentLog } from '../ports/log.ts';
import { openDatabase, type Database } from './database.ts';
import { memoryDraft } from './draft-memory.ts';
import { draftMigrations } from './draft-migrations.ts';
import { pgDraft } from './draft-pg.ts';
import { draftTablesContract, feedbackTablesContract } from './draft-tables.contract.ts';
import type { DraftTables } from './draft-tables.ts';
import { memoryFeedback } from './feedback-memory.ts';
import { feedbackMigrations, pgFeedback } from './feedback-pg.ts';
import type { FeedbackTables } from './feedback-tables.ts';
import { createMemoryStore, createPgStore, type NodeStore } from './node-store.ts';
import { startTestPostgres, type TestPostgres } from './test-postgres.ts';

type Tables = DraftTables & FeedbackTables;

let postgres: TestPostgres;
let database: Database;
before(async () => {
  postgres = await startTestPostgres();
  const { connection } = postgres;
  const migrations = [...draftMigrations, ...feedbackMigrations];
  database = await openDatabase({ connection, migrations, log: silentLog });
});
after(async () => {
  await database.close();
  await postgres.stop();
});

function openMemory(): Promise<NodeStore<Tables>> {
  return Promise.resolve(
    createMemoryStore((undo) => ({ ...memoryDraft(undo), ...memoryFeedback(undo) })),
  );
}

async function openPg(): Promise<NodeStore<Tables>> {
  await database.transaction(async (tx) => {
    await sql`truncate draft_change, draft_history, draft_comment, draft_funding,
      feedback_report`.execute(tx);
  });
  return createPgStore(database, (tx) => ({ ...pgDraft(tx), ...pgFeedback(tx) }));
}

for (const [name, open] of [
  ['memory', openMemory],
  ['PostgreSQL', openPg],
] as const) {
  draftTablesContract(name, open);
  feedbackTablesContract(name, open);
}
