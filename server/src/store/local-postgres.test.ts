import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import pg from 'pg';
import { postgresProcessesIn } from './local-postgres-processes.ts';
import {
  startLocalPostgres,
  type LocalPostgres,
  type LocalPostgresRefusal,
} from './local-postgres.ts';

function killAll(pids: readonly number[]): void {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'tongyu-pg-'));
}

/** A data folder that does not exist yet; whatever runs in it at the end is killed. */
function newDataDir(t: TestContext, name = 'node'): string {
  const parent = temporaryFolder();
  t.after(() => {
    killAll(postgresProcessesIn(path.join(parent, name, 'postgres')));
    rmSync(parent, { recursive: true, force: true });
  });
  return path.join(parent, name);
}

const template = temporaryFolder();

before(async () => {
  const postgres = await start(template);
  await postgres.stop();
});

after(() => {
  rmSync(template, { recursive: true, force: true });
});

/** A data folder whose server has run before: a copy, since initdb takes its time. */
function usedDataDir(t: TestContext): string {
  const dataDir = newDataDir(t);
  cpSync(template, dataDir, { recursive: true });
  chmodSync(path.join(dataDir, 'postgres'), 0o700); // a copy is open to all
  return dataDir;
}

async function start(
  dataDir: string,
  onUnexpectedEnd: () => void = () => undefined,
): Promise<LocalPostgres> {
  const result = await startLocalPostgres({ dataDir, onUnexpectedEnd });
  assert.ok(result.ok, result.ok ? '' : result.refusal.message);
  return result.postgres;
}

async function refusal(dataDir: string): Promise<LocalPostgresRefusal> {
  const result = await startLocalPostgres({ dataDir });
  assert.ok(!result.ok, 'the server must not start');
  return result.refusal;
}

