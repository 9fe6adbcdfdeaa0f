import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { slotIndex, slotOf } from '@tongyu/protocol';
import { silentLog } from '../ports/log.ts';
import { cityMigrations } from '../store/city-migrations.ts';
import { pgCityTables } from '../store/city-pg.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { createPgStore } from '../store/node-store.ts';
import { startTestPostgres, type TestPostgres } from '../store/test-postgres.ts';
import {
  asJson,
  bindTestPhone,
  fetchPasses,
  makeTap,
  newDeviceKeys,
  NOON,
  registerTestTerminal,
  showCode,
  testRegion,
} from './city-fixture.ts';

/** Several processes of one city on one PostgreSQL: what they do at once must have one effect. */
let postgres: TestPostgres;
let database: Database;
before(async () => {
  postgres = await startTestPostgres();
  const { connection } = postgres;
  database = await openDatabase({ connection, migrations: cityMigrations, log: silentLog });
});
after(async () => {
  await database.close();
  await postgres.stop();
});

test('taps, passes and revocations of three processes at once have one effect each', async () => {
  const region = await testRegion(['4201'], {}, () => createPgStore(database, pgCityTables));
  const wuhan = region.city('4201');
  const processes = [wuhan.city, wuhan.another(), wuhan.another()];
  const gate = await registerTestTerminal(wuhan);
  const twin = await registerTestTerminal(wuhan, 'gate-2');
  const phone = await bindTestPhone(region, wuhan);

  const deviceKeys = newDeviceKeys(phone, 8);
  const wanted = [{ ...slotOf(NOON), deviceKeys }];
  const pools = await Promise.all(
    processes.map((city) => city.pool(phone.phoneId, { wanted, class: 0 })),
  );
  const answers = new Set(pools.map((pool) => (pool.ok ? JSON.stringify(pool.value) : 'refused')));
  assert.equal(answers.size, 1);
  const rows = await wuhan.store.transaction((tx) =>
    tx.city.passesOfPhone(phone.phoneId, [slotIndex(slotOf(NOON))]),
  );
  assert.equal(rows.length, 8);

  const { passes } = await fetchPasses(wuhan, phone, { ...slotOf(NOON + 21_600) }, 1);
  assert.equal(passes.length, 1);
  const [pool] = pools;
  assert(pool?.ok === true);
  const code = await showCode(phone, pool.value.passes[0]?.pass ?? '', NOON);
  const batch = asJson([
    await makeTap(region, gate, 1, code),
    await makeTap(region, gate, 2, code),
    await makeTap(region, twin, 1, code),
  ]);
  const uploads = await Promise.all(
    [...processes, ...processes].map((city) => city.takeTaps(batch)),
  );
  const outcomes = uploads.flatMap(({ results }) => results.map((result) => result.outcome));
  assert.equal(outcomes.filter((outcome) => outcome === 'accepted').length, 3);
  assert.equal(outcomes.filter((outcome) => outcome === 'duplicate').length, 15);
  const { taps } = await wuhan.city.taps({ limit: 9 });
  assert.deepEqual(taps.map((tap) => tap.charged).sort(), [false, false, true]);
  assert.deepEqual(await wuhan.city.gaps(), []);

  const proof = { kind: 'synthetic', persona: '4201-adult' } as const;
  const reports = await Promise.all(
    processes.map((city) => city.reportLost({ proof, phoneId: phone.phoneId })),
  );
  for (const report of reports) {
    assert(report.ok);
    assert.deepEqual(report.value, { revokedAt: NOON, listNumber: 2 });
  }
});

test('a tap that was answered is there when the next process opens', async () => {
  const { connection } = postgres;
  const open = () => openDatabase({ connection, migrations: cityMigrations, log: silentLog });
  const first = await open();
  const region = await testRegion(['4201'], {}, () => createPgStore(first, pgCityTables));
  const gate = await registerTestTerminal(region.city('4201'), 'gate-9');
  const assisted = { kind: 'assisted', assistedReason: 'other', shownPriceFen: null } as const;
  const batch = asJson([await makeTap(region, gate, 1, null, assisted)]);
  const taken = await region.city('4201').city.takeTaps(batch);
  assert.equal(taken.results[0]?.outcome, 'accepted');
  await first.close();
  const second = await open();
  const tables = createPgStore(second, pgCityTables);
  const stored = await tables.transaction((tx) => tx.city.taps({ terminal: gate.id, limit: 9 }));
  assert.equal(stored.length, 1);
  await second.close();
});
