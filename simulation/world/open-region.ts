import { toBase64Url, type NodeId, type PartyId } from '@tongyu/protocol';
import type { SimTables } from '../judge/watched-store.ts';
import { foundedRegion, fillSigned, fillStore, type FoundedRegion } from './founded-region.ts';
import { lightRider, wholeRider, type Rider } from './rider.ts';
import { addGate, startGate, type SimGate } from './sim-gate.ts';
import { drawPlace } from './sim-list.ts';
import { addNode, startNode } from './sim-node.ts';
import { OBSERVER, type World } from './world.ts';

/** Ids of a seed must not meet those of the founding. */
const FIRST_ID = 1_000_000;

/** Fills a world of a seed: nodes over copies of the founded stores, gates, residents. */
export async function openRegion(world: World): Promise<void> {
  const founded = await foundedRegion(world.options.region);
  const { skewSeconds } = world.options;
  const skew = (): number => world.dice.between(-skewSeconds, skewSeconds);
  for (const id of world.ids) {
    const node = addNode(world, id, FIRST_ID);
    await fillSigned(node.store, contentsOf(founded, id));
    node.skewSeconds = skew();
  }
  for (const { id, store } of world.nodes.values()) await fillStore(store, contentsOf(founded, id));
  await addGates(world, founded, skew);
  for (const node of world.nodes.values()) {
    world.scheduler.after(1, `${node.id} starts`, () => startNode(world, node));
  }
  for (const gate of world.gates) {
    world.judge.gateOffered(gate.id, offerOfFounding(founded));
    startGate(world, gate);
  }
  addRiders(world, skew);
}

function contentsOf({ nodes }: FoundedRegion, id: NodeId) {
  const contents = nodes.get(id);
  if (contents === undefined) throw new TypeError(`${id} was not founded`);
  return contents;
}

/** Times that a gate has kept from its first synchronisation. */
function offerOfFounding(founded: FoundedRegion): Parameters<World['judge']['gateOffered']>[1] {
  const times = [...founded.gates.values()].flatMap((kept) => {
    const text = kept.get('times') ?? '[]';
    return JSON.parse(text) as ReturnType<typeof offerOfFounding>['times'];
  });
  return {
    ...{ roots: [], bundle: null, revokingSections: [], times },
    ...{ lists: [], used: [], usedCursor: '' },
  };
}

async function addGates(
  world: World,
  { pinnedRootHash, gates: keptOf }: FoundedRegion,
  skew: () => number,
): Promise<void> {
  const hosts = [world.dice.pick(world.members), world.dice.pick(world.members)];
  for (let i = 0; i < world.options.gates; i++) {
    const host = hosts[i % hosts.length] ?? '4201';
    const place = drawPlace(world.dice, Math.floor(i / hosts.length));
    const where = { ...place, name: `g${i + 1}`, host, pinnedRootHash };
    const gate = addGate(world, where, keptOf.get(host) ?? new Map());
    gate.skewSeconds = skew();
    await world.node(host).store.transaction((tx) => register(tx, gate, world.seconds()));
  }
}

function register({ city }: SimTables, gate: SimGate, registeredAt: number): Promise<void> {
  return city.saveTerminal({
    id: gate.id,
    operator: gate.service,
    service: gate.service,
    keyId: 1,
    alg: 'ES256',
    key: toBase64Url(gate.key.publicKey),
    direction: gate.direction,
    stop: gate.stop,
    registeredAt,
    revokedAt: null,
  });
}

function addRiders(world: World, skew: () => number): void {
  const { phones, wholePhone, change } = world.options;
  const homes: PartyId[] = Array.from({ length: phones }, () => world.dice.pick(world.members));
  const hasObserver = world.ids.includes(OBSERVER);
  if (change === 'accession' || (hasObserver && world.dice.perMille(400))) homes[0] = OBSERVER;
  for (const [i, home] of homes.entries()) world.riders.push(newRider(world, home, i, skew()));
  if (wholePhone)
    world.riders.push(wholeRider(world, 'phone w', world.dice.pick(world.members), skew()));
}

export function newRider(world: World, home: NodeId, number: number, skew: number): Rider {
  return lightRider(world, `phone ${number + 1}`, home, skew);
}
