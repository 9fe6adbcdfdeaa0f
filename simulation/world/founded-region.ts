import type {
  PartyId,
  SignedEdition,
  SignedHead,
  SignedBundle,
  SignedRoot,
  SignedSection,
  TrustState,
} from '@tongyu/protocol';
import { slotStart, slotOf } from '@tongyu/protocol';
import type {
  CatalogueRows,
  Opening,
  PartRow,
  SignOffRow,
} from '../../server/src/store/catalogue-tables.ts';
import type { ListRow, OperatorRow } from '../../server/src/store/city-tables.ts';
import type { NodeStore } from '../../server/src/store/node-store.ts';
import type {
  BundleProposal,
  RootProposal,
  SignedRecord,
} from '../../server/src/store/trust-tables.ts';
import { createJudge } from '../judge/judge.ts';
import type { SimTables } from '../judge/watched-store.ts';
import { NOTHING_PLANTED } from '../planted/plant.ts';
import { CALM_WIRE, expandSeed, type SeedOptions } from './options.ts';
import { addGate, startGate } from './sim-gate.ts';
import { addNode, startNode } from './sim-node.ts';
import { createWorld, type RegionKind, type World } from './world.ts';

/**
 * A region as it stands after its founding, taken once and copied into every seed's stores: the
 * ceremony costs as much as a whole seed and is the same each time.
 */
export type FoundedRegion = {
  readonly seconds: number;
  readonly pinnedRootHash: string;
  readonly nodes: ReadonlyMap<string, NodeContents>;
  /** What a gate of each city keeps after its first synchronisation. */
  readonly gates: ReadonlyMap<PartyId, ReadonlyMap<string, string>>;
};

type NodeContents = {
  readonly state: TrustState;
  readonly sections: readonly SignedSection[];
  readonly roots: readonly SignedRoot[];
  readonly bundles: readonly SignedBundle[];
  readonly bundledKeys: ReadonlyMap<number, number>;
  readonly signed: readonly SignedRecord[];
  readonly rootProposals: readonly RootProposal[];
  readonly bundleProposal: BundleProposal | undefined;
  readonly highestKeyId: string | undefined;
  readonly operators: readonly OperatorRow[];
  readonly list: ListRow | undefined;
  readonly catalogue: CatalogueContents;
};

/** What the first edition of the service list left behind. */
type CatalogueContents = {
  readonly editions: readonly SignedEdition[];
  readonly heads: readonly SignedHead[];
  readonly openings: readonly Opening[];
  readonly signOffs: readonly SignOffRow[];
  readonly parts: readonly PartRow[];
};

/** 2026-11-24 in Shanghai, three hours into the second slot. */
const FOUNDED_AT = slotStart(slotOf(1_795_492_800)) + 3 * 3600;
const FOUNDING_SECONDS = 900;

const QUIET: SeedOptions = {
  ...expandSeed(0),
  wire: CALM_WIRE,
  crashes: 0,
  skewSeconds: 0,
  offersAsText: false,
};

/** Founds a region from empty stores, by the ceremony itself. */
async function foundRegion(options: SeedOptions): Promise<World> {
  const world = createWorld(options, FOUNDED_AT, createJudge(options), NOTHING_PLANTED);
  for (const id of world.ids) addNode(world, id, 0);
  for (const node of world.nodes.values()) {
    world.scheduler.after(1, `${node.id} starts`, () => startNode(world, node));
  }
  await world.scheduler.runUntil((FOUNDED_AT + FOUNDING_SECONDS) * 1000);
  return world;
}

const founded = new Map<RegionKind, Promise<FoundedRegion>>();

export function foundedRegion(kind: RegionKind): Promise<FoundedRegion> {
  const known = founded.get(kind) ?? takeFounded(kind);
  founded.set(kind, known);
  return known;
}

