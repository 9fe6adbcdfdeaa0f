import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  canonicalJson,
  serviceDay,
  serviceDayDate,
  type Head,
  type Json,
  type PartyId,
} from '@tongyu/protocol';
import { seedEntries } from '../city/list-seeds.ts';
import {
  reportIn,
  rideIn,
  testJourneys,
  type TestJourneys,
  type TestTap,
} from '../journeys/testing/two-cities.ts';
import { silentLog } from '../ports/log.ts';
import { memoryCityTables } from '../store/city-memory.ts';
import { cityMigrations } from '../store/city-migrations.ts';
import { pgCityTables } from '../store/city-pg.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { memoryJourneyViews } from '../store/journey-view-memory.ts';
import { pgJourneyViews } from '../store/journey-view-pg.ts';
import { createMemoryStore, createPgStore, type NodeStore } from '../store/node-store.ts';
import { startTestPostgres, type TestPostgres } from '../store/test-postgres.ts';
import { HOME, HOST, METRO, MORNING } from './group-fixture.ts';
import { createJourneyViews, type JourneyViews } from './journey-views.ts';
import type { RepairWish } from './repairs.ts';
import type { Trip, ViewTables } from './types.ts';

/** Nanchang and Changsha with the journeys' own room: what riders and offices see of both. */
type World = TestJourneys & { readonly views: (party: PartyId) => JourneyViews };

const BUS = `${HOST}-bus`;
const FIRST = `${HOST}-gate/1` as const;

let postgres: TestPostgres;
let admin: Database;
const databases: Database[] = [];
before(async () => {
  postgres = await startTestPostgres();
  const { connection } = postgres;
  admin = await openDatabase({ connection, migrations: [], log: silentLog });
});
after(async () => {
  for (const database of databases) await database.close();
  await admin.close();
  await postgres.stop();
});

async function openStore(kind: 'memory' | 'PostgreSQL'): Promise<NodeStore<ViewTables>> {
  if (kind === 'memory') {
    return createMemoryStore((undo) => {
      const tables = memoryCityTables(undo);
      return { ...tables, ...memoryJourneyViews(tables) };
    });
  }
  const name = `views_${String(databases.length)}`;
  const client = await admin.connect();
  await client.query(`create database ${name}`);
  client.release();
  const connection = { ...postgres.connection, database: name };
  const database = await openDatabase({
    ...{ connection, migrations: cityMigrations, log: silentLog, maxConnections: 2 },
  });
  databases.push(database);
  return createPgStore(database, (tx) => ({ ...pgCityTables(tx), ...pgJourneyViews(tx) }));
}

async function openWorld(kind: 'memory' | 'PostgreSQL'): Promise<World> {
  const stores = new Map<PartyId, NodeStore<ViewTables>>();
  for (const party of [HOST, HOME]) stores.set(party, await openStore(kind));
  const storeOf = (party: PartyId): NodeStore<ViewTables> => {
    const store = stores.get(party);
    assert(store !== undefined);
    return store;
  };
  const world = await testJourneys(MORNING + 3600, [HOST, HOME], (party) => storeOf(party));
  const entries = seedEntries(HOST, '2026-11-01');
  world.editions.set(HOST, new Map([[1, entries]]));
  const head: Head = {
    ...{ type: 'tongyu.head', party: HOST, number: 1, time: MORNING - 3600, edition: null },
    ...{ verified: [], suspended: [] },
  };
  const host = world.city(HOST);
  const signed = await host.sign(head);
  host.heads.set(1, signed);
  world.city(HOME).hear(signed);
  const part = {
    type: 'tongyu.part',
    party: HOST,
    edition: '2026-H2',
    entries,
    changes: [],
  } as const;
  const views = (party: PartyId): JourneyViews =>
    createJourneyViews({
      ...{ party, clock: { now: () => world.now }, store: storeOf(party) },
      journeys: world.city(party).journeys,
      part: (_tx, of) => Promise.resolve(of === HOST ? part : undefined),
      partInForce: () => Promise.resolve(party === HOST ? part : undefined),
      refreshClasses: () => Promise.resolve(),
    });
  return Object.assign(world, { views });
}

