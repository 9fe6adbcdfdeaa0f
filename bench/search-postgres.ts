// The same rows and queries in PostgreSQL, as one would write it without a search of one's own:
// a GIN index over pairs of characters and words (trigrams do not index two characters), the
// same spelling rules, name before text, the shorter name first.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentLog } from '../server/src/ports/log.ts';
import { splitRuns, type Run } from '../server/src/search/fold.ts';
import type { SearchQuery, SearchRow } from '../server/src/search/index.ts';
import { openDatabase, type Database } from '../server/src/store/database.ts';
import { startLocalPostgres } from '../server/src/store/local-postgres.ts';

export type PlainSearch = {
  readonly search: (query: SearchQuery) => Promise<{ total: number; ids: readonly string[] }>;
  readonly close: () => Promise<void>;
};

type Client = Awaited<ReturnType<Database['connect']>>;

const TABLE = `
  create table entry (
    id text primary key, party text not null, category text not null, audience text[] not null,
    usable boolean not null, name_length int not null, terms tsvector not null
  )`;

const FILL = `
  insert into entry
  select id, party, category, audience, usable, name_length, array_to_tsvector(terms)
  from jsonb_to_recordset($1) as r(id text, party text, category text, audience text[],
    usable boolean, name_length int, terms text[])`;

const FIND = `
  select id, count(*) over () as total from entry
  where terms @@ $1::tsquery and ($2::text is null or party = $2)
    and ($3::boolean is null or usable = $3)
  order by name_length, id limit $4 offset $5`;

const ROWS_AT_ONCE = 1_000;

export async function fillPlainSearch(rows: readonly SearchRow[]): Promise<PlainSearch> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tongyu-bench-pg-'));
  const settings = { fsync: 'off', shared_buffers: '512MB', work_mem: '64MB' };
  const started = await startLocalPostgres({ dataDir, settings });
  if (!started.ok) throw new Error(started.refusal.message);
  const { connection, stop } = started.postgres;
  const database = await openDatabase({ connection, migrations: [], log: silentLog });
  const client = await database.connect();
  const close = async (): Promise<void> => {
    client.release();
    await database.close();
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { search: await fill(client, rows), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill(client: Client, rows: readonly SearchRow[]): Promise<PlainSearch['search']> {
  await client.query(TABLE);
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const batch = rows.slice(from, from + ROWS_AT_ONCE).map(recordOf);
    await client.query(FILL, [JSON.stringify(batch)]);
  }
  await client.query('create index on entry using gin (terms) with (fastupdate = off)');
  await client.query('create index on entry (party)');
  await client.query('vacuum (analyze) entry');
  return async ({ text, party, usable, limit, offset }) => {
    const terms = queryOf(text);
    const values = [terms, party ?? null, usable ?? null, limit, offset];
    // Named: PostgreSQL parses and plans it once.
    const { rows: found } = await client.query<{ id: string; total: number }>({
      name: 'find',
      text: FIND,
      values,
    });
    return { total: found[0]?.total ?? 0, ids: found.map(({ id }) => id) };
  };
}

function recordOf(row: SearchRow): object {
  return {
    id: row.id,
    party: row.party,
    category: row.category,
    audience: row.audience,
    usable: row.usable,
    name_length: row.zhCN[0]?.length ?? 0,
    terms: lexemesOf([...row.zhCN, ...row.zhTW, ...row.en]),
  };
}

function lexemesOf(texts: readonly string[]): readonly string[] {
  const runs = texts.flatMap((text) => splitRuns(text));
  return [...new Set(runs.flatMap((run) => (run.han ? pairsOf(run.text) : [run.text])))];
}

function pairsOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(1, text.length - 1) }, (_, i) => text.slice(i, i + 2));
}

/** Pairs all of them, words also begun. */
function queryOf(text: string): string {
  const terms = (run: Run): readonly string[] =>
    run.han ? pairsOf(run.text).map((pair) => `'${pair}'`) : [`'${run.text}':*`];
  return splitRuns(text).flatMap(terms).join(' & ');
}
