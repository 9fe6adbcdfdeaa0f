import { editionInForce, type PartyId } from '@tongyu/protocol';
import {
  noCatalogue,
  type CatalogueMessageType,
  type HandledType,
  type PeerHandlers,
  type ReceiptHandlers,
} from '../peers/types.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';
import { createCatalogueJobs, type CatalogueJobs } from './catalogue-jobs.ts';
import { createCatalogueViews } from './catalogue-view.ts';
import { cityActs, cityHandlers, cityReceipts, keepCity } from './city-catalogue.ts';
import { publishHandlers } from './hear-list.ts';
import { hubActs, hubHandlers, keepHub } from './hub-catalogue.ts';
import { makeCatalogueOffer } from './offer-catalogue.ts';
import { createPartShelf, type PartShelf } from './part-shelf.ts';
import {
  KEEP_CATALOGUE_JOB,
  type CatalogueConfig,
  type CataloguePorts,
  type CatalogueRoom,
  type ListTables,
} from './room.ts';
import type { Catalogue, CityCatalogue, FeedbackCounts, HubCatalogue, InForce } from './types.ts';

/** The list beside a node's trust, and what of it others may call. */
export type CatalogueKeeper<T extends ListTables, Face extends Catalogue> = {
  readonly face: Face;
  readonly handlers: Pick<PeerHandlers<T>, CatalogueMessageType>;
  readonly receipts: ReceiptHandlers<T>;
  /** To be told of each new message. */
  readonly received: (type: HandledType) => void;
  /** Starts the jobs; after the trust's. */
  open(): void;
  /** One look at what is due. The job calls it, tests may. */
  keep(): Promise<void>;
  /** Asks the next other node, in turn, for news. */
  pull(): Promise<void>;
};

export type CatalogueExtras = {
  /** Shared among nodes of one process; else the node's own. */
  readonly shelf?: PartShelf;
  /** The hub's comparison shows what the public reported. */
  readonly feedback?: FeedbackCounts;
};

export function createCityCatalogue<T extends ListTables>(
  ports: CataloguePorts,
  store: NodeStore<T>,
  trust: TrustKeeper<T>,
  config: CatalogueConfig,
  extras: CatalogueExtras = {},
): CatalogueKeeper<T, CityCatalogue<T>> {
  const room = createRoom(ports, store, trust, config, extras);
  const jobs = createCatalogueJobs(room);
  return {
    face: { ...faceOf(room, jobs), ...cityActs(room, jobs.commit) },
    handlers: { ...noCatalogue(), ...publishHandlers(room), ...cityHandlers(room) },
    receipts: cityReceipts(room),
    ...runOf(room, jobs, () => {
      jobs.start((view) => keepCity(room, jobs.commit, view));
    }),
  };
}

export function createHubCatalogue<T extends ListTables>(
  ports: CataloguePorts,
  store: NodeStore<T>,
  trust: TrustKeeper<T>,
  config: CatalogueConfig,
  extras: CatalogueExtras = {},
): CatalogueKeeper<T, HubCatalogue> {
  const room = createRoom(ports, store, trust, config, extras);
  const jobs = createCatalogueJobs(room);
  return {
    face: { ...faceOf(room, jobs), ...hubActs(room, jobs.commit) },
    handlers: { ...noCatalogue(), ...publishHandlers(room), ...hubHandlers(room) },
    receipts: {},
    ...runOf(room, jobs, () => {
      jobs.start((view) => keepHub(room, jobs.commit, view));
    }),
  };
}

function createRoom<T extends ListTables>(
  ports: CataloguePorts,
  store: NodeStore<T>,
  trust: TrustKeeper<T>,
  config: CatalogueConfig,
  { shelf = createPartShelf(), feedback }: CatalogueExtras,
): CatalogueRoom<T> {
  const views = createCatalogueViews(ports.rng);
  return { ports, config, store, trust, views, shelf, feedback };
}

/** Something may be due after these. An erratum is only kept. */
const FOLLOWED: ReadonlySet<HandledType> = new Set([
  'edition.open',
  'part.submit',
  'part.answer',
  'edition.propose',
  'edition.answer',
  'edition.withdraw',
  'edition.publish',
  'head.publish',
]);

function runOf<T extends ListTables>(
  room: CatalogueRoom<T>,
  jobs: CatalogueJobs<T>,
  open: () => void,
): Pick<CatalogueKeeper<T, Catalogue>, 'received' | 'open' | 'keep' | 'pull'> {
  return {
    open,
    keep: jobs.keep,
    pull: jobs.pull,
    received(type) {
      if (FOLLOWED.has(type)) room.ports.timers.soon(KEEP_CATALOGUE_JOB);
      // Who has not looked at it as a candidate has its parts still to fetch.
      if (type === 'edition.publish') jobs.pullSoon('hub');
    },
  };
}

function faceOf<T extends ListTables>(
  room: CatalogueRoom<T>,
  jobs: CatalogueJobs<T>,
): Catalogue & { openings(): ReturnType<HubCatalogue['openings']> } {
  const { store, views, shelf, trust } = room;
  const load = () => store.read((tx) => views.load(tx));
  const part: Catalogue['part'] = (hash) =>
    Promise.resolve(shelf.peek(hash) ?? store.read((tx) => shelf.load(tx, hash)));
  return {
    state: async () => (await load()).state,
    current: jobs.current,
    part,
    partText: (hash) => store.read((tx) => tx.catalogue.partText(hash)),
    async inForce(): Promise<InForce | undefined> {
      const { state } = await load();
      const edition = editionInForce(state.editions, room.ports.clock.now());
      if (edition === undefined) return undefined;
      return {
        edition,
        async part(party: PartyId) {
          const named = edition.signed.parts.find((one) => one.party === party);
          return named === undefined ? undefined : part(named.hash);
        },
        head: (party) => state.heads.find(({ signed }) => signed.party === party),
      };
    },
    offer: (have, heads) =>
      store.read(async (tx) => {
        const { state } = await views.load(tx);
        return makeCatalogueOffer(tx, await trust.view(tx), state, have, heads);
      }),
    root: (number) =>
      store.read(async (tx) => {
        const [root] = await tx.trust.rootsAfter(number - 1, 1);
        return root?.signed.number === number ? root : undefined;
      }),
    openings: async () => [...(await load()).openings].reverse(),
  };
}
