import type { PartyId } from '../code/pass.ts';
import type { Checked } from '../signature/check.ts';
import type { HeldTrust } from '../trust/issuer-lookup.ts';
import {
  acceptCatalogue,
  EMPTY_CATALOGUE,
  neededEditions,
  type CatalogueOffer,
  type CatalogueRefusal,
  type CatalogueState,
} from './catalogue-offer.ts';
import { rootOfEdition, type Edition, type NamedPart, type SignedEdition } from './edition.ts';
import { verifyPart, type Part, type PartRefusal } from './part.ts';

/** What a terminal holds of the list: the editions it needs, its host city's parts and head. */
export type HostList = {
  readonly catalogue: CatalogueState;
  /** By hash. An edition without a part of the host has none here. */
  readonly parts: ReadonlyMap<string, Part>;
};

export const EMPTY_HOST_LIST: HostList = { catalogue: EMPTY_CATALOGUE, parts: new Map() };

export function namedPart(edition: Edition, party: PartyId): NamedPart | undefined {
  return edition.parts.find((part) => part.party === party);
}

/**
 * Hashes of the parts to fetch before an offer can be taken. Nothing of the offer is checked yet: a
 * part that nobody signed is dropped when it is.
 */
export function wantedParts(
  list: HostList,
  host: PartyId,
  offer: CatalogueOffer,
  now: number,
): readonly string[] {
  const all = [...list.catalogue.editions, ...offer.editions];
  const hashes = neededEditions(all, now).map(({ signed }) => namedPart(signed, host)?.hash);
  return hashes.filter((hash) => hash !== undefined).filter((hash) => !list.parts.has(hash));
}

export type AcceptedHostList = {
  readonly list: HostList;
  readonly refusals: readonly (CatalogueRefusal | PartRefusal)[];
};

/**
 * Takes what is good of an offer (LIST-6.4). A new edition counts together with the host's part or
 * not at all; what is held stays until something better is whole.
 * @param texts of the parts that were fetched, by the hash that was asked for
 */
export function* acceptHostList(
  trust: HeldTrust,
  list: HostList,
  host: PartyId,
  offer: CatalogueOffer,
  texts: ReadonlyMap<string, string>,
  now: number,
): Checked<AcceptedHostList> {
  const accepted = yield* acceptCatalogue(trust, list.catalogue, offer);
  const refusals: (CatalogueRefusal | PartRefusal)[] = [...accepted.refusals];
  const editions: SignedEdition[] = [];
  const parts = new Map<string, Part>();
  for (const edition of neededEditions(accepted.state.editions, now)) {
    const named = namedPart(edition.signed, host);
    if (named !== undefined) {
      const held = list.parts.get(named.hash);
      const text = texts.get(named.hash);
      if (held === undefined && text === undefined) break; // not fetched: another time
      const root = rootOfEdition(edition.signed, trust.root, offer.roots) ?? trust.root;
      const result =
        held === undefined
          ? yield* verifyPart(root, edition.signed.id, named, text ?? '')
          : ({ ok: true, part: held } as const);
      if (!result.ok) {
        refusals.push(result.refusal);
        break;
      }
      parts.set(named.hash, result.part);
    }
    editions.push(edition);
  }
  const heads = accepted.state.heads.filter(({ signed }) => signed.party === host);
  const isWhole = editions.length > 0 || list.catalogue.editions.length === 0;
  const next: HostList = {
    catalogue: { editions: isWhole ? editions : list.catalogue.editions, heads, errata: [] },
    parts: isWhole ? parts : list.parts,
  };
  return { list: isSame(list, next) ? list : next, refusals };
}

/**
 * Number of a later edition that the host's head names and the terminal does not hold; undefined
 * when it is not behind (LIST-4.7).
 */
export function missingEdition({ catalogue }: HostList, host: PartyId): number | undefined {
  const head = catalogue.heads.find(({ signed }) => signed.party === host)?.signed;
  const named = head?.edition?.number ?? 0;
  return named > (catalogue.editions.at(-1)?.signed.number ?? 0) ? named : undefined;
}

function isSame(before: HostList, after: HostList): boolean {
  const documents = ({ catalogue }: HostList): readonly unknown[] => [
    ...catalogue.editions,
    ...catalogue.heads,
  ];
  const [was, now] = [documents(before), documents(after)];
  return was.length === now.length && was.every((document, i) => document === now[i]);
}