function tap(number: number, seconds: number, more: Partial<TestTap> = {}): TestTap {
  return {
    ...{ terminal: `${HOST}-gate`, number, time: MORNING + seconds, service: METRO },
    ...{ direction: 'entry', stop: 'demo-1', resident: 'r-1', class: 0, shownFen: 500 },
    ...{ edition: 1, head: 1, fareGroup: METRO, operator: METRO },
    ...more,
  };
}

const exit = { direction: 'exit', stop: 'demo-4' } as const;
const bus: Partial<TestTap> = {
  ...{ service: BUS, operator: BUS, fareGroup: BUS, direction: 'single', stop: null },
  shownFen: 200,
};

async function tripsOf(world: World, resident = 'r-1'): Promise<readonly Trip[]> {
  return (await world.views(HOME).trips(resident, undefined)).trips;
}

function textOf(line: Json | undefined): string {
  return canonicalJson(line ?? null);
}

function briefly({ state, line }: Trip): readonly unknown[] {
  return [state, line?.state, line?.riderFen];
}

for (const kind of ['memory', 'PostgreSQL'] as const) {
  const here = (title: string, work: (world: World) => Promise<void>): void => {
    void test(`${kind}: ${title}`, async () => {
      await work(await openWorld(kind));
    });
  };

  here(
    'a receipt is there before the claim, and both offices see the same bytes',
    async (world) => {
      await rideIn(world, HOST, HOME, [tap(1, 0), tap(2, 1500, exit)]);
      assert.deepEqual((await tripsOf(world)).map(briefly), [['provisional', 'complete', 500]]);
      await world.settle();
      const [trip] = await tripsOf(world);
      assert.deepEqual(trip && briefly(trip), ['accepted', 'complete', 500]);
      const { lines } = await world.views(HOST).lines({ limit: 9 });
      const home = await world.views(HOME).homeLines({ limit: 9 });
      assert.equal(textOf(lines[0]?.line), textOf(home.lines[0]?.line));
      assert.equal(textOf(lines[0]?.line), textOf(trip?.line));
      assert.deepEqual([lines[0]?.revision, home.lines[0]?.revision], [1, 1]);
      assert.deepEqual(await tripsOf(world, 'r-2'), []);
    },
  );

  here('a lost exit is put right: at once on the phone, then by both cities', async (world) => {
    await rideIn(world, HOST, HOME, [tap(1, 0)]);
    world.now = MORNING + 7 * 3600;
    await world.settle();
    assert.deepEqual((await tripsOf(world)).map(briefly), [['accepted', 'missing-exit', 500]]);
    const wish: RepairWish = {
      ...{ journey: FIRST, kind: 'exit', stop: 'demo-2', time: MORNING + 900, class: null },
    };
    const stranger = await world.views(HOME).repair('r-2', wish);
    assert.equal(!stranger.ok && stranger.refusal.code, 'TRIP_UNKNOWN');
    const repaired = await world.views(HOME).repair('r-1', wish);
    assert(repaired.ok);
    const [now] = await tripsOf(world);
    assert.deepEqual(now && briefly(now), ['provisional', 'repaired', 300]);
    assert.deepEqual(now?.repaired, [repaired.value.repair]);
    assert.deepEqual(await world.views(HOME).repair('r-1', wish), repaired, 'asked again');
    await world.settle();
    assert.deepEqual((await tripsOf(world)).map(briefly), [['accepted', 'repaired', 300]]);
    const { entries } = await world.views(HOME).seen('r-1');
    assert.deepEqual(entries.map(({ why }) => why).sort(), ['claim', 'repair', 'tap']);
  });

  here('of four ends told at once, three are taken: the month’s number holds', async (world) => {
    const numbers = [1, 2, 3, 4];
    await rideIn(
      world,
      HOST,
      HOME,
      numbers.map((number) => tap(number, number * 1200)),
    );
    world.now = MORNING + 10 * 3600;
    const asked = await Promise.all(
      numbers.map((number) =>
        world.views(HOME).repair('r-1', {
          ...{ journey: `${HOST}-gate/${number}`, kind: 'exit', stop: 'demo-2', class: null },
          time: MORNING + number * 1200 + 300,
        }),
      ),
    );
    const codes = asked.map((result) => (result.ok ? 'done' : result.refusal.code));
    assert.deepEqual(codes.sort(), ['REPAIRS_USED_UP', 'done', 'done', 'done']);
    await world.settle();
    const states = (await tripsOf(world)).map(({ state, line }) => [state, line?.state].join(' '));
    assert.equal(states.filter((one) => one === 'accepted repaired').length, 3);
  });

  here('an objection upheld by the operator’s editor costs the rider nothing', async (world) => {
    await rideIn(world, HOST, HOME, [tap(1, 0, bus), tap(2, 3600, bus)]);
    await world.settle();
    const home = world.views(HOME);
    const objected = await home.object('r-1', { journey: FIRST, reason: 'wrong-price' });
    assert(objected.ok);
    const again = await home.object('r-1', { journey: FIRST, reason: 'wrong-price' });
    assert.equal(!again.ok && again.refusal.code, 'OBJECTION_OPEN');
    await world.settle();
    const { id } = objected.value.objection;
    const host = world.views(HOST);
    const decide = (operator: string | null) =>
      host.answerObjection(id, 'upheld', { account: 'li', operator });
    const others = await decide(METRO);
    assert.equal(!others.ok && others.refusal.code, 'OBJECTION_UNKNOWN');
    const answered = await decide(BUS);
    assert(answered.ok);
    assert.equal(answered.value.objection.decision, 'upheld');
    const twice = await decide(BUS);
    assert.equal(!twice.ok && twice.refusal.code, 'OBJECTION_DECIDED');
    await world.settle();
    const [second, first] = await tripsOf(world);
    assert(first !== undefined);
    assert.deepEqual(briefly(first), ['accepted', 'complete', 0]);
    assert.deepEqual(second && briefly(second), ['accepted', 'complete', 200]);
    assert.deepEqual(
      first.funders.map(({ kind: by, part, fen }) => [by, part, fen]),
      [['operator', 'waived', 200]],
    );
    assert.equal(first.objection?.answer?.decision, 'upheld');
  });

  here('every accepted tap is at one place, for the city and for each operator', async (world) => {
    await rideIn(world, HOST, HOME, [
      tap(1, 0),
      tap(2, 1500, exit),
      tap(3, 2000, bus),
      tap(4, 2100, { ...bus, edition: 77 }), // of an edition that nobody holds
      tap(5, 3000), // still open
    ]);
    await rideIn(world, HOST, HOME, [tap(6, 3200, { ...bus, resident: 'r-2' })], { report: false });
    await world.settle();
    const range = {
      from: serviceDayDate(serviceDay(MORNING)),
      to: serviceDayDate(serviceDay(MORNING)),
    };
    const sumsFor = async (operator?: string) => {
      const filter = { limit: 9, ...(operator === undefined ? {} : { operator }) };
      const page = await world.views(HOST).exceptions(filter, range);
      assert(page.ok);
      const { sums, counts, exceptions } = page.value;
      const { accepted, inLines, open, unpriced, pending, doubled } = sums;
      assert.equal(accepted, inLines + sums.exceptions + open + unpriced + pending);
      assert.equal(doubled, 0);
      return [accepted, inLines, counts, open, pending, exceptions.map((one) => one.reason)];
    };
    const unknown = { TERMS_UNKNOWN: 1 };
    assert.deepEqual(await sumsFor(), [6, 3, unknown, 1, 1, ['TERMS_UNKNOWN']]);
    assert.deepEqual(await sumsFor(METRO), [3, 2, {}, 1, 0, []]);
    assert.deepEqual(await sumsFor(BUS), [3, 1, unknown, 0, 1, ['TERMS_UNKNOWN']]);
    await reportIn(world, HOST, HOME, [tap(6, 3200, { ...bus, resident: 'r-2' })]);
    await world.settle();
    assert.deepEqual(await sumsFor(BUS), [3, 2, unknown, 0, 0, ['TERMS_UNKNOWN']]);
    const parity = await world.views(HOST).parity(range, null);
    assert(parity.ok);
    assert.deepEqual(
      parity.value.services.map(({ service, locals, visitors }) => [
        ...[service, locals.taps, visitors.taps, visitors.journeys, visitors.riderFen],
      ]),
      [
        [BUS, 0, 3, 2, 400],
        [METRO, 0, 3, 1, 500],
      ],
    );
  });
}
