import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodeBase45, encodeBase45 } from './base45.ts';
import {
  fromBase64Url,
  fromHex,
  readUint16,
  readUint32,
  toBase64Url,
  toHex,
  uint16,
  uint32,
  utf8,
  utf8Text,
} from './bytes.ts';
import {
  canonicalJson,
  MAX_JSON_DEPTH,
  MAX_JSON_NAMES,
  MAX_JSON_VALUES,
  parseCanonicalJson,
  type Json,
} from './canonical-json.ts';

const bytes = () => fc.uint8Array({ maxLength: 300 });

void test('base45, base64url and hexadecimal give back what was written', () => {
  fc.assert(
    fc.property(bytes(), (value) => {
      assert.deepEqual(decodeBase45(encodeBase45(value)), new Uint8Array(value));
      assert.deepEqual(fromBase64Url(toBase64Url(value)), new Uint8Array(value));
      assert.deepEqual(fromHex(toHex(value)), new Uint8Array(value));
      assert.equal(toBase64Url(value), Buffer.from(value).toString('base64url'));
      assert.equal(toHex(value), Buffer.from(value).toString('hex'));
    }),
  );
});

void test('a text that base45 or base64url reads is the one spelling of its bytes', () => {
  const letters = (alphabet: string) =>
    fc.string({ unit: fc.constantFrom(...alphabet.split('')), maxLength: 12 });
  fc.assert(
    fc.property(letters('0A:%Z 9'), (text) => {
      const value = decodeBase45(text);
      if (value !== undefined) assert.equal(encodeBase45(value), text);
    }),
  );
  fc.assert(
    fc.property(letters('AQgwZ_-9'), (text) => {
      const value = fromBase64Url(text);
      if (value !== undefined) assert.equal(toBase64Url(value), text);
    }),
  );
});

void test('base64url refuses padding, foreign letters, stray bits and a lone letter', () => {
  for (const text of [
    'AA==',
    'AA=',
    'A',
    'AAAAA',
    'AB',
    'AAB',
    'A+AA',
    'A/AA',
    'AA\n',
    'é',
    '一',
  ]) {
    assert.equal(fromBase64Url(text), undefined, JSON.stringify(text));
  }
});

void test('hexadecimal is lower case and whole', () => {
  for (const text of ['a', 'AB', '0x', ' 00', '0g']) assert.equal(fromHex(text), undefined, text);
});

void test('numbers of 16 and 32 bits are big-endian', () => {
  fc.assert(
    fc.property(fc.nat(0xffff), fc.integer({ min: 0, max: 0xffffffff }), (short, long) => {
      assert.equal(readUint16(uint16(short), 0), short);
      assert.equal(readUint32(uint32(long), 0), long);
    }),
  );
  assert.deepEqual([...uint32(0x01020304)], [1, 2, 3, 4]);
});

void test('bytes that are no UTF-8 have no text, and a byte order mark is kept', () => {
  assert.equal(utf8Text(new Uint8Array([0xff])), undefined);
  assert.equal(utf8Text(new Uint8Array([0xed, 0xa0, 0x80])), undefined);
  assert.equal(utf8Text(utf8('\ufeffa')), '\ufeffa');
});

/** JSON values that the standard can carry. */
const carried = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 6 },
    fc.constantFrom<Json>(null, true, false),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 4 }),
  ),
})).value;

void test('canonical JSON is read back as the same text', () => {
  fc.assert(
    fc.property(carried, (value) => {
      const text = canonicalJson(value);
      const again = parseCanonicalJson(text, text.length);
      assert.ok(again !== undefined);
      assert.equal(canonicalJson(again), text);
      assert.equal(parseCanonicalJson(text, text.length - 1), undefined);
    }),
  );
});

void test('the order in which members were written does not show', () => {
  assert.equal(canonicalJson({ b: 1, a: { d: 2, c: 3 } }), '{"a":{"c":3,"d":2},"b":1}');
});

void test('values that the standard cannot carry are a defect of the writer', () => {
  for (const value of [1.5, NaN, Infinity, 2 ** 53, '\ud800', { a: 0.1 }, ['\udc00']]) {
    assert.throws(() => canonicalJson(value), TypeError);
  }
  assert.equal(canonicalJson(-0), '0');
});

void test('a text nested deeper than allowed is refused before it is parsed', () => {
  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  assert.ok(parseCanonicalJson(deep(MAX_JSON_DEPTH), 100));
  assert.equal(parseCanonicalJson(deep(MAX_JSON_DEPTH + 1), 100), undefined);
  assert.equal(parseCanonicalJson('['.repeat(3_000_000), 4_000_000), undefined);
  assert.ok(parseCanonicalJson(canonicalJson('[['.repeat(40) + '"'), 200));
});

void test('a text with more values than any document is refused before it is parsed', () => {
  const many = (commas: number) => canonicalJson(new Array<number>(commas + 1).fill(1));
  assert.ok(parseCanonicalJson(many(MAX_JSON_VALUES - 1), 1_000_000)); // and one bracket
  assert.equal(parseCanonicalJson(many(MAX_JSON_VALUES), 1_000_000), undefined);
  assert.ok(parseCanonicalJson(many(MAX_JSON_VALUES), 1_000_000, MAX_JSON_VALUES + 1));
  const words = (count: number) => canonicalJson(new Array<string>(count).fill('a,b'));
  assert.ok(parseCanonicalJson(words(MAX_JSON_VALUES / 2), 1_000_000)); // and as many marks
  assert.equal(parseCanonicalJson(words(MAX_JSON_VALUES / 2 + 1), 1_000_000), undefined);
  const empty = (count: number) => canonicalJson(new Array<[]>(count).fill([]));
  assert.ok(parseCanonicalJson(empty(MAX_JSON_VALUES / 2), 1_000_000));
  assert.equal(parseCanonicalJson(empty(MAX_JSON_VALUES / 2 + 1), 1_000_000), undefined);
});

void test('a text with more names than all documents is refused before it is parsed', () => {
  const named = (count: number) => {
    const names = Array.from({ length: count }, (_, i) => ({ [`name ${String(i)}`]: 'a:b' }));
    return canonicalJson([...names, ...names]);
  };
  assert.ok(parseCanonicalJson(named(MAX_JSON_NAMES), 1_000_000));
  assert.equal(parseCanonicalJson(named(MAX_JSON_NAMES + 1), 1_000_000), undefined);
});
