import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockTime, degrees, whole, yuan } from './spellings.ts';

test('money is typed in yuan and kept in whole fen', () => {
  assert.deepEqual(['4', '4.5', '4.05', '0'].map(yuan.read), [400, 450, 405, 0]);
  assert.deepEqual([400, 450, 405, 0].map(yuan.show), ['4', '4.50', '4.05', '0']);
  for (const typed of ['4,5', '4.', '-1', '4.555', '¥4']) assert.equal(yuan.read(typed), undefined);
});

test('hours are typed as a clock shows them, also past midnight', () => {
  assert.deepEqual(['06:30', '6:30', '25:00'].map(clockTime.read), [390, 390, 1500]);
  assert.deepEqual([390, 1500, 0].map(clockTime.show), ['06:30', '25:00', '00:00']);
  for (const typed of ['6', '06:60', 'x']) assert.equal(clockTime.read(typed), undefined);
});

test('positions are typed in degrees and kept in millionths', () => {
  assert.deepEqual(['30.5928', '-0.000001', '114'].map(degrees.read), [30_592_800, -1, 114e6]);
  assert.equal(degrees.show(30_592_800), '30.592800');
  for (const typed of ['30,5', '1000', 'N30']) assert.equal(degrees.read(typed), undefined);
});

test('a number that is no number stays what was typed', () => {
  assert.equal(whole.read('500'), 500);
  assert.equal(whole.read('5.5'), undefined);
});
