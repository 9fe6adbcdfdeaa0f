import {
  namedPart,
  type Head,
  type Part,
  type PartyId,
  type SignedEdition,
} from '@tongyu/protocol';
import type { CityList } from '../city/ports.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { ListTables } from './room.ts';
import type { Catalogue } from './types.ts';

/** Own heads that taps name: a day's gates name a handful. */
const KEPT_HEADS = 64;

/** The service list as a city's own services and taps ask for it. */
export function cityList<T extends ListTables>(
  party: PartyId,
  catalogue: Catalogue,
  store: NodeStore<T>,
): CityList {
  const heads = new Map<number, Head>();
  const ownPart = async (edition: SignedEdition | undefined): Promise<Part | undefined> => {
    const named = edition && namedPart(edition.signed, party);
    return named && catalogue.part(named.hash);
  };
  return {
    inForce: async () => (await catalogue.inForce())?.part(party),
    part: async (number) => {
      const { editions } = await catalogue.state();
      return ownPart(editions.find(({ signed }) => signed.number === number));
    },
    async head(number) {
      const known = heads.get(number);
      if (known !== undefined) return known;
      const found = (await store.read((tx) => tx.catalogue.headOf(party, number)))?.signed;
      if (found === undefined) return undefined;
      heads.set(number, found);
      for (const oldest of heads.keys()) if (heads.size > KEPT_HEADS) heads.delete(oldest);
      return found;
    },
    newestHead: async () => {
      const state = await catalogue.state();
      return state.heads.find(({ signed }) => signed.party === party)?.signed;
    },
    offer: (have) => catalogue.offer(have, [party]),
  };
}
