import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answerGroup, claimOf, priceGroup, type GroupFacts, type GroupTap } from '@tongyu/domain';
import { lineText, type Entry, type JourneyLine, type ZoneTariff } from '@tongyu/protocol';
import { silentLog } from '../server/src/ports/log.ts';
import { openDatabase, type Database } from '../server/src/store/database.ts';
import { startLocalPostgres } from '../server/src/store/local-postgres.ts';
import { headContent, words } from '../tools/vectors/catalogue-region.ts';
import { at, DAY, GROUP, price, rule, service, share } from '../tools/vectors/journey-region.ts';
import { copyIn } from './copy-in.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const TITLE = 'Journeys: pairing and pricing, beside a raw COPY of the same lines into PostgreSQL';
const TAPS = 1_000_000;
const FEW_TAPS = 10_000;
/** Ours and COPY take turns, so that other work on the machine falls on both. */
const TURNS = 20;
const STOPS = 300;

type Client = Awaited<ReturnType<Database['connect']>>;

/**
 * A city's day: riders with four to seven taps each, two rides through the gates of a metro of 300
 * stops, buses in between, one in five a senior, some with an exit lost or a tap twice.
 */
export async function benchJourneys(): Promise<readonly Row[]> {
  const groups = groupsOf(TAPS);
  const few = groups.slice(0, Math.ceil((groups.length * FEW_TAPS) / TAPS));
  for (let i = 0; i < 20; i++) priceAll(few);
  const usOfFew = median(Array.from({ length: 9 }, () => perTap(few)));
  const usOfMany = median(Array.from({ length: 3 }, () => perTap(groups)));
  const turns = await withPostgres((client) => takeTurns(client, groups));
  const { lines, priceMs, textMs, copyMs, answerMs, bytes, priceCpuMs, copyCpuMs } = turns;
  const perSecond = (ms: number): number => (1_000 * lines) / ms;
  const row = (name: string, value: number, unit: Row['unit']): Row => ({
    ...{ group: TITLE, name, value, unit },
  });
  return [
    row('10,000 taps, CPU of each', usOfFew, 'us'),
    row('1,000,000 taps, CPU of each', usOfMany, 'us'),
    { ...row('1,000,000 / 10,000 taps, each', usOfMany / usOfFew, 'ratio'), goal: 1.5 },
    row('bytes of a line', bytes / lines, 'bytes'),
    row('lines paired and priced', perSecond(priceMs), 'per s'),
    row('the same and spelled', perSecond(priceMs + textMs), 'per s'),
    row('answered by the home city', perSecond(answerMs), 'per s'),
    row('lines by raw COPY', perSecond(copyMs), 'per s'),
    {
      ...row('paired and priced / raw COPY', copyMs / priceMs, 'ratio'),
      ...{ goal: 0.3, goalIsMinimum: true },
    },
    {
      ...row('the same by CPU, of COPY both ends', copyCpuMs / priceCpuMs, 'ratio'),
      ...{ goal: 0.3, goalIsMinimum: true },
    },
    row('paired, priced and spelled / raw COPY', copyMs / (priceMs + textMs), 'ratio'),
  ];
}

type Turns = Readonly<
  Record<
    'lines' | 'priceMs' | 'priceCpuMs' | 'textMs' | 'copyMs' | 'copyCpuMs' | 'answerMs' | 'bytes',
    number
  >
>;

async function takeTurns(client: Client, groups: readonly GroupFacts[]): Promise<Turns> {
  const times = { priceMs: 0, priceCpuMs: 0, textMs: 0, copyMs: 0, copyCpuMs: 0, answerMs: 0 };
  const sum = { ...times, lines: 0, bytes: 0 };
  const { rows: pids } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const serverCpuMs = (): number => cpuMsOf(pids[0]?.pid ?? 0);
  const length = Math.ceil(groups.length / TURNS);
  for (let turn = 0; turn < TURNS; turn++) {
    const some = groups.slice(turn * length, (turn + 1) * length);
    let lines: readonly JourneyLine[] = [];
    let texts: readonly string[] = [];
    const before = ownCpuMs();
    sum.priceMs += await timed(() => {
      lines = some.flatMap((facts) => priceGroup(facts).lines);
    });
    sum.priceCpuMs += ownCpuMs() - before;
    sum.textMs += await timed(() => {
      texts = lines.map(lineText);
    });
    const claims = some.map((facts) => ({ facts, claim: claimOf(facts, priceGroup(facts), 1) }));
    sum.answerMs += await timed(() => {
      for (const { claim, facts } of claims) answerGroup(claim, facts);
    });
    const rows = Buffer.from(
      lines.map(({ journey }, i) => `${journey}\t${texts[i] ?? ''}\n`).join(''),
    );
    const idle = ownCpuMs() + serverCpuMs();
    sum.copyMs += await timed(() => copyIn(client, 'line', rows));
    sum.copyCpuMs += ownCpuMs() + serverCpuMs() - idle;
    sum.lines += lines.length;
    sum.bytes += rows.length;
  }
  const { rows: found } = await client.query<{ n: string }>('select count(*) as n from line');
  if (Number(found[0]?.n) !== sum.lines) throw new Error('the table lacks lines');
  return sum;
}

