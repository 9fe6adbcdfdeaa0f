import type { NodeId, TrustHave } from '@tongyu/protocol';
import { verifySync } from '../../crypto/verify.ts';
import { createHub, type Hub } from '../../hub/hub.ts';
import { PARTIES } from '../../hub/parties.ts';
import { createCityCatalogue, type CatalogueKeeper } from '../../catalogue/catalogue.ts';
import {
  DEFAULT_CATALOGUE_SETTINGS,
  type CatalogueConfig,
  type CataloguePorts,
  type ListTables,
} from '../../catalogue/room.ts';
import type { Catalogue, CityCatalogue, FirstEntries } from '../../catalogue/types.ts';
import { memoryCatalogue } from '../../store/catalogue-memory.ts';
import {
  applied,
  noJourneys,
  noOffice,
  notHere,
  PeerAway,
  type PeerNet,
} from '../../peers/types.ts';
import { silentLog } from '../../ports/log.ts';
import { memoryHub } from '../../store/hub-memory.ts';
import type { HubTables } from '../../store/hub-tables.ts';
import { createMemoryStore, type NodeStore } from '../../store/node-store.ts';
import { memoryPeers } from '../../store/peer-memory.ts';
import { memoryTrust } from '../../store/trust-memory.ts';
import { createTrustKeeper, type TrustKeeper } from '../trust-keeper.ts';
import { DEFAULT_TRUST_SETTINGS } from '../types.ts';
import {
  countingRng,
  createTestTimers,
  memoryKeyStore,
  type TestTimers,
} from './test-clockwork.ts';

export const MEMBERS: readonly NodeId[] = ['3401', '3601', '4201', '4301'];
export const OBSERVER: NodeId = '4202';
export const NODES: readonly NodeId[] = ['hub', ...MEMBERS, OBSERVER];
const LIST_SETTINGS = { ...DEFAULT_CATALOGUE_SETTINGS, freezeGraceSeconds: 2 };
/** 2026-11-24 12:00:00 in Wuhan. */
export const NOON = 1_795_492_800;

export type Tables = ListTables & HubTables;

export type TestNode = {
  readonly id: NodeId;
  readonly keeper: TrustKeeper<Tables>;
  readonly catalogue: CatalogueKeeper<Tables, Catalogue>;
  /** What a city's office does with the list; the hub has none. */
  readonly office: CityCatalogue<Tables> | undefined;
  readonly store: NodeStore<Tables>;
  readonly timers: TestTimers;
  readonly ports: CataloguePorts;
};

/** Called for each message on its way; may throw `PeerAway`, before or after it arrives. */
export type Wire = (from: NodeId, to: NodeId, deliver: () => Promise<string>) => Promise<string>;

export type TestRegion = {
  readonly nodes: ReadonlyMap<NodeId, TestNode>;
  readonly hub: Hub<Tables>;
  node(id: NodeId): TestNode;
  /** Nodes that do not answer and do nothing. */
  readonly dark: Set<NodeId>;
  wire: Wire;
  /** What becomes of a part's text on its way. */
  carry: (asker: NodeId, asked: NodeId, text: string) => string;
  now: number;
  /** The fault point at which the named node's process dies, once. */
  crashAt: { readonly node: NodeId; readonly point: string } | undefined;
  /** Lets time pass: every second each node that is not dark runs its jobs. */
  pass(seconds: number): Promise<void>;
};

export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * Hub, four members and an observer in memory, not founded yet.
 * @param firstEntries with them the first edition of the list makes itself
 */
