import type { PublicTrust } from '../http/trust-routes.ts';
import { failedMessages } from '../peers/failed-messages.ts';
import type { TrustKeeper } from './trust-keeper.ts';
import type { NodeTables } from './types.ts';

/** What a node's public routes show of its trust. */
export function publicTrust<T extends NodeTables>(keeper: TrustKeeper<T>): PublicTrust {
  const { store, views } = keeper.room;
  return {
    root: (number) =>
      store.read(async (tx) => {
        const [root] = await tx.trust.rootsAfter(number - 1, 1);
        return root?.signed.number === number ? root : undefined;
      }),
    bundle: () => store.read(async (tx) => (await views.load(tx)).state?.bundle),
    times: () => store.read(async (tx) => (await views.load(tx)).state?.times ?? []),
    list: (party) =>
      store.read(async (tx) => {
        const { state } = await views.load(tx);
        return state?.lists.find((entry) => entry.party === party)?.bytes;
      }),
    async offer(have) {
      if (keeper.current().state === undefined) return undefined;
      return keeper.offer(have, 'node');
    },
    founding: () => keeper.founding(),
    receive: (envelope) => keeper.receive(envelope),
    failed: failedMessages(keeper.room.ports.clock),
  };
}
