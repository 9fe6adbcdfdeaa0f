import { hash as hashOf } from 'node:crypto';
import { parsePart, type NamedPart, type Part, type PartRefusal } from '@tongyu/protocol';
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
  /** What an edition must say of the part of this hash; remembered for as long as we live. */
  factsOf(tx: CatalogueTables, hash: string): Promise<PartFacts | undefined>;
  /** Without looking anywhere else. */
  peek(hash: string): Part | undefined;
};

export type ReadPart =
  | { readonly ok: true; readonly part: Part }
  | { readonly ok: false; readonly refusal: Pick<PartRefusal, 'code' | 'field'> };

export type PartFacts = Pick<Part, 'party' | 'edition'> & Pick<NamedPart, 'count'>;

/** As `partTextHash` of the protocol, by OpenSSL: the texts are megabytes. */
export function hashOfPartText(text: string): string {
  return hashOf('sha256', text, 'hex');
}

/** In UTF-16 units of the texts: a parsed part takes some five times its text. */
const SHELF_LENGTH = 48_000_000;

export function createPartShelf(maxLength: number = SHELF_LENGTH): PartShelf {
  const shelf = new Map<string, { readonly part: Part; readonly length: number }>();
  const facts = new Map<string, PartFacts>();
  let taken = 0;
  const peek = (hash: string): Part | undefined => {
    const found = shelf.get(hash);
    if (found === undefined) return undefined;
    shelf.delete(hash); // to the end: the oldest use goes first
    shelf.set(hash, found);
    return found.part;
  };
  const put = (hash: string, part: Part, length: number): void => {
    const { party, edition, entries } = part;
    facts.set(hash, { party, edition, count: entries.length });
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
  const load: PartShelf['load'] = async (tx, hash) => {
    const known = peek(hash);
    if (known !== undefined) return known;
    const text = await tx.catalogue.partText(hash);
    if (text === undefined) return undefined;
    // A row that was changed behind us would else be served as what the members signed.
    if (hashOfPartText(text) !== hash) throw new Error('a stored part is damaged');
    const got = read(hash, text);
    if (!got.ok) throw new Error('a stored part is damaged');
    return got.part;
  };
  return {
    read,
    peek,
    load,
    async factsOf(tx, hash) {
      const held = await tx.catalogue.heldParts([hash]);
      if (!held.has(hash)) return undefined;
      if (!facts.has(hash)) await load(tx, hash);
      return facts.get(hash);
    },
  };
}