async function takeFounded(kind: RegionKind): Promise<FoundedRegion> {
  const world = await foundRegion({ ...QUIET, region: kind });
  const nodes = new Map<string, NodeContents>();
  for (const { id, store } of world.nodes.values()) nodes.set(id, await store.read(readContents));
  const pinnedRootHash = nodes.get('hub')?.state.pinnedRootHash ?? '';
  for (const host of world.members) {
    const place = { service: 'bus', direction: 'single', stop: null } as const;
    startGate(world, addGate(world, { ...place, name: 'first', host, pinnedRootHash }, new Map()));
  }
  await world.scheduler.runUntil(world.scheduler.now() + 120_000);
  if (world.judge.failure() !== undefined) throw new Error(world.judge.failure());
  const gates = new Map<PartyId, ReadonlyMap<string, string>>();
  for (const { host, store } of world.gates) {
    const kept = new Map(store.loadKept());
    kept.delete('terminal');
    kept.delete('usedCursor');
    gates.set(host, kept);
  }
  return { seconds: world.seconds(), pinnedRootHash, nodes, gates };
}

async function readContents({ trust, city, catalogue }: SimTables): Promise<NodeContents> {
  const state = await trust.loadState();
  const version = state?.bundle?.signed.version;
  if (state === undefined || version === undefined) throw new Error('the region was not founded');
  const bundles: SignedBundle[] = [];
  for (let number = 1; number <= version; number++) {
    const bundle = await trust.bundleOf(number);
    if (bundle !== undefined) bundles.push(bundle);
  }
  const kinds = ['root', 'bundle', 'section'] as const;
  const signed = await Promise.all(kinds.map((kind) => trust.signedRecords(kind, 0)));
  return {
    state,
    sections: await trust.newestSections(),
    roots: await trust.rootsAfter(0, 50),
    bundles,
    bundledKeys: await trust.bundledKeys(),
    signed: signed.flat(),
    rootProposals: await trust.rootProposals(),
    bundleProposal: await trust.bundleProposal(),
    highestKeyId: await trust.note('highest-key-id'),
    operators: await city.operators(),
    list: await city.newestList(),
    catalogue: await readCatalogue(catalogue),
  };
}

async function readCatalogue(catalogue: CatalogueRows): Promise<CatalogueContents> {
  const editions = await catalogue.editions();
  const parts: PartRow[] = [];
  for (const { party, hash } of editions.flatMap(({ signed }) => signed.parts)) {
    const text = await catalogue.partText(hash);
    if (text !== undefined) parts.push({ hash, party, text });
  }
  return {
    editions,
    parts,
    heads: await catalogue.heads(),
    openings: await catalogue.openings(),
    signOffs: await catalogue.signOffs(),
  };
}

async function fillCatalogue(catalogue: CatalogueRows, contents: CatalogueContents) {
  for (const part of contents.parts) await catalogue.addPart(part);
  for (const edition of contents.editions) await catalogue.addEdition(edition);
  for (const head of contents.heads) await catalogue.saveHead(head);
  for (const opening of contents.openings) await catalogue.saveOpening(opening);
  for (const row of contents.signOffs) await catalogue.recordSignOff(row);
  await catalogue.setRevision('founded');
}

/** What a node has signed; the judge has to know that of all of them first. */
export function fillSigned(store: NodeStore<SimTables>, { signed }: NodeContents): Promise<void> {
  return store.transaction(async ({ trust }) => {
    for (const record of signed) await trust.recordSigned(record);
  });
}

/** Writes the rest of what the founding left behind into an empty store. */
export function fillStore(store: NodeStore<SimTables>, contents: NodeContents): Promise<void> {
  return store.transaction(async ({ trust, city, catalogue }) => {
    for (const root of contents.roots) {
      await trust.saveState(
        { ...contents.state, root },
        undefined,
        `root${String(root.signed.number)}`,
      );
    }
    for (const bundle of contents.bundles) {
      const revision = `bundle${String(bundle.signed.version)}`;
      await trust.saveState({ ...contents.state, bundle }, undefined, revision);
    }
    await trust.saveState(contents.state, undefined, 'founded');
    for (const section of contents.sections) await trust.saveNewestSection(section, 'founded');
    for (const [keyId, since] of contents.bundledKeys) await trust.saveBundledKey(keyId, since);
    for (const proposal of contents.rootProposals) await trust.saveRootProposal(proposal);
    const { bundleProposal, highestKeyId, list } = contents;
    if (bundleProposal !== undefined) await trust.saveBundleProposal(bundleProposal);
    if (highestKeyId !== undefined) await trust.setNote('highest-key-id', highestKeyId);
    for (const operator of contents.operators) await city.saveOperator(operator);
    if (list !== undefined) await city.addList(list);
    await fillCatalogue(catalogue, contents.catalogue);
  });
}
