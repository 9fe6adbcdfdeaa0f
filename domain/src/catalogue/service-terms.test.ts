import assert from 'node:assert/strict';
import test from 'node:test';
import { servicesContent } from '../../../tools/vectors/region.ts';
import { serviceTerms } from './service.ts';

void test('a service of the file has its terms, and no other has any', () => {
  const file = servicesContent();
  const metro = serviceTerms(file, '4201-metro');
  assert.equal(metro?.open, true);
  assert.equal(metro.quote({ residence: '4301', class: 0 })?.priceFen, 230);
  assert.equal(metro.quote({ residence: '4202', class: 0 }), undefined);
  assert.equal(serviceTerms(file, '4201-bus')?.open, false);
  assert.equal(serviceTerms(file, '4201-nowhere'), undefined);
});

void test('TAP-1.3: where a residence stands twice, the last one counts', () => {
  const file = servicesContent();
  const services = file.services.map((entry) => ({
    ...entry,
    prices: [...entry.prices, { residence: '4301', priceFen: 5 }],
  }));
  assert.equal(
    serviceTerms({ ...file, services }, '4201-metro')?.quote({ residence: '4301', class: 0 })
      ?.priceFen,
    5,
  );
});
