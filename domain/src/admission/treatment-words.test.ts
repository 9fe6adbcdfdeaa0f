import assert from 'node:assert/strict';
import test from 'node:test';
import type { ConcessionRule, Suspension } from '@tongyu/protocol';
import {
  entryContent,
  headContent,
  ruleContent,
  suspension,
  words,
} from '../../../tools/vectors/catalogue-region.ts';
import { NOON } from '../../../tools/vectors/region.ts';
import { entitle } from '../entitlement/entitle.ts';
import { RULE_REASONS, RULE_STANDINGS, type Entitled } from '../entitlement/types.ts';
import { REASON_WORDS, reasonWhyNot, STANDING_WORDS } from './treatment-words.ts';
import { SCREEN_LANGUAGES } from './words.ts';

const half = ruleContent({
  id: 'half',
  name: words('老年人半价', { en: 'Half fare, 65 and over' }),
});

function treated(
  rules: readonly ConcessionRule[],
  shown: number,
  suspended: readonly Suspension[] = [],
  date = '2027-03-01',
): Entitled {
  const head = headContent({ suspended });
  const rider = { residence: '4301', class: shown };
  const found = entitle({ entry: entryContent({ rules }), head, rider, date, now: NOON });
  assert.ok(found.admitted);
  return found;
}

void test('ENT-4.1: every reason and standing has words that fit a gate’s screen', () => {
  assert.deepEqual(Object.keys(REASON_WORDS), [...RULE_REASONS]);
  assert.deepEqual(Object.keys(STANDING_WORDS), [...RULE_STANDINGS]);
  for (const text of [...Object.values(REASON_WORDS), ...Object.values(STANDING_WORDS)]) {
    for (const language of SCREEN_LANGUAGES) {
      const length = text[language].length;
      assert.ok(length > 0 && length <= (language === 'en' ? 40 : 12), text[language]);
    }
  }
  const said = Object.values(REASON_WORDS).map((text) => text['zh-CN']);
  assert.equal(new Set(said).size, said.length, 'no two reasons sound alike');
});

void test('ENT-4.1: it says why a cheaper one is not, the most telling reason first', () => {
  const whyNot = (...of: Parameters<typeof treated>) => reasonWhyNot(treated(...of));
  const stopped = suspension('4201-metro', 'half');
  assert.equal(whyNot([half], 2, [stopped]), 'SUSPENDED');
  assert.equal(whyNot([half], 2, [{ ...stopped, residence: '4301' }]), 'SUSPENDED_FOR_RESIDENCE');
  assert.equal(whyNot([half], 2, [{ ...stopped, residence: '3601' }]), undefined);
  assert.equal(whyNot([half], 0), 'CLASS_NOT_SHOWN');
  assert.equal(whyNot([half], 0, [stopped]), undefined, 'it would not help to carry the class');
  assert.equal(whyNot([{ ...half, residences: ['3601'] }], 2, [stopped]), undefined);
  assert.equal(whyNot([{ ...half, perDay: 1 }], 2), 'DAILY_NUMBER_OPEN');
  assert.equal(whyNot([{ ...half, until: '2027-02-28' }], 2), 'ENDED');
  assert.equal(whyNot([{ ...half, from: '2027-03-02' }], 2), 'NOT_YET');
  const dear = ruleContent({ id: 'dear', benefit: { kind: 'price', priceFen: 400 } });
  const dearStopped = suspension('4201-metro', 'dear');
  assert.equal(whyNot([half, dear], 2, [dearStopped]), undefined, 'it is no cheaper');
  assert.equal(whyNot([half, dear], 2, [stopped]), 'SUSPENDED', 'another one is applied instead');
  const ended = { ...half, id: 'old', until: '2027-02-28' };
  assert.equal(whyNot([ended, half], 2, [stopped]), 'SUSPENDED');
});
