import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { slotOf, startOfDate } from '@tongyu/protocol';
import { sql } from 'kysely';
import {
  bindRequest,
  hashOf,
  newDeviceKeys,
  phoneHeader,
  testRegion,
  type TestPhone,
  type TestRegion,
} from '../city/city-fixture.ts';
import { personasOf } from '../city/personas.ts';
import { addCityRoutes } from '../city/routes.ts';
import { generateSigner } from '../crypto/sign.ts';
import { createApp, type App } from '../http/create-app.ts';
import { silentLog, type Log } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { cityMigrations } from '../store/city-migrations.ts';
import { pgCityTables } from '../store/city-pg.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { createPgStore } from '../store/node-store.ts';
import { startTestPostgres, type TestPostgres } from '../store/test-postgres.ts';

const DAY = 86_400;
/** The day on which the senior is 70. */
const BIRTHDAY = startOfDate('2028-02-26');
const PERSONAS = personasOf('4301');

let postgres: TestPostgres;
let database: Database;
let region: TestRegion;
let app: App;
/** All that the node logged, and all that it answered to a phone. */
const told: string[] = [];

const log: Log = {
  info: (...line) => told.push(JSON.stringify(line)),
  warn: (...line) => told.push(JSON.stringify(line)),
  error: (...line) => told.push(JSON.stringify(line.map(String))),
};

before(async () => {
  postgres = await startTestPostgres();
  const { connection } = postgres;
  database = await openDatabase({ connection, migrations: cityMigrations, log: silentLog });
  region = await testRegion(['4301'], {}, () => createPgStore(database, pgCityTables));
  const { city, section } = region.city('4301');
  const keys = section.keys.map((key) => ({ ...key, untilDay: 49_000 }));
  region.city('4301').section = { ...section, keys };
  const rng = systemRng();
  app = await createApp({ title: 't', version: '1', log, rng, strictTransport: false });
  const none = { roots: [], bundle: null, revokingSections: [], times: [], lists: [] };
  const offer = () => Promise.resolve({ ...none, used: [], usedCursor: '' });
  await addCityRoutes(app, city, { offer });
});
after(async () => {
  await app.close();
  await database.close();
  await postgres.stop();
});

type Answer = { readonly status: number; readonly json: Record<string, unknown> };

async function call(
  method: 'GET' | 'POST',
  url: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const typed = body === '' ? headers : { ...headers, 'content-type': 'application/json' };
  const payload = body === '' ? {} : { payload: body };
  const answer = await app.inject({ method, url, headers: typed, ...payload });
  told.push(answer.body);
  return { status: answer.statusCode, json: JSON.parse(answer.body) as Record<string, unknown> };
}

let nonces = 0;
function asPhone(phone: TestPhone, method: 'GET' | 'POST', path: string, body = '') {
  const request = { method, path, bodyHash: hashOf(body) };
  const nonce = `nonce-${String(++nonces).padStart(6, '0')}`;
  const header = phoneHeader(phone, request, region.now, nonce);
  return call(method, path, body, { 'tongyu-phone': header });
}

async function bind(persona: string): Promise<TestPhone> {
  const key = generateSigner('ES256');
  const request = JSON.stringify(bindRequest('4301', persona, key, region.now));
  const { json } = await call('POST', '/resident/bind', request);
  return { phoneId: String(json['phoneId']), key, devices: new Map() };
}

/** Every row of every table, as text. */
async function everyRow(): Promise<string> {
  const tables = await database.read((tx) =>
    sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public'`.execute(tx),
  );
  const rows: string[] = [];
  for (const { name } of tables.rows) {
    const all = await database.read((tx) =>
      sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(tx),
    );
    rows.push(...all.rows.map(({ row }) => `${name} ${row}`));
  }
  return rows.join('\n');
}

/** The ways in which a birth date, an ID number or a name could be written down. */
function secretsOf({ record, idNumber, name }: (typeof PERSONAS)[number]): readonly string[] {
  const { born } = record;
  const [year = '', month = '', day = ''] = born.split('-');
  const chinese = `${year}年${String(Number(month))}月${String(Number(day))}日`;
  const seconds = String(startOfDate(born));
  return [born, born.replaceAll('-', ''), chinese, seconds, idNumber, name].filter(
    (secret) => secret !== '',
  );
}

