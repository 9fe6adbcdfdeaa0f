// Reads letters as pinyin: in full, in initials, with the last syllable begun, and with one slip.
import { canFollow, type Sounds } from './sounds.ts';
import type { SyllableNode, SyllableRange } from './syllables.ts';

/** How much is forgiven: nothing; what fingers and dialects do; any one letter. */
export const NO_SLIP = 0;
export const NEAR_SLIP = 1;
export const ANY_SLIP = 2;
export type Slip = 0 | 1 | 2;

/** A way to read a word as sounds. Each phrase stands unbroken in a text, in any order. */
export type SoundReading = {
  readonly phrases: readonly (readonly SyllableRange[])[];
  readonly slip: Slip;
  /** All of it typed out, or the last syllable only begun, or one letter for each syllable. */
  readonly typed: 'full' | 'begun' | 'initials';
};

/** Letters that are read as pinyin; longer ones are words of another language, if any. */
const MAX_LETTERS = 80;
const MAX_LETTERS_WITH_SLIP = 32;
const MIN_LETTERS_WITH_SLIP = 4;
const MAX_INITIALS = 16;
/** More readings than these no real query has; hostile ones have millions. */
export const MAX_READINGS = 24;
export const MAX_READINGS_WITH_SLIP = 48;
export const MAX_READING_STEPS = 8_000;

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');

/** The readings that pairs of the index allow; those with fewer slips first. */
export function readSoundsOf(word: string, sounds: Sounds, slip: Slip): readonly SoundReading[] {
  if (!/^[a-z]+$/.test(word) || word.length > MAX_LETTERS) return [];
  const found = new Map<string, SoundReading>();
  for (const initials of readInitials(word, sounds)) found.set('initials', initials);
  const levels: readonly Slip[] =
    word.length < MIN_LETTERS_WITH_SLIP || word.length > MAX_LETTERS_WITH_SLIP
      ? [NO_SLIP]
      : ([NO_SLIP, NEAR_SLIP, ANY_SLIP] as const).filter((level) => level <= slip);
  for (const level of levels) collect(word, sounds, level, found);
  return [...found.values()];
}

function readInitials(word: string, sounds: Sounds): readonly SoundReading[] {
  if (word.length < 2 || word.length > MAX_INITIALS) return [];
  const phrase = Array.from(word, (letter) => sounds.syllables.root.children.get(letter)?.range);
  if (!phrase.every((range) => range !== undefined)) return [];
  return [{ phrases: [phrase], slip: NO_SLIP, typed: 'initials' }];
}

type State = {
  readonly rest: string;
  readonly node: SyllableNode;
  /** The letter before `rest`. */
  readonly before: string;
  /** Whole syllables so far, and where the text may be broken. */
  readonly phrases: readonly (readonly SyllableRange[])[];
  /** The last whole syllable of the current phrase, or 0. */
  readonly last: number;
  /** The one slip is still free to be made. */
  readonly free: boolean;
};

function collect(
  word: string,
  sounds: Sounds,
  level: Slip,
  found: Map<string, SoundReading>,
): void {
  const { root } = sounds.syllables;
  const most = found.size + (level === NO_SLIP ? MAX_READINGS : MAX_READINGS_WITH_SLIP);
  let steps = 0;
  const keep = (state: State, typed: 'full' | 'begun'): void => {
    const key = JSON.stringify(state.phrases);
    const { phrases } = state;
    // Where one syllable alone begins so, it is found as begun before it is found in full.
    const known = found.get(key);
    if (known === undefined || (level === NO_SLIP && typed === 'full')) {
      found.set(key, { phrases, slip: level, typed });
    }
  };
  const walk = (state: State): void => {
    if (++steps > MAX_READING_STEPS || found.size >= most) return;
    const { rest, node } = state;
    if (level === NO_SLIP || !state.free) {
      if (rest === '' && node === root && state.phrases.length > 0) keep(state, 'full');
      const begun = rest === '' && node !== root ? beginning(state, sounds) : undefined;
      if (level === NO_SLIP && begun !== undefined) keep(begun, 'begun');
    }
    if (node.syllable !== 0) {
      for (const next of closings(state, sounds, level)) walk({ ...next, node: root });
    }
    const child = node.children.get(rest.charAt(0));
    if (child !== undefined) {
      walk({ ...state, rest: rest.slice(1), before: rest.charAt(0), node: child });
    }
    if (level !== NO_SLIP && state.free) {
      for (const mended of slips(state, level)) {
        // Others lead nowhere: where a syllable ends, the slip is made after it.
        if (mended !== '' && !node.children.has(mended.charAt(0))) continue;
        walk({ ...state, rest: mended, free: false });
      }
    }
  };
  walk({ rest: word, node: root, before: '', phrases: [], last: 0, free: level !== NO_SLIP });
}

/** The state after the syllable that ends here, joined to the phrase or, as a slip, after it. */
function closings(state: State, sounds: Sounds, level: Slip): readonly State[] {
  const { node, phrases, last } = state;
  const range = { from: node.syllable, to: node.syllable + 1 };
  const before = phrases.slice(0, -1);
  const current = phrases.at(-1) ?? [];
  const next: State[] = [];
  if (last === 0 || canFollow(sounds, last, range)) {
    next.push({ ...state, phrases: [...before, [...current, range]], last: node.syllable });
  }
  const broken = level === ANY_SLIP && state.free && current.length > 1 && state.rest.length > 1;
  if (broken) {
    next.push({ ...state, phrases: [...phrases, [range]], last: node.syllable, free: false });
  }
  return next;
}

/** The last syllable is only begun: any that begins so, if one can follow. */
function beginning(state: State, sounds: Sounds): State | undefined {
  const { node, phrases, last } = state;
  if (last === 0 || !canFollow(sounds, last, node.range)) return undefined;
  return { ...state, phrases: [...phrases.slice(0, -1), [...(phrases.at(-1) ?? []), node.range]] };
}

/** What may have been meant at this place: the rest of the word with its first letter mended. */
function slips({ rest, before }: State, level: Slip): readonly string[] {
  const [first = '', second = ''] = rest;
  const tail = rest.slice(1);
  const mended: string[] = [];
  if (second !== '' && second !== first) mended.push(second + first + rest.slice(2));
  if (before === 'n') mended.push(`g${rest}`);
  if ('zcs'.includes(before) && before !== '') mended.push(`h${rest}`);
  const doubtful = first === before || (first === 'g' && before === 'n');
  if (first !== '' && (doubtful || (first === 'h' && 'zcs'.includes(before)))) mended.push(tail);
  if (first === 'n') mended.push(`l${tail}`);
  if (first === 'l') mended.push(`n${tail}`);
  if (level === NEAR_SLIP) return mended;
  if (first !== '') mended.push(tail);
  for (const letter of LETTERS) {
    if (first !== '' && letter !== first) mended.push(letter + tail);
    mended.push(letter + rest);
  }
  return mended;
}
