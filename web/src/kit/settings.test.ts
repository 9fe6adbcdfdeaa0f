import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseLanguage, parseAcceptLanguage } from './language.ts';
import { effectiveTextSize, parseSettings } from './settings.ts';

test('a saved language wins over the browser, the browser over zh-CN', () => {
  assert.equal(parseSettings('{"language":"en"}', ['zh-TW']).language, 'en');
  assert.equal(parseSettings(null, ['zh-Hant-HK']).language, 'zh-TW');
  assert.equal(parseSettings(null, ['fr', 'ja']).language, 'zh-CN');
});

test('broken or foreign saved settings fall back field by field', () => {
  const expected = { language: 'zh-CN', textSize: 16, isElder: false };
  for (const saved of ['', '{', '[]', 'null', '1', '{"language":"xx","textSize":17,"isElder":1}']) {
    assert.deepEqual(parseSettings(saved, []), expected, saved);
  }
});

test('elder mode never shows text below 20 px', () => {
  assert.equal(effectiveTextSize({ language: 'en', textSize: 16, isElder: true }), 20);
  assert.equal(effectiveTextSize({ language: 'en', textSize: 30, isElder: true }), 30);
  assert.equal(effectiveTextSize({ language: 'en', textSize: 16, isElder: false }), 16);
});

test('languages are chosen by tag and not by its capitals', () => {
  assert.equal(chooseLanguage(['EN-us']), 'en');
  assert.equal(chooseLanguage(['zh-HANT']), 'zh-TW');
  assert.equal(chooseLanguage(['zh-SG']), 'zh-CN');
  assert.equal(chooseLanguage(['english']), 'zh-CN');
});

test('Accept-Language is read by weight, and nonsense in it is passed over', () => {
  assert.deepEqual(parseAcceptLanguage('de;q=0.1, en , zh;q=0.5, x;q=0, y;q=z'), [
    'en',
    'zh',
    'de',
  ]);
  assert.deepEqual(parseAcceptLanguage(',,;q=1'), []);
});
