import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addConsole, consoleCookie } from '../http/console-guard.ts';
import { consoleSessions, type ConsoleSessions } from '../http/console-session.ts';
import { createApp, type App } from '../http/create-app.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { createMemoryStore } from '../store/node-store.ts';
import { memoryStaff } from '../store/staff-memory.ts';
import { addStaffConsole } from './staff-routes.ts';
import { createStaff } from './staff.ts';

let app: App;
let sessions: ConsoleSessions;

before(async () => {
  const rng = systemRng();
  const clock = { now: () => 1_800_000_000 };
  sessions = consoleSessions(clock, rng);
  const staff = createStaff({ clock, rng }, createMemoryStore(memoryStaff), (_tx, id) =>
    Promise.resolve(id === '4201-metro'),
  );
  app = await createApp({ title: 't', version: '0', log: silentLog, rng, strictTransport: false });
  await addConsole(app, { nodeId: '4201', sessions, staff, secure: false }, (scope) => {
    addStaffConsole(scope, staff);
  });
  await app.ready();
});
after(() => app.close());

async function call(
  account: string,
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const cookie = `${consoleCookie('4201')}=${sessions.open(account)}`;
  const answer = await app.inject({
    ...{ method, url: `/console/api/${url}`, headers: { cookie, 'tongyu-csrf': '1' } },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, json: answer.json() };
}

test('an account is made for an operator, and says of whom it is', async () => {
  const of = { name: 'metro-li', roles: ['viewer'], operator: '4201-metro' };
  const made = await call('admin', 'POST', 'staff', of);
  assert.equal(made.status, 200);
  assert.match(String(made.json['token']), /^[A-Za-z0-9_-]{43}$/);
  const me = await call('metro-li', 'GET', 'me');
  assert.deepEqual(me.json, { name: 'metro-li', roles: ['viewer'], operator: '4201-metro' });
  const closed = await call('metro-li', 'GET', 'staff');
  assert.deepEqual([closed.status, closed.json['code']], [403, 'OPERATOR_ACCOUNT']);
  const { json } = await call('admin', 'GET', 'staff');
  const accounts = json['accounts'] as { name: string; operator: string | null }[];
  assert.deepEqual(
    accounts.map(({ name, operator }) => [name, operator]),
    [
      ['admin', null],
      ['metro-li', '4201-metro'],
    ],
  );
});

test('without an operator, or with none, an account is the city’s own', async () => {
  for (const [name, more] of [
    ['wang', {}],
    ['chen', { operator: null }],
  ] as const) {
    const made = await call('admin', 'POST', 'staff', { name, roles: ['keeper'], ...more });
    assert.equal(made.status, 200);
    const { json } = await call(name, 'GET', 'me');
    assert.equal(json['operator'], null);
  }
});

test('an unknown operator, more than reading and editing, odd bodies: all refused', async () => {
  const ask = async (more: object): Promise<readonly unknown[]> => {
    const body = { name: 'odd', roles: ['viewer'], ...more };
    const { status, json } = await call('admin', 'POST', 'staff', body);
    return [status, json['code']];
  };
  assert.deepEqual(await ask({ operator: '4201-none' }), [422, 'OPERATOR_UNKNOWN']);
  const keeper = { operator: '4201-metro', roles: ['viewer', 'keeper'] };
  assert.deepEqual(await ask(keeper), [422, 'OPERATOR_ROLES']);
  for (const operator of ['', 'metro', 7, ['4201-metro'], "4201-metro'--"]) {
    assert.equal((await ask({ operator }))[0], 400, JSON.stringify(operator));
  }
});
