import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { checkDocuments, checkVectors } from './check.ts';
import { vectorTexts } from './main.ts';

const folder = path.resolve(import.meta.dirname, '../../spec/vectors');

void test('a second path, written from the standard alone, agrees with the vectors', () => {
  const files = checkVectors();
  assert.deepEqual(
    files.flatMap((file) => file.differing),
    [],
  );
  const codes = files.find((file) => file.operation === 'codes');
  assert.ok(codes !== undefined && codes.accepted >= 40 && codes.refused >= 100);
  const refused = files.reduce((sum, file) => sum + file.refused, 0);
  assert.ok(refused >= 200, `${String(refused)} refused`);
});

void test('every signature on the documents of the vectors is good by the published keys', () => {
  const { signatures, bad } = checkDocuments();
  assert.deepEqual(bad, []);
  assert.ok(signatures > 50);
});

void test('the second path imports nothing of the project', () => {
  const own = path.resolve(import.meta.dirname);
  const files = readdirSync(path.join(own, 'independent')).map((name) => `independent/${name}`);
  for (const file of ['check.ts', ...files]) {
    const text = readFileSync(path.join(own, file), 'utf8');
    for (const [, from = ''] of text.matchAll(/from '([^']+)'/g)) {
      const allowed = from.startsWith('node:') || /^\.\/(independent\/)?[\w-]+\.ts$/.test(from);
      assert.ok(allowed, `${file} imports ${from}`);
    }
  }
});

void test('the vectors in spec/ are those that the script makes, to the byte', async () => {
  for (const [name, text] of await vectorTexts()) {
    const written = readFileSync(path.join(folder, name), 'utf8');
    assert.ok(written === text, `${name} differs: run \`npm run vectors\``);
  }
});
