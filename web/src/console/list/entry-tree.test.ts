import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueAt, withValue } from './entry-tree.ts';

const tree = {
  places: [
    { id: 'a', hours: [{ days: [1] }] },
    { id: 'b', hours: [] },
  ],
};

test('a value is read by its path, and what is not there is undefined', () => {
  assert.deepEqual(valueAt(tree, 'places[0].hours[0].days'), [1]);
  assert.equal(valueAt(tree, 'places[1].id'), 'b');
  assert.equal(valueAt(tree, 'places[7].id.x'), undefined);
  assert.equal(valueAt(tree, ''), tree);
});

test('a value is replaced without touching the tree that was', () => {
  const next = withValue(tree, 'places[1].id', 'c');
  assert.equal(valueAt(next, 'places[1].id'), 'c');
  assert.equal(valueAt(tree, 'places[1].id'), 'b');
  assert.equal(valueAt(next, 'places[0]'), tree.places[0]);
});

test('undefined takes an item out of its list', () => {
  assert.deepEqual(withValue(tree, 'places[0]', undefined), { places: [tree.places[1]] });
});
