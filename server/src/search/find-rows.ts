// Finds the rows that hold every clause of a query, and how well.
import type { Clause, Element, PhraseReading } from './read-query.ts';
import { IN_LONG_TEXT, IN_NAME, IN_SHORT_TEXT, lowerBound, postingCount } from './postings.ts';
import { hasReading, pairsSounding } from './sounds.ts';
import type { SearchIndex } from './search-index.ts';
import { pairKey } from './index-rows.ts';
import { ANY_SLIP } from './read-sounds.ts';

/**
 * One search may look at this many postings and characters for each row of the index, and at
 * `MIN_STEPS` in a small one. Each takes nanoseconds.
 */
export const STEPS_PER_ROW = 120;
export const MIN_STEPS = 1_000_000;

/** Marks on rows; made once for an index, since a search runs to its end before another begins. */
export type Marks = {
  /** How well the clause at hand stands in a row, 0 for not at all. */
  readonly grade: Uint8Array;
  /** Clauses found so far, each after all before it. */
  readonly clauses: Uint8Array;
  readonly score: Uint16Array;
  /** Rows found with the clause at hand. */
  readonly touched: Uint32Array<ArrayBuffer>;
};

export function marksFor(rowCount: number): Marks {
  return {
    grade: new Uint8Array(rowCount),
    clauses: new Uint8Array(rowCount),
    score: new Uint16Array(rowCount),
    touched: new Uint32Array(rowCount),
  };
}

export type Found = {
  /** In no order. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Of each row; higher is better. Valid until the next search. */
  readonly score: Uint16Array;
  /** No clause was found by its sound in long texts only, where it may stand by chance. */
  readonly certain: boolean;
};

/** Steps left; below 0 the search has ended early and its answer is not to be used. */
export type Budget = { steps: number };

/** A grade holds how little was forgiven, the place, and whether it stood there in full. */
const SLIP_WEIGHT = 8;
const PLACE_WEIGHT = 2;
/** Above the sum of 16 clauses' places, so that fewer slips come first whatever the place. */
const SCORE_PER_SLIP = 128;

type Work = {
  readonly index: SearchIndex;
  readonly marks: Marks;
  readonly budget: Budget;
  /** The clause at hand is this one; only rows that hold all before it matter. */
  readonly clause: number;
  touched: number;
};

export function findRows(
  index: SearchIndex,
  clauses: readonly Clause[],
  marks: Marks,
  budget: Budget,
): Found {
  marks.clauses.fill(0);
  let rows = marks.touched.subarray(0, 0);
  let certain = true;
  for (const [i, clause] of clauses.entries()) {
    const work: Work = { index, marks, budget, clause: i, touched: 0 };
    certain = findClause(work, clause) && certain;
    rows = settle(work);
    if (rows.length === 0 || budget.steps < 0) break;
  }
  return { rows, score: marks.score, certain };
}

function findClause(work: Work, { words, phrases }: Clause): boolean {
  const { postings } = work.index.words;
  for (const { from, to, slip, full } of words) {
    const start = postings.start[from] ?? 0;
    const end = postings.start[to] ?? 0;
    const base = (ANY_SLIP - slip) * SLIP_WEIGHT + (full ? 1 : 0);
    postRows(work, postings.rows, start, end, base, IN_LONG_TEXT);
  }
  let certain = work.touched > 0 || phrases.length === 0;
  for (const reading of phrases) {
    if (work.budget.steps < 0) break;
    const place = findPhrases(work, reading);
    if (place >= IN_SHORT_TEXT || (place > 0 && !isBySound(reading))) certain = true;
  }
  return certain;
}

/** Marks the rows of a stretch of postings. Answers with the best place met. */
function postRows(
  work: Work,
  rows: Uint32Array,
  start: number,
  end: number,
  base: number,
  leastPlace: number,
): number {
  let best = 0;
  work.budget.steps -= end - start;
  for (let i = start; i < end; i++) {
    const posting = rows[i] ?? 0;
    const place = posting & 3;
    if (place < leastPlace || !isWanted(work, posting >>> 2)) continue;
    mark(work, posting >>> 2, base + place * PLACE_WEIGHT);
    if (place > best) best = place;
  }
  return best;
}

function isWanted({ marks, clause }: Work, row: number): boolean {
  return clause === 0 || marks.clauses[row] === clause;
}

function mark(work: Work, row: number, grade: number): void {
  const { grade: grades, touched } = work.marks;
  const before = grades[row] ?? 0;
  if (before === 0) touched[work.touched++] = row;
  if (grade > before) grades[row] = grade;
}

/**
 * Takes the rarest pair of neighbouring elements, and looks in its rows for all of the reading.
 * A single element or pair needs no look: its postings say all.
 */
