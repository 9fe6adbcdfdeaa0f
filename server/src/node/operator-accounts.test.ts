import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { canonicalJson, type Json, type TapId } from '@tongyu/protocol';
import { addCityConsole } from '../city/routes.ts';
import {
  makeTap,
  registerTestTerminal,
  testRegion,
  type TestCity,
  type TestRegion,
} from '../city/city-fixture.ts';
import { addConsole, consoleCookie } from '../http/console-guard.ts';
import { consoleSessions, type ConsoleSessions } from '../http/console-session.ts';
import { createApp, type App } from '../http/create-app.ts';
import { addConsoleJourneys } from '../journey-views/console-journey-routes.ts';
import { createJourneyViews } from '../journey-views/journey-views.ts';
import type { ViewRoom, ViewTables } from '../journey-views/types.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { createStaff } from '../staff/staff.ts';
import { memoryCityTables } from '../store/city-memory.ts';
import { memoryJourneyViews } from '../store/journey-view-memory.ts';
import { createMemoryStore, type NodeStore } from '../store/node-store.ts';
import { memoryStaff } from '../store/staff-memory.ts';

/**
 * Two operators of one city, each with terminals, taps of every kind, gaps, refused uploads,
 * journeys and objections: what an account of the one is answered names nothing of the other.
 */
const OPERATORS = ['4201-metro', '4201-bus'] as const;
type OperatorId = (typeof OPERATORS)[number];

let region: TestRegion;
let wuhan: TestCity;
let app: App;
let sessions: ConsoleSessions;
/** Addresses that read and that an operator's account may call. */
const open: string[] = [];

before(async () => {
  const store = createMemoryStore<ViewTables>((undo) => {
    const tables = memoryCityTables(undo);
    return { ...tables, ...memoryJourneyViews(tables) };
  });
  region = await testRegion(['4201'], {}, () => store);
  wuhan = region.city('4201');
  for (const operator of OPERATORS) {
    await fill(operator);
    await fillJourneys(store, operator);
  }
  const rng = systemRng();
  const clock = { now: () => region.now };
  app = await createApp({ title: 't', version: '1', log: silentLog, rng, strictTransport: false });
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.operatorsToo === true && method === 'GET') open.push(url);
  });
  sessions = consoleSessions(clock, rng);
  const staff = createStaff({ clock, rng }, createMemoryStore(memoryStaff), () =>
    Promise.resolve(true),
  );
  await addConsole(app, { nodeId: '4201', sessions, staff, secure: false }, (scope) => {
    addCityConsole(scope, wuhan.city);
    addConsoleJourneys(scope, createJourneyViews(viewsOver(store)));
  });
  await app.ready();
  for (const operator of OPERATORS) {
    assert((await staff.create('admin', nameOf(operator), ['viewer'], operator)).ok);
  }
});
after(() => app.close());

async function fill(operator: OperatorId): Promise<void> {
  const kind = operator.slice(5);
  const gate = await registerTestTerminal(wuhan, `gate-${kind}`, kind);
  const more = { service: operator };
  const taps = [
    await makeTap(region, gate, 1, null, {
      ...more,
      ...{ verdict: 'refuse', refusal: 'NOT_A_CODE', shownPriceFen: null },
    }),
    // passed without a code: an exception; and numbers 2 to 4 are missing
    await makeTap(region, gate, 5, null, more),
    await makeTap(region, gate, 6, null, { ...more, time: region.now + 900 }),
  ];
  const { results } = await wuhan.city.takeTaps(taps as readonly unknown[] as readonly Json[]);
  assert.deepEqual(
    results.map(({ outcome, refusal }) => refusal?.code ?? outcome),
    ['accepted', 'TAP_EVIDENCE_INVALID', 'TAP_IN_FUTURE'],
  );
}

