import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MIN_STEPS, STEPS_PER_ROW } from './find-rows.ts';
import { createSearch, MAX_QUERY_LENGTH, type SearchAnswer, type SearchRow } from './index.ts';
import {
  ANY_SLIP,
  MAX_READINGS,
  MAX_READINGS_WITH_SLIP,
  readSoundsOf,
  type SoundReading,
} from './read-sounds.ts';
import { MAX_WORD_READINGS, readWordsOf } from './read-words.ts';
import { readSounds } from './sounds.ts';

const CHARACTERS = Array.from('武汉长沙合肥南昌地铁站博物馆公园路江东湖乐安');
const SYLLABLES = 'wu han chang sha he fei nan di tie zhan bo guan gong yuan lu xi an ang'.split(
  ' ',
);
const WORDS = 'metro museum park wuhan changsha road lake 12345 4201'.split(' ');

/** Names of few characters, so that everything stands everywhere: the worst for an index. */
const someName = fc
  .array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 8 })
  .map((list) => list.join(''));

function rowsOf(names: readonly string[]): readonly SearchRow[] {
  return names.map((name, i) => ({
    id: String(i).padStart(4, '0'),
    party: i % 2 === 0 ? '4201' : '4301',
    category: 'transit',
    audience: ['residents'],
    usable: i % 3 > 0,
    zhCN: [name, `${name}的服务热线与各网点公告，详情见${name}的说明，周一至周五办理`],
    zhTW: [],
    en: [`Metro ${String(i)}`, 'Museum road park lake'],
  }));
}

const many = rowsOf(
  Array.from({ length: 3_000 }, (_, i) =>
    Array.from({ length: 7 }, (__, j) => CHARACTERS[(i * 7 + j * j * 3 + (i >> j)) % 22]).join(''),
  ),
);
let lastSteps = 0;
const search = createSearch(many, (steps) => {
  lastSteps = steps;
});

/** The last look at a row or a list of pairs goes to its end: the bound may be passed by one. */
const MOST_STEPS = Math.max(MIN_STEPS, many.length * STEPS_PER_ROW) + 5_000;

function answers(text: string): SearchAnswer {
  const answer = search.search({ text, offset: 0, limit: 20 });
  assert.ok(lastSteps <= MOST_STEPS, `${String(lastSteps)} steps`);
  if (answer.ok) {
    assert.ok(answer.total <= many.length);
    assert.equal(answer.ids.length, Math.min(20, answer.total));
  } else {
    assert.match(answer.refusal.code, /^QUERY_TOO_(LONG|MANY_WORDS|BROAD)$/);
  }
  return answer;
}

const from = (parts: readonly string[], separators: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.constantFrom(...parts), fc.constantFrom(...separators)), { maxLength: 300 })
    .map((list) => list.flat().join('').slice(0, MAX_QUERY_LENGTH));

test('any text is answered or refused from the closed list, with bounded work', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: MAX_QUERY_LENGTH }),
    fc.string({ unit: 'grapheme', maxLength: MAX_QUERY_LENGTH }),
    from(SYLLABLES, ['']),
    from(SYLLABLES, ['', '', '', ' ']),
    from(CHARACTERS, ['', '', ' ']),
    from(['a', 'e', 'h', 'i', 'w', 'z', ...CHARACTERS, ...WORDS], ['', ' ']),
  );
  fc.assert(
    fc.property(texts, (text) => {
      assert.deepEqual(answers(text), answers(text));
    }),
    { numRuns: 150 },
  );
});

test('texts made to hurt are answered or refused, with bounded work', () => {
  const filled = (part: string): string => part.repeat(Math.floor(MAX_QUERY_LENGTH / part.length));
  for (const part of [
    ...['a', 'w', '1', '武', '的', '地铁', 'wuhan', 'xian', 'ang', 'a ', 'wu ', '武 ', "xi'an"],
    ...['🚇', '\ud800', '\udc00', '\ud840', '\ud840\udc00', '\u0301', '\u202e', 'ﷺ', '\u0000'],
    ...['.*', '(a+)+$', '[', '\\', "'", '%', '<script>', 'שלום', 'مرحبا', '가', 'ガ', 'İ', 'ß'],
  ]) {
    answers(filled(part));
    answers(`${part}武汉`);
    answers(`wuhan${part}`);
  }
  answers('a b c d e f g h i j k l m n o p');
  answers('w wu wuh wuha wuhan h ha han d di t ti tie z zh zhan');
  // All stretches of what stands at the end of every row: each row is walked for each.
  const end = '周一至周五办理';
  const stretches = [3, 4, 5, 6, 7].flatMap((length) =>
    Array.from({ length: end.length - length + 1 }, (_, i) => end.slice(i, i + length)),
  );
  const broad = answers(stretches.join(' '));
  assert.deepEqual(broad, { ok: false, refusal: { code: 'QUERY_TOO_BROAD' } });
  answers('fuwurexian yugewangdian gonggao xiangqingjian deshuoming zhouyizhi zhouwubanli');
});

test('letters have boundedly many readings, however many ways there are to part them', () => {
  const pairs = new Set<number>();
  for (const name of many.map((row) => row.zhCN[0] ?? '')) {
    for (let i = 0; i < name.length; i++) {
      pairs.add(name.charCodeAt(i) * 0x10000 + (i + 1 < name.length ? name.charCodeAt(i + 1) : 0));
    }
  }
  const reading = readSounds(Uint32Array.from(pairs).sort());
  let step = reading.next();
  while (step.done !== true) step = reading.next();
  const sounds = step.value;
  const most = 1 + MAX_READINGS + 2 * MAX_READINGS_WITH_SLIP;
  const check = (word: string): readonly SoundReading[] => {
    const readings = readSoundsOf(word, sounds, ANY_SLIP);
    assert.ok(readings.length <= most, `${word}: ${String(readings.length)}`);
    assert.ok(readWordsOf(word, [...WORDS].sort(), ANY_SLIP).length <= MAX_WORD_READINGS);
    return readings;
  };
  fc.assert(fc.property(from(SYLLABLES, ['']), (word) => void check(word)));
  assert.ok(check('changan').length > 1); // chang an, chan gan
});

test('stretches of a name find exactly the rows that hold them', () => {
  fc.assert(
    fc.property(
      fc.array(someName, { minLength: 1, maxLength: 30 }),
      someName,
      fc.nat(),
      (names, other, at) => {
        const rows = rowsOf([...names, other]);
        const start = at % other.length;
        const text = other.slice(start, start + 2 + (at % 4));
        const answer = createSearch(rows).search({ text, offset: 0, limit: 100 });
        assert.ok(answer.ok);
        const holding = rows.filter(({ zhCN }) => zhCN.some((one) => one.includes(text)));
        assert.deepEqual([...answer.ids].sort(), holding.map(({ id }) => id).sort());
      },
    ),
    { numRuns: 60 },
  );
});