export async function openTestRegion(firstEntries?: FirstEntries): Promise<TestRegion> {
  const listConfig: CatalogueConfig = { firstEntries, settings: LIST_SETTINGS };
  const nodes = new Map<NodeId, TestNode>();
  const dark = new Set<NodeId>();
  const region = {
    nodes,
    dark,
    wire: (_from: NodeId, _to: NodeId, deliver: () => Promise<string>) => deliver(),
    now: NOON,
    carry: (_asker: NodeId, _asked: NodeId, text: string) => text,
    crashAt: undefined as TestRegion['crashAt'],
  };
  const reach = (from: NodeId, to: NodeId): TestNode => {
    const node = nodes.get(to);
    if (node === undefined || dark.has(to) || dark.has(from)) throw new PeerAway(`${to} is dark`);
    return node;
  };
  const netOf = (from: NodeId): PeerNet => ({
    send: (to, text) =>
      region.wire(from, to, async () => {
        const received = await guarded(() => reach(from, to).keeper.receive(text));
        if (!received.ok) throw new PeerAway(received.refusal.code);
        return received.receipt;
      }),
    fetchTrust: async (to, have: TrustHave) => reach(from, to).keeper.offer(have, 'node'),
    fetchFounding: async (to) => reach(from, to).keeper.founding(),
    fetchCatalogue: async (to, have) => reach(from, to).catalogue.face.offer(have),
    async fetchPart(to, hash) {
      const text = await reach(from, to).catalogue.face.partText(hash);
      if (text === undefined) throw new PeerAway(`${to} has no such part`);
      return region.carry(from, to, text);
    },
  });
  const portsOf = (id: NodeId, timers: TestTimers): CataloguePorts => ({
    clock: { now: () => region.now },
    rng: countingRng(id),
    timers,
    log: silentLog,
    faults: {
      point(name) {
        if (region.crashAt?.node !== id || region.crashAt.point !== name) return;
        region.crashAt = undefined;
        throw new Crash(name);
      },
    },
    keys: memoryKeyStore(),
    verify: verifySync,
    net: netOf(id),
    breathe: () => Promise.resolve(),
  });
  let hub: Hub<Tables> | undefined;
  for (const id of NODES) {
    const timers = createTestTimers();
    const ports = portsOf(id, timers);
    const store = createMemoryStore<Tables>((undo) => ({
      ...memoryTrust(undo),
      ...memoryPeers(undo),
      ...memoryHub(undo),
      ...memoryCatalogue(undo),
    }));
    const config = {
      self: id,
      nodes: Object.fromEntries(NODES.map((node) => [node, `http://127.0.0.1/${node}`])),
      parties: PARTIES.map(({ party, role }) => ({ party, role })),
      issuerAlg: 'ES256' as const,
      settings: DEFAULT_TRUST_SETTINGS,
    };
    if (id === 'hub') {
      hub = createHub(ports, store, config, listConfig);
      await hub.open();
      const { keeper, catalogue } = hub;
      nodes.set(id, { id, keeper, catalogue, office: undefined, store, timers, ports });
      continue;
    }
    const keeper = createTrustKeeper(ports, store, config);
    const catalogue = createCityCatalogue(ports, store, keeper, listConfig);
    nodes.set(id, { id, keeper, catalogue, office: catalogue.face, store, timers, ports });
    await keeper.open({
      'party.apply': notHere(),
      'party.leave': notHere(),
      ...noJourneys(),
      ...noOffice(),
      ...catalogue.handlers,
      'taps.report': () => Promise.resolve(applied()),
      receipts: catalogue.receipts,
      received: catalogue.received,
    });
    catalogue.open();
  }
  if (hub === undefined) throw new Error('the region has a hub');
  const pass = async (seconds: number): Promise<void> => {
    for (let i = 0; i < seconds; i++) {
      region.now++;
      for (const node of nodes.values()) {
        if (dark.has(node.id)) continue;
        await ignoringCrash(() => node.timers.runAll());
        await ignoringCrash(() => node.timers.settle());
      }
    }
  };
  const node = (id: NodeId): TestNode => {
    const found = nodes.get(id);
    if (found === undefined) throw new Error(`no node ${id}`);
    return found;
  };
  return Object.assign(region, { hub, node, pass });
}

/** A founded region with its first bundle and everybody's time statements. */
export async function foundTestRegion(firstEntries?: FirstEntries): Promise<TestRegion> {
  const region = await openTestRegion(firstEntries);
  await region.pass(6);
  return region;
}

/** A process that dies while it answers looks like a node that is away. */
async function guarded<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Crash) throw new PeerAway('it died', { cause: error });
    throw error;
  }
}

async function ignoringCrash(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
}
