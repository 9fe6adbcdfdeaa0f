import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SmallRegion } from './testing/small-region.ts';
import { startCityServer, type CityServer } from './testing/city-server.ts';

const PROGRAM = fileURLToPath(new URL('main.ts', import.meta.url));
const SEED = new Uint8Array(16).fill(7);
const base = mkdtempSync(path.join(os.tmpdir(), 'tongyu-gate-'));
const now = (): number => Math.floor(Date.now() / 1000);
const region = await SmallRegion.found(now());
const children = new Set<ChildProcess>();
const cities: CityServer[] = [];

after(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const city of cities) await city.close();
  rmSync(base, { recursive: true, force: true });
});

async function openCity(): Promise<CityServer> {
  const city = await startCityServer(region);
  cities.push(city);
  return city;
}

type Gate = {
  ask(line: string): Promise<Record<string, unknown>>;
  end(signal?: NodeJS.Signals): Promise<number | null>;
  stderr(): string;
  readonly exited: Promise<number | null>;
};

function gateWords(city: CityServer, folder: string, more: readonly string[] = []): string[] {
  return [
    ...['--data', path.join(base, folder), '--city', city.url],
    ...['--terminal', '4201-gate-1', '--service', '4201-metro'],
    ...['--key', path.join(base, folder, 'key.pem'), '--pin', region.pin],
    // Only on command, so that the tests know when.
    ...['--sync-seconds', '3600', ...more],
  ];
}

function run(words: readonly string[]): Gate {
  const child = spawn(process.execPath, [PROGRAM, ...words]);
  children.add(child);
  const waiting: ((answer: Record<string, unknown>) => void)[] = [];
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    complaint += part;
  });
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.(JSON.parse(line) as Record<string, unknown>);
  });
  const exited = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      children.delete(child);
      resolve(code);
    });
  });
  return {
    ask: (line) =>
      new Promise((resolve, reject) => {
        waiting.push(resolve);
        child.stdin.write(`${line}\n`);
        void exited.then(() => {
          reject(new Error(`the gate ended: ${complaint}`));
        });
      }),
    end: (signal) => {
      if (signal === undefined) child.stdin.end();
      else child.kill(signal);
      return exited;
    },
    stderr: () => complaint,
    exited,
  };
}

async function freshCode(index: number): Promise<string> {
  const moment = now();
  return (await region.pass('4301', moment, SEED, { index })).code(moment);
}

void test('scans, kill -9, start again: nothing is lost and every tap arrives once', async () => {
  const city = await openCity();
  const words = gateWords(city, 'kill', ['--debounce-seconds', '0']);
  const gate = run(words);
  assert.equal((await gate.ask('!sync'))['bundleVersion'], 1);
  const code = await freshCode(0);
  const first = await gate.ask(code);
  assert.equal(first['verdict'], 'pass');
  assert.equal(first['priceFen'], 400);
  assert.equal(first['tap'], 1);
  city.isCut = true;
  assert.equal((await gate.ask(await freshCode(1)))['verdict'], 'pass');
  assert.deepEqual(await gate.ask('!upload'), {
    command: 'upload',
    ok: false,
    error: 'CITY_AWAY',
  });
  await gate.end('SIGKILL');

  city.isCut = false;
  const again = run(words);
  assert.equal((await again.ask(code))['refusal'], 'ALREADY_USED');
  city.losesAnswers = true;
  assert.equal((await again.ask('!upload'))['ok'], false);
  await again.end('SIGKILL');

  city.losesAnswers = false;
  const third = run(words);
  await third.ask('!upload');
  const status = await third.ask('!status');
  assert.equal(status['pending'], 0);
  assert.deepEqual(status['refused'], []);
  assert.deepEqual([...city.taps.keys()], [1, 2, 3]);
  assert.equal(await third.end(), 0);
});

