import assert from 'node:assert/strict';
import test from 'node:test';
import type { ConcessionRule, ExaminedCode, Suspension } from '@tongyu/protocol';
import {
  entryContent,
  headContent,
  ruleContent,
  suspension,
  words,
} from '../../../tools/vectors/catalogue-region.ts';
import { NOON } from '../../../tools/vectors/region.ts';
import { entitle } from '../entitlement/entitle.ts';
import { NO_SUCH_CONCESSION, shownTerms, type ShownTerms } from './shown-terms.ts';
import { REASON_WORDS } from './treatment-words.ts';

const half = ruleContent({ id: 'half', name: words('老年人半价') });

function shown(
  rules: readonly ConcessionRule[],
  shownClass: number,
  suspended: readonly Suspension[] = [],
  tariff: object = { kind: 'flat', priceFen: 400 },
): ShownTerms {
  const entry = entryContent({
    rules,
    tariff: tariff as ReturnType<typeof entryContent>['tariff'],
  });
  const rider = { residence: '4301', class: shownClass };
  const head = headContent({ suspended });
  const quote = entitle({ entry, head, rider, date: '2027-03-01', now: NOON });
  assert.ok(quote.admitted);
  const code = { code: { pass: { class: shownClass } } } as unknown as ExaminedCode;
  return shownTerms({ verdict: 'pass', code, quote, warned: false });
}

void test('ENT-4.1: price, full price and the concession’s name stand beside the verdict', () => {
  const { rule, why, ...prices } = shown([half], 2);
  assert.deepEqual(prices, { priceFen: 200, fromFen: 200, fullFen: 400 });
  assert.deepEqual([rule, why], [{ id: 'half', name: half.name }, null]);
});

void test('a class that nothing came of is told why, no class is told nothing', () => {
  const stopped = [suspension('4201-metro', 'half')];
  const forOurs = [suspension('4201-metro', 'half', '4301')];
  assert.deepEqual(shown([half], 2, stopped).why, REASON_WORDS.SUSPENDED);
  assert.deepEqual(shown([half], 2, forOurs).why, REASON_WORDS.SUSPENDED_FOR_RESIDENCE);
  assert.deepEqual(shown([half], 4).why, NO_SUCH_CONCESSION);
  assert.deepEqual(shown([], 2).why, NO_SUCH_CONCESSION);
  assert.equal(shown([half], 0).why, null);
  assert.equal(shown([], 0).why, null);
  assert.equal(shown([], 2, [], { kind: 'free' }).why, null, 'nothing is cheaper than free');
  const forAll = { ...half, class: 0 };
  assert.deepEqual(shown([forAll], 0, stopped).why, REASON_WORDS.SUSPENDED);
});

void test('a daily number leaves a range, and says so', () => {
  const daily = { ...half, perDay: 2 };
  const { priceFen, fromFen, rule, why } = shown([daily], 2);
  assert.deepEqual([fromFen, priceFen, rule], [200, 400, null]);
  assert.deepEqual(why, REASON_WORDS.DAILY_NUMBER_OPEN);
});

void test('ENT-4.1: who pays by a dearer concession is told too why the cheaper one is not', () => {
  const dearer = ruleContent({ id: 'guests', class: 0, benefit: { kind: 'price', priceFen: 300 } });
  const found = shown([half, dearer], 2, [suspension('4201-metro', 'half')]);
  assert.deepEqual([found.rule?.id, found.why], ['guests', REASON_WORDS.SUSPENDED]);
  assert.equal(shown([half, dearer], 0).why, null, 'without the class nobody is told');
});
