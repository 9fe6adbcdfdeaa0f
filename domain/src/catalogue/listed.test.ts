import assert from 'node:assert/strict';
import test from 'node:test';
import {
  entryContent,
  headContent,
  ruleContent,
  suspension,
} from '../../../tools/vectors/catalogue-region.ts';
import { NOON } from '../../../tools/vectors/region.ts';
import { listedEntry, rulePrices } from './listed.ts';

const daily = ruleContent({ id: 'daily', perDay: 2, benefit: { kind: 'price', priceFen: 100 } });
const entry = entryContent({ rules: [daily, ruleContent()] });

void test('each concession is listed with its own price, as if its daily number were left', () => {
  const listed = listedEntry(entry, headContent(), NOON);
  assert.deepEqual([listed.suspension, listed.suspendedRules, listed.isTold], [null, [], true]);
  assert.deepEqual(
    rulePrices(listed, '2027-03-01').map(({ quote, state }) => [quote?.priceFen, state]),
    [
      [100, 'holds'],
      [202, 'holds'],
    ],
  );
});

void test('LIST-4.4: what is stopped for one city’s residents holds for the others', () => {
  const suspended = [
    suspension('4201-metro', 'daily', '3601'),
    suspension('4201-metro', 'daily', '4301'),
    suspension('4201-metro', 'senior-65'),
    suspension('4201-metro', 'senior-65', '4301'),
  ];
  const listed = listedEntry(entry, headContent({ suspended }), NOON);
  const [first, second] = rulePrices(listed, '2027-03-01');
  assert.deepEqual([first?.state, first?.suspension], ['holds', null]);
  assert.deepEqual(first?.stoppedFor, ['3601', '4301']);
  assert.deepEqual([second?.state, second?.suspension], ['suspended', suspended[2]]);
  assert.deepEqual(second?.stoppedFor, ['4301']);
  const over = rulePrices(listedEntry(entry, headContent(), NOON), '2026-12-31');
  assert.deepEqual(
    over.map(({ state }) => state),
    ['to-come', 'to-come'],
  );
});