void test('the gate says who it is when it asks, and its key is for its owner only', async () => {
  const city = await openCity();
  const gate = run(gateWords(city, 'identity'));
  await gate.ask('!sync');
  await gate.ask('!sync');
  const { key } = (await gate.ask('!status')) as { key?: { keyId: number; alg: string } };
  assert.equal(key?.keyId, 1);
  assert.equal(key.alg, 'ES256');
  assert.match(city.terminalHeaders[0] ?? '', /^4201-gate-1\.\d+\.[A-Za-z0-9_-]{86}$/);
  assert.equal(
    city.syncPaths.at(-1),
    '/terminal/sync?root=1&bundle=1&lists=3401.1,3601.1,4201.1,4301.1&used=0',
  );
  const mode = statSync(path.join(base, 'identity', 'key.pem')).mode & 0o777;
  assert.equal(mode, 0o600);
  assert.equal(await gate.end('SIGTERM'), 0);
});

void test('answers come in the order of the lines, and odd lines get one too', async () => {
  const city = await openCity();
  const gate = run(gateWords(city, 'order'));
  const answers = await Promise.all([
    gate.ask('!sync'),
    gate.ask('x'.repeat(100_000)),
    gate.ask('!assist no-phone'),
    gate.ask('!assist because'),
    gate.ask('!open'),
  ]);
  assert.equal(answers[0]['ok'], true);
  assert.equal(answers[1]['refusal'], 'MALFORMED');
  assert.equal(answers[2]['verdict'], 'pass');
  assert.equal(answers[3]['error'], 'REASON_UNKNOWN');
  assert.equal(answers[4]['error'], 'COMMAND_UNKNOWN');
  assert.equal(await gate.end(), 0);
});

void test('a wrong pin, a used folder or a damaged file ends in one sentence', async () => {
  const city = await openCity();
  const words = gateWords(city, 'damaged');
  const gate = run(words);
  await gate.ask('!sync');
  const second = run(words);
  assert.equal(await second.exited, 1);
  assert.match(second.stderr(), /in use by another process\.\n$/);
  await gate.end();

  const otherPin = run([...words, '--pin', 'a'.repeat(64)]);
  assert.equal(await otherPin.exited, 1);
  assert.match(otherPin.stderr(), /the trust of another root/);

  const file = path.join(base, 'damaged', 'terminal.db');
  const bytes = readFileSync(file).fill(0x5a, 4096);
  writeFileSync(file, bytes);
  const broken = run(words);
  assert.equal(await broken.exited, 1);
  assert.match(broken.stderr(), /^[^\n]+is damaged; it was left as it is[^\n]+\n$/);
  assert.deepEqual(readFileSync(file), bytes);
});

const WRONG_OPTIONS: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['a missing option', ['--data', 'x'], /^--city is missing\.\n$/],
  ['an unknown option', ['--colour', 'red'], /--colour/],
  [
    'a wrong terminal id',
    ['--data', 'x', '--city', 'http://a', '--terminal', 'GATE'],
    /4201-gate-1/,
  ],
  ['a wrong city', ['--data', 'x', '--city', 'ftp://a'], /^--city must be an address/],
];

for (const [name, words, sentence] of WRONG_OPTIONS) {
  void test(`${name} ends in one sentence and exit code 2`, async () => {
    const gate = run(words);
    assert.equal(await gate.exited, 2);
    assert.match(gate.stderr(), sentence);
  });
}

void test('through the proxy the gate reaches its city, and without it nothing', async () => {
  const city = await openCity();
  const { host } = new URL(city.url);
  const away = ['--city', 'http://city.invalid'];
  const gate = run([...gateWords(city, 'proxy'), ...away, '--proxy', host]);
  assert.equal((await gate.ask('!sync'))['ok'], true);
  await gate.end();
  const cut = run([...gateWords(city, 'proxy'), ...away, '--proxy', '127.0.0.1:1']);
  assert.equal((await cut.ask('!sync'))['error'], 'CITY_AWAY');
  assert.equal((await cut.ask(await freshCode(3)))['verdict'], 'pass');
  await cut.end();
});
