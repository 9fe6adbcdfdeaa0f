import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { MAX_PART_ENTRIES, type Entry } from '@tongyu/protocol';
import { silentLog } from '../ports/log.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { draftMigrations } from '../store/draft-migrations.ts';
import { pgDraft } from '../store/draft-pg.ts';
import { feedbackMigrations, pgFeedback } from '../store/feedback-pg.ts';
import { createPgStore } from '../store/node-store.ts';
import { startTestPostgres, type TestPostgres } from '../store/test-postgres.ts';
import type { ImportAsked } from './import-draft.ts';
import { testEntry, text } from './testing/test-entry.ts';
import { testOffices, type TestOffice } from './testing/test-offices.ts';

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

const metro = testEntry('4201-metro');
const asked: ImportAsked = {
  ...{ form: 'json', mode: 'apply', missing: 'keep', reason: text('导入'), expect: undefined },
  by: 'wang',
};

async function openOffice(): Promise<TestOffice> {
  await database.transaction(async (tx) => {
    await sql`truncate draft_change, draft_history, draft_comment, draft_funding`.execute(tx);
  });
  const store = createPgStore(database, (tx) => ({ ...pgDraft(tx), ...pgFeedback(tx) }));
  const office = testOffices(['4201', '4301'], () => store).office('4201');
  office.publish([metro]);
  return office;
}

function fileOf(entries: readonly Entry[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(entries));
}

test('of ten editors who save at the same moment one does, and nine are told who', async () => {
  const { draft } = await openOffice();
  const names = Array.from({ length: 10 }, (_, i) => `editor-${String(i)}`);
  const results = await Promise.all(
    names.map((by, i) => {
      const entry: Entry = { ...metro, tariff: { kind: 'flat', priceFen: i } };
      return draft.put(metro.id, entry, { by, reason: '改', expect: 0 });
    }),
  );
  const winner = names.find((_, i) => results[i]?.ok === true);
  const losers = results.flatMap((result) => (result.ok ? [] : [result.refusal]));
  assert.equal(losers.length, 9);
  assert(losers.every(({ code, facts }) => code === 'DRAFT_CHANGED' && facts?.['by'] === winner));
  assert.equal((await draft.history(metro.id)).length, 1);
});

test('two imports and an edit at once leave a history that tells one order', async () => {
  const { draft } = await openOffice();
  const many = Array.from({ length: 50 }, (_, i) => testEntry(`4201-line-${String(i)}`));
  const live = many.map((entry): Entry => ({ ...entry, stage: 'live' }));
  const done = await Promise.all([
    draft.import(fileOf(many), asked),
    draft.import(fileOf(live), { ...asked, by: 'li' }),
    draft.put(metro.id, { ...metro, stage: 'live' }, { by: 'sun', reason: '上线', expect: 0 }),
  ]);
  assert(done.every(({ ok }) => ok));
  const stages = new Set((await draft.exportJson()).entries.slice(0, 50).map(({ stage }) => stage));
  assert.equal(stages.size, 1, 'an import is seen whole or not at all');
  const positions = (await Promise.all(many.map(({ id }) => draft.history(id)))).flatMap((lines) =>
    lines.map(({ position }) => position),
  );
  assert.equal(new Set(positions).size, positions.length);
  assert.equal((await draft.list({ limit: 1 })).revision, 101);
});

test('a part as large as it may be is imported, exported and found again', async () => {
  const { draft } = await openOffice();
  const most = Array.from({ length: MAX_PART_ENTRIES }, (_, i) => testEntry(`4201-s-${String(i)}`));
  const imported = await draft.import(fileOf(most), { ...asked, missing: 'remove' });
  assert(imported.ok && imported.value.applied);
  assert.equal(imported.value.counts.added, MAX_PART_ENTRIES);
  assert.equal((await draft.exportJson()).entries.length, MAX_PART_ENTRIES);
  const more = testEntry('4201-one-more');
  const full = await draft.put(more.id, more, { by: 'wang', reason: '新增', expect: 0 });
  assert(!full.ok);
  assert.equal(full.refusal.code, 'DRAFT_FULL');
  const file = fileOf([more]);
  const refused = await draft.import(file, asked);
  assert(refused.ok && !refused.value.applied);
  assert.equal(refused.value.rows[0]?.faults[0]?.code, 'DRAFT_FULL');
});