async function query(postgres: LocalPostgres, text: string): Promise<unknown> {
  const client = new pg.Client(postgres.connection);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** Starts a server from a process of its own, which is then killed: the server is an orphan. */
async function leaveOrphan(dataDir: string): Promise<void> {
  const module = JSON.stringify(new URL('local-postgres.ts', import.meta.url).href);
  const program = `
    const { startLocalPostgres } = await import(${module});
    const result = await startLocalPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(result.ok);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGKILL');
  assert.equal(line.toString().trim(), 'true');
  await once(child, 'exit');
}

test('starts, keeps what was written over a stop, and starts again', async (t) => {
  const dataDir = newDataDir(t);
  const first = await start(dataDir);
  assert.equal(first.how, 'started');
  await query(first, 'create table kept as select 7 as n');
  await Promise.all([first.stop(), first.stop()]);
  assert.deepEqual(postgresProcessesIn(path.join(dataDir, 'postgres')), []);
  const second = await start(dataDir);
  assert.equal(await query(second, 'select n from kept'), 7);
  await second.stop();
});

test('is durable, speaks UTF-8 and listens on no network', async (t) => {
  const postgres = await start(usedDataDir(t));
  assert.equal(await query(postgres, 'show fsync'), 'on');
  assert.equal(await query(postgres, 'show synchronous_commit'), 'on');
  assert.equal(await query(postgres, 'show server_encoding'), 'UTF8');
  assert.equal(await query(postgres, 'show listen_addresses'), '');
  assert.equal(await query(postgres, "select length('一码通域')"), 4);
  await postgres.stop();
});

test('reports an end that nobody asked for, and recovers after kill -9', async (t) => {
  const dataDir = usedDataDir(t);
  const { promise: reported, resolve: report } = Promise.withResolvers<undefined>();
  const first = await start(dataDir, () => {
    report(undefined);
  });
  await query(first, 'create table kept as select 7 as n');
  process.kill(first.pid, 'SIGKILL');
  await reported;
  const second = await start(dataDir);
  assert.equal(second.how, 'started');
  assert.equal(await query(second, 'select n from kept'), 7);
  await second.stop();
});

test('starts after kill -9 of every process, which leaves stale lock files', async (t) => {
  const dataDir = usedDataDir(t);
  const cluster = path.join(dataDir, 'postgres');
  const first = await start(dataDir);
  killAll(postgresProcessesIn(cluster));
  assert.ok(existsSync(path.join(cluster, 'postmaster.pid')));
  const second = await start(dataDir);
  assert.notEqual(second.pid, first.pid);
  await second.stop();
});

test('adopts the server that a killed node left running', async (t) => {
  const dataDir = usedDataDir(t);
  await leaveOrphan(dataDir);
  const running = postgresProcessesIn(path.join(dataDir, 'postgres'));
  const adopted = await start(dataDir);
  assert.equal(adopted.how, 'adopted');
  assert.ok(running.includes(adopted.pid));
  await adopted.stop();
  assert.deepEqual(postgresProcessesIn(path.join(dataDir, 'postgres')), []);
});

test('a directory in use is refused and its server goes on', async (t) => {
  const dataDir = usedDataDir(t);
  const postgres = await start(dataDir);
  const { code, message } = await refusal(dataDir);
  assert.equal(code, 'DIRECTORY_IN_USE');
  assert.match(message, /is in use by a running node/);
  assert.equal(await query(postgres, 'select 1'), 1);
  await postgres.stop();
});

test('of two that start at once in an empty directory one is refused', async (t) => {
  const dataDir = newDataDir(t);
  const results = await Promise.all([1, 2].map(() => startLocalPostgres({ dataDir })));
  const codes = results.map((result) => (result.ok ? 'started' : result.refusal.code));
  assert.deepEqual(codes.sort(), ['DIRECTORY_IN_USE', 'started']);
  for (const result of results) if (result.ok) await result.postgres.stop();
});

test('what a killed initdb left is removed, and does not count as a cluster', async (t) => {
  const dataDir = newDataDir(t);
  const left = path.join(dataDir, 'postgres.new-0');
  mkdirSync(left, { recursive: true });
  writeFileSync(path.join(left, 'PG_VERSION'), '18\n');
  const postgres = await start(dataDir);
  assert.deepEqual(readdirSync(dataDir).sort(), ['postgres', 'postgres.log']);
  await postgres.stop();
});

/** Damages to a whole cluster, and what the one sentence must say. */
const damages: readonly (readonly [string, (cluster: string) => void, RegExp])[] = [
  [
    'no version file',
    (cluster) => {
      rmSync(path.join(cluster, 'PG_VERSION'));
    },
    /PG_VERSION is missing.*backup/,
  ],
  [
    'another version',
    (cluster) => {
      writeFileSync(path.join(cluster, 'PG_VERSION'), '16\n');
    },
    /belongs to PostgreSQL '16' and not to 18/,
  ],
  [
    'a control file of zeros',
    (cluster) => {
      writeFileSync(path.join(cluster, 'global/pg_control'), Buffer.alloc(8192));
    },
    /does not start in .*: ./,
  ],
  [
    'lost catalogues',
    (cluster) => {
      rmSync(path.join(cluster, 'base'), { recursive: true });
      mkdirSync(path.join(cluster, 'base'));
    },
    /cannot serve .*: ./,
  ],
];

test('a damaged directory is one sentence, and nothing in it is overwritten', async (t) => {
  for (const [name, damage, sentence] of damages) {
    await t.test(name, async (inner) => {
      const dataDir = usedDataDir(inner);
      const cluster = path.join(dataDir, 'postgres');
      damage(cluster);
      const before = readdirSync(cluster).sort();
      const { code, message } = await refusal(dataDir);
      assert.equal(code, 'DIRECTORY_UNUSABLE');
      assert.match(message, sentence);
      assert.ok(!message.includes('\n'));
      assert.deepEqual(postgresProcessesIn(cluster), []);
      const after = readdirSync(cluster).sort();
      assert.deepEqual(
        after.filter((file) => file !== 'postmaster.opts'),
        before.filter((file) => file !== 'postmaster.opts'),
      );
    });
  }
});

test('a file where the folder should be is one sentence', async (t) => {
  const dataDir = newDataDir(t);
  writeFileSync(dataDir, 'not a folder');
  const { code, message } = await refusal(dataDir);
  assert.equal(code, 'DIRECTORY_UNUSABLE');
  assert.match(message, /cannot be used/);
});

test('a path of 150 bytes, too long for a socket, works', async (t) => {
  const dataDir = newDataDir(t, '长'.repeat(30) + 'x'.repeat(40));
  assert.ok(Buffer.byteLength(dataDir) >= 150);
  const postgres = await start(dataDir);
  assert.equal(await query(postgres, 'select 1'), 1);
  await postgres.stop();
  rmSync(postgres.connection.host, { recursive: true });
});
