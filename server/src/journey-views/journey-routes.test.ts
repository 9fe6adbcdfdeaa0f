import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { canonicalJson, serviceDay, type TapId } from '@tongyu/protocol';
import { addConsole, consoleCookie } from '../http/console-guard.ts';
import { consoleSessions, type ConsoleSessions } from '../http/console-session.ts';
import { createApp, type App } from '../http/create-app.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { createStaff } from '../staff/staff.ts';
import { createMemoryStore } from '../store/node-store.ts';
import { memoryStaff } from '../store/staff-memory.ts';
import type { PhoneRow } from '../store/city-tables.ts';
import type { HomeLineRow, LineRow } from '../store/journey-tables.ts';
import { addConsoleJourneys } from './console-journey-routes.ts';
import { HOME, HOST, KEY, METRO, MORNING, residentGroup, tripRow } from './group-fixture.ts';
import { addResidentJourneys } from './resident-journey-routes.ts';
import { testViews, type TestViews } from './view-fixture.ts';

const NOW = MORNING + 86_400;
const ID = { r: `${HOST}-gate/1`, s: `${HOST}-gate/2` } as const;
type Resident = keyof typeof ID;

let here: TestViews;
let app: App;
let sessions: ConsoleSessions;

before(async () => {
  here = testViews(NOW);
  for (const [i, resident] of (['r', 's'] as const).entries()) {
    const taps = [tripRow({ number: i + 1, time: MORNING + i, residentRef: resident })];
    here.groups.set(resident, [residentGroup({ taps, now: NOW })]);
    await here.room.store.transaction((tx) => tx.city.addTrips(taps));
  }
  await fillBooks();
  const rng = systemRng();
  const clock = { now: () => NOW };
  app = await createApp({ title: 't', version: '1', log: silentLog, rng, strictTransport: false });
  await app.register(async (scope: App) => {
    await Promise.resolve();
    addResidentJourneys(
      scope,
      ({ headers }) => {
        const phone = { residentRef: headers['x-resident'] } as PhoneRow;
        const isKnown = typeof headers['x-resident'] === 'string';
        return Promise.resolve(
          isKnown
            ? { ok: true, value: phone }
            : { ok: false, refusal: { code: 'PHONE_SIGNATURE_INVALID' } },
        );
      },
      here.views,
    );
  });
  sessions = consoleSessions(clock, rng);
  const staff = createStaff({ clock, rng }, createMemoryStore(memoryStaff), () =>
    Promise.resolve(true),
  );
  await addConsole(app, { nodeId: HOME, sessions, staff, secure: false }, (scope) => {
    addConsoleJourneys(scope, here.views);
  });
  await app.ready();
  const made = [
    await staff.create('admin', 'viewer', ['viewer']),
    await staff.create('admin', 'of-metro', ['viewer', 'editor'], METRO),
    await staff.create('admin', 'of-bus', ['viewer', 'editor'], `${HOST}-bus`),
  ];
  assert(made.every(({ ok }) => ok));
});
after(() => app.close());

/** What this node holds as a host and as a home; the views do not care that it is one city. */
async function fillBooks(): Promise<void> {
  const [group] = here.groups.get('r') ?? [];
  const [line] = group?.priced.lines ?? [];
  assert(line !== undefined);
  const lineRow = (number: number, operator: string): LineRow => {
    const journey: TapId = `${HOST}-gate/${number}`;
    const text = canonicalJson({ ...line, journey, operator, service: operator });
    return {
      ...{ home: HOME, key: KEY, journey, day: line.day, service: operator, operator },
      ...{ journeyState: line.state, state: 'accepted', reason: null, field: null, text },
      ...{ taps: [journey], fullFen: line.fullFen, riderFen: line.riderFen, class: 0 },
      ...{ concessionFen: 0, revision: 3, updatedAt: NOW - (number % 4) },
    };
  };
  const rows = Array.from({ length: 12 }, (_, i) =>
    lineRow(i + 1, i % 3 === 0 ? `${HOST}-bus` : METRO),
  );
  const homeRow: HomeLineRow = {
    ...{ host: HOST, key: KEY, journey: line.journey, residentRef: 'r', day: line.day },
    ...{ service: METRO, text: canonicalJson(line), ours: null, outcome: 'accepted' },
    ...{ reason: null, field: null, at: NOW - 5 },
  };
  const homeGroup = {
    ...{ host: HOST, key: KEY, residentRef: 'r', fareGroup: METRO, day: line.day, revision: 7 },
    ...{ claim: '{}', answer: '{}', at: NOW - 5 },
  };
  await here.room.store.transaction(async (tx) => {
    await tx.host.replaceLines([], rows, []);
    await tx.city.lockResident('r', NOW);
    await tx.home.saveHomeGroups([homeGroup], [homeRow]);
    for (const [i, journey] of rows.slice(0, 4).entries()) {
      const id = `${HOME}-o-${String(i)}`;
      const text = canonicalJson({
        ...{ id, journey: journey.journey, key: KEY, reason: 'wrong-price', at: NOW },
      });
      await tx.host.saveObjection({
        ...{ id, home: HOME, key: KEY, journey: journey.journey, text, at: NOW - i },
        ...{ decision: null, decidedAt: null, by: null },
      });
    }
  });
}

