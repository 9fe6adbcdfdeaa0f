import assert from 'node:assert/strict';
import test from 'node:test';
import { startOfDate, type Hours } from '@tongyu/protocol';
import {
  editionContent,
  entryContent,
  headContent,
  suspension,
  words,
} from '../../../tools/vectors/catalogue-region.ts';
import { NOON } from '../../../tools/vectors/region.ts';
import { isOverdue, lastCheck, openNow, whyUnusable } from './usable.ts';

/** A moment in China, as `2027-03-01 23:59`; 1 March 2027 is a Monday. */
function china(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00+08:00`) / 1000;
}

const checkedOn = (on: string) => entryContent({ checked: { by: words('甲'), on } });
const headWith = (entry: string, on: string) =>
  headContent({ verified: [{ entry, on, by: words('乙') }] });

void test('LIST-4.6: the last check is the later one of the entry’s own and the head’s', () => {
  const entry = checkedOn('2026-12-20');
  assert.equal(lastCheck(entry, undefined).on, '2026-12-20');
  const later = lastCheck(entry, headWith(entry.id, '2027-02-20'));
  assert.deepEqual([later.on, later.by.zhCN], ['2027-02-20', '乙']);
  assert.equal(lastCheck(entry, headWith(entry.id, '2026-12-20')).by.zhCN, '甲', 'as late is not');
  assert.equal(lastCheck(entry, headWith(entry.id, '2026-01-01')).on, '2026-12-20');
  assert.equal(lastCheck(entry, headWith('4201-museum', '2027-02-20')).on, '2026-12-20');
});

void test('LIST-4.6: a check holds for 184 days of the calendar in China', () => {
  const entry = checkedOn('2026-12-20'); // 184 days before 22 June 2027
  const why = (now: number, head = headContent({ verified: [] })) => whyUnusable(entry, head, now);
  assert.deepEqual(why(china('2027-06-22 23:59')), []);
  assert.deepEqual(why(china('2027-06-23 00:00')), ['CHECK_TOO_OLD']);
  assert.deepEqual(why(china('2027-06-23 00:00'), headWith(entry.id, '2026-12-21')), []);
  assert.deepEqual(whyUnusable(entry, undefined, NOON), [], 'without a head it is usable');
  const suspended = headContent({ verified: [], suspended: [suspension(entry.id)] });
  assert.deepEqual(why(NOON, suspended), ['SUSPENDED']);
  assert.deepEqual(why(china('2028-01-01 00:00'), suspended), ['SUSPENDED', 'CHECK_TOO_OLD']);
  const rule = headContent({ verified: [], suspended: [suspension(entry.id, 'senior-65')] });
  assert.deepEqual(why(NOON, rule), [], 'a suspended rule does not');
});

void test('LIST-1.6: hours include their first minute and not their last', () => {
  const hours: readonly Hours[] = [{ days: [1], fromMinute: 540, toMinute: 1020 }];
  const at = (text: string) => openNow(hours, china(text));
  assert.equal(at('2027-03-01 08:59'), 'closed');
  assert.equal(at('2027-03-01 09:00'), 'open');
  assert.equal(at('2027-03-01 16:59'), 'open');
  assert.equal(at('2027-03-01 17:00'), 'closed');
  assert.equal(at('2027-03-02 12:00'), 'closed', 'a Tuesday');
  assert.equal(openNow([], NOON), 'unknown');
});

void test('LIST-1.6: what is open past midnight belongs to the day on which it opened', () => {
  const sunday: readonly Hours[] = [{ days: [7], fromMinute: 1200, toMinute: 1560 }];
  const at = (text: string) => openNow(sunday, china(text));
  assert.equal(at('2027-02-28 19:59'), 'closed');
  assert.equal(at('2027-02-28 23:59'), 'open');
  assert.equal(at('2027-03-01 00:00'), 'open', 'Monday, but Sunday’s hours');
  assert.equal(at('2027-03-01 01:59'), 'open');
  assert.equal(at('2027-03-01 02:00'), 'closed');
  assert.equal(at('2027-02-28 00:30'), 'closed', 'Saturday had none');
  const always: readonly Hours[] = [{ days: [6], fromMinute: 1439, toMinute: 2879 }];
  assert.equal(openNow(always, china('2027-02-28 23:58')), 'open');
  assert.equal(openNow(always, china('2027-02-28 23:59')), 'closed');
});

void test('LIST-3.8: an edition is overdue from the first second after its half-year', () => {
  const edition = editionContent();
  assert.ok(!isOverdue(edition, startOfDate('2027-07-01') - 1));
  assert.ok(isOverdue(edition, startOfDate('2027-07-01')));
  assert.ok(!isOverdue(editionContent({ id: '2027-H2' }), startOfDate('2028-01-01') - 1));
});
