import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { nodeConfig, type NodeConfig } from '../config.ts';
import { silentLog } from '../ports/log.ts';
import { startLocalPostgres, type LocalPostgres } from '../store/local-postgres.ts';
import { openNodeDatabase } from './open-store.ts';
import { StartRefused } from './start-refused.ts';

let folder: string;
let postgres: LocalPostgres;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tongyu-store-'));
  const started = await startLocalPostgres({ dataDir: path.join(folder, '4201') });
  assert.ok(started.ok);
  postgres = started.postgres;
});

after(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

function configWith(env: Readonly<Record<string, string>>): NodeConfig {
  const read = nodeConfig({ TONGYU_DATA: folder, ...env }, '/', 0, '4201');
  assert.ok(read.ok);
  return read.config;
}

const nothing = (): void => undefined;

test('DATABASE_URL of a node replaces its own server', async () => {
  const { host, user, database } = postgres.connection;
  const url = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
  const config = configWith({ DATABASE_URL_4201: url });
  const opened = await openNodeDatabase(config, [], silentLog, nothing);
  const rows = await opened.database.transaction((tx) =>
    tx
      .$extendTables<{ migration: { room: string } }>()
      .selectFrom('migration')
      .selectAll()
      .execute(),
  );
  assert.deepEqual(rows, []);
  await opened.close();
});

test('a folder that a living node holds is refused with one sentence', async () => {
  await assert.rejects(openNodeDatabase(configWith({}), [], silentLog, nothing), (error) => {
    assert.ok(error instanceof StartRefused);
    assert.match(error.message, /in use by a running node/);
    return true;
  });
});

test('a database that cannot be reached is a sentence without its password', async () => {
  const url = 'postgres://tongyu:secret@127.0.0.1:1/tongyu';
  const config = configWith({ DATABASE_URL_4201: url });
  await assert.rejects(openNodeDatabase(config, [], silentLog, nothing), (error) => {
    assert.ok(error instanceof StartRefused);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
});
