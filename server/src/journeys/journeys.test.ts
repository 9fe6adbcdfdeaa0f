import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { GroupClaim, JourneyLine, PartyId } from '@tongyu/protocol';
import { at, HEADS, LATER, SERVICES } from '../../../tools/vectors/journey-region.ts';
import { silentLog } from '../ports/log.ts';
import { memoryCityTables } from '../store/city-memory.ts';
import { cityMigrations } from '../store/city-migrations.ts';
import { pgCityTables } from '../store/city-pg.ts';
import type { CityTables } from '../store/city-tables.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { createMemoryStore, createPgStore, type NodeStore } from '../store/node-store.ts';
import { startTestPostgres, type TestPostgres } from '../store/test-postgres.ts';
import { rideIn, testJourneys, type TestJourneys, type TestTap } from './testing/two-cities.ts';

type MakeStore = (party: PartyId) => NodeStore<CityTables>;

async function wuhanAndChangsha(makeStore: MakeStore): Promise<TestJourneys> {
  const world = await testJourneys(at('09:00'), ['4201', '4301'], makeStore);
  world.editions.set(
    '4201',
    new Map([
      [3, SERVICES],
      [4, LATER],
    ]),
  );
  const host = world.city('4201');
  for (const head of HEADS) {
    host.heads.set(head.number, await host.sign({ ...head, party: '4201' }));
  }
  return world;
}

/** `1 metro entry a 08:00`, of a resident. */
function tap(spec: string, more: Partial<TestTap> = {}): TestTap {
  const [number, service = '', direction, stop = '-', clock = ''] = spec.split(' ');
  return {
    ...{ terminal: '4201-gate', number: Number(number), time: at(clock) },
    ...{ service: `4201-${service}`, direction: direction as TestTap['direction'] },
    stop: stop === '-' ? null : stop,
    ...{ resident: 'r-1', class: 0, shownFen: 100_000, edition: 3, head: 12 },
    ...{ fareGroup: '4201-transit', operator: '4201-transit-co' },
    ...more,
  };
}

let postgres: TestPostgres;
const databases: Database[] = [];
before(async () => {
  postgres = await startTestPostgres();
});
after(async () => {
  for (const database of databases) await database.close();
  await postgres.stop();
});

for (const kind of ['memory', 'PostgreSQL'] as const) {
  const here = (title: string, work: (world: TestJourneys) => Promise<void>): void => {
    void test(`${kind}: ${title}`, async () => {
      const stores = new Map<PartyId, NodeStore<CityTables>>();
      for (const party of ['4201', '4301']) stores.set(party, await storeOf(kind));
      await work(await wuhanAndChangsha((party) => stores.get(party) ?? fail()));
    });
  };

  here('a ride is claimed, computed again and accepted, with the same bytes', async (world) => {
    await rideIn(world, '4201', '4301', [
      tap('1 metro entry a 08:00'),
      tap('2 metro exit c 08:20'),
    ]);
    await world.settle();
    const [line] = await hostLines(world);
    assert.equal(line?.state, 'accepted');
    const kept = await world.city('4301').store.read((tx) => tx.home.homeLinesOf('r-1', 0));
    assert.deepEqual(
      kept.map(({ text }) => text),
      [line?.text],
    );
    assert.equal((JSON.parse(line?.text ?? '') as JourneyLine).fullFen, 455);
  });
}

function fail(): never {
  throw new Error('no such store');
}

let made = 0;

async function storeOf(kind: 'memory' | 'PostgreSQL'): Promise<NodeStore<CityTables>> {
  if (kind === 'memory') return createMemoryStore(memoryCityTables);
  const name = `journeys_${String(++made)}`;
  const admin = await openDatabase({
    connection: postgres.connection,
    migrations: [],
    log: silentLog,
  });
  const client = await admin.connect();
  await client.query(`create database ${name}`);
  client.release();
  await admin.close();
  const connection = { ...postgres.connection, database: name };
  const database = await openDatabase({
    ...{ connection, migrations: cityMigrations, log: silentLog, maxConnections: 2 },
  });
  databases.push(database);
  return createPgStore(database, pgCityTables);
}

async function hostLines(world: TestJourneys) {
  return world.city('4201').store.read((tx) => tx.host.lines({ limit: 100 }));
}

export type { GroupClaim };