/** A line and an objection to it; who rides is not known here. */
async function fillJourneys(store: NodeStore<ViewTables>, operator: OperatorId): Promise<void> {
  const kind = operator.slice(5);
  const journey: TapId = `4201-gate-${kind}/1`;
  const key = '00112233445566778899aabbccddeeff';
  const line = {
    ...{ type: 'tongyu.line', host: '4201', home: '4301', journey, key, fareGroup: operator },
    ...{ day: 20_780, service: operator, operator, state: 'complete', taps: [journey] },
    ...{ from: { time: region.now, stop: null }, to: null, edition: 1, head: 1, class: 0 },
    ...{ fullFen: 400, riderFen: 400, shownFen: 400, parts: [] },
  };
  const id = `4301-o-${kind}`;
  const at = region.now;
  await store.transaction(async (tx) => {
    const row = {
      ...{ home: '4301', key, journey, day: line.day, service: operator, operator },
      ...({ journeyState: 'complete', state: 'accepted', reason: null, field: null } as const),
      ...{ text: canonicalJson(line), taps: [journey], fullFen: 400, riderFen: 400, class: 0 },
      ...{ concessionFen: 0, revision: 1, updatedAt: at },
    };
    await tx.host.replaceLines([], [row], []);
    const text = canonicalJson({ id, journey, key, reason: 'wrong-price', at });
    await tx.host.saveObjection({
      ...{ id, home: '4301', key, journey, text, at, decision: null, decidedAt: null, by: null },
    });
  });
}

/** The views of this city; what changes something is not asked for here. */
function viewsOver(store: NodeStore<ViewTables>): ViewRoom {
  const none = (): never => {
    throw new Error('not asked for in this test');
  };
  return {
    ...{ party: '4201', clock: { now: () => region.now }, store },
    ...{ part: none, partInForce: () => Promise.resolve(undefined), refreshClasses: none },
    journeys: {
      ...{ kick: none, residentGroups: none, groupOfJourney: none, addRepair: none },
      ...{ addObjection: none, answerObjection: none, objections: none },
      countTaps: (from, to, operator) => store.read((tx) => tx.host.countTaps(from, to, operator)),
    },
  };
}

function nameOf(operator: OperatorId): string {
  return `viewer-of-${operator.slice(5)}`;
}

async function answerTo(account: string, url: string): Promise<{ status: number; body: string }> {
  const cookie = `${consoleCookie('4201')}=${sessions.open(account)}`;
  const answer = await app.inject({ method: 'GET', url, headers: { cookie } });
  return { status: answer.statusCode, body: answer.body };
}

/** Ids of terminals, services, operators and journeys that an answer names. */
function idsIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/4201-[a-z0-9-]+/g)].map(([id]) => id));
}

test('of all that operators’ accounts may read, each is answered its own alone', async () => {
  assert(open.length >= 10);
  const { operators } = await wuhan.city.terminals();
  for (const url of open) {
    const answers = await Promise.all(OPERATORS.map((one) => answerTo(nameOf(one), url)));
    const seen = answers.map(({ body }) => idsIn(body));
    for (const [i, own] of OPERATORS.entries()) {
      const other = operators.find(({ id }) => id === OPERATORS[1 - i]);
      const { status, body } = answers[i] ?? { status: 0, body: '' };
      assert.equal(status, 200, url);
      assert(body.includes(own.slice(5)), `${url} says nothing to ${own}`);
      for (const id of seen[i] ?? []) assert(!seen[1 - i]?.has(id), `${url} names ${id} to both`);
      assert(other !== undefined && !body.includes(other.name), `${url} to ${own}`);
      assert(!body.includes(other.id), `${url} to ${own}`);
    }
    const all = idsIn((await answerTo('admin', url)).body);
    if (url !== '/console/api/me')
      assert(
        seen.every((ids) => [...ids].every((id) => all.has(id))),
        url,
      );
  }
});

test('filters find nothing of another operator: the account decides alone', async () => {
  const asked = await answerTo('viewer-of-bus', '/console/api/taps?terminal=4201-gate-metro');
  assert.deepEqual(JSON.parse(asked.body), { taps: [], next: null });
  const all = await answerTo('admin', '/console/api/taps?terminal=4201-gate-metro');
  assert.equal((JSON.parse(all.body) as { taps: unknown[] }).taps.length, 2);
});
