import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runChecks, verifyServiceFile } from '@tongyu/protocol';
import { verifySync } from '../crypto/verify.ts';
import { testRegion } from './city-fixture.ts';

test('services are signed under rising numbers, and only this city’s own', async () => {
  const region = await testRegion();
  const { city } = region.city('4201');
  const first = await city.services();
  assert.equal(first?.signed.number, 1);
  const services = first.signed.services.map((entry) => ({ ...entry, open: false }));
  assert.deepEqual(await city.setServices(services), { ok: true, value: { number: 2 } });
  assert.equal((await city.services())?.signed.services[0]?.open, false);
  const codeOf = async (entries: Parameters<typeof city.setServices>[0]) => {
    const answer = await city.setServices(entries);
    return answer.ok ? 'ok' : answer.refusal.code;
  };
  const [entry] = services;
  assert(entry !== undefined);
  assert.equal(await codeOf([entry, entry]), 'SERVICES_TWICE');
  const twice = [...entry.prices, ...entry.prices];
  assert.equal(await codeOf([{ ...entry, prices: twice }]), 'SERVICES_TWICE');
  assert.equal(await codeOf([{ ...entry, id: '4301-metro' }]), 'NOT_OF_THIS_CITY');
  assert.equal(await codeOf([{ ...entry, operator: '4201-none' }]), 'OPERATOR_UNKNOWN');
  assert.equal((await city.services())?.signed.number, 2);
});

test('the first file is the city’s own, labelled, with a price for every member', async () => {
  const region = await testRegion(['4201', '4301', '3401', '3601', '4202']);
  for (const { city, section } of region.cities.values()) {
    const file = await city.services();
    assert(file !== undefined);
    const result = runChecks(verifyServiceFile(section, undefined, file), verifySync);
    assert(result.ok);
    for (const service of file.signed.services) {
      assert.match(service.name.en ?? '', /demo policy/);
      const residences = service.prices.map((price) => price.residence);
      for (const member of ['4201', '4301', '3401', '3601']) assert(residences.includes(member));
    }
  }
});
