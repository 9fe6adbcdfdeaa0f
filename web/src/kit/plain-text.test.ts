import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText, visibleText } from './plain-text.ts';

test('characters that turn text round are shown by their number, all others stay', () => {
  assert.equal(visibleText('a\u202eb\u2066c'), 'a[U+202E]b[U+2066]c');
  assert.equal(visibleText('\u061c\u200f'), '[U+061C][U+200F]');
  for (const text of ['黄鹤楼 <b>', 'é 👨‍👩‍👧', 'עברית']) assert.equal(visibleText(text), text);
});

test('a text that is not in the reader’s language stands in Chinese, and is so marked', () => {
  const text = { zhCN: '武汉地铁', zhTW: null, en: 'Wuhan\u202e Metro' };
  assert.deepEqual(readText('zh-CN', text), { text: '武汉地铁', lang: undefined });
  assert.deepEqual(readText('zh-TW', text), { text: '武汉地铁', lang: 'zh-CN' });
  assert.deepEqual(readText('en', text), { text: 'Wuhan[U+202E] Metro', lang: undefined });
});
