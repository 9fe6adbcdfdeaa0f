import {
  documentHash,
  type Edition,
  type Entry,
  type Erratum,
  type Head,
  type PartyId,
} from '@tongyu/protocol';
import type { Catalogue } from '../catalogue/types.ts';

/** What this node holds of the service list, and who is an active member in the held root. */
export type HeldList = Pick<Catalogue, 'inForce' | 'current'> & { members(): readonly PartyId[] };

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
  /** Active members: whose codes are taken elsewhere. */
  readonly members: readonly PartyId[];
  readonly edition: Pick<Edition, 'number' | 'id' | 'effectiveFrom'> & { readonly hash: string };
  /** Null: the city has not said anything yet, or this node has not heard it. */
  readonly head: Pick<Head, 'number' | 'time' | 'verified' | 'suspended'> | null;
  readonly entries: readonly Entry[];
  readonly errata: readonly Pick<Erratum, 'entry' | 'field' | 'time' | 'correction'>[];
};

/** The list as text; its tag changes exactly when the text does. */
export type HereText = { readonly tag: string; readonly text: () => string };

/**
 * One city's list as of now. Undefined before the first edition, for a city that has no part of it,
 * and while the part itself is missing.
 */
export async function hereList(held: HeldList, party: PartyId): Promise<HereText | undefined> {
  const inForce = await held.inForce();
  const part = await inForce?.part(party);
  if (inForce === undefined || part === undefined) return undefined;
  const edition = inForce.edition.signed;
  const hash = documentHash(edition);
  const head = inForce.head(party)?.signed;
  const members = held.members();
  const corrections = held
    .current()
    .errata.map(({ signed }) => signed)
    .filter((one) => one.party === party && one.edition.hash === hash)
    .sort((a, b) => a.number - b.number);
  const numbers = [head?.number ?? 0, corrections.at(-1)?.number ?? 0];
  const { number, id, effectiveFrom } = edition;
  const list = (): HereList => ({
    party,
    cities: edition.parts.map((each) => each.party),
    members,
    edition: { number, id, effectiveFrom, hash },
    head: head === undefined ? null : headOf(head),
    entries: part.entries,
    errata: corrections.map(erratumOf),
  });
  return {
    tag: [hash.slice(0, 22), ...numbers, members.join('.')].join('-'),
    text: () => JSON.stringify(list()),
  };
}

function headOf({ number, time, verified, suspended }: Head): HereList['head'] {
  return { number, time, verified, suspended };
}

function erratumOf({ entry, field, time, correction }: Erratum): HereList['errata'][number] {
  return { entry, field, time, correction };
}
