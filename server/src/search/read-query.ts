// Reads a query as clauses: each must be found in a row, in one of its readings.
import { splitRuns } from './fold.ts';
import { NEAR_SLIP, NO_SLIP, readSoundsOf, type Slip } from './read-sounds.ts';
import type { SearchIndex } from './search-index.ts';
import { usualSyllable, type Sounds } from './sounds.ts';
import type { SyllableRange } from './syllables.ts';
import { readWordsOf, type WordReading } from './read-words.ts';

/** A character itself, or any character with a sound of the range. */
export type Element = { readonly unit: number } | { readonly sound: SyllableRange };

export type PhraseReading = {
  readonly phrases: readonly (readonly Element[])[];
  /** A last syllable that is only begun counts as a near slip, so that both are weighed alike. */
  readonly slip: Slip;
  readonly full: boolean;
  /** Initials are looked for in names and short texts only: in long ones they stand by chance. */
  readonly anywhere: boolean;
};

export type Clause = {
  readonly words: readonly WordReading[];
  readonly phrases: readonly PhraseReading[];
};

/** A part of a query that is looked for by itself. */
export type Term =
  | { readonly kind: 'han'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  /** Syllables typed apart: "wu han" */
  | { readonly kind: 'syllables'; readonly syllables: readonly number[] };

/** Characters of a Chinese term that are looked at for slips. */
const MAX_HAN_WITH_SLIP = 20;

/** The different terms of a text. */
export function termsOf(text: string): readonly Term[] {
  const runs = new Map(splitRuns(text).map((run) => [run.text, run]));
  return [...runs.values()].map((run) => ({ kind: run.han ? 'han' : 'word', text: run.text }));
}

/** Words side by side that are one syllable each are one term: they were typed apart. */
export function joinSyllables(terms: readonly Term[], sounds: Sounds): readonly Term[] {
  const joined: Term[] = [];
  let syllables: number[] = [];
  let words: Term[] = [];
  const flush = (): void => {
    if (syllables.length > 1) joined.push({ kind: 'syllables', syllables });
    else joined.push(...words);
    syllables = [];
    words = [];
  };
  for (const term of terms) {
    const number = term.kind === 'word' ? sounds.syllables.numberOf(term.text) : 0;
    if (number === 0) flush();
    (number === 0 ? joined : words).push(term);
    if (number !== 0) syllables.push(number);
  }
  flush();
  return joined;
}

export function readTerm(term: Term, index: SearchIndex, slip: Slip): Clause {
  if (term.kind === 'han') return { words: [], phrases: readHan(term.text, index, slip) };
  if (term.kind === 'syllables') {
    const phrase = term.syllables.map((number) => ({ sound: { from: number, to: number + 1 } }));
    return {
      words: [],
      phrases: [{ phrases: [phrase], slip: NO_SLIP, full: true, anywhere: true }],
    };
  }
  const { sounds } = index;
  return {
    words: readWordsOf(term.text, index.words.list, slip),
    phrases: readSoundsOf(term.text, sounds, slip).map((reading) => ({
      phrases: reading.phrases.map((phrase) => phrase.map((sound) => ({ sound }))),
      slip: reading.typed === 'begun' ? NEAR_SLIP : reading.slip,
      full: reading.typed === 'full',
      anywhere: reading.typed !== 'initials',
    })),
  };
}

/** As it stands; as a near slip by its sound (another character); then in two parts. */
function readHan(text: string, { sounds }: SearchIndex, slip: Slip): readonly PhraseReading[] {
  const units = Array.from({ length: text.length }, (_, i) => ({ unit: text.charCodeAt(i) }));
  const exact: PhraseReading = { phrases: [units], slip: NO_SLIP, full: true, anywhere: true };
  if (slip === NO_SLIP || units.length < 2 || units.length > MAX_HAN_WITH_SLIP) return [exact];
  const sounding = units.map(({ unit }) => soundOf(sounds, unit));
  const alike: PhraseReading = { ...exact, phrases: [sounding], slip: 1, full: false };
  if (slip === 1 || units.length < 4) return [exact, alike];
  const parted: PhraseReading[] = [];
  for (let cut = 2; cut + 2 <= units.length; cut++) {
    const phrases = [units.slice(0, cut), units.slice(cut)];
    parted.push({ phrases, slip: 2, full: true, anywhere: true });
  }
  return [exact, alike, ...parted];
}

function soundOf(sounds: Sounds, unit: number): Element {
  const number = usualSyllable(sounds, unit);
  return number === 0 ? { unit } : { sound: { from: number, to: number + 1 } };
}