async function withPostgres<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tongyu-bench-pg-'));
  const started = await startLocalPostgres({ dataDir });
  if (!started.ok) throw new Error(started.refusal.message);
  const { connection, stop } = started.postgres;
  const database = await openDatabase({ connection, migrations: [], log: silentLog });
  const client = await database.connect();
  try {
    await client.query('create table line (journey text not null, text text not null)');
    return await work(client);
  } finally {
    client.release();
    await database.close();
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const MS_PER_TICK = 10;

/** User and system time of another process, as Linux counts it: in hundredths of a second. */
function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return MS_PER_TICK * (Number(fields[11]) + Number(fields[12]));
}

async function timed(work: () => unknown): Promise<number> {
  const before = process.hrtime.bigint();
  const result = work();
  if (result instanceof Promise) await result;
  return Number(process.hrtime.bigint() - before) / 1e6;
}

let paid = 0;

function priceAll(groups: readonly GroupFacts[]): void {
  for (const facts of groups) {
    for (const { riderFen } of priceGroup(facts).lines) paid += riderFen;
  }
}

function perTap(groups: readonly GroupFacts[]): number {
  const before = process.cpuUsage();
  priceAll(groups);
  const { user, system } = process.cpuUsage(before);
  if (paid === 0) throw new Error('nobody paid anything');
  return (user + system) / groups.reduce((sum, { taps }) => sum + taps.length, 0);
}

const stopName = (number: number): string => `s${String(number % STOPS)}`;

const metroTariff: ZoneTariff = {
  kind: 'zones',
  stops: Array.from({ length: STOPS }, (_, i) => ({
    ...{ id: stopName(i), name: words(stopName(i)), zone: i % 20 },
  })),
  pricesFen: [200, 300, 300, 400, 400, 500, 500, 600, 700],
};
const rules = [
  rule('child', { class: 4, benefit: price(0) }),
  rule('senior-65', { benefit: share(500) }),
  rule('member', { class: 0, benefit: share(950), funder: { kind: 'operator' } }),
];
const reductions: Entry['reductions'] = [
  { kind: 'transfer', withinMinutes: 30, lessFen: 100, funder: 'operator' },
  { kind: 'daily-cap', capFen: 1_800, funder: 'host' },
];
const entries: Readonly<Record<string, Entry>> = {
  '4201-metro': service('metro', { tariff: metroTariff, rules, reductions }),
  '4201-bus': service('bus', { tariff: { kind: 'flat', priceFen: 200 }, rules, reductions }),
};
const head = headContent();

function termsOf(tap: GroupTap): ReturnType<GroupFacts['terms']> {
  const entry = entries[tap.service];
  return entry && { entry, head, headThen: head };
}

/** As many groups as have so many taps; the terminals count their taps, as real ones do. */
function groupsOf(taps: number): readonly GroupFacts[] {
  const groups: GroupFacts[] = [];
  const counts = new Map<string, number>();
  const make = (rider: number, name: string, direction: GroupTap['direction'], time: number) => {
    const stop = direction === 'single' ? null : stopName(rider * 7 + time);
    const terminal = `4201-${name}-${String(rider % 997)}`;
    const number = (counts.get(terminal) ?? 0) + 1;
    counts.set(terminal, number);
    const tap: GroupTap = {
      ...{ id: `${terminal}/${number}`, time, service: `4201-${name}`, direction, stop },
      ...{ operator: '4201-transit-co', class: rider % 5 === 0 ? 2 : 0, shownFen: 700 },
      ...{ edition: 3, head: head.number, carried: false },
    };
    return tap;
  };
  for (let made = 0, rider = 0; made < taps; rider++) {
    const morning = at('07:00') + ((rider * 37) % 7_200);
    const evening = at('17:00') + ((rider * 61) % 7_200);
    const own = [
      make(rider, 'metro', 'exit', evening + 1_500),
      make(rider, 'metro', 'entry', morning),
      ...(rider % 10 === 3 ? [] : [make(rider, 'metro', 'exit', morning + 1_800)]),
      make(rider, 'bus', 'single', morning + 2_400),
      make(rider, 'metro', 'entry', evening),
      ...(rider % 20 === 7 ? [make(rider, 'metro', 'entry', evening + 30)] : []),
      ...(rider % 3 === 0 ? [make(rider, 'bus', 'single', evening + 2_000)] : []),
    ];
    made += own.length;
    groups.push({
      ...{ host: '4201', home: '4301', key: rider.toString(16).padStart(32, '0') },
      ...{ fareGroup: GROUP, day: DAY, taps: own, repairs: [], asOf: at('30:00') },
      ...{ terms: termsOf, ceilingLeft: () => Number.MAX_SAFE_INTEGER },
    });
  }
  return groups;
}
