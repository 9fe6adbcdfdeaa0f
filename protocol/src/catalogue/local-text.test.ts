import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readShape } from '../encoding/shape.ts';
import { lineShape, localTextShape } from './local-text.ts';

test('a text has something in it and no control character, not even one', () => {
  const isLine = (text: string): boolean => readShape(lineShape(20), text).ok;
  const good = ['票', ' a ', 'a\u202eb', '<script>', '\u00a0x', '=1+1'];
  const control = ['a\u0000b', '\u0000', '\u0001', 'a\tb', '\n', 'a\u2028b', '\u007f', 'a\u001f'];
  const bad = ['', '   ', '\u00a0', 'x'.repeat(21), '\ud800', ...control];
  assert.deepEqual(
    good.filter((text) => !isLine(text)),
    [],
  );
  assert.deepEqual(bad.filter(isLine), []);
});

test('English may be twice as long as Chinese, and only Chinese must be there', () => {
  const shape = localTextShape(4);
  const words = { zhCN: '四个字吧', zhTW: null, en: 'eight ch' };
  assert(readShape(shape, words).ok);
  assert(!readShape(shape, { ...words, zhTW: '五个字太长' }).ok);
  assert(!readShape(shape, { ...words, en: 'nine char' }).ok);
  assert(!readShape(shape, { zhCN: null, zhTW: null, en: 'x' }).ok);
});
