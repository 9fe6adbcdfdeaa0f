import type { PartyId } from '../code/pass.ts';
import { list, object, type Shape } from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import { sectionOf, type HeldTrust } from '../trust/issuer-lookup.ts';
import { rootShape, type SignedRoot } from '../trust/root.ts';
import { documentHash, parseDocument, type ParseResult } from '../trust/signed-document.ts';
import { editionShape, verifyEdition, type EditionRefusal, type SignedEdition } from './edition.ts';
import { erratumShape, isErratumGood, type SignedErratum } from './erratum.ts';
import { headShape, verifyHead, type HeadRefusal, type SignedHead } from './head.ts';

/** What a consumer holds of the service list: editions and heads; parts are kept beside it. */
export type CatalogueState = {
  /** Rising by number. Those before the one in force may be dropped. */
  readonly editions: readonly SignedEdition[];
  /** The newest of each party. */
  readonly heads: readonly SignedHead[];
  readonly errata: readonly SignedErratum[];
};

export const EMPTY_CATALOGUE: CatalogueState = { editions: [], heads: [], errata: [] };

/** What a consumer holds already; 0 or absent where it holds nothing (LIST-6.1). */
export type CatalogueHave = {
  /** Number of its newest edition. */
  readonly edition: number;
  readonly heads: Readonly<Record<PartyId, number>>;
  /** Highest erratum number of each party. */
  readonly errata: Readonly<Record<PartyId, number>>;
};

export function catalogueHaveOf({ editions, heads, errata }: CatalogueState): CatalogueHave {
  const highest = new Map<PartyId, number>();
  for (const { signed } of errata) {
    highest.set(signed.party, Math.max(signed.number, highest.get(signed.party) ?? 0));
  }
  return {
    edition: editions.at(-1)?.signed.number ?? 0,
    heads: Object.fromEntries(heads.map(({ signed }) => [signed.party, signed.number])),
    errata: Object.fromEntries(highest),
  };
}

/** What is newer than a consumer's, in one answer (LIST-6). Parts are fetched by their hash. */
export type CatalogueOffer = {
  /** All after the consumer's, rising; the first ones when there are many. */
  readonly editions: readonly SignedEdition[];
  /** Roots from the oldest that these editions name up to the held one, without that one. */
  readonly roots: readonly SignedRoot[];
  readonly heads: readonly SignedHead[];
  readonly errata: readonly SignedErratum[];
};

export const EMPTY_CATALOGUE_OFFER: CatalogueOffer = {
  editions: [],
  roots: [],
  heads: [],
  errata: [],
};

export const MAX_OFFERED_EDITIONS = 50;
export const MAX_OFFERED_ERRATA = 200;

export const catalogueOfferShape: Shape<CatalogueOffer> = object({
  editions: list(editionShape, 0, MAX_OFFERED_EDITIONS),
  roots: list(rootShape, 0, 200),
  heads: list(headShape, 0, 64),
  errata: list(erratumShape, 0, MAX_OFFERED_ERRATA),
});

export const MAX_CATALOGUE_OFFER_LENGTH = 24_000_000;
export const MAX_CATALOGUE_OFFER_VALUES = 450_000;

export function parseCatalogueOffer(source: string): ParseResult<CatalogueOffer> {
  const [length, values] = [MAX_CATALOGUE_OFFER_LENGTH, MAX_CATALOGUE_OFFER_VALUES];
  return parseDocument(catalogueOfferShape, source, length, values);
}

export type CatalogueRefusal =
  | EditionRefusal
  | HeadRefusal
  | { readonly code: 'ERRATUM_SIGNATURE_INVALID'; readonly party: PartyId };

export type AcceptedCatalogue = {
  readonly state: CatalogueState;
  readonly changed: boolean;
  /** One for each part that was refused; the good ones were taken all the same. */
  readonly refusals: readonly CatalogueRefusal[];
};

/**
 * Takes the good parts of an offer: editions in rising order, heads, errata. An edition counts for
 * the consumer only together with the parts that it needs, so the caller fetches and checks those
 * (`verifyPart`) before it saves the new state, or saves nothing of the new editions.
 */
export function* acceptCatalogue(
  trust: HeldTrust,
  state: CatalogueState,
  offer: CatalogueOffer,
): Checked<AcceptedCatalogue> {
  const refusals: CatalogueRefusal[] = [];
  let { editions, heads, errata } = state;
  for (const edition of offer.editions) {
    const newest = editions.at(-1)?.signed;
    const result = yield* verifyEdition(trust.root, offer.roots, newest, edition);
    if (!result.ok) refusals.push(result.refusal);
    else if (edition.signed.number > (newest?.number ?? 0)) editions = [...editions, edition];
  }
  for (const head of offer.heads) {
    const { party } = head.signed;
    const held = heads.find((entry) => entry.signed.party === party);
    const result = yield* verifyHead(sectionOf(trust, party), held?.signed, head);
    if (!result.ok) refusals.push(result.refusal);
    else if (namesAnother(editions, head)) refusals.push({ code: 'TRUST_FORKED', party });
    else if (head.signed.number > (held?.signed.number ?? 0)) {
      heads = [...heads.filter((entry) => entry !== held), head];
    }
  }
  for (const erratum of offer.errata) {
    const { party, number } = erratum.signed;
    const held = errata.find(({ signed }) => signed.party === party && signed.number === number);
    if (held !== undefined && documentHash(held.signed) === documentHash(erratum.signed)) continue;
    const isGood = yield* isErratumGood(sectionOf(trust, party), erratum);
    if (!isGood) refusals.push({ code: 'ERRATUM_SIGNATURE_INVALID', party });
    else if (held !== undefined) refusals.push({ code: 'TRUST_FORKED', party });
    else errata = [...errata, erratum];
  }
  const changed = editions !== state.editions || heads !== state.heads || errata !== state.errata;
  return { state: changed ? { editions, heads, errata } : state, changed, refusals };
}

/** Whether the head knows an edition of a held number with other content (LIST-4.3). */
function namesAnother(editions: readonly SignedEdition[], head: SignedHead): boolean {
  const { edition } = head.signed;
  const held = editions.find(({ signed }) => signed.number === edition?.number);
  return held !== undefined && documentHash(held.signed) !== edition?.hash;
}

/** The edition in force at a moment: the last whose day has come; undefined before the first. */
export function editionInForce(
  editions: readonly SignedEdition[],
  now: number,
): SignedEdition | undefined {
  return editions.findLast(({ signed }) => signed.effectiveFrom <= now);
}

/** The editions that a terminal still needs: the one in force and those to come (LIST-6.5). */
export function neededEditions(
  editions: readonly SignedEdition[],
  now: number,
): readonly SignedEdition[] {
  const first = editions.findLastIndex(({ signed }) => signed.effectiveFrom <= now);
  return editions.slice(Math.max(0, first));
}
