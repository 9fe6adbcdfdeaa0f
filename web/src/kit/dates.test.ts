import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatAge,
  formatBrief,
  formatDay,
  formatFen,
  formatHour,
  formatMoment,
  formatStamp,
  isoMoment,
} from './dates.ts';

/** 2026-12-31T23:59:50+08:00 */
const newYearsEve = 1_798_732_790;

test('times are shown in the region’s zone wherever the machine stands', () => {
  assert.equal(formatMoment('zh-CN', newYearsEve), '2026年12月31日 23:59');
  assert.equal(formatDay('en', newYearsEve + 10), '1 Jan 2027');
  assert.match(formatStamp('zh-TW', newYearsEve), /12\/31.*23:59:50/);
  assert.equal(formatBrief('zh-CN', newYearsEve), '12月31日 23:59');
  assert.equal(formatHour('en', newYearsEve + 10), '00:00');
  assert.equal(isoMoment(newYearsEve), '2026-12-31T15:59:50Z');
});

test('midnight is 00 and not 24', () => {
  assert.match(formatMoment('zh-CN', newYearsEve + 10), /00:00$/);
});

test('an age is told in its largest whole unit and never lies in the future', () => {
  assert.equal(formatAge('en', 59), 'just now');
  assert.equal(formatAge('zh-CN', 0), '刚刚');
  assert.equal(formatAge('en', 60), '1 minute ago');
  assert.equal(formatAge('en', 3599), '59 minutes ago');
  assert.equal(formatAge('zh-CN', 7200), '2小时前');
  assert.equal(formatAge('en', 3 * 86_400), '3 days ago');
  assert.equal(formatAge('zh-TW', -100), '剛剛');
});

test('money is shown from whole 分', () => {
  assert.equal(formatFen('zh-CN', 200), '¥2.00');
  assert.equal(formatFen('en', 5), '¥0.05');
});
