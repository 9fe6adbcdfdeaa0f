import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { nodeConfig, type NodeConfig } from '../config.ts';
import { verifySync } from '../crypto/verify.ts';
import { consoleCookie, mayDo, type NeededRole } from '../http/console-guard.ts';
import { consoleSessions, type ConsoleSessions } from '../http/console-session.ts';
import { createApp, type App } from '../http/create-app.ts';
import type { BuiltPages, PageFile } from '../http/page-files.ts';
import { noFaults } from '../ports/faults.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import type { Staff } from '../staff/staff.ts';
import { pgCityTables } from '../store/city-pg.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { STAFF_ROLES, type StaffRole } from '../store/staff-tables.ts';
import { startTestPostgres, type TestPostgres } from '../store/test-postgres.ts';
import { createTestTimers, memoryKeyStore } from '../trust/testing/test-clockwork.ts';
import type { CataloguePorts } from '../catalogue/room.ts';
import { CITY_MIGRATIONS, openCity } from './city-node.ts';
import { addCityAddresses } from './city-routes.ts';
import { addHubRoutes, HUB_MIGRATIONS, openHub } from './hub-node.ts';

/**
 * What an account needs that is not for everybody who may read. A route that changes something and
 * is not here needs at least more than `viewer`; one that only reads is the viewer's.
 */
const EXPECTED: readonly (readonly [string, NeededRole])[] = [
  ['POST /console/leave', 'signed-in'],
  ['GET /console/api/me', 'signed-in'],
  ['GET /console/api/staff', 'keeper'],
  ['POST /console/api/staff', 'keeper'],
  ['POST /console/api/staff/:name/disable', 'keeper'],
  ['POST /console/api/root/approve', 'keeper'],
  ['POST /console/api/accession/apply', 'keeper'],
  ['POST /console/api/leave', 'keeper'],
  ['POST /console/api/accessions/:party/propose', 'keeper'],
  ['POST /console/api/issuer-key/rollover', 'keeper'],
  ['POST /console/api/issuer-key/replace', 'keeper'],
  ['POST /console/api/operators', 'keeper'],
  ['POST /console/api/terminals', 'keeper'],
  ['POST /console/api/terminals/:id/revoke', 'keeper'],
  ['POST /console/api/editions', 'publisher'],
  ['POST /console/api/editions/:number/freeze', 'publisher'],
  ['POST /console/api/editions/:number/withdraw', 'publisher'],
  ['POST /console/api/editions/:number/publish', 'publisher'],
  ['POST /console/api/editions/:number/sign-off', 'publisher'],
  ['POST /console/api/editions/:number/object', 'publisher'],
  ['POST /console/api/list/suspensions', 'publisher'],
  ['POST /console/api/list/suspensions/lift', 'publisher'],
  ['POST /console/api/list/errata', 'publisher'],
  ['POST /console/api/list/checks', 'editor'],
  ['POST /console/api/draft/submit', 'publisher'],
  ['POST /console/api/draft/import', 'editor'],
  ['PUT /console/api/draft/entries/:id', 'editor'],
  ['DELETE /console/api/draft/entries/:id', 'editor'],
  ['POST /console/api/draft/entries/:id/revert', 'editor'],
  ['POST /console/api/objections/:id/answer', 'editor'],
  ['POST /console/api/comments', 'editor'],
  ['POST /console/api/comments/:id/answer', 'editor'],
  ['POST /console/api/feedback/:id/answer', 'editor'],
  ['POST /console/api/funding', 'editor'],
  ['POST /console/api/funding/:hash/approve', 'publisher'],
  ['POST /console/api/funding/:hash/decline', 'publisher'],
];

/** What an operator's account may call, if it has the role; everything else is closed to it. */
const OPERATORS_TOO: readonly string[] = [
  'POST /console/leave',
  'GET /console/api/me',
  'GET /console/api/taps',
  'GET /console/api/exceptions',
  'GET /console/api/gaps',
  'GET /console/api/terminals',
  'GET /console/api/services',
  'GET /console/api/journeys',
  'GET /console/api/journey-exceptions',
  'GET /console/api/objections',
  'POST /console/api/objections/:id/answer',
  'GET /console/api/parity',
  'GET /console/api/parity.csv',
];

const document: PageFile = {
  type: 'text/html',
  etag: '',
  immutable: false,
  plain: Buffer.alloc(0),
  encoded: () => ({ encoding: undefined, bytes: Buffer.alloc(0) }),
};
const pages: BuiltPages = {
  files: new Map(['resident', 'gate', 'console', 'try'].map((name) => [`${name}.html`, document])),
  policies: {},
  site: new Proxy({} as BuiltPages['site'], { get: () => () => '' }),
};

