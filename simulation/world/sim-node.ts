import { syntheticProofing } from '../../server/src/city/proofing.ts';
import { cityList } from '../../server/src/catalogue/city-list.ts';
import { createCity, type City } from '../../server/src/city/city.ts';
import { createHub, type Hub } from '../../server/src/hub/hub.ts';
import { PARTIES } from '../../server/src/hub/parties.ts';
import { createCityCatalogue, type CatalogueKeeper } from '../../server/src/catalogue/catalogue.ts';
import { createPartShelf } from '../../server/src/catalogue/part-shelf.ts';
import type { CatalogueConfig, CataloguePorts } from '../../server/src/catalogue/room.ts';
import type { Catalogue, CityCatalogue } from '../../server/src/catalogue/types.ts';
import { noOffice, notHere } from '../../server/src/peers/types.ts';
import { createJourneys, type JourneySettings } from '../../server/src/journeys/journeys.ts';
import type { JourneyViews } from '../../server/src/journey-views/journey-views.ts';
import { openViews } from '../../server/src/node/city-views.ts';
import { journeyList } from '../../server/src/journeys/list-book.ts';
import type { JourneyPeers, Journeys } from '../../server/src/journeys/types.ts';
import type { Rng } from '../../server/src/ports/rng.ts';
import type { NodeStore } from '../../server/src/store/node-store.ts';
import { createCityTrust } from '../../server/src/trust/city-trust.ts';
import { createTrustKeeper, type TrustKeeper } from '../../server/src/trust/trust-keeper.ts';
import type { TrustConfig, TrustSettings } from '../../server/src/trust/types.ts';
import { sectionOf, type NodeId } from '@tongyu/protocol';
import { watchedStore, type SimTables } from '../judge/watched-store.ts';
import { countingRng } from '../kernel/dice.ts';
import { fakeKeyStore, fakeVerify } from '../kernel/fake-signers.ts';
import { NoAnswer } from '../kernel/wire.ts';
import { peerNet } from './links.ts';
import { journeySecretOf, simEntries } from './sim-list.ts';
import { simulatedTimers, storeOfLife, strictLog, type Life } from './process.ts';
import type { World } from './world.ts';

/** A hub or city: a store that lasts, and perhaps a program that runs. */
export type SimNode = {
  readonly id: NodeId;
  readonly store: NodeStore<SimTables>;
  readonly rng: Rng;
  /** How far its clock is ahead of true time. */
  skewSeconds: number;
  running: RunningNode | undefined;
};

export type RunningNode = {
  readonly life: Life;
  readonly keeper: TrustKeeper<SimTables>;
  readonly hub: Hub<SimTables> | undefined;
  readonly city: City<SimTables> | undefined;
  readonly catalogue: CatalogueKeeper<SimTables, Catalogue>;
  /** What a city's staff do with the list. */
  readonly office: CityCatalogue<SimTables> | undefined;
  readonly journeys: Journeys<SimTables> | undefined;
  /** What residents are told of their journeys, and may say. */
  readonly views: JourneyViews | undefined;
};

/** A region's rhythm, slow enough that a seed costs milliseconds. */
export const SIM_TRUST_SETTINGS: TrustSettings = {
  keepSeconds: 70,
  pullSeconds: 160,
  statementSeconds: 3600,
  hubSilentSeconds: 100,
  memberStaggerSeconds: 60,
  proposalRetrySeconds: 45,
  longestPauseSeconds: 120,
  evidenceSeconds: 184 * 86_400,
};
const SIM_CATALOGUE: CatalogueConfig = {
  firstEntries: simEntries,
  settings: { keepSeconds: 300, pullSeconds: 300, freezeGraceSeconds: 60, headSeconds: 86_400 },
};
/** What a hash names never changes: the nodes of all seeds read each part once. */
const SHELF = createPartShelf();
const KEEP_CITY_SECONDS = 120;
const SIM_JOURNEYS: JourneySettings = { priceSeconds: 240, keepSeconds: 3600 };
const ISSUER_KEY_LEAD_SECONDS = 600;

export function addNode(world: World, id: NodeId, firstId: number): SimNode {
  const node: SimNode = {
    id,
    store: watchedStore((writes) => {
      world.judge.committed(id, writes, world.seconds());
    }),
    rng: countingRng(id, world.dice, firstId),
    skewSeconds: 0,
    running: undefined,
  };
  world.nodes.set(id, node);
  return node;
}

/** Starts the program over the node's store, as after any crash. */
export async function startNode(world: World, node: SimNode): Promise<void> {
  const life: Life = { name: node.id, alive: true };
  const ports = portsOf(world, node, life);
  const { sleep } = world.scheduler;
  const place = { node: node.id, store: node.store, life, sleep };
  const planted = world.plant.nodeStore?.(place) ?? node.store;
  const store = storeOfLife(planted, life);
  const config = configOf(world, node.id);
  if (node.id === 'hub') {
    const hub = createHub<SimTables>(ports, store, config, SIM_CATALOGUE, { shelf: SHELF });
    const { keeper, catalogue } = hub;
    node.running = {
      life,
      keeper,
      hub,
      city: undefined,
      catalogue,
      office: undefined,
      journeys: undefined,
      views: undefined,
    };
    await hub.open();
    return;
  }
  await startCity(world, node, { life, ports, store, config });
}

