import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { documentText, slotOf, toBase64Url, type TrustOffer } from '@tongyu/protocol';
import { generateSigner } from '../crypto/sign.ts';
import { addConsole } from '../http/console-guard.ts';
import { consoleSessions } from '../http/console-session.ts';
import { createApp, type App } from '../http/create-app.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { createStaff } from '../staff/staff.ts';
import { createMemoryStore } from '../store/node-store.ts';
import { memoryStaff } from '../store/staff-memory.ts';
import {
  bindRequest,
  bindTestPhone,
  hashOf,
  makeTap,
  newDeviceKeys,
  NOON,
  phoneHeader,
  registerTestTerminal,
  showCode,
  testRegion,
  type TestCity,
  type TestPhone,
  type TestRegion,
} from './city-fixture.ts';
import { addCityConsole, addCityRoutes } from './routes.ts';
import { terminalRequestInput } from './terminal-request.ts';

let region: TestRegion;
let wuhan: TestCity;
let app: App;
let session: string;

const noTrust: TrustOffer = {
  roots: [],
  bundle: null,
  revokingSections: [],
  times: [],
  lists: [],
  used: [],
  usedCursor: '',
};

before(async () => {
  region = await testRegion();
  wuhan = region.city('4201');
  const rng = systemRng();
  app = await createApp({ title: 't', version: '1', log: silentLog, rng, strictTransport: false });
  await addCityRoutes(app, wuhan.city, { offer: () => Promise.resolve(noTrust) });
  const clock = { now: () => region.now };
  const sessions = consoleSessions(clock, rng);
  const staff = createStaff({ clock, rng }, createMemoryStore(memoryStaff));
  await addConsole(app, { nodeId: '4201', sessions, staff, secure: false }, (scope) => {
    addCityConsole(scope, wuhan.city);
  });
  session = sessions.enter(sessions.issueEntry()) ?? '';
});
after(() => app.close());

type Answer = { readonly status: number; readonly type: string; readonly json: never };

