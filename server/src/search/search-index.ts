import { IN_LONG_TEXT, IN_NAME, IN_SHORT_TEXT, NAME_START, type Postings } from './postings.ts';
import type { Sounds } from './sounds.ts';

/**
 * The service list, ready to be searched. Rows stand in the order of their ids and are numbered
 * from 0. Nothing in it changes after it is built.
 */
export type SearchIndex = {
  readonly ids: readonly string[];
  readonly facts: RowFacts;
  readonly characters: Characters;
  readonly words: { readonly list: readonly string[]; readonly postings: Postings };
  readonly sounds: Sounds;
};

/** What is filtered by: codes for the cities and categories met, bits for the audiences. */
export type RowFacts = {
  readonly parties: ReadonlyMap<string, number>;
  readonly partyOf: Uint16Array;
  readonly categories: ReadonlyMap<string, number>;
  readonly categoryOf: Uint16Array;
  readonly audiences: ReadonlyMap<string, number>;
  readonly audiencesOf: Uint32Array;
};

/** All Chinese of the rows in one line, simplified; 0 parts the runs. */
export type Characters = {
  readonly units: Uint16Array;
  /** Where each row begins; one more than there are rows. */
  readonly rowStart: Uint32Array;
  readonly nameEnd: Uint32Array;
  readonly shortEnd: Uint32Array;
  /** Characters in the name, at most 255: of equal matches the shorter name comes first. */
  readonly nameLength: Uint8Array;
  /** `first * 65536 + second`, ascending; second is 0 where the run ends. */
  readonly pairKeys: Uint32Array;
  readonly postings: Postings;
};

/** What a position in a row's units counts for. */
export function placeAt(
  { units, rowStart, nameEnd, shortEnd }: Omit<Characters, 'pairKeys' | 'postings' | 'nameLength'>,
  row: number,
  position: number,
): number {
  if (position < (nameEnd[row] ?? 0)) {
    return position === rowStart[row] || units[position - 1] === 0 ? NAME_START : IN_NAME;
  }
  return position < (shortEnd[row] ?? 0) ? IN_SHORT_TEXT : IN_LONG_TEXT;
}
