// Words of other letters, and digits: whole, begun, and with one slip.
import { lowerBoundOfWords } from './postings.ts';
import { ANY_SLIP, NEAR_SLIP, NO_SLIP, type Slip } from './read-sounds.ts';

/** A stretch of the sorted words. */
export type WordReading = {
  readonly from: number;
  readonly to: number;
  readonly slip: Slip;
  readonly full: boolean;
};

const MIN_LETTERS_WITH_SLIP = 4;
const MAX_LETTERS_WITH_SLIP = 24;
/** From here on a word with a slip may also be only begun. */
const MIN_LETTERS_BEGUN = 5;
export const MAX_WORD_READINGS = 64;

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');

export function readWordsOf(
  word: string,
  list: readonly string[],
  slip: Slip,
): readonly WordReading[] {
  const found: WordReading[] = [];
  const at = lowerBoundOfWords(list, word);
  if (list[at] === word) found.push({ from: at, to: at + 1, slip: NO_SLIP, full: true });
  const begun = beginningWith(list, word, at);
  if (begun > at) found.push({ from: at, to: begun, slip: NO_SLIP, full: false });
  const mendable = /^[a-z]+$/.test(word) && word.length >= MIN_LETTERS_WITH_SLIP;
  if (slip === NO_SLIP || !mendable || word.length > MAX_LETTERS_WITH_SLIP) return found;
  for (const [mended, level] of mendings(word, slip)) {
    if (found.length >= MAX_WORD_READINGS) break;
    const from = lowerBoundOfWords(list, mended);
    if (list[from] === mended) found.push({ from, to: from + 1, slip: level, full: true });
    else if (level === NEAR_SLIP && mended.length >= MIN_LETTERS_BEGUN) {
      const to = beginningWith(list, mended, from);
      if (to > from) found.push({ from, to, slip: level, full: false });
    }
  }
  return found;
}

function beginningWith(list: readonly string[], word: string, from: number): number {
  // Letters and digits only, so nothing that begins with the word sorts after this.
  return Math.max(from, lowerBoundOfWords(list, `${word}\uffff`));
}

/** All words that one slip turns into this one, near slips first. */
function mendings(word: string, slip: Slip): ReadonlyMap<string, Slip> {
  const mended = new Map<string, Slip>();
  const add = (text: string, level: Slip): void => {
    if (text !== word && !mended.has(text)) mended.set(text, level);
  };
  for (let i = 0; i < word.length; i++) {
    const before = word.slice(0, i);
    const letter = word.charAt(i);
    add(before + word.charAt(i + 1) + letter + word.slice(i + 2), NEAR_SLIP);
    if (letter === word.charAt(i + 1)) add(before + word.slice(i + 1), NEAR_SLIP);
    add(before + letter + word.slice(i), NEAR_SLIP);
  }
  if (slip !== ANY_SLIP) return mended;
  for (let i = 0; i <= word.length; i++) {
    const before = word.slice(0, i);
    if (i < word.length) add(before + word.slice(i + 1), ANY_SLIP);
    for (const letter of LETTERS) {
      add(before + letter + word.slice(i), ANY_SLIP);
      if (i < word.length) add(before + letter + word.slice(i + 1), ANY_SLIP);
    }
  }
  return mended;
}
