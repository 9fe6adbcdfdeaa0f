import assert from 'node:assert/strict';
import test from 'node:test';
import {
  examineCode,
  issuerLookup,
  runChecks,
  slotFromIndex,
  slotIndex,
  slotOf,
  slotStart,
  startOfDate,
} from '@tongyu/protocol';
import { regionTrust, testRegion, type TestRegion } from '../city/city-fixture.ts';
import { addCityRoutes } from '../city/routes.ts';
import { verifySync } from '../crypto/verify.ts';
import { createApp } from '../http/create-app.ts';
import { noFaults } from '../ports/faults.ts';
import type { HttpExchange } from '../ports/http-exchange.ts';
import { silentLog } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { createPhone, type Phone, type Shown } from './create-phone.ts';
import { softwareKeys } from './device-keys.ts';
import { httpHomeLink } from './home-link-http.ts';
import { memoryPhoneStore } from './phone-store.ts';

/** The headless phone and a city's own routes, with nothing pretended between them. */
async function phoneOf(region: TestRegion, persona: string): Promise<Phone> {
  const rng = systemRng();
  const log = silentLog;
  const app = await createApp({ title: 't', version: '1', log, rng, strictTransport: false });
  const none = { roots: [], bundle: null, revokingSections: [], times: [], lists: [] };
  const offer = () => Promise.resolve({ ...none, used: [], usedCursor: '' });
  await addCityRoutes(app, region.city('4301').city, { offer });
  const exchange: HttpExchange = async ({ method, url, headers = {}, body }) => {
    const typed = body === undefined ? {} : { 'content-type': 'application/json' };
    const payload = body === undefined ? {} : { payload: body };
    const path = url.slice('http://home'.length);
    const answer = await app.inject({
      method,
      url: path,
      headers: { ...headers, ...typed },
      ...payload,
    });
    return { status: answer.statusCode, text: answer.body };
  };
  const clock = { now: () => region.now };
  const ports = { clock, rng, keys: softwareKeys, faults: noFaults };
  const phone = createPhone(ports, memoryPhoneStore(), httpHomeLink('http://home', exchange));
  const proof = { kind: 'synthetic', persona: `4301-${persona}` } as const;
  assert.ok((await phone.bind(proof)).ok);
  assert.ok((await phone.sync()).ok);
  return phone;
}

/** The class that a verifier reads from a code whose signatures it found good. */
function readClass(region: TestRegion, shown: Shown): number {
  assert.ok(shown.state === 'show');
  const lookup = issuerLookup(regionTrust(region));
  const facts = runChecks(examineCode(shown.text, lookup), verifySync);
  assert.ok(facts.form === 'good' && facts.passSignatureGood && facts.deviceSignatureGood);
  assert.equal(facts.code.pass.class, shown.pass.class);
  return facts.code.pass.class;
}

void test('a senior shows none, then the class, another one not, then none again', async () => {
  const region = await testRegion(['4301']);
  const phone = await phoneOf(region, 'senior');
  assert.equal(readClass(region, await phone.show()), 0);
  const held = await phone.classes();
  assert.ok(held.ok);
  assert.deepEqual(
    held.value.map((one) => [one.class, one.standing]),
    [
      [1, 'offered'],
      [2, 'offered'],
      [6, 'offered'],
    ],
  );
  assert.ok((await phone.chooseClass(2)).ok);
  const sync = await phone.sync();
  assert.ok(sync.ok && sync.added === 29 * 8);
  assert.equal(readClass(region, await phone.show()), 2);
  assert.ok((await phone.chooseClass(1)).ok);
  const third = await phone.sync();
  assert.ok(third.ok && third.exhaustedSlots === 29 && third.daysLeft === 7);
  assert.equal(readClass(region, await phone.show()), 0);
  const refused = await phone.chooseClass(3);
  assert.ok(!refused.ok && refused.refusal.code === 'CLASS_NOT_PROVED');
});

void test('a student’s passes carry the class to the last slot of the school year', async () => {
  const region = await testRegion(['4301']);
  const city = region.city('4301');
  const keys = city.section.keys.map((key) => ({ ...key, untilDay: 49_000 }));
  city.section = { ...city.section, keys };
  const end = startOfDate('2027-09-01') + 4 * 3600;
  region.now = end - 86_400;
  const phone = await phoneOf(region, 'student');
  assert.ok((await phone.chooseClass(4)).ok);
  assert.ok((await phone.sync()).ok);
  const at = async (time: number) => readClass(region, await phone.show(time));
  assert.deepEqual([await at(end - 1), await at(end)], [4, 0]);
  const later = slotStart(slotFromIndex(slotIndex(slotOf(end)) + 4));
  assert.equal(await at(later), 0);
  region.now = end; // the register has renewed it
  assert.ok((await phone.sync()).ok);
  assert.deepEqual([await at(end), await at(later)], [4, 4]);
});
