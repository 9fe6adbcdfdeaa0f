import assert from 'node:assert/strict';
import { test } from 'node:test';
import { haveOfQuery, queryOfHave } from './trust-query.ts';

test('what a consumer holds is said in the query and read from it again', () => {
  const have = { root: 2, bundle: 17, lists: { '3401': 4, '4301': 4294967295 } };
  const query = Object.fromEntries(new URLSearchParams(queryOfHave(have)));
  assert.deepEqual(
    haveOfQuery({
      root: Number(query['root']),
      bundle: Number(query['bundle']),
      lists: query['lists'] ?? '',
    }),
    have,
  );
});

test('whoever holds nothing need say nothing', () => {
  assert.deepEqual(haveOfQuery({}), { root: 0, bundle: 0, lists: {} });
});
