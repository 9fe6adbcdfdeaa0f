// Builds the index. Generators, so that the work can be done in slices.
import { splitRuns, type Run } from './fold.ts';
import { createPairTable, type SortedPairs } from './pair-table.ts';
import {
  IN_LONG_TEXT,
  IN_NAME,
  IN_SHORT_TEXT,
  NAME_START,
  pairKey,
  postingsFor,
  type Postings,
} from './postings.ts';
import { placeAt, type Characters, type RowFacts, type SearchIndex } from './search-index.ts';
import { readSounds } from './sounds.ts';
import { streamOf, type Stream } from './stream.ts';
import type { SearchRow } from './types.ts';

const ROWS_PER_SLICE = 64;
const LONGEST_SHORT_HAN = 24;
const LONGEST_SHORT_TEXT = 60;

/** Throws a RangeError if two rows have one id. */
export function* indexRows(unsorted: Iterable<SearchRow>): Generator<undefined, SearchIndex> {
  const rows = [...unsorted].sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = rows.map(({ id }) => id);
  const twice = ids.find((id, i) => id === ids[i + 1]);
  if (twice !== undefined) throw new RangeError(`two entries of the service list are '${twice}'`);
  const taken = yield* takeTexts(rows);
  const { keys: pairKeys } = taken.pairs;
  const postings = yield* postPairs(taken.characters, taken.pairs);
  const words = yield* postWords(taken);
  const sounds = yield* readSounds(pairKeys);
  const facts = factsOf(rows);
  return { ids, facts, characters: { ...taken.characters, pairKeys, postings }, words, sounds };
}

type Texts = Omit<Characters, 'pairKeys' | 'postings'>;

type Taken = {
  readonly characters: Texts;
  readonly pairs: SortedPairs;
  readonly words: ReadonlyMap<string, number>;
  /** `word * 8 + place` of all rows in one line, and where each row begins. */
  readonly wordStream: Uint32Array;
  readonly wordStart: Uint32Array;
};

function* takeTexts(rows: readonly SearchRow[]): Generator<undefined, Taken> {
  const units = streamOf((size) => new Uint16Array(size));
  const wordStream = streamOf((size) => new Uint32Array(size));
  const words = new Map<string, number>();
  const pairs = createPairTable();
  const rowStart = new Uint32Array(rows.length + 1);
  const nameEnd = new Uint32Array(rows.length);
  const shortEnd = new Uint32Array(rows.length);
  const nameLength = new Uint8Array(rows.length);
  const wordStart = new Uint32Array(rows.length + 1);
  for (const [row, source] of rows.entries()) {
    if (row % ROWS_PER_SLICE === 0) yield;
    const texts = textsByPlace(source);
    rowStart[row] = units.length();
    wordStart[row] = wordStream.length();
    for (const place of [NAME_START, IN_NAME, IN_SHORT_TEXT, IN_LONG_TEXT]) {
      for (const run of texts[place] ?? []) {
        if (run.han) addHan(run.text, units, (key) => pairs.count(key, row));
        else wordStream.add(numberOf(words, run.text) * 8 + place);
      }
      if (place === IN_NAME) nameEnd[row] = units.length();
      if (place === IN_SHORT_TEXT) shortEnd[row] = units.length();
    }
    nameLength[row] = Math.min(255, lengthOf(source.zhCN[0] ?? ''));
  }
  rowStart[rows.length] = units.length();
  wordStart[rows.length] = wordStream.length();
  return {
    characters: { units: units.finish(), rowStart, nameEnd, shortEnd, nameLength },
    pairs: pairs.finish(),
    words,
    wordStream: wordStream.finish(),
    wordStart,
  };
}

/** The runs of each place. A text that says the same in both scripts is taken once. */
function textsByPlace(row: SearchRow): readonly (readonly Run[] | undefined)[] {
  const seen = new Set<string>();
  const texts: Run[][] = [[], [], [], [], []];
  for (const language of [row.zhCN, row.zhTW, row.en]) {
    for (const [i, text] of language.entries()) {
      if (seen.has(text)) continue;
      const runs = splitRuns(text);
      const folded = runs.map((run) => run.text).join(' ');
      if (seen.has(folded)) continue;
      seen.add(text).add(folded);
      if (i > 0) texts[isShort(text, runs) ? IN_SHORT_TEXT : IN_LONG_TEXT]?.push(...runs);
      // That characters begin a name is seen from where they stand; words have no position.
      else
        for (const [j, run] of runs.entries()) {
          texts[j === 0 && !run.han ? NAME_START : IN_NAME]?.push(run);
        }
    }
  }
  return texts;
}

