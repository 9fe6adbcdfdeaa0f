import { signContent } from '@tongyu/protocol';
import type { CatalogueRefusal } from '../catalogue/refusals.ts';
import type { CataloguePorts, ListTables } from '../catalogue/room.ts';
import type { CityCatalogue } from '../catalogue/types.ts';
import { createDraft, type Draft } from '../draft/draft.ts';
import type { OfficeTables } from '../draft/ports.ts';
import type { NodeStore } from '../store/node-store.ts';
import { ownRootSigner, ROOT_KEY_ID } from '../trust/own-section.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';

/** A city's working draft over its node's list, trust and messages. */
export function openOffice<T extends ListTables & OfficeTables>(
  ports: CataloguePorts,
  store: NodeStore<T>,
  keeper: TrustKeeper<T>,
  list: CityCatalogue<T>,
): Draft<T> {
  const party = keeper.room.config.self;
  return createDraft<T>({
    party,
    ports,
    store,
    list: {
      state: () => list.state(),
      part: (hash) => list.part(hash),
      async opened(number) {
        return (await list.openings()).find((opening) => opening.number === number);
      },
      async submit(tx, number, part) {
        const submitted = await list.submitPart(tx, number, part);
        if (submitted.ok) return { ok: true, hash: submitted.value.hash };
        return { ok: false, why: factsOf(submitted.refusal) };
      },
    },
    trust: {
      root: async (tx) => (await keeper.view(tx)).root,
      signFunding: (funding) =>
        signContent(funding, party, ROOT_KEY_ID, ownRootSigner(keeper.room)),
    },
    peers: {
      send: keeper.send,
      kick() {
        keeper.kick();
      },
    },
  });
}

/** As members of a problem: scalars only. */
function factsOf({
  code,
  missing: _missing,
  ...facts
}: CatalogueRefusal): Readonly<Record<string, string | number>> {
  return { why: code, ...facts };
}
