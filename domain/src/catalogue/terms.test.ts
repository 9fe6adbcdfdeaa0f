import assert from 'node:assert/strict';
import test from 'node:test';
import {
  EMPTY_CATALOGUE,
  startOfDate,
  type Head,
  type HostList,
  type Part,
} from '@tongyu/protocol';
import {
  editionContent,
  entryContent,
  headContent,
  namedPartOf,
  nextEditionContent,
  partContent,
  ruleContent,
  suspension,
} from '../../../tools/vectors/catalogue-region.ts';
import { NOON } from '../../../tools/vectors/region.ts';
import { hostTerms } from './host-terms.ts';
import { isHeadGood, suspensionOf, suspensionsOf } from '../entitlement/suspensions.ts';
import { termsOf } from './terms.ts';

const part = partContent();
const rider = { residence: '4301', class: 2 };
const termsAt = (of: Part, head: Head | undefined, id: string, now: number) => {
  const entry = of.entries.find((one) => one.id === id);
  return entry && termsOf(entry, head, now);
};
const isOpen = (head: Head | undefined, now = NOON, service = '4201-metro') =>
  termsAt(part, head, service, now)?.open;

void test('LIST-4.5: a service is open on a head of the last 72 h that does not suspend it', () => {
  const head = headContent({ time: NOON - 72 * 3600 });
  assert.equal(isOpen(head), true);
  assert.equal(isOpen(head, NOON + 1), false, 'one second more');
  assert.equal(isOpen(undefined), false, 'without a head nobody can say');
  assert.ok(isHeadGood(head, NOON));
  const suspended = [suspension('4201-metro')];
  assert.equal(isOpen(headContent({ suspended })), false);
  assert.equal(isOpen(headContent({ suspended }), NOON, '4201-museum'), true, 'not the other one');
  const rules = [suspension('4201-metro', 'senior-65')];
  assert.equal(isOpen(headContent({ suspended: rules })), true, 'a rule closes nothing');
});

void test('LIST-4.4: a suspended rule is gone, whatever its time says, and others stay', () => {
  const entry = entryContent({ rules: [ruleContent(), ruleContent({ id: 'b', class: 0 })] });
  const both = partContent('4201', { entries: [entry] });
  const priceOf = (suspended: Head['suspended']) =>
    termsAt(both, headContent({ suspended }), '4201-metro', NOON)?.quote(rider)?.rule?.id;
  assert.equal(priceOf([]), 'senior-65');
  assert.equal(priceOf([suspension('4201-metro', 'senior-65')]), 'b');
  assert.equal(priceOf([{ ...suspension('4201-metro', 'senior-65'), since: NOON + 9_999 }]), 'b');
  assert.equal(priceOf([suspension('4201-museum', 'senior-65')]), 'senior-65');
  const suspended = [suspension('4201-metro'), suspension('4201-metro', 'b')];
  const head = headContent({ suspended });
  assert.deepEqual(suspensionsOf(head, '4201-metro'), suspended);
  assert.equal(suspensionOf(head, '4201-metro'), suspended[0]);
  assert.equal(suspensionOf(undefined, '4201-metro'), undefined);
  assert.deepEqual(suspensionsOf(undefined, '4201-metro'), []);
  assert.deepEqual(suspensionsOf(head, '4201-museum'), []);
});

void test('LIST-2.2: at a terminal a rule begins and ends with the service day, at 04:00', () => {
  const rule = ruleContent({ from: '2027-03-01', until: '2027-03-01' });
  const day = partContent('4201', { entries: [entryContent({ rules: [rule] })] });
  const isHalf = (now: number) =>
    termsAt(day, headContent(), '4201-metro', now)?.quote(rider)?.rule !== null;
  const four = startOfDate('2027-03-01') + 4 * 3600;
  assert.deepEqual([four - 1, four, four + 86_399, four + 86_400].map(isHalf), [
    ...[false, true, true, false],
  ]);
});

void test('LIST-6.5: a terminal goes over to the next edition at its second, offline', () => {
  const [first, withoutMetro] = [editionContent(), partContent('4201', { entries: [] })];
  const next = { ...withoutMetro, edition: '2027-H2' };
  const parts = first.parts.map((named) => (named.party === '4201' ? namedPartOf(next) : named));
  const second = nextEditionContent(first, { parts });
  const summer = startOfDate('2027-07-01');
  const head = { signed: headContent({ time: summer - 3_600 }), signatures: [] };
  const list: HostList = {
    catalogue: {
      ...EMPTY_CATALOGUE,
      editions: [first, second].map((edition) => ({ signed: edition, signatures: [] })),
      heads: [{ signed: headContent({ party: '4301', number: 99 }), signatures: [] }, head],
    },
    parts: new Map([part, next].map((one) => [namedPartOf(one).hash, one])),
  };
  const at = hostTerms(list, '4201', '4201-metro');
  assert.deepEqual([at(summer - 1).terms?.open, at(summer - 1).editionNumber], [true, 3]);
  assert.deepEqual(at(summer), { terms: undefined, editionNumber: 4, headNumber: 12 });
  const before = at(startOfDate('2027-01-01') - 1);
  assert.deepEqual(before, { terms: undefined, editionNumber: 0, headNumber: 12 });
  const nothing = hostTerms({ catalogue: EMPTY_CATALOGUE, parts: new Map() }, '4201', '4201-metro');
  assert.deepEqual(nothing(summer), { terms: undefined, editionNumber: 0, headNumber: 0 });
});
