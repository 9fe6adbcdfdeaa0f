import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  killAllOf,
  makePlace,
  processesOf,
  run,
  stepLines,
  type Place,
  type Program,
} from './programs.ts';

const steps = [
  'offline-pass',
  'museum-pass',
  'screenshot',
  'second-gate',
  'stale',
  'clock-fast',
  'revoked',
  'neighbour-unaffected',
  'tampered',
  'observer-refused',
  'accession',
  'withdrawal',
  'edition-held-back',
  'edition-published',
  'entry-suspended',
  'entry-restored',
  'senior-fare',
  'sight-concession',
  'member-price',
  'rule-suspended',
  'ceiling-reached',
  'exit-repaired',
  'lines-agree',
  'hub-down',
  'key-rollover',
  'forged-section',
  'gate-kill9',
];

let place: Awaited<ReturnType<typeof makePlace>>;
/** `npm start`, up from the second test to the one that kills it. */
let started: Program;

before(async () => {
  place = await makePlace();
});

after(() => {
  place.remove();
});

async function tellStory(at: Place): Promise<void> {
  const story = run('story', at, ['--json']);
  const code = await story.ended;
  const lines = stepLines(story.stdout());
  const different = lines.filter((line) => !line.ok);
  assert.deepEqual(different, [], story.stderr());
  assert.deepEqual(
    lines.map((line) => line.step),
    steps,
  );
  assert.equal(code, 0);
}

/** Else a start that should be refused, but comes up, would be waited for without end. */
function assertUp(): void {
  assert.ok(started.isUp(), `no region is up:\n${started.stdout()}\n${started.stderr()}`);
}

async function untilNobodyWorks(data: string): Promise<void> {
  for (let i = 0; i < 200 && processesOf(data).length > 0; i++) await sleep(50);
  assert.deepEqual(processesOf(data), []);
}

/** Everything in the folder but what running databases write. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  const walk = (inner: string): void => {
    for (const entry of readdirSync(inner, { withFileTypes: true })) {
      const full = path.join(inner, entry.name);
      if (/postgres|\.log$/.test(entry.name)) continue;
      if (entry.isDirectory()) walk(full);
      else if (entry.isFile()) hash.update(full).update(readFileSync(full));
    }
  };
  walk(folder);
  return hash.digest('hex');
}

test('npm run story on an empty folder: all as expected, nothing else on stdout', async () => {
  await tellStory(place);
  await untilNobodyWorks(place.data);
});

test('npm start on the same data tells the story again, says Ready and stays up', async () => {
  started = run('start', place);
  const text = await started.untilPrinted(/^Ready .*\n(.*\n)*Console links/m);
  for (const step of steps) assert.match(text, new RegExp(`✓ .*\\[${step}\\]`));
  assert.match(text, /^Ready .*\/try/m);
  for (const offset of [1, 2, 3, 4, 5]) {
    assert.match(text, new RegExp(`127.0.0.1:${String(place.port + offset)}/code`));
    assert.match(text, new RegExp(`127.0.0.1:${String(place.port + offset)}/console#enter=`));
  }
});

test('a second start on the same folder is one sentence, and touches nothing', async () => {
  assertUp();
  const was = fingerprint(place.data);
  const second = run('start', { ...place, port: place.port + 10 });
  assert.equal(await second.ended, 1);
  assert.match(second.stderr(), /^Tongyu: .* is in use by a running region \(process \d+\)\.\n$/);
  assert.equal(fingerprint(place.data), was);
});

test('a port in use is one sentence and exit 1, and makes no folder', async () => {
  assertUp();
  const other = path.join(place.data, 'another-region');
  const second = run('start', { data: other, port: place.port });
  assert.equal(await second.ended, 1);
  assert.match(second.stderr(), /^Tongyu: port \d+ is in use: .*\.\n$/);
  assert.throws(() => statSync(other));
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function ask(offset: number, route: string, init: RequestInit = {}): Promise<Answer> {
  const url = `http://127.0.0.1:${String(place.port + offset)}${route}`;
  const answer = await fetch(url, { redirect: 'error', ...init });
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    body: await answer.text(),
  };
}

function post(body: string, type = 'application/json'): RequestInit {
  return { method: 'POST', headers: { 'content-type': type }, body };
}

test('running nodes answer bad requests with problems and nothing more', async () => {
  const deep = `{"taps":${'['.repeat(5000)}${']'.repeat(5000)}}`;
  const cases: readonly [number, string, RequestInit, number][] = [
    [0, '/nowhere', {}, 404],
    [1, '/nowhere', {}, 404],
    [1, '/code', { method: 'DELETE' }, 405],
    [0, '/peer', post('x', 'text/plain'), 415],
    [0, '/peer', post('x', 'application/jose'), 422],
    [0, '/trust/offer?root=-1', {}, 400],
    [1, '/trust/offer?root=1&more=1', {}, 400],
    [1, '/trust/roots/0', {}, 400],
    [1, '/trust/roots/999', {}, 404],
    [1, '/terminal/taps', post('{'), 400],
    [1, '/terminal/taps', post('{"taps":[],"taps":[]}'), 400],
    [1, '/terminal/taps', post(deep), 400],
    [2, '/resident/bind', post('{"proof":{}}'), 400],
    [2, '/resident/pool', post('{"wanted":[],"class":0}'), 401],
    [2, '/resident/status', {}, 401],
    [2, '/%zz', {}, 400],
  ];
  for (const [offset, route, init, status] of cases) {
    const answer = await ask(offset, route, init);
    assert.equal(answer.status, status, `${route} ${answer.body}`);
    assert.match(answer.type, /^application\/problem\+json/, route);
    assert.equal((JSON.parse(answer.body) as { status: number }).status, status);
    assert.doesNotMatch(answer.body, /node_modules|\.ts:|\bat \//);
  }
});

/** Says that a body of this length will come, and sends none of it. */
function announce(offset: number, route: string, type: string, length: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': type, 'content-length': length };
    const port = place.port + offset;
    const request = http.request({ host: '127.0.0.1', port, path: route, method: 'POST', headers });
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => {
        request.destroy();
        const { statusCode = 0, headers: given } = response;
        resolve({ status: statusCode, type: given['content-type'] ?? '', body });
      });
    });
    request.flushHeaders();
  });
}

