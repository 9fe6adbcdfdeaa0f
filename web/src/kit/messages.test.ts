import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineMessages, say, type Message, type ValuesOf } from './messages.ts';

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

/** Compiles only when `Answer` is false: what follows holds or type checking fails. */
type Refused<Answer extends false> = Answer;
type Accepts<Asked, Given> = Given extends Asked ? true : false;

test('a value or a language left out does not compile', () => {
  type Both = ValuesOf<typeof words.both>;
  type Plain = ValuesOf<typeof words.plain>;
  const refused: [
    Refused<Accepts<Both, []>>,
    Refused<Accepts<Both, [{ from: 1 }]>>,
    Refused<Accepts<Plain, [{ count: 1 }]>>,
    Refused<Accepts<Message, { 'zh-CN': '半'; en: 'Half' }>>,
  ] = [false, false, false, false];
  assert.equal(refused.length, 4);
});
