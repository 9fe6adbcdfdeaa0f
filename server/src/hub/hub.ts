import { findParty, type PartyId } from '@tongyu/protocol';
import {
  createHubCatalogue,
  type CatalogueExtras,
  type CatalogueKeeper,
} from '../catalogue/catalogue.ts';
import type { CatalogueConfig, CataloguePorts, ListTables } from '../catalogue/room.ts';
import type { HubCatalogue } from '../catalogue/types.ts';
import { noJourneys, noOffice, notHere } from '../peers/types.ts';
import type { HubTables, PartyRequest } from '../store/hub-tables.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { ProposedRoot } from '../trust/root-proposals.ts';
import { createTrustKeeper, type TrustKeeper } from '../trust/trust-keeper.ts';
import type { TrustConfig } from '../trust/types.ts';
import { hubStatus, type HubStatus } from './hub-status.ts';
import { proposeForRequest, takeApplication, takeLeave } from './party-requests.ts';

/** The alliance's node: parties, sections, bundles. It knows no resident and takes no tap. */
export type Hub<T extends ListTables & HubTables> = {
  readonly keeper: TrustKeeper<T>;
  /** The service list: what the hub collects, compares and publishes. */
  readonly catalogue: CatalogueKeeper<T, HubCatalogue>;
  open(): Promise<void>;
  /** `GET /status.json`; undefined before the founding. */
  status(): Promise<HubStatus | undefined>;
  /** `GET /console/api/accessions`: those who asked to join or leave and are not done. */
  requests(): Promise<readonly OpenRequest[]>;
  /** `POST /console/api/accessions/:party/propose`: puts the request to the members. */
  propose(party: PartyId): Promise<ProposedByHub>;
};

export type OpenRequest = {
  readonly party: PartyId;
  readonly kind: PartyRequest['kind'];
  readonly appliedAt: number;
  readonly proposed: boolean;
};

export type ProposedByHub =
  ProposedRoot | { readonly ok: false; readonly refusal: { readonly code: 'REQUEST_UNKNOWN' } };

export function createHub<T extends ListTables & HubTables>(
  ports: CataloguePorts,
  store: NodeStore<T>,
  config: TrustConfig,
  listConfig: CatalogueConfig,
  extras?: CatalogueExtras,
): Hub<T> {
  const keeper = createTrustKeeper<T>(ports, store, config);
  const catalogue = createHubCatalogue(ports, store, keeper, listConfig, extras);
  const { room } = keeper;
  /** What is asked of the hub and not yet so in the root. */
  const openRequests = (tx: T): Promise<readonly PartyRequest[]> =>
    keeper.view(tx).then(async ({ root }) => {
      const all = await tx.hub.requests();
      return all.filter(({ party, kind }) => {
        const role = root === undefined ? undefined : findParty(root, party)?.role;
        return role === (kind === 'accession' ? 'observer' : 'member');
      });
    });
  return {
    keeper,
    catalogue,
    async open() {
      await keeper.open({
        'party.apply': (tx, message) => takeApplication(room, tx, message),
        'party.leave': (tx, message) => takeLeave(room, tx, message),
        'taps.report': notHere(),
        ...noJourneys(),
        ...noOffice(),
        ...catalogue.handlers,
        receipts: catalogue.receipts,
        received: catalogue.received,
      });
      catalogue.open();
    },
    async status() {
      const report = await keeper.report();
      if (report === undefined) return undefined;
      return store.read(async (tx) => {
        const { root } = await keeper.view(tx);
        return root === undefined ? undefined : hubStatus(root, report, await openRequests(tx));
      });
    },
    requests: () =>
      store.read(async (tx) => {
        const open = await openRequests(tx);
        return open.map(({ party, kind, at, state }) => ({
          party,
          kind,
          appliedAt: at,
          proposed: state === 'proposed',
        }));
      }),
    async propose(party) {
      const proposed = await store.transaction(async (tx): Promise<ProposedByHub> => {
        const request = (await openRequests(tx)).find((entry) => entry.party === party);
        if (request === undefined) return { ok: false, refusal: { code: 'REQUEST_UNKNOWN' } };
        return proposeForRequest(room, tx, request);
      });
      keeper.kick();
      return proposed;
    },
  };
}