test('a body beyond its size is refused before it is taken', async () => {
  for (const [offset, route, type, length] of [
    [0, '/peer', 'application/jose', 5_000_000],
    [1, '/terminal/taps', 'application/json', 2_000_000_000],
    [2, '/resident/bind', 'application/json', 5_000],
    [2, '/resident/pool', 'application/json', 100_000],
  ] as const) {
    const answer = await announce(offset, route, type, length);
    assert.equal(answer.status, 413, route);
    assert.match(answer.type, /^application\/problem\+json/);
    assert.match(answer.body, /BODY_TOO_LARGE/);
  }
});

test("nobody reads or changes a node's console without a session", async () => {
  const reads = ['taps', 'exceptions', 'gaps', 'terminals', 'services', 'trust', 'residents/count'];
  for (const route of reads) {
    assert.equal((await ask(1, `/console/api/${route}`)).status, 401, route);
  }
  const writes = [
    'operators',
    'terminals',
    'draft/submit',
    'draft/import',
    'editions/1/sign-off',
    'list/suspensions',
    'root/approve',
    'leave',
    'accession/apply',
    'issuer-key/rollover',
    'issuer-key/replace',
  ];
  const headers = { 'content-type': 'application/json', 'tongyu-csrf': '1' };
  for (const route of writes) {
    const answer = await ask(1, `/console/api/${route}`, { method: 'POST', headers, body: '{}' });
    assert.equal(answer.status, 401, route);
  }
  assert.equal((await ask(0, '/console/api/accessions')).status, 401);
  const propose = { method: 'POST', headers, body: '{}' };
  assert.equal((await ask(0, '/console/api/accessions/4202/propose', propose)).status, 401);
});

test('a console link works once, for its own node only', async () => {
  const text = started.stdout();
  const link = new RegExp(`:${String(place.port + 1)}/console#enter=([A-Za-z0-9_-]+)`).exec(text);
  const body = JSON.stringify({ token: link?.[1] ?? '' });
  const headers = { 'content-type': 'application/json', 'tongyu-csrf': '1' };
  const enter = { method: 'POST', headers, body };
  assert.equal((await ask(2, '/console/enter', enter)).status, 401);
  assert.equal((await ask(1, '/console/enter', enter)).status, 204);
  assert.equal((await ask(1, '/console/enter', enter)).status, 401);
});

