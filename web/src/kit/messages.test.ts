import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineMessages, say } from './messages.ts';

const words = defineMessages({
  plain: { 'zh-CN': '好', 'zh-TW': '好', en: 'Good' },
  days: {
    'zh-CN': '还能用 {count} 天',
    'zh-TW': '還能用 {count} 天',
    en: { one: '{count} day left', other: '{count} days left' },
  },
  both: { 'zh-CN': '{from} 到 {to}', 'zh-TW': '{from} 到 {to}', en: '{from} to {to}' },
});

test('a message without values is said as it stands', () => {
  assert.equal(say('zh-TW', words.plain), '好');
});

test('count chooses the English form and Chinese has one', () => {
  assert.equal(say('en', words.days, { count: 1 }), '1 day left');
  assert.equal(say('en', words.days, { count: 0 }), '0 days left');
  assert.equal(say('zh-CN', words.days, { count: 1 }), '还能用 1 天');
});

test('values are put in as they are, never read as names', () => {
  assert.equal(say('en', words.both, { from: '{to}', to: '$&' }), '{to} to $&');
});

test('a value left out does not compile', () => {
  // @ts-expect-error: `to` is missing
  assert.equal(say('en', words.both, { from: 1 }), '1 to {to}');
  // @ts-expect-error: the message has no values
  assert.equal(say('en', words.plain, { count: 1 }), 'Good');
});

test('a language left out does not compile', () => {
  // @ts-expect-error: zh-TW is missing
  assert.ok(defineMessages({ half: { 'zh-CN': '半', en: 'Half' } }));
});