async function call(
  method: 'GET' | 'POST',
  url: string,
  payload?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const answer = await app.inject({
    method,
    url,
    ...(payload === undefined ? {} : { payload: body }),
    headers: {
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  const type = String(answer.headers['content-type']);
  const json = (answer.body === '' ? null : JSON.parse(answer.body)) as never;
  return { status: answer.statusCode, type, json };
}

function asStaff(method: 'GET' | 'POST', url: string, payload?: unknown): Promise<Answer> {
  const headers = { cookie: `tongyu-4201-console=${session}`, 'tongyu-csrf': '1' };
  return call(method, url, payload, headers);
}

let nonceCount = 0;
function asPhone(
  phone: TestPhone,
  method: 'GET' | 'POST',
  path: string,
  payload?: unknown,
  time = region.now,
): Promise<Answer> {
  const body = payload === undefined ? '' : JSON.stringify(payload);
  const nonce = `nonce-${String(++nonceCount).padStart(6, '0')}`;
  const header = phoneHeader(phone, { method, path, bodyHash: hashOf(body) }, time, nonce);
  return call(method, path, payload, { 'tongyu-phone': header });
}

function isProblem(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status);
  assert.match(answer.type, /^application\/problem\+json/);
  assert.equal((answer.json as { code: string }).code, code);
}

test('a phone is offered personas, binds, fetches passes and reads its status', async () => {
  const personas = await call('GET', '/resident/personas');
  const list = personas.json as { id: string; note: string }[];
  assert.equal(list.length, 6);
  assert(list.every((persona) => persona.note.startsWith('synthetic')));
  assert(!JSON.stringify(list).includes('idNumber'));
  const key = generateSigner('ES256');
  const bound = await call('POST', '/resident/bind', bindRequest('4201', 'adult', key, region.now));
  assert.equal(bound.status, 200);
  const { phoneId } = bound.json as { phoneId: string };
  const phone: TestPhone = { phoneId, key, devices: new Map() };
  const wanted = [{ ...slotOf(NOON), deviceKeys: newDeviceKeys(phone, 2) }];
  const pool = await asPhone(phone, 'POST', '/resident/pool', { wanted, class: 0 });
  assert.equal(pool.status, 200);
  assert.equal((pool.json as { passes: unknown[] }).passes.length, 2);
  const status = await asPhone(phone, 'GET', '/resident/status');
  const { phones, revoked } = status.json as { phones: { thisPhone: boolean }[]; revoked: boolean };
  assert.equal(revoked, false);
  assert(phones.some((entry) => entry.thisPhone));
  const unbound = await asPhone(phone, 'POST', '/resident/unbind');
  assert.equal(unbound.status, 200);
  isProblem(
    await asPhone(phone, 'POST', '/resident/pool', { wanted, class: 0 }),
    403,
    'PHONE_REVOKED',
  );
});

test('a wrong clock is told the node’s time; a changed body is not the phone’s', async () => {
  const phone = await bindTestPhone(region, wuhan, 'student');
  const late = await asPhone(phone, 'GET', '/resident/status', undefined, region.now + 600);
  isProblem(late, 401, 'PHONE_CLOCK');
  assert.equal((late.json as { serverTime: number }).serverTime, region.now);
  const body = { wanted: [], class: 0 };
  const request = { method: 'POST', path: '/resident/pool', bodyHash: hashOf('{}') } as const;
  const header = phoneHeader(phone, request, region.now, 'nonce-changed');
  const changed = await call('POST', '/resident/pool', body, { 'tongyu-phone': header });
  isProblem(changed, 401, 'PHONE_SIGNATURE_INVALID');
  isProblem(await call('GET', '/resident/status'), 401, 'PHONE_SIGNATURE_INVALID');
});

test('a lost phone is reported from any device, by proof', async () => {
  const phone = await bindTestPhone(region, wuhan, 'senior');
  const proof = { kind: 'synthetic', persona: '4201-senior' };
  const listed = await call('POST', '/resident/report-lost', { proof });
  assert.equal((listed.json as { phones: unknown[] }).phones.length, 1);
  const { phoneId } = phone;
  const lost = await call('POST', '/resident/report-lost', { proof, phoneId });
  assert.equal((lost.json as { revokedAt: number }).revokedAt, region.now);
  const other = { kind: 'synthetic', persona: '4201-nobody' };
  isProblem(await call('POST', '/resident/report-lost', { proof: other }), 403, 'PROOF_REFUSED');
});

test('a terminal syncs, uploads and learns of used tags; a stranger gets trust alone', async () => {
  const gate = await registerTestTerminal(wuhan, 'gate-http');
  const other = await registerTestTerminal(wuhan, 'gate-http-2');
  const phone = await bindTestPhone(region, wuhan, 'foreign');
  const wanted = [{ ...slotOf(NOON), deviceKeys: newDeviceKeys(phone, 1) }];
  const pool = await wuhan.city.pool(phone.phoneId, { wanted, class: 0 });
  assert(pool.ok);
  const code = await showCode(phone, pool.value.passes[0]?.pass ?? '', region.now);
  const tap = await makeTap(region, gate, 1, code);
  const uploaded = await call('POST', '/terminal/taps', `{"taps":[${documentText(tap)}]}`);
  const { results } = uploaded.json as { results: { outcome: string }[] };
  assert.deepEqual(results, [{ number: 1, outcome: 'accepted', refusal: null }]);

  const path = '/terminal/sync?root=0&bundle=0&used=';
  const sync = async (header?: string) => {
    const headers: Record<string, string> =
      header === undefined ? {} : { 'tongyu-terminal': header };
    const answer = await call('GET', path, undefined, headers);
    assert.equal(answer.status, 200);
    return answer.json as { used: unknown[]; usedCursor: string };
  };
  const time = String(region.now);
  const signature = toBase64Url(other.key.sign(terminalRequestInput(path, time)));
  const known = await sync(`${other.id}.${time}.${signature}`);
  assert.equal(known.used.length, 1);
  for (const header of [undefined, 'odd', `${gate.id}.${time}.${signature}`]) {
    const stranger = await sync(header);
    assert.deepEqual([stranger.used, stranger.usedCursor], [[], '']);
  }
  assert.equal((await call('GET', '/terminal/list?edition=0&heads=4201.1')).status, 200);
  isProblem(await call('GET', '/terminal/list?edition=-1'), 400, 'INVALID');
});

test('a terminal learns what it is registered as, a stranger learns nothing', async () => {
  const place = { direction: 'exit', stop: 'north' } as const;
  const gate = await registerTestTerminal(wuhan, 'gate-place', 'tram', place);
  const path = '/terminal/registration';
  const ask = async (id: string, time: string) => {
    const signature = toBase64Url(gate.key.sign(terminalRequestInput(path, time)));
    const header = { 'tongyu-terminal': `${id}.${time}.${signature}` };
    return call('GET', path, undefined, header);
  };
  const { status, json } = await ask(gate.id, String(region.now));
  const [terminal, operator, service] = [gate.id, '4201-metro', '4201-tram'];
  assert.deepEqual([status, json], [200, { terminal, operator, service, ...place }]);
  isProblem(await call('GET', path), 401, 'TERMINAL_SIGNATURE_INVALID');
  isProblem(await ask('4201-nobody', String(region.now)), 401, 'TERMINAL_UNKNOWN');
  isProblem(await ask(gate.id, String(region.now - 3600)), 401, 'TERMINAL_CLOCK');
});

const CONSOLE_ROUTES: readonly (readonly ['GET' | 'POST', string, unknown, number])[] = [
  ['GET', '/console/api/taps?limit=5&verdict=pass&terminal=4201-gate-http', undefined, 200],
  ['GET', '/console/api/exceptions', undefined, 200],
  ['GET', '/console/api/gaps', undefined, 200],
  ['GET', '/console/api/terminals', undefined, 200],
  ['GET', '/console/api/residents/count', undefined, 200],
  ['GET', '/console/api/services', undefined, 200],
  ['POST', '/console/api/operators', { id: '4201-new', name: '新运营方' }, 200],
  [
    'POST',
    '/console/api/terminals',
    { id: '4201-t3', service: '4201-tram', key: anyKey(), direction: 'exit', stop: 'south' },
    200,
  ],
  ['POST', '/console/api/terminals', { id: '4201-t', service: '4201-metro', key: anyKey() }, 200],
  [
    'POST',
    '/console/api/terminals',
    {
      id: '4201-t2',
      operator: '4201-metro',
      service: '4201-metro',
      key: { keyId: 1, alg: 'SM2', key: anyKey() },
    },
    200,
  ],
  ['POST', '/console/api/terminals/4201-t/revoke', {}, 200],
  ['POST', '/console/api/issuer-key/rollover', {}, 200],
  ['POST', '/console/api/issuer-key/replace', { reason: 'drill' }, 200],
];

test('every console route answers staff, and nobody without a session or the header', async () => {
  for (const [method, url, payload, status] of CONSOLE_ROUTES) {
    isProblem(await call(method, url, payload), 401, 'CONSOLE_CLOSED');
    const stale = { cookie: 'tongyu-4201-console=AAAA', 'tongyu-csrf': '1' };
    isProblem(await call(method, url, payload, stale), 401, 'CONSOLE_CLOSED');
    if (method === 'POST') {
      const cookie = { cookie: `tongyu-4201-console=${session}` };
      isProblem(await call(method, url, payload, cookie), 403, 'CSRF_HEADER_MISSING');
    }
    const answer = await asStaff(method, url, payload);
    assert.equal(answer.status, status, `${method} ${url} ${JSON.stringify(answer.json)}`);
  }
});

test('staff see no code, no tag, no phone and no resident', async () => {
  const pages = ['taps', 'exceptions', 'terminals', 'residents/count'];
  for (const page of pages) {
    const { json } = await asStaff('GET', `/console/api/${page}`);
    assert.doesNotMatch(JSON.stringify(json), /TY1:|"tag"|phoneId|residentRef|"text"|"hash"/);
  }
});

test('what a schema does not know is refused before any logic, as a problem', async () => {
  const proof = { kind: 'synthetic', persona: '4201-adult' };
  const bind = bindRequest('4201', 'adult', generateSigner('ES256'), region.now);
  const deep = `{"taps":${'['.repeat(40)}${']'.repeat(40)}}`;
  const cases: readonly (readonly [string, unknown])[] = [
    ['/resident/bind', {}],
    ['/resident/bind', { ...bind, more: 1 }],
    ['/resident/bind', { ...bind, time: 1.5 }],
    ['/resident/bind', { ...bind, time: String(region.now) }],
    ['/resident/bind', { ...bind, proof: { ...proof, kind: 'other' } }],
    ['/resident/bind', { ...bind, proof: { ...proof, persona: "4201-adult'; --" } }],
    ['/resident/pool', { wanted: [{ day: 1, slot: 4, deviceKeys: [anyKey()] }], class: 0 }],
    ['/resident/pool', { wanted: [{ day: 1, slot: 0, deviceKeys: ['A'.repeat(44)] }], class: 0 }],
    ['/resident/pool', '{"wanted":[],"wanted":[],"class":0}'],
    ['/resident/report-lost', { proof, phoneId: '../x' }],
    ['/terminal/taps', { taps: Array.from({ length: 501 }, () => 0) }],
    ['/terminal/taps', { taps: {} }],
    ['/terminal/taps', deep],
    ['/terminal/taps', '{"taps":['],
  ];
  for (const [url, payload] of cases) {
    const answer = await call('POST', url, payload);
    assert.equal(answer.status, 400, `${url} ${JSON.stringify(payload)}`);
    assert.match(answer.type, /^application\/problem\+json/);
    assert.doesNotMatch(JSON.stringify(answer.json), /node_modules|\.ts:/);
  }
  const large = { ...bind, signature: 'A'.repeat(10_000) };
  isProblem(await call('POST', '/resident/bind', large), 413, 'BODY_TOO_LARGE');
  isProblem(await asStaff('GET', '/console/api/taps?limit=x'), 400, 'INVALID');
  isProblem(await asStaff('POST', '/console/api/terminals/4201-none/revoke', {}), 404, 'NOT_FOUND');
});

function anyKey(): string {
  return toBase64Url(generateSigner('ES256').publicKey);
}
