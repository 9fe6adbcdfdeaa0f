// Looks for phrases in the line of characters, one step for each character: a bit for each
// element of a phrase moves on while the characters match (bitap).
import type { Element } from './read-query.ts';
import type { Sounds } from './sounds.ts';

/** The elements that one number has bits for. Longer phrases are looked for in parts. */
const MAX_ELEMENTS = 31;

/** Which elements each character matches; all zero between uses. Kept, for they are large. */
export type MaskPool = Int32Array[];

export type PhraseScan = {
  /** Where the last of the phrases begins in `units` `from` to `to`, or -1 if one is missing. */
  readonly scan: (units: Uint16Array, from: number, to: number) => number;
  /** Puts the masks back. */
  readonly release: () => void;
};

type Part = {
  readonly firsts: number;
  readonly lasts: number;
  /** For each phrase its last bit and its length. */
  readonly ends: readonly (readonly [bit: number, length: number])[];
  readonly masks: Int32Array;
  readonly matched: readonly number[];
};

export function scanFor(
  phrases: readonly (readonly Element[])[],
  sounds: Sounds,
  pool: MaskPool,
): PhraseScan {
  const parts = packed(phrases.flatMap(chunksOf)).map((group) => partOf(group, sounds, pool));
  return {
    scan(units, from, to) {
      let last = -1;
      for (const part of parts) {
        const at = scanPart(part, units, from, to);
        if (at < 0) return -1;
        last = Math.max(last, at);
      }
      return last;
    },
    release() {
      for (const { masks, matched } of parts) {
        for (const unit of matched) masks[unit] = 0;
        pool.push(masks);
      }
    },
  };
}

function chunksOf(phrase: readonly Element[]): readonly (readonly Element[])[] {
  const chunks: (readonly Element[])[] = [];
  for (let at = 0; at < phrase.length; at += MAX_ELEMENTS) {
    chunks.push(phrase.slice(at, at + MAX_ELEMENTS));
  }
  return chunks;
}

/** Phrases side by side as long as they fit one number. */
function packed(phrases: readonly (readonly Element[])[]): readonly (readonly Element[])[][] {
  const groups: (readonly Element[])[][] = [];
  let room = 0;
  for (const phrase of phrases) {
    if (phrase.length > room) {
      groups.push([]);
      room = MAX_ELEMENTS;
    }
    groups.at(-1)?.push(phrase);
    room -= phrase.length;
  }
  return groups;
}

function partOf(phrases: readonly (readonly Element[])[], sounds: Sounds, pool: MaskPool): Part {
  const masks = pool.pop() ?? new Int32Array(0x10000);
  const matched: number[] = [];
  const ends: (readonly [number, number])[] = [];
  let bit = 0;
  let firsts = 0;
  let lasts = 0;
  for (const phrase of phrases) {
    firsts |= 1 << bit;
    for (const element of phrase) {
      for (const unit of unitsOf(element, sounds)) {
        masks[unit] = (masks[unit] ?? 0) | (1 << bit);
        matched.push(unit);
      }
      bit++;
    }
    lasts |= 1 << (bit - 1);
    ends.push([bit - 1, phrase.length]);
  }
  return { firsts, lasts, ends, masks, matched };
}

function unitsOf(element: Element, sounds: Sounds): Iterable<number> {
  if ('unit' in element) return [element.unit];
  const { from, to } = element.sound;
  return sounds.unitsSounding.subarray(sounds.soundingStart[from], sounds.soundingStart[to]);
}

function scanPart(part: Part, units: Uint16Array, from: number, to: number): number {
  const { masks, firsts, lasts, ends } = part;
  let missing = lasts;
  let last = -1;
  let state = 0;
  for (let at = from; at < to; at++) {
    // A bit that leaves its phrase lands on the next one's first element, which is set anyway.
    state = ((state << 1) | firsts) & (masks[units[at] ?? 0] ?? 0);
    if ((state & missing) === 0) continue;
    for (const [bit, length] of ends) {
      if ((state & missing & (1 << bit)) === 0) continue;
      missing &= ~(1 << bit);
      last = Math.max(last, at + 1 - length);
    }
    if (missing === 0) return last;
  }
  return -1;
}
