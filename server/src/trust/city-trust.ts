import assert from 'node:assert/strict';
import { currentKeys, documentHash, MAX_OFFERED_ROOTS, type Section } from '@tongyu/protocol';
import type { CityTrust } from '../city/ports.ts';
import type { CityTables } from '../store/city-tables.ts';
import { ownSection, ownSigner } from './own-section.ts';
import type { TrustKeeper } from './trust-keeper.ts';
import type { TrustView } from './trust-view.ts';
import type { NodeTables } from './types.ts';

/** What a city's own logic asks of its node's trust. */
export function createCityTrust<T extends NodeTables & CityTables>(
  keeper: TrustKeeper<T>,
): CityTrust<T> {
  const { room } = keeper;
  const own = (view: TrustView): Section | undefined => ownSection(room, view)?.signed;
  return {
    held: async (tx) => (await keeper.view(tx)).held,
    async heldAt(tx, bundleVersion) {
      const bundle = (await tx.trust.bundleOf(bundleVersion))?.signed;
      if (bundle === undefined) return undefined;
      const roots = await tx.trust.rootsAfter(bundle.root.number - 1, MAX_OFFERED_ROOTS);
      const [root, ...laterRoots] = roots.map(({ signed }) => signed);
      if (root === undefined) return undefined;
      const trust = { root, bundle, revokingSections: [] };
      return { trust, bundleHash: documentHash(bundle), laterRoots };
    },
    ownSection: async (tx) => own(await keeper.view(tx)),
    async issuerKeys(tx) {
      const section = own(await keeper.view(tx));
      const since = await tx.trust.bundledKeys();
      return (section?.keys ?? [])
        .filter((key) => key.purpose === 'issuer')
        .map((key) => ({
          ...key,
          signer: ownSigner(room, key),
          inBundleSince: since.get(key.keyId),
        }));
    },
    async listKey(tx, day) {
      const view = await keeper.view(tx);
      const { self } = room.config;
      const bundled = view.held?.bundle.sections.find((entry) => entry.signed.party === self);
      const section = bundled?.signed ?? own(view);
      // The oldest that still counts: everybody who looks at the list knows it.
      const key = section === undefined ? undefined : currentKeys(section, 'list', day).at(-1);
      assert(key !== undefined, 'the own section has a list key');
      return { keyId: key.keyId, signer: ownSigner(room, key) };
    },
    addIssuerKey: (tx, fromDay) => keeper.addIssuerKey(tx, fromDay),
    replaceIssuerKey: (tx) => keeper.replaceIssuerKey(tx),
    async publishList(tx, { bytes }) {
      const refusal = await keeper.publishList(tx, bytes);
      assert(refusal === undefined, `an own list holds: ${refusal?.code ?? ''}`);
    },
  };
}