type Parts = {
  readonly life: Life;
  readonly ports: CataloguePorts;
  readonly store: NodeStore<SimTables>;
  readonly config: TrustConfig;
};

async function startCity(world: World, node: SimNode, parts: Parts): Promise<void> {
  const { life, ports, store, config } = parts;
  const keeper = createTrustKeeper<SimTables>(ports, store, config);
  const { clock, rng, faults, verify, timers, breathe } = ports;
  const proofing = syntheticProofing(node.id, new Uint8Array(32).fill(7));
  const catalogue = createCityCatalogue(ports, store, keeper, SIM_CATALOGUE, { shelf: SHELF });
  const office = catalogue.face;
  const list = journeyList<SimTables>(node.id, office, SHELF);
  const journeys = createJourneys(
    ports,
    store,
    world.plant.journeyList?.(list) ?? list,
    journeyPeers(keeper),
    ...([node.id, SIM_JOURNEYS] as const),
  );
  const city = createCity<SimTables>(
    {
      ...{ clock, rng, faults, proofing, breathe },
      verifyMany: (checks) => Promise.resolve(checks.map(verify)),
    },
    store,
    createCityTrust(keeper),
    { send: keeper.send, kick: journeys.kick },
    cityList(node.id, catalogue.face, store),
    {
      party: node.id,
      issuerKeyLeadSeconds: ISSUER_KEY_LEAD_SECONDS,
      rolloverLeadDays: 0,
      classMinHolders: 1,
      journeySecret: journeySecretOf(node.id),
    },
  );
  const classes = { ports: { clock, faults, proofing }, store, config: { classMinHolders: 1 } };
  const views = openViews(node.id, classes, journeys, office, SHELF);
  node.running = { life, keeper, hub: undefined, city, catalogue, office, journeys, views };
  await keeper.open({
    'party.apply': notHere(),
    'party.leave': notHere(),
    ...journeys.handlers,
    ...noOffice(),
    ...catalogue.handlers,
    'taps.report': (tx, message) => city.takeReport(tx, message),
    received(type) {
      catalogue.received(type);
      journeys.received(type);
    },
    answered: journeys.kick,
    receipts: {
      ...journeys.receipts,
      ...catalogue.receipts,
      'taps.report': (tx, sent, receipt) => city.takeReportAnswer(tx, sent, receipt),
    },
  });
  catalogue.open();
  journeys.open();
  timers.every(KEEP_CITY_SECONDS, 'keep city', () => city.keep());
}

function journeyPeers(keeper: TrustKeeper<SimTables>): JourneyPeers<SimTables> {
  return {
    send: keeper.send,
    kick: keeper.kick,
    section: async (tx, party) => {
      const { held } = await keeper.view(tx);
      return held === undefined ? undefined : sectionOf(held, party);
    },
  };
}

function portsOf(world: World, node: SimNode, life: Life): CataloguePorts {
  const onDefect = world.onDefect;
  return {
    clock: { now: () => world.seconds() + node.skewSeconds },
    rng: node.rng,
    timers: simulatedTimers(world.scheduler, world.dice, life, onDefect),
    log: strictLog(onDefect, node.id),
    faults: world.faultsOf(life, () => {
      killNode(world, node);
    }),
    keys: fakeKeyStore(node.id),
    verify: world.plant.verify ?? fakeVerify,
    net: peerNet(world, node.id),
    breathe: () => Promise.resolve(),
  };
}

function configOf({ ids, members }: World, id: NodeId): TrustConfig {
  return {
    self: id,
    nodes: Object.fromEntries(ids.map((node) => [node, `http://region.example/${node}`])),
    parties: PARTIES.filter(({ party }) => ids.includes(party)).map(({ party }) => ({
      party,
      role: members.includes(party) ? ('member' as const) : ('observer' as const),
    })),
    issuerAlg: 'ES256',
    settings: SIM_TRUST_SETTINGS,
  };
}

/** Power off now, on again a while later. What is not committed is gone. */
export function killNode(world: World, node: SimNode): void {
  const { running } = node;
  if (running !== undefined) running.life.alive = false;
  node.running = undefined;
  world.trace.add(world.scheduler.now(), `${node.id} is down`);
  const downMilliseconds = world.dice.pick([500, 5_000, 40_000, 120_000]);
  world.scheduler.after(downMilliseconds, `${node.id} starts`, () =>
    node.running === undefined ? startNode(world, node) : undefined,
  );
}

/** Throws `NoAnswer` when the node's program is down. */
export function reach(world: World, id: NodeId): RunningNode {
  const { running } = world.node(id);
  if (running === undefined) throw new NoAnswer(`${id} is down`);
  return running;
}
