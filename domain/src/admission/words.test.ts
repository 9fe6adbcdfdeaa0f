import assert from 'node:assert/strict';
import test from 'node:test';
import { ADMISSION_REFUSALS } from './refusals.ts';
import {
  ASSISTED_WORDS,
  FAULT_WORDS,
  PASSED_WORDS,
  REFUSAL_WORDS,
  SCREEN_LANGUAGES,
  screenWords,
  VERDICT_WORDS,
  WARNED_WORDS,
  type ScreenWords,
} from './words.ts';

const ALL: readonly (readonly [string, ScreenWords])[] = [
  ['passed', PASSED_WORDS],
  ['warned', WARNED_WORDS],
  ['assisted', ASSISTED_WORDS],
  ...Object.entries(FAULT_WORDS),
  ...Object.entries(REFUSAL_WORDS),
];

void test('every refusal of the ladder has words', () => {
  assert.deepEqual(Object.keys(REFUSAL_WORDS), [...ADMISSION_REFUSALS]);
});

void test('a Chinese verdict has at most 4 characters, its reason 12, its next step 16', () => {
  for (const language of ['zh-CN', 'zh-TW'] as const) {
    for (const word of Object.values(VERDICT_WORDS)) {
      assert.ok(word[language].length <= 4, word[language]);
    }
    for (const [name, words] of ALL) {
      assert.ok(words.reason[language].length <= 12, `${name}: ${words.reason[language]}`);
      assert.ok(words.nextStep[language].length <= 16, `${name}: ${words.nextStep[language]}`);
    }
  }
});

void test('nothing is left unsaid, and English stays short enough for a screen', () => {
  for (const [name, words] of ALL) {
    for (const language of SCREEN_LANGUAGES) {
      assert.ok(words.reason[language].length > 0, name);
      assert.ok(words.nextStep[language].length > 0, name);
    }
    assert.ok(words.reason.en.length <= 40, `${name}: ${words.reason.en}`);
    assert.ok(words.nextStep.en.length <= 50, `${name}: ${words.nextStep.en}`);
  }
});

void test('reasons tell refusals apart', () => {
  const reasons = Object.values(REFUSAL_WORDS).map((words) => words.reason['zh-CN']);
  assert.equal(new Set(reasons).size, reasons.length);
});

void test('each case of a screen finds its words', () => {
  assert.equal(screenWords({ kind: 'passed', warned: false }), PASSED_WORDS);
  assert.equal(screenWords({ kind: 'passed', warned: true }), WARNED_WORDS);
  assert.equal(screenWords({ kind: 'assisted' }), ASSISTED_WORDS);
  assert.equal(screenWords({ kind: 'fault', fault: 'storage' }), FAULT_WORDS.storage);
  const used = screenWords({ kind: 'refused', refusal: 'ALREADY_USED' });
  assert.equal(used, REFUSAL_WORDS.ALREADY_USED);
});
