import { parsePart, partTextHash, type Part, type PartRefusal } from '@tongyu/protocol';
import type { CatalogueTables } from '../store/catalogue-tables.ts';

/**
 * Parsed parts by their hash, the last used ones: a part is megabytes of text, and what a hash
 * names never changes. Nodes of one process may share a shelf.
 */
export type PartShelf = {
  /** Reads a text whose hash is known to be right. */
  read(hash: string, text: string): ReadPart;
  /** Out of the tables, unless it lies on the shelf; undefined when it is in neither. */
  load(tx: CatalogueTables, hash: string): Promise<Part | undefined>;
  /** Without looking anywhere else. */
  peek(hash: string): Part | undefined;
};

export type ReadPart =
  | { readonly ok: true; readonly part: Part }
  | { readonly ok: false; readonly refusal: Pick<PartRefusal, 'code' | 'field'> };

/** In UTF-16 units of the texts: a parsed part takes some five times its text. */
const SHELF_LENGTH = 48_000_000;

export function createPartShelf(maxLength: number = SHELF_LENGTH): PartShelf {
  const shelf = new Map<string, { readonly part: Part; readonly length: number }>();
  let taken = 0;
  const peek = (hash: string): Part | undefined => {
    const found = shelf.get(hash);
    if (found === undefined) return undefined;
    shelf.delete(hash); // to the end: the oldest use goes first
    shelf.set(hash, found);
    return found.part;
  };
  const put = (hash: string, part: Part, length: number): void => {
    shelf.set(hash, { part, length });
    taken += length;
    for (const [oldest, { length: freed }] of shelf) {
      if (taken <= maxLength || oldest === hash) break;
      shelf.delete(oldest);
      taken -= freed;
    }
  };
  const read = (hash: string, text: string): ReadPart => {
    const known = peek(hash);
    if (known !== undefined) return { ok: true, part: known };
    const parsed = parsePart(text);
    if (!parsed.ok) {
      return { ok: false, refusal: { code: 'PART_MALFORMED', field: parsed.refusal.path } };
    }
    put(hash, parsed.value, text.length);
    return { ok: true, part: parsed.value };
  };
  return {
    read,
    peek,
    async load(tx, hash) {
      const known = peek(hash);
      if (known !== undefined) return known;
      const text = await tx.catalogue.partText(hash);
      if (text === undefined) return undefined;
      // A row that was changed behind us would else be served as what the members signed.
      if (partTextHash(text) !== hash) throw new Error('a stored part is damaged');
      const got = read(hash, text);
      if (!got.ok) throw new Error('a stored part is damaged');
      return got.part;
    },
  };
}
