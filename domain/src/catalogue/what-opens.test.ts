import assert from 'node:assert/strict';
import test from 'node:test';
import {
  entryContent,
  headContent,
  ruleContent,
  suspension,
} from '../../../tools/vectors/catalogue-region.ts';
import { NOON } from '../../../tools/vectors/region.ts';
import type { Entry, Head } from '@tongyu/protocol';
import { whatOpens } from './what-opens.ts';

const rider = { residence: '4301', class: 2 };
const only = (entry: Entry, head: Head = headContent(), now = NOON) => {
  const [opening] = whatOpens([entry], head, rider, now);
  assert.ok(opening);
  return opening;
};
const organisations = { residents: false, organisations: true };

void test('what the code opens has a price and no reason against it', () => {
  const opening = only(entryContent());
  assert.deepEqual([opening.closed, opening.quote?.priceFen, opening.unchecked], [[], 202, false]);
  const rule = [suspension('4201-metro', 'senior-65')];
  const full = only(entryContent(), headContent({ suspended: rule }));
  assert.deepEqual([full.closed, full.quote?.priceFen], [[], 405]);
});

void test('each reason is told, and all that hold at once', () => {
  const noCode = entryContent({ access: ['counter'], admits: [], rules: [] });
  assert.deepEqual(only(noCode).closed, ['NO_CODE_HERE']);
  const local = entryContent({ admits: ['4201'], rules: [] });
  assert.deepEqual(only(local).closed, ['RESIDENCE_NOT_ADMITTED']);
  assert.deepEqual(only(entryContent({ audience: organisations })).closed, ['NOT_FOR_RESIDENTS']);
  const suspended = headContent({ suspended: [suspension('4201-metro')] });
  assert.deepEqual(only(entryContent(), suspended).closed, ['SUSPENDED']);
  const headless = whatOpens([entryContent()], undefined, rider, NOON);
  assert.deepEqual(headless[0]?.closed, ['LIST_TOO_OLD']);
  const old = headContent({ time: NOON - 72 * 3600 - 1 });
  assert.deepEqual(only(entryContent(), old).closed, ['LIST_TOO_OLD']);
  const oldAndSuspended = { ...suspended, time: old.time };
  assert.deepEqual(only(entryContent(), oldAndSuspended).closed, ['SUSPENDED']);
  const both = entryContent({ admits: ['4201'], rules: [], audience: organisations });
  assert.deepEqual(only(both, suspended).closed, [
    ...['RESIDENCE_NOT_ADMITTED', 'NOT_FOR_RESIDENTS', 'SUSPENDED'],
  ]);
  assert.equal(only(both).quote, undefined);
  assert.equal(only(entryContent(), suspended).quote, undefined, 'no price where it is closed');
});

void test('LIST-4.6: a check that is too old is told and closes nothing', () => {
  const entry = entryContent({ checked: { ...entryContent().checked, on: '2026-08-01' } });
  const opening = only(entry, headContent({ verified: [] }));
  assert.deepEqual([opening.closed, opening.unchecked], [[], true]);
});

void test('entries keep their order, and a rule of the day counts by the service day', () => {
  const rule = ruleContent({ from: '2027-03-02' });
  const entries = [entryContent({ rules: [rule] }), entryContent({ id: '4201-a' })];
  const night = NOON + 15.5 * 3600; // 03:30 on 2 March, still the service day of 1 March
  const openings = whatOpens(entries, headContent(), rider, night);
  assert.deepEqual(
    openings.map(({ entry, quote }) => [entry.id, quote?.priceFen]),
    [
      ['4201-metro', 405],
      ['4201-a', 202],
    ],
  );
});
