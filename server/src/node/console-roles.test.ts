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
  ['POST /console/api/comments', 'editor'],
  ['POST /console/api/comments/:id/answer', 'editor'],
  ['POST /console/api/feedback/:id/answer', 'editor'],
  ['POST /console/api/funding', 'editor'],
  ['POST /console/api/funding/:hash/approve', 'publisher'],
  ['POST /console/api/funding/:hash/decline', 'publisher'],
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

type Route = { readonly method: string; readonly url: string; readonly role: NeededRole };
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
    for (const one of [method].flat()) routes.push({ method: one, url, role });
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

async function statusFor(node: Node, route: Route, account: string | undefined): Promise<number> {
  const session = account === undefined ? undefined : node.sessions.open(account);
  const answer = await node.app.inject({
    method: route.method as 'GET',
    url: route.url.replace(/:[a-z]+/g, 'x'),
    headers: {
      'tongyu-csrf': '1',
      ...(session === undefined ? {} : { cookie: `${consoleCookie(node.id)}=${session}` }),
    },
  });
  return answer.statusCode;
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
    }
  }
});

test('every console route lets in the accounts that have its role, and no other', async () => {
  for (const node of nodes) {
    for (const role of STAFF_ROLES) {
      const made = await node.staff.create('admin', `${role}-at-${node.id}`, [role]);
      assert(made.ok);
    }
    for (const route of node.routes) {
      const which = `${node.id}: ${route.method} ${route.url}`;
      assert.equal(await statusFor(node, route, undefined), 401, `${which}, nobody`);
      assert.equal(await statusFor(node, route, 'a-stranger'), 401, `${which}, a stranger`);
      assert.equal(await statusFor(node, route, 'admin'), 299, `${which}, admin`);
      for (const role of STAFF_ROLES) {
        const status = await statusFor(node, route, `${role}-at-${node.id}`);
        assert.equal(status, expected(role, route), `${which}, ${role}`);
      }
    }
  }
});

function expected(role: StaffRole, route: Route): number {
  return mayDo([role], route.role) ? 299 : 403;
}
