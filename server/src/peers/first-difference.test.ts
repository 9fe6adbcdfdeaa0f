import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '@tongyu/protocol';
import { firstDifference } from './first-difference.ts';

test('the first difference is named by its path', () => {
  const cases: readonly (readonly [Json, Json, string | undefined])[] = [
    [{ a: 1, b: [1, { c: null }] }, { a: 1, b: [1, { c: null }] }, undefined],
    [{ a: 1 }, { a: 2 }, 'a'],
    [{ a: { b: [0, 1] } }, { a: { b: [0, 2] } }, 'a.b[1]'],
    [{ a: [1] }, { a: [1, 2] }, 'a[1]'],
    [{ a: 1 }, { a: 1, z: 1 }, 'z'],
    [{ a: [] }, { a: {} }, 'a'],
    [{ a: null }, {}, 'a'],
    [1, '1', ''],
  ];
  for (const [a, b, path] of cases) assert.equal(firstDifference(a, b), path);
});
