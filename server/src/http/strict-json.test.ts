import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStrictJson } from './strict-json.ts';

test('ordinary JSON is read as JSON.parse reads it', () => {
  for (const text of ['{}', '[]', '{"a":{"b":[1,2,{"c":":\\":"}]}}', '"a:b"', '{"__proto":1}']) {
    assert.deepEqual(parseStrictJson(text), JSON.parse(text));
  }
});

test('a member given twice is refused at every level', () => {
  assert.equal(parseStrictJson('{"a":1,"a":2}'), undefined);
  assert.equal(parseStrictJson('{"x":[{"a":1,"b":2,"a":2}]}'), undefined);
  assert.equal(parseStrictJson('{"a":1,"\\u0061":2}'), undefined);
});

test('deep nesting is refused before it is parsed, however deep it is', () => {
  assert.equal(parseStrictJson('['.repeat(17) + ']'.repeat(17)), undefined);
  assert.notEqual(parseStrictJson('['.repeat(16) + ']'.repeat(16)), undefined);
  assert.equal(parseStrictJson('['.repeat(1_000_000)), undefined);
});

test('a prototype as a member and text that is no JSON are refused', () => {
  for (const text of ['{"__proto__":{"admin":true}}', '', '{', 'NaN', "{'a':1}", '{"a":1}x']) {
    assert.equal(parseStrictJson(text), undefined, text);
  }
});