type Route = {
  readonly method: string;
  readonly url: string;
  readonly role: NeededRole;
  readonly operatorsToo: boolean;
};
type Node = {
  readonly id: string;
  readonly app: App;
  readonly routes: readonly Route[];
  readonly staff: Staff;
  readonly sessions: ConsoleSessions;
};

let postgres: TestPostgres;
let database: Database;
let folder: string;
const nodes: Node[] = [];

before(async () => {
  postgres = await startTestPostgres();
  folder = mkdtempSync(path.join(tmpdir(), 'tongyu-roles-'));
  const both = [...CITY_MIGRATIONS, ...HUB_MIGRATIONS];
  const { connection } = postgres;
  database = await openDatabase({ connection, migrations: [...new Set(both)], log: silentLog });
  for (const id of ['hub', '4201']) nodes.push(await openNode(id));
});
after(async () => {
  for (const { app } of nodes) await app.close();
  await database.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A node's real addresses; its handlers are not reached, only the guard before them. */
async function openNode(id: string): Promise<Node> {
  const read = nodeConfig({ TONGYU_DATA: folder }, folder, 0, id);
  assert(read.ok);
  const { config } = read;
  const ports = testPorts();
  const { log, rng, clock } = ports;
  const app = await createApp({ title: 't', version: '0', log, rng, strictTransport: false });
  const routes: Route[] = [];
  app.addHook('onRoute', ({ method, url, config: options }) => {
    if (!url.startsWith('/console/') || url === '/console/enter') return;
    const role = options?.role;
    assert(role !== undefined, `${url} states no role`);
    const operatorsToo = options?.operatorsToo === true;
    for (const one of [method].flat()) routes.push({ method: one, url, role, operatorsToo });
  });
  app.addHook('preParsing', async (_request, reply) => reply.code(299).send());
  const sessions = consoleSessions(clock, rng);
  const staff = await addAddresses(app, config, ports, sessions);
  await app.ready();
  return { id, app, routes, staff, sessions };
}

async function addAddresses(
  app: App,
  config: NodeConfig,
  ports: CataloguePorts,
  sessions: ConsoleSessions,
): Promise<Staff> {
  if (config.nodeId === 'hub') {
    const node = openHub(config, ports, database);
    await addHubRoutes(app, node, pages, sessions, config);
    return node.staff;
  }
  const node = openCity(config, ports, database);
  await addCityAddresses(app, node, pages, sessions, config);
  return node.staff;
}

function testPorts(): CataloguePorts {
  const away = (): Promise<never> => Promise.reject(new Error('nobody is asked here'));
  const net = new Proxy({} as CataloguePorts['net'], { get: () => away });
  return {
    clock: { now: () => 1_795_492_800 },
    rng: systemRng(),
    timers: createTestTimers(),
    log: silentLog,
    faults: noFaults,
    breathe: () => Promise.resolve(),
    keys: memoryKeyStore(),
    verify: verifySync,
    net,
  };
}

type Answer = { readonly status: number; readonly code: string | undefined };

async function answerFor(
  node: Node,
  route: Pick<Route, 'method' | 'url'>,
  account: string | undefined,
): Promise<Answer> {
  const session = account === undefined ? undefined : node.sessions.open(account);
  const answer = await node.app.inject({
    method: route.method as 'GET',
    url: route.url.replace(/:[a-z]+/g, 'x'),
    headers: {
      'tongyu-csrf': '1',
      ...(session === undefined ? {} : { cookie: `${consoleCookie(node.id)}=${session}` }),
    },
  });
  const isProblem = String(answer.headers['content-type']).startsWith('application/problem+json');
  const code = isProblem && answer.body !== '' ? answer.json<{ code: string }>().code : undefined;
  return { status: answer.statusCode, code };
}

async function statusFor(node: Node, route: Route, account: string | undefined): Promise<number> {
  return (await answerFor(node, route, account)).status;
}

function neededOf({ method, url }: Route): NeededRole | undefined {
  const known = EXPECTED.find(([name]) => name === `${method.replace('HEAD', 'GET')} ${url}`);
  return known?.[1] ?? (method === 'GET' || method === 'HEAD' ? 'viewer' : undefined);
}

test('every console route of every node asks for the role that its act needs', () => {
  for (const { id, routes } of nodes) {
    assert(routes.length > 5, id);
    for (const route of routes) {
      const needed = neededOf(route);
      const which = `${id}: ${route.method} ${route.url}`;
      if (needed === undefined) assert.notEqual(route.role, 'viewer', which);
      else assert.equal(route.role, needed, which);
      const name = `${route.method.replace('HEAD', 'GET')} ${route.url}`;
      const isKnown = OPERATORS_TOO.includes(name);
      assert.equal(route.operatorsToo, isKnown, `${which}, for operators too`);
    }
  }
});

test('every console route lets in the accounts that have its role, and no other', async () => {
  for (const node of nodes) {
    for (const role of STAFF_ROLES) {
      const made = await node.staff.create('admin', `${role}-at-${node.id}`, [role]);
      assert(made.ok);
    }
    const gone = await node.staff.create('admin', `gone-at-${node.id}`, STAFF_ROLES);
    assert(gone.ok && (await node.staff.disable('admin', `gone-at-${node.id}`)).ok);
    for (const route of node.routes) {
      const which = `${node.id}: ${route.method} ${route.url}`;
      assert.equal(await statusFor(node, route, undefined), 401, `${which}, nobody`);
      assert.equal(await statusFor(node, route, 'a-stranger'), 401, `${which}, a stranger`);
      assert.equal(await statusFor(node, route, `gone-at-${node.id}`), 401, `${which}, disabled`);
      assert.equal(await statusFor(node, route, 'admin'), 299, `${which}, admin`);
      for (const role of STAFF_ROLES) {
        const status = await statusFor(node, route, `${role}-at-${node.id}`);
        assert.equal(status, mayDo([role], route.role) ? 299 : 403, `${which}, ${role}`);
      }
    }
  }
});

test('an operator’s account gets into the routes for operators too, and no other', async () => {
  const node = nodeOf('4201');
  await addOperators();
  const accounts: readonly (readonly [string, readonly StaffRole[], string])[] = [
    ['viewer-of-a', ['viewer'], '4201-a'],
    ['editor-of-a', ['viewer', 'editor'], '4201-a'],
    ['viewer-of-b', ['viewer'], '4201-b'],
  ];
  for (const [name, roles, operator] of accounts) {
    assert((await node.staff.create('admin', name, roles, operator)).ok);
  }
  assert((await node.staff.create('admin', 'gone-of-a', ['viewer'], '4201-a')).ok);
  assert((await node.staff.disable('admin', 'gone-of-a')).ok);
  for (const route of node.routes) {
    const which = `${route.method} ${route.url}`;
    assert.equal(await statusFor(node, route, 'gone-of-a'), 401, which);
    for (const [name, roles] of accounts) {
      const { status, code } = await answerFor(node, route, name);
      const isLetIn = route.operatorsToo && mayDo(roles, route.role);
      assert.equal(status, isLetIn ? 299 : 403, `${which}, ${name}`);
      const expected = route.operatorsToo ? 'ROLE_MISSING' : 'OPERATOR_ACCOUNT';
      if (!isLetIn && route.method !== 'HEAD') assert.equal(code, expected, `${which}, ${name}`);
    }
  }
});

test('an operator’s account is of this city’s operator; it reads or edits at most', async () => {
  const node = nodeOf('4201');
  await addOperators();
  const create = async (roles: readonly StaffRole[], operator: string, at = node) => {
    const made = await at.staff.create('admin', 'odd', roles, operator);
    return made.ok ? 'made' : made.refusal.code;
  };
  for (const role of ['publisher', 'keeper'] as const) {
    assert.equal(await create([role], '4201-a'), 'OPERATOR_ROLES');
    assert.equal(await create(['viewer', role], '4201-a'), 'OPERATOR_ROLES');
  }
  assert.equal(await create(['viewer'], '4201-none'), 'OPERATOR_UNKNOWN');
  assert.equal(await create(['viewer'], '4301-a'), 'OPERATOR_UNKNOWN');
  assert.equal(await create(['viewer'], '4201-a', nodeOf('hub')), 'OPERATOR_UNKNOWN');
  assert.deepEqual(await node.staff.standingOf('odd'), { roles: [], operator: null });
});

function nodeOf(id: string): Node {
  const node = nodes.find((one) => one.id === id);
  assert(node !== undefined);
  return node;
}

async function addOperators(): Promise<void> {
  await database.transaction(async (tx) => {
    const { city } = pgCityTables(tx);
    await city.saveOperator({ id: '4201-a', name: '甲公司' });
    await city.saveOperator({ id: '4201-b', name: '乙公司' });
  });
}
