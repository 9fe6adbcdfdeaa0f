import {
  canonicalJson,
  encodeBase45,
  serviceDayDate,
  slotIndex,
  slotOf,
  toHex,
  utf8,
  type Json,
} from '@tongyu/protocol';
import { NOON } from './region.ts';
import { VectorSet } from './vector-set.ts';

/** CODE-2.2. The first three pairs are those of RFC 9285 §4.3 and §4.4. */
export function base45Vectors(): VectorSet {
  const set = new VectorSet('base45');
  const known: readonly (readonly [string, string])[] = [
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ];
  for (const [plain, text] of known) {
    set.accept(plain, 'CODE-2.2', 'RFC 9285', { text }, {}, { bytesHex: toHex(utf8(plain)) });
  }
  const edges = [[], [0], [255], [0, 0], [255, 255], [0, 0, 0], [1, 2, 3, 4], [255, 255, 255]];
  for (const bytes of edges) {
    const text = encodeBase45(new Uint8Array(bytes));
    const hex = toHex(new Uint8Array(bytes));
    set.accept(`bytes-${hex}`, 'CODE-2.2', 'edge', { text }, {}, { bytesHex: hex });
  }
  const bad: readonly (readonly [string, string])[] = [
    ['lone-letter', 'A'],
    ['lone-letter-after-group', 'BB8A'],
    ['group-65536', 'GGW'],
    ['group-91124', ':::'],
    ['tail-256', 'V5'],
    ['tail-2024', '::'],
    ['group-over-second', 'BB8GGW'],
    ['lower-case', 'bb8'],
    ['one-lower-case', 'Bb8'],
    ['underscore', 'B_8'],
    ['at-sign', '@B8'],
    ['comma', 'BB,'],
    ['equals', 'BB8='],
    ['line-feed', 'BB8\n'],
    ['tab', '\tB8'],
    ['null', '\u0000B8'],
    ['no-break-space', 'BB\u00a0'],
    ['full-width', 'ＢＢ８'],
    ['arabic-digit', 'BB\u0668'],
    ['emoji', 'B\u{1f600}'],
    ['letter-128', 'BB\u0080'],
    ['letter-mod-128', 'BB\u00b8'],
  ];
  for (const [id, text] of bad) {
    set.refuse(id, 'CODE-2.2', id, { text }, {}, 'MALFORMED', { rule: 'base45' });
  }
  return set;
}

/** TRUST-1.2. */
export function canonicalJsonVectors(): VectorSet {
  const set = new VectorSet('canonical-json');
  const maxLength = 1_000;
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  const good: readonly (readonly [string, Json])[] = [
    ['null', null],
    ['booleans', [true, false]],
    ['zero', 0],
    ['largest', 9_007_199_254_740_991],
    ['smallest', -9_007_199_254_740_991],
    ['empty-text', ''],
    ['chinese', '一码通域'],
    ['emoji', '\u{1f600}'],
    ['escapes', '"\\\b\f\n\r\t\u0001\u001f\u007f\u2028'],
    ['empty-list', []],
    ['empty-object', {}],
    ['sorted', { '': 0, A: 1, a: 2, é: 3, 一: 4 }],
    ['sorted-by-utf16-units', { '\u{1f600}': 1, '\ufb33': 2 }],
    ['member-proto', JSON.parse('{"__proto__":1,"constructor":2}') as Json],
  ];
  for (const [id, value] of good) {
    const text = canonicalJson(value);
    set.accept(id, 'TRUST-1.2', id, { text, maxLength }, {}, { value });
  }
  set.accept('depth-12', 'TRUST-1.2', 'nested 12 deep', { text: nested(12), maxLength });
  const long = JSON.stringify('a'.repeat(998));
  set.accept('length-1000', 'TRUST-1.2', 'as long as allowed', { text: long, maxLength });

  addRefusedJson(set, maxLength, nested);
  return set;
}

