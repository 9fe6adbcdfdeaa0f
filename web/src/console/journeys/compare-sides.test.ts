import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ParitySide } from '../../kit/api/journeys.ts';
import { compareSides } from './compare-sides.ts';

function side(more: Partial<ParitySide>): ParitySide {
  return {
    ...{ taps: 100, refused: 0, refusals: {}, journeys: 100 },
    ...{ fullFen: 40_000, riderFen: 30_000, concessionFen: 10_000, disputed: 0 },
    ...more,
  };
}

test('who is treated alike is said to be', () => {
  const told = compareSides('en', side({ refused: 10 }), side({ refused: 12 }));
  assert.equal(told, 'Visitors and our residents fare alike.');
});

test('refusals and prices that differ are said, each in a sentence', () => {
  const visitors = side({ refused: 21, riderFen: 36_000 });
  assert.equal(
    compareSides('en', side({ refused: 10 }), visitors),
    'Visitors are refused 2.1 times as often. ' +
      'Visitors pay 90% of the full fare, our residents 75%.',
  );
  assert.equal(compareSides('zh-CN', side({}), side({ refused: 4 })), '只有外地居民被拒：4%。');
});

test('a side of which little is known is not compared, nor is a free service divided', () => {
  assert.match(compareSides('en', side({ taps: 4 }), side({})), /nothing to compare/);
  const free = side({ fullFen: 0, riderFen: 0 });
  assert.equal(compareSides('en', free, free), 'Visitors and our residents fare alike.');
});
