import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyEntry, entryOf, faultlessEntry, faultsOf } from './entry-faults.ts';
import { withValue } from './entry-tree.ts';

const good = faultlessEntry('4301');
const pathsOf = (tree: Parameters<typeof faultsOf>[1]): readonly string[] =>
  faultsOf('4301', tree, good).map(({ path }) => path);

test('an entry without a fault has none, and is the entry', () => {
  assert.deepEqual(pathsOf(good), []);
  assert.deepEqual(entryOf(good), good);
});

test('an empty form names each member that is still to be written', () => {
  const members = ['name.zhCN', 'summary.zhCN', 'operator.id', 'staffed.zhCN', 'fareGroup'];
  const all = ['id', ...members, 'source.text.zhCN', 'checked.by.zhCN'];
  assert.deepEqual(pathsOf(emptyEntry('4301', '2027-01-01')), all);
});

test('a wrong date, price and address of a place are found together', () => {
  const place = {
    ...{ id: 'a', name: good.name, address: null },
    ...{ position: null, hours: [{ days: [], fromMinute: 0, toMinute: 60 }] },
  };
  let tree = withValue(good, 'checked.on', '2027-02-30');
  tree = withValue(tree, 'tariff', { kind: 'flat', priceFen: '2,5' });
  tree = withValue(tree, 'places', [place]);
  assert.deepEqual(pathsOf(tree), ['places[0].hours[0].days', 'tariff.priceFen', 'checked.on']);
});

test('what holds between members is looked at once each is right', () => {
  const tree = withValue(good, 'access', ['code']);
  assert.deepEqual(faultsOf('4301', tree, good), [{ path: 'admits', code: 'ENTRY_ACCESS' }]);
});