function addRefusedJson(
  set: VectorSet,
  maxLength: number,
  nested: (depth: number) => string,
): void {
  const bad: readonly (readonly [string, string])[] = [
    ['empty', ''],
    ['space-before', ' {}'],
    ['space-after', '{} '],
    ['line-feed-after', '{}\n'],
    ['byte-order-mark', '\ufeff{}'],
    ['space-inside', '{"a": 1}'],
    ['space-in-list', '[1, 2]'],
    ['unsorted', '{"b":1,"a":2}'],
    ['sorted-by-code-points', '{"\ufb33":2,"\u{1f600}":1}'],
    ['duplicate', '{"a":1,"a":1}'],
    ['duplicate-other-value', '{"a":1,"a":2}'],
    ['fraction', '1.5'],
    ['fraction-zero', '1.0'],
    ['exponent', '1e2'],
    ['minus-zero', '-0'],
    ['plus', '+1'],
    ['leading-zero', '01'],
    ['beyond-safe', '9007199254740992'],
    ['beyond-safe-negative', '-9007199254740992'],
    ['huge', '1e400'],
    ['nan', 'NaN'],
    ['single-quotes', "'a'"],
    ['comment', '{}//'],
    ['trailing-comma', '[1,]'],
    ['escaped-letter', '"\\u0061"'],
    ['escaped-slash', '"\\/"'],
    ['escape-upper-case', '"\\u001F"'],
    ['long-escape', '"\\u000a"'],
    ['raw-control', '"\u0001"'],
    ['lone-surrogate', '"\\ud800"'],
    ['two-values', '{}{}'],
    ['unclosed', '{"a":1'],
    ['depth-13', nested(13)],
    ['depth-13-objects', '{"a":'.repeat(13) + '1' + '}'.repeat(13)],
    ['depth-400', nested(400)],
    ['length-1001', JSON.stringify('a'.repeat(999))],
  ];
  for (const [id, text] of bad) {
    set.refuse(id, 'TRUST-1.2', id, { text, maxLength }, {}, 'MALFORMED');
  }
}

/** TIME-1: service days and slots at their borders, also over the ends of month and year. */
export function serviceDayVectors(): VectorSet {
  const set = new VectorSet('service-days');
  const add = (id: string, time: number, day: number, slot: number, date: string): void => {
    set.accept(id, 'TIME-1.2', id, { time }, {}, { day, slot, date });
  };
  add('epoch', 0, 0, 0, '1970-01-01');
  add('noon-1-march-2027', NOON, 20_878, 1, '2027-03-01');
  add('03:59:59', 1_803_844_799, 20_877, 3, '2027-02-28');
  add('04:00:00', 1_803_844_800, 20_878, 0, '2027-03-01');
  add('09:59:59', 1_803_866_399, 20_878, 0, '2027-03-01');
  add('10:00:00', 1_803_866_400, 20_878, 1, '2027-03-01');
  add('15:59:59', 1_803_887_999, 20_878, 1, '2027-03-01');
  add('16:00:00', 1_803_888_000, 20_878, 2, '2027-03-01');
  add('21:59:59', 1_803_909_599, 20_878, 2, '2027-03-01');
  add('22:00:00', 1_803_909_600, 20_878, 3, '2027-03-01');
  add('midnight-after', 1_803_916_800, 20_878, 3, '2027-03-01');
  add('new-year-before-04:00', Date.UTC(2026, 11, 31, 19, 59, 59) / 1000, 20_818, 3, '2026-12-31');
  add('new-year-04:00', Date.UTC(2026, 11, 31, 20, 0, 0) / 1000, 20_819, 0, '2027-01-01');
  add('leap-day', Date.UTC(2028, 1, 29, 4, 0, 0) / 1000, 21_243, 1, '2028-02-29');
  for (const vector of set.vectors) checkServiceDay(vector.input, vector.expect);
  return set;
}

/** The figures above are written by hand; a slip of the pen must not become a vector. */
function checkServiceDay(input: Json, expect: Json): void {
  const { time } = input as { time: number };
  const { facts } = expect as { facts: { day: number; slot: number; date: string } };
  const slot = slotOf(time);
  if (slotIndex(slot) !== facts.day * 4 + facts.slot || serviceDayDate(slot.day) !== facts.date) {
    throw new Error(`service day of ${String(time)} is ${JSON.stringify(slot)}`);
  }
}
