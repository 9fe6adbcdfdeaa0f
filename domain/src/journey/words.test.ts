import assert from 'node:assert/strict';
import test from 'node:test';
import {
  GROUP_EXCEPTION_REASONS,
  LINE_DISPUTES,
  OBJECTION_REASONS,
  PART_KINDS,
} from '@tongyu/protocol';
import {
  DISPUTE_WORDS,
  EXCEPTION_REASONS,
  EXCEPTION_WORDS,
  FUNDER_WORDS,
  JOURNEY_STATE_WORDS,
  OBJECTION_WORDS,
  PART_WORDS,
  REPAIR_WORDS,
  type JourneyText,
  type JourneyWords,
} from './words.ts';

const LANGUAGES = ['zh-CN', 'zh-TW', 'en'] as const;
const TABLES: readonly Readonly<Record<string, JourneyWords>>[] = [
  ...[JOURNEY_STATE_WORDS, PART_WORDS, DISPUTE_WORDS, EXCEPTION_WORDS],
];
const PLAIN: readonly Readonly<Record<string, JourneyText>>[] = [
  ...[FUNDER_WORDS, OBJECTION_WORDS, REPAIR_WORDS],
];

void test('everything that a line, an answer or an exception can say has words', () => {
  assert.deepEqual(Object.keys(PART_WORDS), [...PART_KINDS]);
  assert.deepEqual(Object.keys(DISPUTE_WORDS), [...LINE_DISPUTES]);
  assert.deepEqual(Object.keys(EXCEPTION_WORDS), [...EXCEPTION_REASONS]);
  assert.deepEqual(EXCEPTION_REASONS.slice(0, 3), [...GROUP_EXCEPTION_REASONS]);
  assert.deepEqual(Object.keys(OBJECTION_WORDS), [...OBJECTION_REASONS]);
});

void test('names are short enough for a list, and meanings are whole sentences', () => {
  for (const table of TABLES) {
    for (const [name, words] of Object.entries(table)) {
      for (const language of LANGUAGES) {
        const [short, long] = [words.name[language], words.meaning[language]];
        const isChinese = language !== 'en';
        assert.ok(short.length >= 2 && short.length <= (isChinese ? 12 : 30), `${name}: ${short}`);
        assert.ok(long.length <= (isChinese ? 40 : 100), `${name}: ${long}`);
        assert.match(long, isChinese ? /[。]$/ : /\.$/, name);
      }
    }
  }
  for (const text of PLAIN.flatMap((table) => Object.values(table))) {
    for (const language of LANGUAGES) assert.ok(text[language].length > 0);
  }
});

void test('within a table no two things are said the same way, in any language', () => {
  const names = [...TABLES.map((table) => Object.values(table).map(({ name }) => name))];
  for (const table of [...names, ...PLAIN.map((one) => Object.values(one))]) {
    for (const language of LANGUAGES) {
      const said = table.map((text) => text[language]);
      assert.equal(new Set(said).size, said.length, said.join());
    }
  }
});

/** Characters that only the simplified script has, of those that these words use. */
const SIMPLIFIED = /[优运营记录补线这个异议码还费价单转归访规则额计报额]/u;

void test('the traditional text is in the traditional script', () => {
  const texts = [
    ...TABLES.flatMap((table) => Object.values(table)).flatMap(({ name, meaning }) => [
      name,
      meaning,
    ]),
    ...PLAIN.flatMap((table) => Object.values(table)),
  ];
  for (const text of texts) {
    assert.doesNotMatch(text['zh-TW'], SIMPLIFIED);
  }
});
