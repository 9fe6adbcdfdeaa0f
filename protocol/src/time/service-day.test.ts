import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  serviceDay,
  serviceDayDate,
  slotEnd,
  slotFromIndex,
  slotIndex,
  slotOf,
  slotStart,
} from './service-day.ts';

/** A wall-clock moment in Shanghai, Unix seconds. */
function shanghai(text: string): number {
  return Date.parse(`${text}+08:00`) / 1000;
}

void test('TIME-1.2: a service day ends at 03:59:59 and begins at 04:00:00', () => {
  const last = shanghai('2027-03-01T03:59:59');
  assert.equal(serviceDayDate(serviceDay(last)), '2027-02-28');
  assert.deepEqual(slotOf(last).slot, 3);
  assert.equal(serviceDayDate(serviceDay(last + 1)), '2027-03-01');
  assert.deepEqual(slotOf(last + 1).slot, 0);
});

void test('TIME-1.2: the service day of New Year’s Eve reaches into the new year', () => {
  assert.equal(serviceDayDate(serviceDay(shanghai('2026-12-31T23:59:59'))), '2026-12-31');
  assert.equal(serviceDayDate(serviceDay(shanghai('2027-01-01T03:59:59'))), '2026-12-31');
  assert.equal(serviceDayDate(serviceDay(shanghai('2027-01-01T04:00:00'))), '2027-01-01');
  assert.equal(serviceDayDate(serviceDay(shanghai('2028-02-29T12:00:00'))), '2028-02-29');
});

void test('TIME-1.3: slots begin at 04, 10, 16 and 22 o’clock', () => {
  for (const [i, hour] of ['04', '10', '16', '22'].entries()) {
    const first = shanghai(`2027-06-30T${hour}:00:00`);
    assert.equal(slotOf(first).slot, i);
    assert.equal(slotOf(first - 1).slot, (i + 3) % 4);
    assert.equal(slotStart(slotOf(first)), first);
    assert.equal(slotEnd(slotOf(first)), first + 6 * 3600);
  }
});

void test('every second lies in its slot, and slots follow each other without a gap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (time) => {
      const slot = slotOf(time);
      assert.ok(slotStart(slot) <= time && time < slotEnd(slot));
      assert.equal(slot.day, serviceDay(time));
      assert.deepEqual(slotFromIndex(slotIndex(slot)), slot);
      assert.equal(slotStart(slotFromIndex(slotIndex(slot) + 1)), slotEnd(slot));
    }),
  );
});