type Answer = { readonly status: number; readonly body: string; readonly json: never };

async function call(
  method: 'GET' | 'POST',
  url: string,
  headers: Record<string, string>,
  payload?: unknown,
): Promise<Answer> {
  const answer = await app.inject({
    ...{ method, url },
    headers: { ...headers, 'tongyu-csrf': '1', 'content-type': 'application/json' },
    ...(payload === undefined ? {} : { payload: payload as object }),
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  const json = (isJson ? JSON.parse(answer.body) : null) as never;
  return { status: answer.statusCode, body: answer.body, json };
}

function asResident(resident: string, method: 'GET' | 'POST', url: string, payload?: unknown) {
  return call(method, url, { 'x-resident': resident }, payload);
}

function asStaff(account: string, url: string): Promise<Answer> {
  return call('GET', url, { cookie: `${consoleCookie(HOME)}=${sessions.open(account)}` });
}

const repair = {
  ...{ kind: 'exit', stop: 'demo-3', time: MORNING + 900, class: null },
} as const;

test('no resident reaches another’s journey by any route, and no phone none', async () => {
  for (const own of ['r', 's'] as const satisfies readonly Resident[]) {
    const other = own === 'r' ? 's' : 'r';
    const trips = await asResident(own, 'GET', '/resident/trips');
    assert(trips.body.includes(`"${ID[own]}"`));
    for (const url of ['/resident/trips', '/resident/trips?after=9999999999', '/resident/seen']) {
      const { status, body } = await asResident(own, 'GET', url);
      assert.equal(status, 200);
      assert(!body.includes(ID[other]), `${url} tells ${own} of ${other}`);
      assert.doesNotMatch(body, /residentRef|"r"|"s"/);
    }
    const bodies: readonly (readonly [string, object])[] = [
      ['/resident/repairs', { ...repair, journey: ID[other] }],
      ['/resident/objections', { journey: ID[other], reason: 'other' }],
    ];
    for (const [url, body] of bodies) {
      const { status, json } = await asResident(own, 'POST', url, body);
      assert.equal(status, 404, url);
      assert.equal((json as { code: string }).code, 'TRIP_UNKNOWN');
      const nobody = await call('POST', url, {}, body);
      assert.equal(nobody.status, 401);
    }
    assert.equal((await call('GET', '/resident/trips', {})).status, 401);
    assert.equal((await call('GET', '/resident/seen', {})).status, 401);
  }
  assert.deepEqual([here.repairs, here.objections], [[], []]);
});

test('a repair and an objection of one’s own are answered with what was sent', async () => {
  const wish = { ...repair, journey: ID.r };
  const repaired = await asResident('r', 'POST', '/resident/repairs', wish);
  assert.equal(repaired.status, 200);
  assert.deepEqual((repaired.json as { repair: { stop: string } }).repair.stop, 'demo-3');
  const objection = { journey: ID.r, reason: 'wrong-price' };
  const objected = await asResident('r', 'POST', '/resident/objections', objection);
  assert.equal(objected.status, 200);
  assert.equal((objected.json as { objection: { id: string } }).objection.id, `${HOME}-o-1`);
});

test('what a schema does not know is refused before any logic', async () => {
  const wish = { ...repair, journey: ID.r };
  const timeless = { ...wish, time: undefined };
  const bodies: readonly (readonly [string, unknown])[] = [
    ['/resident/repairs', {}],
    ['/resident/repairs', timeless],
    ['/resident/repairs', { ...wish, more: 1 }],
    ['/resident/repairs', { ...wish, kind: 'waive' }],
    ['/resident/repairs', { ...wish, time: '1' }],
    ['/resident/repairs', { ...wish, time: 1.5 }],
    ['/resident/repairs', { ...wish, time: -1 }],
    ['/resident/repairs', { ...wish, time: 2 ** 40 }],
    ['/resident/repairs', { ...wish, class: 0 }],
    ['/resident/repairs', { ...wish, stop: "x'; drop table city_tap; --" }],
    ['/resident/repairs', { ...wish, journey: '../3601-gate/1' }],
    ['/resident/repairs', { ...wish, journey: '3601-gate/0' }],
    ['/resident/objections', { journey: ID.r, reason: 'I dislike it' }],
    ['/resident/objections', { journey: ID.r, reason: 'other', text: 'me' }],
    ['/resident/objections', { journey: null, reason: 'other' }],
  ];
  for (const [url, body] of bodies) {
    const { status } = await asResident('r', 'POST', url, body);
    assert.equal(status, 400, JSON.stringify(body));
  }
  const queries = [
    '/resident/trips?after=-1',
    '/resident/trips?after=1e9',
    '/resident/trips?after=1&after=2',
    '/resident/trips?resident=s',
    '/resident/trips?after=99999999999999999999',
  ];
  for (const url of queries) assert.equal((await asResident('r', 'GET', url)).status, 400, url);
});

const HOSTILE_CONSOLE = [
  'journeys?state=open',
  'journeys?service=metro',
  'journeys?service=4201-metro%27--',
  'journeys?after=1',
  'journeys?after=1%2F4201-g%2F0',
  'journeys?after=99999999999999%2F4201-g%2F1',
  'journeys?limit=-1',
  'journeys?limit=9999',
  'journeys?operator=3601-bus',
  'journey-exceptions?from=2026-1-1',
  'journey-exceptions?after=x%2F4201-g%2F1',
  'home-lines?state=claimed',
  'home-lines?resident=r',
  'parity?from=yesterday',
  'parity?from=2026-11-01&to=2026-11-02&operator=3601-bus',
  'parity.csv?to=20261101',
];

test('hostile questions of staff are refused, and pages are bounded', async () => {
  for (const url of HOSTILE_CONSOLE) {
    assert.equal((await asStaff('viewer', `/console/api/${url}`)).status, 400, url);
  }
  const odd = await asStaff('viewer', '/console/api/parity?from=2026-02-30&to=2026-03-02');
  assert.deepEqual([odd.status, (odd.json as { code: string }).code], [422, 'RANGE_ODD']);
  const zero = await asStaff('viewer', '/console/api/journeys?limit=0');
  assert.equal((zero.json as { lines: unknown[] }).lines.length, 1);
});

type Lines = {
  readonly lines: readonly {
    readonly line: { readonly journey: string; readonly key?: string; readonly operator: string };
    readonly revision: number;
  }[];
  readonly next: string | null;
};

async function allLines(account: string, limit: number): Promise<Lines['lines']> {
  const found: Lines['lines'][number][] = [];
  for (let next: string | null = ''; next !== null;) {
    const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
    const url = `/console/api/journeys?limit=${String(limit)}${after}`;
    const page = (await asStaff(account, url)).json as Lines;
    found.push(...page.lines);
    next = page.next;
  }
  return found;
}

test('lines are read page by page, each once; an operator’s own have no key', async () => {
  const all = await allLines('viewer', 5);
  assert.equal(new Set(all.map(({ line }) => line.journey)).size, 12);
  assert.equal(all.length, 12);
  assert(all.every(({ line, revision }) => line.key === KEY && revision === 3));
  const bus = await allLines('of-bus', 1);
  assert.equal(bus.length, 4);
  assert(bus.every(({ line }) => line.operator === `${HOST}-bus` && line.key === undefined));
});

test('own residents’ lines come with the claim’s revision and without the resident', async () => {
  const { json, body } = await asStaff('viewer', '/console/api/home-lines?state=accepted');
  const [line, ...none] = (json as { lines: { revision: number; state: string }[] }).lines;
  assert.deepEqual([line?.revision, line?.state, none], [7, 'accepted', []]);
  assert.doesNotMatch(body, /residentRef|"r"/);
  const disputed = await asStaff('viewer', '/console/api/home-lines?state=disputed');
  assert.deepEqual((disputed.json as { lines: unknown[] }).lines, []);
});

test('objections are an operator’s own; another’s is answered as none', async () => {
  const idsFor = async (account: string): Promise<readonly string[]> => {
    const { json, body } = await asStaff(account, '/console/api/objections');
    if (account !== 'viewer') assert.doesNotMatch(body, /"key"/);
    return (json as { objections: { id: string }[] }).objections.map(({ id }) => id);
  };
  const [zero, one, two, three] = [0, 1, 2, 3].map((i) => `${HOME}-o-${String(i)}`);
  assert.deepEqual(await idsFor('viewer'), [zero, one, two, three]);
  assert.deepEqual(await idsFor('of-bus'), [zero, three]);
  assert.deepEqual(await idsFor('of-metro'), [one, two]);
  const answer = (account: string, id: string | undefined) =>
    call(
      'POST',
      `/console/api/objections/${String(id)}/answer`,
      { cookie: `${consoleCookie(HOME)}=${sessions.open(account)}` },
      { decision: 'upheld' },
    );
  for (const id of [one, `${HOME}-o-none`]) {
    const { status, json } = await answer('of-bus', id);
    assert.deepEqual([status, (json as { code: string }).code], [404, 'OBJECTION_UNKNOWN']);
  }
  assert.equal((await answer('viewer', one)).status, 403);
});

test('the report is a file that a spreadsheet opens', async () => {
  const from = new Date((serviceDay(MORNING) - 1) * 86_400_000).toISOString().slice(0, 10);
  const answer = await app.inject({
    ...{ method: 'GET', url: `/console/api/parity.csv?from=${from}` },
    headers: { cookie: `${consoleCookie(HOME)}=${sessions.open('of-bus')}` },
  });
  assert.equal(answer.statusCode, 200);
  assert.match(String(answer.headers['content-type']), /^text\/csv/);
  assert.match(String(answer.headers['content-disposition']), /attachment/);
  const rows = answer.body.trim().split('\r\n');
  assert.equal(rows.length, 2);
  assert(!answer.body.includes(METRO));
});
