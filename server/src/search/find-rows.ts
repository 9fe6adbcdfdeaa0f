// Finds the rows that hold every clause of a query, and how well.
import { planClause, type Budget, type ClausePlan, type PhrasePlan } from './plan-clause.ts';
import type { Clause, PhraseReading } from './read-query.ts';
import { scanFor, type MaskPool, type PhraseScan } from './phrase-scan.ts';
import { IN_LONG_TEXT, IN_SHORT_TEXT, type Stretch } from './postings.ts';
import { placeAt, type SearchIndex } from './search-index.ts';
import { ANY_SLIP } from './read-sounds.ts';

/**
 * One search may look at this many pairs, postings and characters for each row of the index, and
 * at
 * `MIN_STEPS` in a small one. Each takes nanoseconds.
 */
export const STEPS_PER_ROW = 200;
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
  readonly masks: MaskPool;
};

export function marksFor(rowCount: number): Marks {
  return {
    grade: new Uint8Array(rowCount),
    clauses: new Uint8Array(rowCount),
    score: new Uint16Array(rowCount),
    touched: new Uint32Array(rowCount),
    masks: [],
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

/** A grade holds how little was forgiven, the place, and whether it stood there in full. */
const SLIP_WEIGHT = 16;
const PLACE_WEIGHT = 2;
/** Above the sum of 16 clauses' places, so that fewer slips come first whatever the place. */
const SCORE_PER_SLIP = 256;

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
  // The rarest first: the others are looked for in its rows only.
  const plans = clauses
    .map((clause) => planClause(index, clause, budget))
    .sort((a, b) => a.cost - b.cost);
  marks.clauses.fill(0);
  let rows = marks.touched.subarray(0, 0);
  let certain = true;
  for (const [i, plan] of plans.entries()) {
    const work: Work = { index, marks, budget, clause: i, touched: 0 };
    certain = findClause(work, plan) && certain;
    rows = settle(work);
    if (rows.length === 0 || budget.steps < 0) break;
  }
  return { rows, score: marks.score, certain };
}

function findClause(work: Work, { words, phrases }: ClausePlan): boolean {
  const { rows } = work.index.words.postings;
  for (const { stretch, slip, full } of words) {
    if (work.budget.steps < 0) break;
    postRows(work, rows, stretch, (ANY_SLIP - slip) * SLIP_WEIGHT + (full ? 1 : 0), IN_LONG_TEXT);
  }
  let certain = work.touched > 0;
  for (const plan of phrases) {
    if (work.budget.steps < 0) break;
    const place = findPhrases(work, plan);
    if (place > 0 && (!isBySound(plan.reading) || isSure(plan.reading, place))) certain = true;
  }
  return certain;
}

/** Marks the rows of a stretch of postings. Answers with the best place met. */
function postRows(
  work: Work,
  rows: Uint32Array,
  [start, end]: Stretch,
  base: number,
  leastPlace: number,
): number {
  let best = 0;
  const last = Math.min(end, start + work.budget.steps + 1);
  work.budget.steps -= last - start;
  for (let i = start; i < last; i++) {
    const posting = rows[i] ?? 0;
    const place = posting & 7;
    if (place < leastPlace || !isWanted(work, posting >>> 3)) continue;
    mark(work, posting >>> 3, base + place * PLACE_WEIGHT);
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

function findPhrases(work: Work, { reading, pairs, alone }: PhrasePlan): number {
  const { index, budget, marks } = work;
  const { postings } = index.characters;
  const base = (ANY_SLIP - reading.slip) * SLIP_WEIGHT;
  const leastPlace = reading.anywhere ? IN_LONG_TEXT : IN_SHORT_TEXT;
  const scan = alone ? undefined : scanFor(reading.phrases, index.sounds, marks.masks);
  let best = 0;
  for (const pair of pairs) {
    if (budget.steps < 0) break;
    const place = pair >>> 1;
    const stretch: Stretch = [postings.start[place] ?? 0, postings.start[place + 1] ?? 0];
    const grade = base + (reading.full && (pair & 1) === 0 ? 1 : 0);
    const met =
      scan === undefined
        ? postRows(work, postings.rows, stretch, grade, leastPlace)
        : lookInRows(work, scan, stretch, grade, leastPlace);
    best = Math.max(best, met);
  }
  scan?.release();
  return best;
}

const LEAST_SURE_SYLLABLES = 3;

/** A short sound in a long text, or one that is only begun, may not be what was meant. */
function isSure(reading: PhraseReading, place: number): boolean {
  const long = reading.phrases.some((phrase) => phrase.length >= LEAST_SURE_SYLLABLES);
  if (reading.full && long) return true;
  return place >= IN_SHORT_TEXT && (reading.full || !reading.anywhere);
}

function isBySound(reading: PhraseReading): boolean {
  return reading.phrases.some((phrase) => phrase.some((element) => 'sound' in element));
}

function lookInRows(
  work: Work,
  scan: PhraseScan,
  [start, end]: Stretch,
  base: number,
  leastPlace: number,
): number {
  const { index, marks, budget } = work;
  const { characters } = index;
  const { rowStart, shortEnd, units } = characters;
  const { rows } = characters.postings;
  let best = 0;
  for (let i = start; i < end && budget.steps >= 0; i++) {
    budget.steps--;
    const posting = rows[i] ?? 0;
    const row = posting >>> 3;
    // The phrases stand in no better place than this pair of them.
    const reachable = base + (posting & 7) * PLACE_WEIGHT;
    if ((posting & 7) < leastPlace || (marks.grade[row] ?? 0) >= reachable) continue;
    if (!isWanted(work, row)) continue;
    const from = rowStart[row] ?? 0;
    const to = leastPlace > IN_LONG_TEXT ? (shortEnd[row] ?? 0) : (rowStart[row + 1] ?? 0);
    const at = scan.scan(units, from, to);
    budget.steps -= (at < 0 ? to : at) - from;
    if (at < 0) continue;
    const place = placeAt(characters, row, at);
    mark(work, row, base + place * PLACE_WEIGHT);
    if (place > best) best = place;
  }
  return best;
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
