import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeFile } from './decode-file.ts';

const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** 编号,武汉地铁,票价 as GB18030 writes it. */
const GB18030 = bytes(
  ...[0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xce, 0xe4, 0xba, 0xba, 0xb5, 0xd8, 0xcc, 0xfa, 0x2c],
  ...[0xc6, 0xb1, 0xbc, 0xdb],
);

test('UTF-8 is read with and without its mark', () => {
  const expected = { ok: true, text: '编号,武汉', encoding: 'utf-8' };
  assert.deepEqual(decodeFile(utf8('编号,武汉')), expected);
  assert.deepEqual(decodeFile(utf8('\ufeff编号,武汉')), expected);
});

test('GB18030 is read, with characters of two and of four bytes', () => {
  assert.deepEqual(decodeFile(GB18030), {
    ok: true,
    text: '编号,武汉地铁,票价',
    encoding: 'gb18030',
  });
  const rare = bytes(...GB18030, 0x81, 0x39, 0xee, 0x39); // U+3400
  assert.deepEqual(decodeFile(rare), {
    ok: true,
    text: '编号,武汉地铁,票价㐀',
    encoding: 'gb18030',
  });
});

test('UTF-16 is refused, with and without its mark', () => {
  const little = Buffer.from('id,name\r\n4201-metro,武汉', 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const file of [little, big, bytes(0xff, 0xfe, 0x69, 0x00), bytes(0xfe, 0xff, 0x00, 0x69)]) {
    assert.deepEqual(decodeFile(file), { ok: false, code: 'FILE_UTF16' });
  }
});

test('a broken UTF-8 file is not read as the nonsense that it would be in GB18030', () => {
  const good = utf8('编号,名称\n4201-metro,武汉地铁的名称很长');
  const broken = good.slice();
  broken[good.length - 1] = 0x41;
  assert.deepEqual(decodeFile(broken), { ok: false, code: 'FILE_ENCODING' });
  assert.deepEqual(decodeFile(good.slice(0, -1)), { ok: false, code: 'FILE_ENCODING' });
});

test('no text at all is refused: nothing, zeros, bytes of no encoding', () => {
  assert.deepEqual(decodeFile(bytes()), { ok: false, code: 'FILE_EMPTY' });
  const zero = utf8(`id,name\n${'x'.repeat(80)}\u0000`);
  assert.deepEqual(decodeFile(zero), { ok: false, code: 'FILE_NUL' });
  assert.deepEqual(decodeFile(bytes(0xff, 0xff, 0xff, 0x41)), { ok: false, code: 'FILE_ENCODING' });
});
