import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { mutations } from '../mutations.ts';

const root = path.resolve(import.meta.dirname, '../..');

void test('every change of the table still fits the code: its text stands once in its file', () => {
  const ids = new Set<string>();
  for (const { id, file, find, replace, tests } of mutations) {
    assert.ok(!ids.has(id), `two changes named ${id}`);
    ids.add(id);
    const text = readFileSync(path.join(root, file), 'utf8');
    assert.equal(text.split(find).length - 1, 1, `${id} in ${file}`);
    assert.notEqual(find, replace, id);
    for (const name of tests) assert.ok(existsSync(path.join(root, name)), `${id}: ${name}`);
  }
  assert.ok(mutations.length >= 100);
});