function findPhrases(work: Work, reading: PhraseReading): number {
  const { index, budget } = work;
  const { pairs } = index.characters;
  let rarest: readonly number[] | undefined;
  let fewest = Infinity;
  let neighbours = 0;
  for (const phrase of reading.phrases) {
    for (let i = 0; i === 0 || i + 1 < phrase.length; i++) {
      const found = pairsOf(index, phrase[i], phrase[i + 1]);
      neighbours++;
      budget.steps -= found.length;
      const count = found.reduce((sum, pair) => sum + postingCount(pairs, pair >>> 1), 0);
      if (count < fewest) [rarest, fewest] = [found, count];
      if (count === 0 || budget.steps < 0) return 0;
    }
  }
  const base = (ANY_SLIP - reading.slip) * SLIP_WEIGHT;
  const leastPlace = reading.anywhere ? IN_LONG_TEXT : IN_SHORT_TEXT;
  let best = 0;
  for (const pair of rarest ?? []) {
    const start = pairs.start[pair >>> 1] ?? 0;
    const end = pairs.start[(pair >>> 1) + 1] ?? 0;
    const full = reading.full && (pair & 1) === 0 ? 1 : 0;
    const place =
      neighbours === 1
        ? postRows(work, pairs.rows, start, end, base + full, leastPlace)
        : lookInRows(work, reading, start, end, base + full);
    best = Math.max(best, place);
  }
  return best;
}

function isBySound(reading: PhraseReading): boolean {
  return reading.phrases.some((phrase) => phrase.some((element) => 'sound' in element));
}

/** Pairs as `place * 2`, plus 1 if they are not usually read so. */
function pairsOf(
  index: SearchIndex,
  first: Element | undefined,
  second: Element | undefined,
): readonly number[] {
  if (first === undefined) return [];
  if ('unit' in first) return pairsWritten(index, first.unit, second);
  // A phrase is all characters or, but for characters without a known sound, all sounds.
  if (second !== undefined && 'unit' in second) return [];
  return pairsSounding(index.sounds, first.sound, second?.sound);
}

function pairsWritten(
  { characters, sounds }: SearchIndex,
  first: number,
  second: Element | undefined,
): readonly number[] {
  const { pairKeys } = characters;
  const exact = second !== undefined && 'unit' in second ? second.unit : undefined;
  const from = lowerBound(pairKeys, pairKey(first, exact ?? 0));
  const to = exact === undefined ? pairKey(first + 1, 0) : pairKey(first, exact + 1);
  const found: number[] = [];
  for (let i = from; (pairKeys[i] ?? Infinity) < to; i++) {
    const unit = (pairKeys[i] ?? 0) & 0xffff;
    const sound = second !== undefined && 'sound' in second ? second.sound : undefined;
    if (sound === undefined || hasReading(sounds, unit, sound)) found.push(i * 2);
  }
  return found;
}

function lookInRows(
  work: Work,
  reading: PhraseReading,
  start: number,
  end: number,
  base: number,
): number {
  const { index, marks, budget } = work;
  const { rows } = index.characters.pairs;
  const leastPlace = reading.anywhere ? IN_LONG_TEXT : IN_SHORT_TEXT;
  let best = 0;
  budget.steps -= end - start;
  for (let i = start; i < end && budget.steps >= 0; i++) {
    const posting = rows[i] ?? 0;
    const row = posting >>> 2;
    // Already as good as this pair's place allows, or not to be counted.
    if (!isWanted(work, row) || (marks.grade[row] ?? 0) >= base + IN_NAME * PLACE_WEIGHT) continue;
    const place = placeOfPhrases(index, reading, row, budget);
    if (place < leastPlace || place === 0) continue;
    mark(work, row, base + place * PLACE_WEIGHT);
    if (place > best) best = place;
  }
  return best;
}

/** The worst of the phrases' best places in a row; 0 if one is not there. */
function placeOfPhrases(
  index: SearchIndex,
  reading: PhraseReading,
  row: number,
  budget: Budget,
): number {
  const { rowStart, nameEnd, shortEnd } = index.characters;
  const start = rowStart[row] ?? 0;
  const end = rowStart[row + 1] ?? 0;
  let place = IN_NAME;
  for (const phrase of reading.phrases) {
    const at = positionOf(index, phrase, start, end);
    budget.steps -= (at < 0 ? end : at + 1) - start;
    if (at < 0) return 0;
    if (at >= (shortEnd[row] ?? 0)) place = IN_LONG_TEXT;
    else if (at >= (nameEnd[row] ?? 0)) place = Math.min(place, IN_SHORT_TEXT);
  }
  return place;
}

function positionOf(
  index: SearchIndex,
  phrase: readonly Element[],
  start: number,
  end: number,
): number {
  const { units } = index.characters;
  for (let at = start; at + phrase.length <= end; at++) {
    let i = 0;
    while (i < phrase.length && matches(index, units[at + i] ?? 0, phrase[i])) i++;
    if (i === phrase.length) return at;
  }
  return -1;
}

function matches(index: SearchIndex, unit: number, element: Element | undefined): boolean {
  if (element === undefined) return false;
  if ('unit' in element) return element.unit === unit;
  return hasReading(index.sounds, unit, element.sound);
}

/** Takes the clause's grades into the scores. Answers with the rows that hold all clauses yet. */
function settle({ marks, clause, touched: count }: Work): Uint32Array<ArrayBuffer> {
  const { grade, clauses, score, touched } = marks;
  for (let i = 0; i < count; i++) {
    const row = touched[i] ?? 0;
    const value = grade[row] ?? 0;
    const points = Math.floor(value / SLIP_WEIGHT) * SCORE_PER_SLIP + (value % SLIP_WEIGHT);
    grade[row] = 0;
    clauses[row] = clause + 1;
    score[row] = (clause === 0 ? 0 : (score[row] ?? 0)) + points;
  }
  return touched.subarray(0, count);
}
