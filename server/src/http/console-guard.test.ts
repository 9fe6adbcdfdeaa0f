import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { createStaff, type Staff } from '../staff/staff.ts';
import { memoryStaff } from '../store/staff-memory.ts';
import { createMemoryStore } from '../store/node-store.ts';
import { addConsole, needs } from './console-guard.ts';
import { consoleSessions, type ConsoleSessions } from './console-session.ts';
import { createApp, type App } from './create-app.ts';

type Console = {
  readonly app: App;
  readonly sessions: ConsoleSessions;
  readonly staff: Staff;
  now: number;
};

async function makeConsole(): Promise<Console> {
  const rng = systemRng();
  const made = { now: 1_800_000_000 };
  const clock = { now: () => made.now };
  const sessions = consoleSessions(clock, rng);
  const staff = createStaff({ clock, rng }, createMemoryStore(memoryStaff));
  const app = await createApp({
    title: 't',
    version: '0',
    log: silentLog,
    rng,
    strictTransport: false,
  });
  await addConsole(app, { nodeId: '4201', sessions, staff, secure: false }, (scope) => {
    scope.get('/console/api/taps', needs('viewer'), () => ({ taps: [] }));
    scope.post('/console/api/leave', needs('keeper'), ({ account }) => ({ by: account }));
  });
  await app.ready();
  return Object.assign(made, { app, sessions, staff });
}

const csrf = { 'tongyu-csrf': '1' };

async function enter(at: Console, token: string): Promise<{ status: number; cookie: string }> {
  const payload = { token };
  const url = '/console/enter';
  const answer = await at.app.inject({ method: 'POST', url, payload, headers: csrf });
  const header = String(answer.headers['set-cookie'] ?? '');
  return { status: answer.statusCode, cookie: header };
}

async function status(at: Console, method: 'GET' | 'POST', headers: object): Promise<number> {
  const url = method === 'GET' ? '/console/api/taps' : '/console/api/leave';
  return (await at.app.inject({ method, url, headers: { ...headers } })).statusCode;
}

test('a one-time link opens a session once; its cookie is strict and names the node', async () => {
  const at = await makeConsole();
  const token = at.sessions.issueEntry();
  const first = await enter(at, token);
  assert.equal(first.status, 204);
  assert.match(first.cookie, /^tongyu-4201-console=[A-Za-z0-9_-]{43};/);
  assert.match(first.cookie, /HttpOnly/);
  assert.match(first.cookie, /SameSite=Strict/);
  assert.equal((await enter(at, token)).status, 401);
  assert.equal((await enter(at, 'x'.repeat(43))).status, 401);
  await at.app.close();
});

test('nothing under the console answers without a session', async () => {
  const at = await makeConsole();
  assert.equal(await status(at, 'GET', {}), 401);
  assert.equal(await status(at, 'POST', csrf), 401);
  const forged = { cookie: `tongyu-4201-console=${'A'.repeat(43)}` };
  assert.equal(await status(at, 'GET', forged), 401);
  await at.app.close();
});

test('a request that changes something needs what other origins cannot send', async () => {
  const at = await makeConsole();
  const { cookie } = await enter(at, at.sessions.issueEntry());
  const session = { cookie: cookie.split(';')[0] ?? '' };
  assert.equal(await status(at, 'GET', session), 200);
  assert.equal(await status(at, 'POST', session), 403);
  assert.equal(await status(at, 'POST', { ...session, ...csrf }), 200);
  await at.app.close();
});

test('a session ends on leaving, after an idle hour, and after 12 hours', async () => {
  const at = await makeConsole();
  const open = async (): Promise<{ cookie: string }> => {
    const { cookie } = await enter(at, at.sessions.issueEntry());
    return { cookie: cookie.split(';')[0] ?? '' };
  };
  const left = await open();
  const headers = { ...left, ...csrf };
  await at.app.inject({ method: 'POST', url: '/console/leave', headers });
  assert.equal(await status(at, 'GET', left), 401);

  const idle = await open();
  at.now += 3600;
  assert.equal(await status(at, 'GET', idle), 401);

  const busy = await open();
  for (let hour = 0; hour < 12; hour++) {
    at.now += 3590;
    assert.equal(await status(at, 'GET', busy), 200);
  }
  at.now += 130;
  assert.equal(await status(at, 'GET', busy), 401);
  await at.app.close();
});

test('an entry link is too old after a day', async () => {
  const at = await makeConsole();
  const token = at.sessions.issueEntry();
  at.now += 86_400;
  assert.equal((await enter(at, token)).status, 401);
  await at.app.close();
});

test('a token opens its account’s session, which may do what its roles say', async () => {
  const at = await makeConsole();
  const made = await at.staff.create('admin', 'wang', ['editor']);
  assert(made.ok);
  const { status: entered, cookie } = await enter(at, made.value.token);
  assert.equal(entered, 204);
  const headers = { cookie: cookie.split(';')[0] ?? '', ...csrf };
  assert.equal(await status(at, 'GET', headers), 200);
  const answer = await at.app.inject({ method: 'POST', url: '/console/api/leave', headers });
  assert.equal(answer.statusCode, 403);
  const { code, needed } = answer.json<{ code: string; needed: string }>();
  assert.deepEqual([code, needed], ['ROLE_MISSING', 'keeper']);
  assert.equal((await enter(at, made.value.token)).status, 204, 'a token may be used again');
  await at.app.close();
});

test('who is disabled does nothing from that moment on, in open sessions too', async () => {
  const at = await makeConsole();
  const made = await at.staff.create('admin', 'li', ['keeper']);
  assert(made.ok);
  const { cookie } = await enter(at, made.value.token);
  const headers = { cookie: cookie.split(';')[0] ?? '', ...csrf };
  const answer = await at.app.inject({ method: 'POST', url: '/console/api/leave', headers });
  assert.deepEqual(answer.json(), { by: 'li' });
  await at.staff.disable('admin', 'li');
  assert.equal(await status(at, 'POST', headers), 401);
  assert.equal((await enter(at, made.value.token)).status, 401);
  await at.app.close();
});

test('a console route that states no role cannot be added', async () => {
  const at = await makeConsole();
  const { sessions, staff } = at;
  const app = await createApp({
    title: 't',
    version: '0',
    log: silentLog,
    rng: systemRng(),
    strictTransport: false,
  });
  const adding = addConsole(app, { nodeId: '4201', sessions, staff, secure: false }, (scope) => {
    scope.get('/console/api/open-to-all', () => ({}));
  });
  await assert.rejects(adding, /open-to-all states no role/);
  await at.app.close();
});
