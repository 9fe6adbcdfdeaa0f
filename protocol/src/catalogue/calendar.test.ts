import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  dateAt,
  dateOfDay,
  dateShape,
  dayOfDate,
  editionEnd,
  editionIdAt,
  editionStart,
  nextEditionId,
  startOfDate,
} from './calendar.ts';
import { readShape } from '../encoding/shape.ts';

/** From 2000 to the end of 2098, so that the half-year after is in the calendar too. */
const moments = fc.integer({ min: 946_656_000, max: 4_070_880_000 });

void test('LIST-3.1: every second is in its half-year, and they follow without a gap', () => {
  fc.assert(
    fc.property(moments, (now) => {
      const id = editionIdAt(now);
      assert.ok(editionStart(id) <= now && now < editionEnd(id));
      assert.equal(editionStart(nextEditionId(id)), editionEnd(id));
      assert.ok(nextEditionId(id) > id, 'ids sort as half-years follow');
      assert.equal(editionIdAt(editionEnd(id) - 1), id);
      assert.equal(editionIdAt(editionEnd(id)), nextEditionId(id));
    }),
  );
});

void test('every second lies on its date, and dates follow each other', () => {
  fc.assert(
    fc.property(moments, (now) => {
      const date = dateAt(now);
      const day = dayOfDate(date);
      assert.ok(startOfDate(date) <= now && now < startOfDate(dateOfDay(day + 1)));
      assert.equal(dateOfDay(day), date);
      assert.ok(readShape(dateShape, date).ok);
      assert.ok(dateOfDay(day + 1) > date);
    }),
  );
});

void test('a day that the calendar does not have is no date', () => {
  for (let day = 29; day <= 32; day++) {
    for (let month = 1; month <= 12; month++) {
      const text = `2027-${String(month).padStart(2, '0')}-${String(day)}`;
      const isThere = new Date(Date.UTC(2027, month - 1, day)).getUTCDate() === day;
      assert.equal(readShape(dateShape, text).ok, isThere, text);
    }
  }
  assert.deepEqual(readShape(dateShape, '2027-02-29'), { ok: false, path: '' });
  assert.ok(!readShape(dateShape, 20270101).ok);
});