/** Operators, places and keywords are short, a summary is long. */
function isShort(text: string, runs: readonly Run[]): boolean {
  const han = runs.reduce((sum, run) => sum + (run.han ? run.text.length : 0), 0);
  return han <= LONGEST_SHORT_HAN && text.length <= LONGEST_SHORT_TEXT;
}

function lengthOf(name: string): number {
  return splitRuns(name).reduce((sum, { text }) => sum + text.length, 0);
}

function addHan(text: string, units: Stream<Uint16Array>, count: (key: number) => void): void {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    units.add(unit);
    count(pairKey(unit, i + 1 < text.length ? text.charCodeAt(i + 1) : 0));
  }
  units.add(0);
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const number = numbers.get(name) ?? numbers.size;
  if (number === numbers.size) numbers.set(name, number);
  return number;
}

function* postPairs(characters: Texts, table: SortedPairs): Generator<undefined, Postings> {
  const { units, rowStart, nameEnd } = characters;
  const { start, rows, cursor } = postingsFor(table.counts);
  const last = new Uint32Array(table.keys.length);
  for (let row = 0; row < nameEnd.length; row++) {
    if (row % ROWS_PER_SLICE === 0) yield;
    const end = rowStart[row + 1] ?? 0;
    for (let i = rowStart[row] ?? 0; i < end; i++) {
      const unit = units[i] ?? 0;
      if (unit === 0) continue;
      const pair = table.placeOf(pairKey(unit, units[i + 1] ?? 0));
      if (last[pair] === row + 1) continue; // met before, so in a place as good
      last[pair] = row + 1;
      const at = cursor[pair] ?? 0;
      rows[at] = row * 8 + placeAt(characters, row, i);
      cursor[pair] = at + 1;
    }
  }
  return { start, rows };
}

function* postWords(taken: Taken): Generator<undefined, SearchIndex['words']> {
  const { wordStream, wordStart } = taken;
  const list = [...taken.words.keys()].sort();
  const placeOf = new Uint32Array(list.length);
  for (const [place, word] of list.entries()) placeOf[taken.words.get(word) ?? 0] = place;
  yield;
  const counts = new Uint32Array(list.length);
  const last = new Uint32Array(list.length);
  function* eachOnce(take: (word: number, posting: number) => void): Generator<undefined, void> {
    last.fill(0);
    for (let row = 0; row + 1 < wordStart.length; row++) {
      if (row % ROWS_PER_SLICE === 0) yield;
      const end = wordStart[row + 1] ?? 0;
      for (let i = wordStart[row] ?? 0; i < end; i++) {
        const entry = wordStream[i] ?? 0;
        const word = placeOf[entry >>> 3] ?? 0;
        if (last[word] === row + 1) continue;
        last[word] = row + 1;
        take(word, row * 8 + (entry & 7));
      }
    }
  }
  yield* eachOnce((word) => (counts[word] = (counts[word] ?? 0) + 1));
  const { start, rows, cursor } = postingsFor(counts);
  yield* eachOnce((word, posting) => {
    const at = cursor[word] ?? 0;
    rows[at] = posting;
    cursor[word] = at + 1;
  });
  return { list, postings: { start, rows } };
}

function factsOf(rows: readonly SearchRow[]): RowFacts {
  const parties = new Map<string, number>();
  const categories = new Map<string, number>();
  const audiences = new Map<string, number>();
  const bitsOf = (names: readonly string[]): number =>
    names.reduce((bits, name) => bits | (1 << numberOf(audiences, name)), 0);
  const facts = {
    partyOf: Uint16Array.from(rows, ({ party }) => numberOf(parties, party)),
    categoryOf: Uint16Array.from(rows, ({ category }) => numberOf(categories, category)),
    audiencesOf: Uint32Array.from(rows, ({ audience }) => bitsOf(audience)),
  };
  if (audiences.size > 32) throw new RangeError('more than 32 audiences');
  return { ...facts, parties, categories, audiences };
}
