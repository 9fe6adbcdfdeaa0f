// Where the rows of each term are kept: sorted terms, and for each the rows that hold it.

/** Where in a row something stands; a higher one counts for more. */
export const NAME_START = 4;
export const IN_NAME = 3;
export const IN_SHORT_TEXT = 2;
export const IN_LONG_TEXT = 1;

/**
 * Rows of the term at place `i`: `rows[start[i]]` up to `rows[start[i + 1]]`, ascending. Each is
 * `row * 8 + place`, the best place in that row.
 */
export type Postings = { readonly start: Uint32Array; readonly rows: Uint32Array };

/** From one place in `rows` up to another. */
export type Stretch = readonly [start: number, end: number];

/** Two neighbouring characters as one number; the second is 0 where a run ends. */
export function pairKey(first: number, second: number): number {
  return first * 0x10000 + second;
}

export function postingsFor(counts: Uint32Array): Postings & { readonly cursor: Uint32Array } {
  const start = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) start[i + 1] = (start[i] ?? 0) + (counts[i] ?? 0);
  return { start, rows: new Uint32Array(start[counts.length] ?? 0), cursor: start.slice() };
}

export function postingCount(postings: Postings, from: number, to = from + 1): number {
  return (postings.start[to] ?? 0) - (postings.start[from] ?? 0);
}

/** The first place in ascending `keys` whose key is not below `key`. */
export function lowerBound(keys: Uint32Array, key: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same for words. */
export function lowerBoundOfWords(words: readonly string[], word: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle] ?? '') < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
