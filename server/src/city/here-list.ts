import {
  documentHash,
  editionInForce,
  type Edition,
  type Entry,
  type Erratum,
  type Head,
  type PartyId,
} from '@tongyu/protocol';
import type { Catalogue } from '../catalogue/types.ts';

/** What this node holds of the service list. */
export type HeldList = Pick<Catalogue, 'state' | 'part'>;

/**
 * What a phone needs to say what its code opens in one city (LIST-6): that city's part of the
 * edition in force, what its head has narrowed since, and the corrections beside it. Nothing in it
 * depends on who asks. The home city hands it out, so that the city that somebody looks at learns
 * nothing of who is looking.
 */
export type HereList = {
  readonly party: PartyId;
  /** All cities of the edition: which others can be asked for. */
  readonly cities: readonly PartyId[];
  readonly edition: Pick<Edition, 'number' | 'id' | 'effectiveFrom'> & { readonly hash: string };
  /** Null: the city has not said anything yet, or this node has not heard it. */
  readonly head: Pick<Head, 'number' | 'time' | 'verified' | 'suspended'> | null;
  readonly entries: readonly Entry[];
  readonly errata: readonly Pick<Erratum, 'entry' | 'field' | 'time' | 'correction'>[];
};

/** The list as text; its tag changes exactly when the text does. */
export type HereText = { readonly tag: string; readonly text: () => string };

/**
 * One city's list at a moment. Undefined before the first edition, for a city that has no part of
 * it, and while the part itself is missing.
 */
export async function hereList(
  held: HeldList,
  party: PartyId,
  now: number,
): Promise<HereText | undefined> {
  const { editions, heads, errata } = await held.state();
  const edition = editionInForce(editions, now)?.signed;
  const named = edition?.parts.find((part) => part.party === party);
  if (edition === undefined || named === undefined) return undefined;
  const part = await held.part(named.hash);
  if (part === undefined) return undefined;
  const hash = documentHash(edition);
  const head = heads.find(({ signed }) => signed.party === party)?.signed;
  const corrections = errata
    .map(({ signed }) => signed)
    .filter((one) => one.party === party && one.edition.hash === hash)
    .sort((a, b) => a.number - b.number);
  return {
    tag: [hash.slice(0, 22), head?.number ?? 0, corrections.at(-1)?.number ?? 0].join('-'),
    text: () => textOf(party, edition, hash, head, part.entries, corrections),
  };
}

function textOf(
  party: PartyId,
  edition: Edition,
  hash: string,
  head: Head | undefined,
  entries: readonly Entry[],
  corrections: readonly Erratum[],
): string {
  const { number, id, effectiveFrom } = edition;
  const list: HereList = {
    party,
    cities: edition.parts.map((part) => part.party),
    edition: { number, id, effectiveFrom, hash },
    head: head === undefined ? null : headOf(head),
    entries,
    errata: corrections.map(({ entry, field, time, correction }) => ({
      entry,
      field,
      time,
      correction,
    })),
  };
  return JSON.stringify(list);
}

function headOf({ number, time, verified, suspended }: Head): HereList['head'] {
  return { number, time, verified, suspended };
}
