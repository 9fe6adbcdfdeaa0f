import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConsoleService } from '../kit/api/console.ts';
import { changesOf, fenOf, yuanOf } from './service-change.ts';

const metro: ConsoleService = {
  id: '4301-metro',
  operator: '4301-metro-co',
  name: { zhCN: '长沙地铁', zhTW: null, en: null },
  category: 'transport',
  open: true,
  prices: [
    { residence: '4201', priceFen: 400 },
    { residence: '4202', priceFen: 400 },
  ],
};

test('a price in yuan becomes whole 分, and what is no price becomes none', () => {
  const fen = ['4', '4.5', ' 4.05 ', '0', '0.29', '100000'].map(fenOf);
  assert.deepEqual(fen, [400, 450, 405, 0, 29, 10_000_000]);
  for (const text of ['', '-1', '4.005', '4,50', '1e3', '.5', '100000.01', '四']) {
    assert.equal(fenOf(text), undefined, text);
  }
});

test('every price that a file can say survives the field', () => {
  for (const fen of [0, 1, 29, 57, 405, 115, 9_999_999, 10_000_000]) {
    assert.equal(fenOf(yuanOf(fen)), fen);
  }
  assert.equal(yuanOf(undefined), '');
});

test('an edit is told as what opens or closes and whose price changes, comes or goes', () => {
  assert.deepEqual(changesOf(metro, metro), []);
  const prices = [
    { residence: '4201', priceFen: 300 },
    { residence: '3401', priceFen: 500 },
  ];
  assert.deepEqual(changesOf(metro, { ...metro, open: false, prices }), [
    { what: 'open', from: true, to: false },
    { what: 'price', residence: '4201', from: 400, to: 300 },
    { what: 'price', residence: '4202', from: 400, to: undefined },
    { what: 'price', residence: '3401', from: undefined, to: 500 },
  ]);
});

test('prices in another order are no change', () => {
  const prices = [...metro.prices].reverse();
  assert.deepEqual(changesOf(metro, { ...metro, prices }), []);
});
