import assert from 'node:assert/strict';
import test from 'node:test';
import type { Json } from './canonical-json.ts';
import {
  base64Url,
  bytesOf,
  dictionary,
  flag,
  integer,
  list,
  nullable,
  object,
  oneOf,
  readShape,
  text,
  type Shape,
} from './shape.ts';

function pathOf(shape: Shape<unknown>, value: Json | undefined): string | undefined {
  const result = readShape(shape, value);
  return result.ok ? undefined : result.path;
}

const person = object({
  name: text(5),
  age: integer(0, 150),
  pets: list(object({ kind: oneOf('cat', 'dog') }), 0, 2),
});

void test('a shape names the path at which a value breaks', () => {
  const good = { name: 'Li', age: 3, pets: [{ kind: 'cat' }] };
  assert.equal(pathOf(person, good), undefined);
  assert.equal(pathOf(person, { ...good, name: 'longer' }), '.name');
  assert.equal(pathOf(person, { ...good, age: 151 }), '.age');
  assert.equal(pathOf(person, { ...good, age: -1 }), '.age');
  assert.equal(
    pathOf(person, { ...good, pets: [{ kind: 'cat' }, { kind: 'cow' }] }),
    '.pets[1].kind',
  );
  assert.equal(pathOf(person, { ...good, pets: [{}, {}, {}] }), '.pets');
  assert.equal(pathOf(person, { ...good, more: 1 }), '.more');
  assert.equal(pathOf(person, { name: 'Li', age: 3 }), '.pets');
  assert.equal(pathOf(person, [good]), '');
  assert.equal(pathOf(person, null), '');
});

void test('members of the prototype are no members', () => {
  assert.equal(pathOf(object({ toString: flag() }), {}), '.toString');
  const hostile = JSON.parse('{"__proto__":true}') as Json;
  assert.equal(pathOf(object({}), hostile), '.__proto__');
});

void test('numbers are whole and safe, flags are flags, text has no control characters', () => {
  for (const value of [1.5, '1', null, 2 ** 53, true])
    assert.equal(pathOf(integer(0, 9e15), value), '');
  for (const value of [0, 'true', null]) assert.equal(pathOf(flag(), value), '');
  for (const value of ['a\n', '\u007f', '\ud800', 3]) assert.equal(pathOf(text(9), value), '');
  assert.equal(pathOf(text(9, /^[a-z]+$/), 'abc\n'), '');
});

void test('null is allowed only where a shape says so', () => {
  assert.equal(pathOf(nullable(flag()), null), undefined);
  assert.equal(pathOf(nullable(flag()), 0), '');
});

void test('base64url text has exactly the length, in its one spelling', () => {
  assert.equal(pathOf(base64Url(2), 'AAA'), undefined);
  for (const value of ['AA', 'AAAA', 'AAB', 'AAA=', 5])
    assert.equal(pathOf(base64Url(2), value), '');
  assert.deepEqual([...bytesOf('AAE')], [0, 1]);
  assert.throws(() => bytesOf('A'), TypeError);
});

void test('a dictionary bounds its size and its names', () => {
  const shape = dictionary(/^[a-z]$/, integer(0, 9), 2);
  assert.equal(pathOf(shape, { a: 1, b: 2 }), undefined);
  assert.equal(pathOf(shape, { a: 1, b: 2, c: 3 }), '');
  assert.equal(pathOf(shape, { A: 1 }), '.A');
  assert.equal(pathOf(shape, { a: 10 }), '.a');
  assert.equal(pathOf(shape, []), '');
});

void test('a list has neither fewer nor more entries than allowed', () => {
  assert.equal(pathOf(list(flag(), 1, 2), []), '');
  assert.equal(pathOf(list(flag(), 1, 2), [true, true]), undefined);
  assert.equal(pathOf(list(flag(), 1, 2), { length: 1 }), '');
});

void test('an error that is no broken shape is not swallowed', () => {
  const broken: Shape<never> = () => {
    throw new RangeError('a defect');
  };
  assert.throws(() => readShape(broken, 1), RangeError);
});
