import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSearch, type Search } from '../server/src/search/index.ts';
import type { Row } from './report.ts';
import { fillPlainSearch, type PlainSearch } from './search-postgres.ts';
import {
  hostileQueries,
  PLAIN_KINDS,
  QUERY_KINDS,
  sampleQueries,
  type QueryKind,
  type SampleQuery,
} from './search-queries.ts';
import { sampleRows, seededRandom, type SampleRow } from './search-rows.ts';

const SEED = 20_230_221;
const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const SIZE_OF_GOALS = 100_000;
const EACH_KIND = 60;
const TRIES = 5;

/**
 * Times of single queries go by the clock, each the fastest of five, so that another process's turn
 * is not taken for work of ours; PostgreSQL's too, over its socket.
 */
export async function benchSearch(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of SIZES) {
    const entries = sampleRows(size, SEED);
    const { search, costs } = build(entries);
    const queries = sampleQueries(entries, EACH_KIND, seededRandom(SEED + 1));
    const own = await timesOf(queries, async ({ query }) => search.search(query));
    const all = [...own.values()].flat();
    const ofSize = (name: string, value: number, unit: Row['unit']): Row => ({
      group: `Search of ${size.toLocaleString('en')} entries`,
      name,
      value,
      unit,
    });
    rows.push(
      ofSize('index built, CPU', costs.buildMs, 'ms'),
      ofSize('index held', costs.heldMB, 'MB'),
      ofSize('query, p50', quantile(all, 0.5), 'ms'),
      ofSize('query, p95', quantile(all, 0.95), 'ms'),
    );
    if (size === SIZE_OF_GOALS) rows.push(...(await goalRows(entries, search, queries, own)));
  }
  return rows;
}

type Times = ReadonlyMap<QueryKind, readonly number[]>;

async function goalRows(
  entries: readonly SampleRow[],
  search: Search,
  queries: readonly SampleQuery[],
  own: Times,
): Promise<readonly Row[]> {
  const plain = await fillPlainSearch(entries);
  try {
    const slowest = await slowestMs(entries, search);
    return compare(own, await timesPlain(plain, queries, search), slowest);
  } finally {
    await plain.close();
  }
}

function compare(own: Times, plain: Times, slowest: number): readonly Row[] {
  const group = `Search of ${SIZE_OF_GOALS.toLocaleString('en')} entries beside PostgreSQL`;
  const row = (name: string, value: number, unit: Row['unit'], goal?: number): Row => ({
    group,
    name,
    value,
    unit,
    ...(goal === undefined ? {} : { goal }),
  });
  const plainKinds = [...plain.values()].flat();
  const sameKinds = [...plain.keys()].flatMap((kind) => own.get(kind) ?? []);
  const all = [...own.values()].flat();
  return [
    ...QUERY_KINDS.flatMap((kind) => [
      row(`${kind}, p95`, quantile(own.get(kind) ?? [], 0.95), 'ms'),
      ...(plain.has(kind)
        ? [row(`${kind}, p95, PostgreSQL`, quantile(plain.get(kind) ?? [], 0.95), 'ms')]
        : []),
    ]),
    row('all kinds, p95', quantile(all, 0.95), 'ms', 20),
    row('kinds that PostgreSQL answers, p95, PostgreSQL', quantile(plainKinds, 0.95), 'ms'),
    row('the same kinds, p50 / p50', ratio(sameKinds, plainKinds, 0.5), 'ratio'),
    row('the same kinds, p95 / p95', ratio(sameKinds, plainKinds, 0.95), 'ratio', 2),
    row('all kinds, slips too, p95 / its p95', ratio(all, plainKinds, 0.95), 'ratio', 2),
    row('slowest answer to any hostile query', slowest, 'ms', 100),
  ];
}

function ratio(own: readonly number[], plain: readonly number[], part: number): number {
  return quantile(own, part) / quantile(plain, part);
}

/** Holds the two against each other on the way: they must find as much. */
async function timesPlain(
  plain: PlainSearch,
  queries: readonly SampleQuery[],
  search: Search,
): Promise<Times> {
  const kinds: readonly string[] = PLAIN_KINDS;
  const same = queries.filter(({ kind, query }) => kinds.includes(kind) && query.text !== '');
  for (const { kind, query } of same) {
    const { total } = await plain.search(query);
    const own = search.search(query);
    if (!own.ok) throw new Error(`'${query.text}' was refused: ${own.refusal.code}`);
    // Ours also reads letters as pinyin; PostgreSQL takes pairs that do not touch each other.
    const equal = kind === 'two characters' || kind === 'digits';
    if (equal && own.total !== total) {
      throw new Error(`'${query.text}': ${String(own.total)} here, ${String(total)} there`);
    }
  }
  return timesOf(same, async ({ query }) => plain.search(query));
}

async function timesOf(
  queries: readonly SampleQuery[],
  run: (query: SampleQuery) => Promise<unknown>,
): Promise<Times> {
  const times = new Map<QueryKind, number[]>();
  for (const query of queries) {
    const fastest = await fastestMs(() => run(query));
    times.set(query.kind, [...(times.get(query.kind) ?? []), fastest]);
  }
  return times;
}

async function slowestMs(entries: readonly SampleRow[], search: Search): Promise<number> {
  let slowest = 0;
  for (const text of hostileQueries(entries, seededRandom(SEED + 2))) {
    const run = async (): Promise<unknown> => search.search({ text, offset: 0, limit: 20 });
    slowest = Math.max(slowest, await fastestMs(run));
  }
  return slowest;
}

async function fastestMs(run: () => Promise<unknown>): Promise<number> {
  let fastest = Infinity;
  for (let i = 0; i < TRIES; i++) {
    const before = process.hrtime.bigint();
    await run();
    fastest = Math.min(fastest, Number(process.hrtime.bigint() - before) / 1e6);
  }
  return fastest;
}

type Built = {
  readonly search: Search;
  readonly costs: { readonly buildMs: number; readonly heldMB: number };
};

function build(entries: readonly SampleRow[]): Built {
  const before = heldBytes();
  const cpu = process.cpuUsage();
  const search = createSearch(entries);
  const spent = process.cpuUsage(cpu);
  const heldMB = (heldBytes() - before) / 1e6;
  return { search, costs: { buildMs: (spent.user + spent.system) / 1_000, heldMB } };
}

function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