test('no birth date, certificate or name is in any table, log line or answer', async () => {
  region.now = BIRTHDAY - 3 * DAY;
  const phones: TestPhone[] = [];
  for (const { id } of PERSONAS) {
    const phone = await bind(id.slice('4301-'.length));
    if (/senior|student|wheelchair/.test(id)) phones.push(phone);
  }
  const aDay = async (phone: TestPhone): Promise<void> => {
    await asPhone(phone, 'GET', '/resident/status');
    const { json } = await asPhone(phone, 'GET', '/resident/classes');
    const held = json['classes'] as readonly { readonly class: number }[];
    const asksForPasses = region.now === BIRTHDAY || region.now === BIRTHDAY + 11 * DAY;
    for (const number of asksForPasses ? [0, ...held.map((one) => one.class), 3] : []) {
      const wanted = [{ ...slotOf(region.now), deviceKeys: newDeviceKeys(phone, 1) }];
      await asPhone(phone, 'POST', '/resident/pool', JSON.stringify({ wanted, class: number }));
    }
  };
  for (const day of [-1, 0, 1, 6, 9, 11]) {
    region.now = BIRTHDAY + day * DAY;
    for (const phone of phones) await aDay(phone);
  }
  await region.city('4301').city.keep();
  const rows = await everyRow();
  const all = `${rows}\n${told.join('\n')}`;
  assert.match(rows, /city_class_fact .*"class": 3/);
  for (const persona of PERSONAS) {
    for (const secret of secretsOf(persona)) {
      assert.ok(!all.includes(secret), `${persona.id}: ${secret} is written down`);
    }
  }
  // Nor does a time tell the day on which an age was proved first.
  const facts = rows.split('\n').filter((row) => row.startsWith('city_class_fact'));
  assert.ok(facts.length >= 5);
  for (let second = BIRTHDAY; second < BIRTHDAY + DAY; second += 3600) {
    assert.ok(facts.every((row) => !row.includes(String(second))));
  }
});

test('what a phone must not send is refused before anything is asked or kept', async () => {
  region.now = BIRTHDAY + 20 * DAY;
  const phone = await bind('senior');
  const wanted = [{ ...slotOf(region.now), deviceKeys: newDeviceKeys(phone, 1) }];
  for (const classNumber of [-1, 65_536, 1.5, '2', null, true, [2], { class: 2 }]) {
    const body = JSON.stringify({ wanted, class: classNumber });
    assert.equal((await asPhone(phone, 'POST', '/resident/pool', body)).status, 400);
  }
  for (const body of [
    JSON.stringify({ wanted }),
    JSON.stringify({ wanted, class: 2, birthDate: '1958-02-26' }),
    `{"wanted":[],"class":0,"class":2}`,
    '{"wanted":[],"class":2e0',
  ]) {
    assert.equal((await asPhone(phone, 'POST', '/resident/pool', body)).status, 400);
  }
  const reserved = JSON.stringify({ wanted, class: 65_535 });
  const answer = await asPhone(phone, 'POST', '/resident/pool', reserved);
  assert.deepEqual([answer.status, answer.json['code']], [422, 'CLASS_NOT_PROVED']);
  const stranger = await call('GET', '/resident/classes', '');
  assert.deepEqual([stranger.status, stranger.json['code']], [401, 'PHONE_SIGNATURE_INVALID']);
  const good = await asPhone(phone, 'GET', '/resident/classes');
  const classes = good.json['classes'] as readonly Record<string, unknown>[];
  assert.deepEqual(
    classes.map((one) => one['class']),
    [1, 2, 3, 6],
  );
  const members = ['assurance', 'class', 'expires', 'provedAt', 'prover', 'standing'];
  assert.deepEqual(Object.keys(classes[0] ?? {}).sort(), members);
});

test('two phones of one resident at once keep the same facts once', async () => {
  region.now = BIRTHDAY + 30 * DAY;
  const phones = [await bind('senior'), await bind('senior'), await bind('senior')];
  region.now += DAY;
  const answers = await Promise.all(
    phones.map((phone) => asPhone(phone, 'GET', '/resident/classes')),
  );
  const texts = new Set(answers.map(({ json }) => JSON.stringify(json)));
  assert.equal(texts.size, 1);
  const counts = await database.read((tx) =>
    sql<{ n: number }>`select count(*) n from city_class_fact
      where ended_at is null group by resident_ref, class, prover`.execute(tx),
  );
  assert.ok(counts.rows.every(({ n }) => n === 1));
});
