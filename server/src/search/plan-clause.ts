// Where the rows of a clause are to be looked for, and how many postings that takes.
import type { Clause, Element, PhraseReading } from './read-query.ts';
import { lowerBound, pairKey, postingCount, type Stretch } from './postings.ts';
import { hasReading, pairsSounding } from './sounds.ts';
import type { SearchIndex } from './search-index.ts';
import type { Slip } from './read-sounds.ts';

export type ClausePlan = {
  readonly words: readonly WordPlan[];
  readonly phrases: readonly PhrasePlan[];
  /** Postings to be looked at. With none, no row holds the clause. */
  readonly cost: number;
};

type WordPlan = { readonly stretch: Stretch; readonly slip: Slip; readonly full: boolean };

/**
 * The rarest pair of neighbouring elements: all of the reading is looked for in its rows. A reading
 * of a single element or pair needs no look: `alone`, its postings say all.
 */
export type PhrasePlan = {
  readonly reading: PhraseReading;
  /** `place * 2` of the pairs, plus 1 if they are not usually read so. */
  readonly pairs: readonly number[];
  readonly cost: number;
  readonly alone: boolean;
};

/** Steps left; below 0 the search has ended early and its answer is not to be used. */
export type Budget = { steps: number };

export function planClause(
  index: SearchIndex,
  { words, phrases }: Clause,
  budget: Budget,
): ClausePlan {
  const { start } = index.words.postings;
  const wordPlans = words.map(({ from, to, slip, full }) => {
    const stretch: Stretch = [start[from] ?? 0, start[to] ?? 0];
    return { stretch, slip, full };
  });
  const phrasePlans = phrases.map((reading) => planPhrases(index, reading, budget));
  const found = phrasePlans.filter(({ cost }) => cost > 0);
  const cost =
    wordPlans.reduce((sum, { stretch: [from, to] }) => sum + to - from, 0) +
    found.reduce((sum, plan) => sum + plan.cost, 0);
  return { words: wordPlans, phrases: found, cost };
}

function planPhrases(index: SearchIndex, reading: PhraseReading, budget: Budget): PhrasePlan {
  const { postings } = index.characters;
  let rarest: readonly number[] = [];
  let fewest = Infinity;
  let neighbours = 0;
  for (const phrase of reading.phrases) {
    for (let i = 0; i === 0 || i + 1 < phrase.length; i++) {
      if (fewest === 0 || budget.steps < 0) break;
      const found = pairsOf(index, phrase[i], phrase[i + 1]);
      const count = found.reduce((sum, pair) => sum + postingCount(postings, pair >>> 1), 0);
      neighbours++;
      budget.steps -= found.length;
      if (count < fewest) [rarest, fewest] = [found, count];
    }
  }
  return { reading, pairs: rarest, cost: fewest, alone: neighbours === 1 };
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
