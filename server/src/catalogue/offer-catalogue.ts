import {
  catalogueHaveOf,
  documentHash,
  MAX_OFFERED_EDITIONS,
  MAX_OFFERED_ERRATA,
  type CatalogueHave,
  type CatalogueOffer,
  type CatalogueState,
  type PartyId,
  type SignedEdition,
} from '@tongyu/protocol';
import type { EditionReference } from '../store/catalogue-tables.ts';
import type { TrustTables } from '../store/trust-tables.ts';
import type { TrustView } from '../trust/trust-view.ts';
import { rootsFrom } from './take-catalogue.ts';

/** Everything newer than what the asker has (LIST-6.1); parts are fetched by their hash. */
export async function makeCatalogueOffer(
  tx: TrustTables,
  trust: TrustView,
  state: CatalogueState,
  have: CatalogueHave,
  parties?: readonly PartyId[],
): Promise<CatalogueOffer> {
  const editions = state.editions
    .filter(({ signed }) => signed.number > have.edition)
    .slice(0, MAX_OFFERED_EDITIONS);
  const oldest = Math.min(...editions.map(({ signed }) => signed.root.number));
  const held = trust.root?.number ?? 0;
  const roots = oldest < held ? await rootsFrom(tx, oldest) : [];
  const isNewer = (numbers: CatalogueHave['heads'], party: PartyId, number: number): boolean =>
    number > (numbers[party] ?? 0);
  const heads = state.heads.filter(
    ({ signed }) =>
      isNewer(have.heads, signed.party, signed.number) &&
      (parties === undefined || parties.includes(signed.party)),
  );
  const errata =
    parties === undefined
      ? state.errata.filter(({ signed }) => isNewer(have.errata, signed.party, signed.number))
      : [];
  return {
    editions,
    roots: roots.filter(({ signed }) => signed.number < held),
    heads,
    errata: errata.slice(0, MAX_OFFERED_ERRATA),
  };
}

/**
 * What a node holds, said so that nothing is left out for ever: errata may arrive in any order, and
 * of those only the ones without a gap before them count.
 */
export function completeHave(state: CatalogueState): CatalogueHave {
  const have = catalogueHaveOf(state);
  const numbers = new Set(
    state.errata.map(({ signed }) => `${signed.party} ${String(signed.number)}`),
  );
  const errata = Object.keys(have.errata).map((party) => {
    let number = 0;
    while (numbers.has(`${party} ${String(number + 1)}`)) number++;
    return [party, number] as const;
  });
  return { ...have, errata: Object.fromEntries(errata) };
}

export function referenceOf({ signed }: SignedEdition): EditionReference {
  return { number: signed.number, hash: documentHash(signed) };
}