test('every node publishes its OpenAPI document, and its pages with their policies', async () => {
  const hub = JSON.parse((await ask(0, '/openapi.json')).body) as { paths: object };
  const city = JSON.parse((await ask(1, '/openapi.json')).body) as { paths: object };
  for (const route of ['/peer', '/trust/offer', '/status.json', '/console/api/accessions']) {
    assert.ok(Object.hasOwn(hub.paths, route), route);
  }
  for (const route of ['/peer', '/resident/pool', '/terminal/taps', '/console/api/taps']) {
    assert.ok(Object.hasOwn(city.paths, route), route);
  }
  for (const [offset, route] of [
    [0, '/'],
    [0, '/console'],
    [1, '/'],
    [1, '/code'],
    [1, '/gate'],
    [1, '/try'],
    [5, '/'],
  ] as const) {
    const url = `http://127.0.0.1:${String(place.port + offset)}${route}`;
    const page = await fetch(url);
    assert.equal(page.status, 200, url);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /[{}]/);
    assert.match(await page.text(), /^<!doctype html>/i);
  }
  assert.match((await ask(0, '/?lang=en')).body, /lang="en"/);
  assert.match((await ask(0, '/?lang=zh-TW')).body, /lang="zh-TW"/);
});

test('after kill -9 of every process the story is told on the same data', async () => {
  assert.ok(killAllOf(place.data) > 6);
  await started.ended;
  await tellStory(place);
  await untilNobodyWorks(place.data);
});

test('nodes do not outlive a starter that is killed with -9', async () => {
  const alone = run('start', place);
  await alone.untilPrinted(/every node holds/);
  alone.child.kill('SIGKILL');
  await alone.ended;
  await untilNobodyWorks(place.data);
});

test('Ctrl-C while the region comes up stops everything and exits 0', async () => {
  const early = run('start', place);
  await early.untilPrinted(/every node holds/);
  early.child.kill('SIGINT');
  early.child.kill('SIGINT');
  assert.equal(await early.ended, 0, early.stderr());
  await untilNobodyWorks(place.data);
});

test('a damaged database is one sentence that names the node, and stays as it is', async () => {
  const version = path.join(place.data, '4301/postgres/PG_VERSION');
  const was = readFileSync(version);
  writeFileSync(version, 'no version\n');
  const broken = run('start', place);
  assert.equal(await broken.ended, 1);
  assert.match(broken.stderr(), /^Tongyu: 长沙 Changsha \(4301\): [^\n]*\.\n$/);
  assert.equal(readFileSync(version, 'utf8'), 'no version\n');
  writeFileSync(version, was);
  await untilNobodyWorks(place.data);
});

test('wrong settings and words are one sentence and exit 2', async () => {
  const cases: readonly [Readonly<Record<string, string>>, readonly string[], RegExp][] = [
    [{ TONGYU_PORT: 'x' }, [], /TONGYU_PORT/],
    [{ TONGYU_MODE: 'live' }, [], /TONGYU_MODE/],
    [{ TONGYU_MODE: 'production' }, [], /each node is started by itself/],
    [{}, ['--clock', 'noon'], /TONGYU_CLOCK/],
    [{}, ['--colour'], /--colour/],
    [{ TONGYU_MODE: 'production' }, ['--clock', '2026-12-31T23:59:50+08:00'], /TONGYU_CLOCK/],
  ];
  const folder = path.join(place.data, 'untouched');
  for (const [env, words, expected] of cases) {
    const wrong = run('story', { data: folder, port: place.port }, words, env);
    assert.equal(await wrong.ended, 2, wrong.stderr());
    assert.match(wrong.stderr(), expected);
    assert.match(wrong.stderr(), /^Tongyu: [^\n]*\.\n$/);
    assert.throws(() => statSync(folder));
  }
});

test('a folder that cannot be one is a sentence and exit 1', async () => {
  const file = path.join(place.data, 'a-file');
  writeFileSync(file, 'mine');
  const wrong = run('start', { data: file, port: place.port });
  assert.equal(await wrong.ended, 1);
  assert.match(wrong.stderr(), /^Tongyu: [^\n]*\.\n$/);
  assert.equal(readFileSync(file, 'utf8'), 'mine');
});
