import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyScanner } from './key-scanner.ts';
import { sightings } from './sightings.ts';

function type(scanner: ReturnType<typeof keyScanner>, text: string, gap: number, from = 0) {
  let at = from;
  for (const letter of text) scanner.key(letter, (at += gap));
  return scanner.key('Enter', at + gap);
}

test('a burst of keys that ends in Enter is a scan; the same keys typed by hand are not', () => {
  assert.equal(type(keyScanner(), 'TY1:ABC$%*', 5), 'TY1:ABC$%*');
  assert.equal(type(keyScanner(), 'TY1:ABC$%*', 200), undefined);
  assert.equal(type(keyScanner(), 'short', 5), undefined);
});

test('shift keys and keys before a pause do not get into the burst', () => {
  const scanner = keyScanner();
  for (const letter of 'left over') scanner.key(letter, 10);
  scanner.key('Shift', 1_000);
  assert.equal(type(scanner, 'TY1:ABCDEF', 5, 1_000), 'TY1:ABCDEF');
});

test('one presentation in many frames is seen once, and again after it was out of sight', () => {
  const seen = sightings();
  const found = [0, 0.2, 2, 4, 6.5, 20].map((at) => seen.isNew('something', at));
  assert.deepEqual(found, [true, false, false, false, false, true]);
  assert.equal(seen.isNew('other', 20.1), true);
});
