import assert from 'node:assert/strict';
import { currentKeys, documentHash } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import { ownSection, ownSigner } from '../trust/own-section.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';
import type { NodeTables } from '../trust/types.ts';
import type { CityTrust } from './ports.ts';

/** What a city asks of trust, over the node's keeper. */
export function cityTrust<Tx extends CityTables & NodeTables>(
  keeper: TrustKeeper<Tx>,
): CityTrust<Tx> {
  const { room } = keeper;
  const section = async (tx: Tx) => ownSection(room, await keeper.view(tx))?.signed;
  return {
    held: async (tx) => (await keeper.view(tx)).held,
    async heldAt(tx, bundleVersion) {
      const bundle = (await tx.trust.bundleOf(bundleVersion))?.signed;
      if (bundle === undefined) return undefined;
      const [root] = await tx.trust.rootsAfter(bundle.root.number - 1, 1);
      if (root === undefined) return undefined;
      // Revoking sections that came after the bundle are left out: the terminal may not have known.
      const trust = { root: root.signed, bundle, revokingSections: [] };
      return { trust, bundleHash: documentHash(bundle) };
    },
    ownSection: section,
    async issuerKeys(tx) {
      const since = await tx.trust.bundledKeys();
      return ((await section(tx))?.keys ?? [])
        .filter((key) => key.purpose === 'issuer')
        .map((key) => ({
          ...key,
          signer: ownSigner(room, key),
          inBundleSince: since.get(key.keyId),
        }));
    },
    async listKey(tx, day) {
      const own = await section(tx);
      assert(own !== undefined, 'lists and services are signed once the own section is made');
      const key = currentKeys(own, 'list', day).at(-1); // the oldest: every receiver has it
      assert(key !== undefined, 'the own section has a list key');
      return { keyId: key.keyId, signer: ownSigner(room, key) };
    },
    addIssuerKey: (tx, fromDay) => keeper.addIssuerKey(tx, fromDay),
    replaceIssuerKey: (tx) => keeper.replaceIssuerKey(tx),
    async publishList(tx, { bytes }) {
      const refusal = await keeper.publishList(tx, bytes);
      if (refusal !== undefined) throw new Error(`own list refused: ${refusal.code}`);
    },
  };
}
