import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitDemoLabel } from './demo-label.ts';

test('the demo label is taken off a name in each language and kept beside it', () => {
  for (const [text, name, label] of [
    ['长沙地铁(演示票价)', '长沙地铁', '演示票价'],
    ['長沙地鐵(演示票價)', '長沙地鐵', '演示票價'],
    ['Changsha Metro (demo policy)', 'Changsha Metro', 'demo policy'],
  ] as const) {
    assert.deepEqual(splitDemoLabel(text), { name, label });
  }
});

test('a name without the label, or with other brackets, stays as the city wrote it', () => {
  for (const text of ['长沙地铁', '博物馆(新馆)', '(演示票价)']) {
    assert.deepEqual(splitDemoLabel(text), { name: text, label: undefined });
  }
});
