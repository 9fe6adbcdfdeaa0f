import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { silentLog } from '../ports/log.ts';
import { openDatabase, type Database, type DatabaseTransaction } from './database.ts';
import type { Migration } from './migrations.ts';
import { startTestPostgres, type TestPostgres } from './test-postgres.ts';

const first: Migration = {
  room: 'trust',
  number: 1,
  name: 'counters',
  sql: 'create table counter (name text primary key, value bigint not null);',
};
const second: Migration = {
  room: 'trust',
  number: 2,
  name: 'a first counter',
  sql: `insert into counter values ('a', 9007199254740991); insert into counter values ('b', 0);`,
};

let postgres: TestPostgres;
before(async () => {
  postgres = await startTestPostgres();
});
after(() => postgres.stop());

const open = (migrations: readonly Migration[]): Promise<Database> =>
  openDatabase({ connection: postgres.connection, migrations, log: silentLog });

test('migrations run once each, in order, and bigints come as numbers', async () => {
  await (await open([first])).close();
  const database = await open([second, first]);
  const values = await database.transaction(async (tx) => {
    const { rows } = await sql<{ value: number }>`select value from counter order by name`.execute(
      tx,
    );
    return rows.map((row) => row.value);
  });
  assert.deepEqual(values, [9007199254740991, 0]);
  await database.close();
  await database.close();
});

test('a database newer than the program, or made by other steps, is refused', async () => {
  await assert.rejects(open([first]), { name: 'MigrationMismatch', message: /newer/ });
  await assert.rejects(open([first, { ...second, sql: 'select 1' }]), /not the one/);
});

test('a failed transaction leaves nothing', async () => {
  const database = await open([first, second]);
  const add = database.transaction(async (tx) => {
    await sql`update counter set value = 7 where name = 'b'`.execute(tx);
    throw new Error('stop');
  });
  await assert.rejects(add, /stop/);
  await database.transaction(async (tx) => {
    const { rows } = await sql<{
      value: number;
    }>`select value from counter where name = 'b'`.execute(tx);
    assert.equal(rows[0]?.value, 0);
  });
  await database.close();
});

test('20 transactions that read and write the same row at once all count', async () => {
  const database = await open([first, second]);
  const increment = (): Promise<void> =>
    database.transaction(async (tx) => {
      const { rows } = await sql<{
        value: number;
      }>`select value from counter where name = 'b'`.execute(tx);
      const value = (rows[0]?.value ?? 0) + 1;
      await sql`update counter set value = ${value} where name = 'b'`.execute(tx);
    });
  await Promise.all(Array.from({ length: 20 }, increment));
  const total = await database.transaction(async (tx) => {
    const { rows } = await sql<{
      value: number;
    }>`select value from counter where name = 'b'`.execute(tx);
    return rows[0]?.value;
  });
  assert.equal(total, 20);
  await database.close();
});

test('a read sees one picture and cannot write', async () => {
  const database = await open([first, second]);
  const read = (tx: DatabaseTransaction): Promise<{ rows: { value: number }[] }> =>
    sql<{ value: number }>`select value from counter where name = 'b'`.execute(tx);
  await database.read(async (tx) => {
    const before = (await read(tx)).rows[0]?.value;
    await database.transaction(async (other) => {
      await sql`update counter set value = value + 1 where name = 'b'`.execute(other);
    });
    assert.equal((await read(tx)).rows[0]?.value, before);
  });
  const write = database.read((tx) => sql`update counter set value = 0`.execute(tx));
  await assert.rejects(write, /read-only/);
  await database.close();
});
