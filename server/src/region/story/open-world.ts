import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  canonicalJson,
  documentHash,
  parseDocument,
  rootShape,
  toBase64Url,
  type Json,
} from '@tongyu/protocol';
import { REGION_NODES, type RegionNodeId } from '../../config.ts';
import { systemClock, type Clock } from '../../ports/clock.ts';
import { terminalKey } from '../../terminal/key-file.ts';
import type { Region } from '../region.ts';
import { nodeClient, type NodeClient } from './console-client.ts';
import type { GateOptions } from './gate-process.ts';
import { listAt, member, numberAt } from './read-json.ts';
import { openStoryGate, type StoryGate } from './story-gate.ts';
import { bindStoryPhone, type StoryPhone } from './story-phone.ts';
import { liftLeftOver } from './steps/list-suspensions.ts';
import { leaveAgain } from './steps/who-decides.ts';
import { roleOf } from './trust-of-node.ts';
import { waitUntil } from './wait-until.ts';
import type { World } from './world.ts';

const AHEAD_SECONDS = 600;
/** The class of CODE-3.7 that the senior's passes carry. */
const OVER_65 = 2;
/** Founding asks every node of every other one: the slowest thing that is waited for. */
const FOUNDING_LIMIT_MS = 60_000;

/** All that the story needs, opened at once. `close` ends its gates and unbinds its phones. */
export type OpenedWorld = { readonly world: World; close(): Promise<void> };

export async function openWorld(
  region: Region,
  onProgress: (text: string) => void,
): Promise<OpenedWorld> {
  const { dataDir, clockOffsetSeconds } = region.config;
  const folder = path.join(dataDir, 'story');
  mkdirSync(folder, { recursive: true });
  const clock = systemClock(clockOffsetSeconds);
  const clients = new Map<RegionNodeId, NodeClient>(
    REGION_NODES.map(({ id }) => [
      id,
      nodeClient(id, region.urlOf(id), () => region.issueEntry(id)),
    ]),
  );
  const node = (id: RegionNodeId): NodeClient => {
    const found = clients.get(id);
    if (found === undefined) throw new Error(`no node ${id}`);
    return found;
  };
  await waitUntilFounded(node);
  await waitForClock(node, clock, onProgress);
  onProgress('every node holds the trust that the members signed');
  await liftLeftOver(node('4201'));
  const pinnedRootHash = await firstRootHash(node('4201'));
  const open: OpenGate = (name, terminal, service, point = SINGLE) =>
    openGate(node, {
      ...point,
      folder: path.join(folder, name),
      terminal,
      service,
      pinnedRootHash,
      clockOffsetSeconds,
    });
  const bound: StoryPhone[] = [];
  const bindPhone = async (party: RegionNodeId, persona: string): Promise<StoryPhone> => {
    const options = { url: node(party).url, persona: `${party}-${persona}`, clock };
    const phone = await bindStoryPhone(options);
    bound.push(phone);
    return phone;
  };
  const [gates, phones] = await Promise.all([
    openGates(open, folder, clockOffsetSeconds),
    bindPhones(bindPhone),
  ]);
  onProgress('gates are registered and synced, phones have their passes');
  const world: World = {
    clock,
    clockOffsetSeconds,
    folder,
    pinnedRootHash,
    node,
    gates,
    phones,
    bindPhone,
    stopHub: () => region.stopNode('hub'),
    startHub: () => region.startNode('hub'),
  };
  // A run that was cut short may have left Huangshi a member.
  if ((await roleOf(world, '4202')) === 'member') await leaveAgain(world);
  return {
    world,
    async close() {
      // Of a story that broke off, the cities may be away: then its phones stay bound.
      await Promise.allSettled([
        ...bound.map((phone) => phone.leave()),
        ...Object.values(gates).map((gate) => gate.stop()),
      ]);
    },
  };
}

type GatePoint = Pick<GateOptions, 'direction' | 'stop'>;
const SINGLE: GatePoint = { direction: 'single', stop: null };
type OpenGate = (
  name: string,
  terminal: string,
  service: string,
  point?: GatePoint,
) => Promise<StoryGate>;

async function openGates(
  open: OpenGate,
  folder: string,
  clockOffsetSeconds: number,
): Promise<World['gates']> {
  // Its taps never arrive, since it is never plugged in again: it begins anew each time.
  rmSync(path.join(folder, 'gate-4/data'), { recursive: true, force: true });
  const [metroOne, metroTwo, museum, metroAhead, sight, ferry, zoneIn] = await Promise.all([
    open('gate-1', '4201-story-1', '4201-metro'),
    open('gate-2', '4201-story-2', '4201-metro'),
    open('gate-3', '3401-story-1', '3401-museum'),
    open('gate-4', '4201-story-ahead', '4201-metro'),
    open('gate-5', '4201-story-sight', '4201-sight'),
    open('gate-6', '4201-story-ferry', '4201-ferry'),
    open('gate-7', '3601-story-in', '3601-metro', { direction: 'entry', stop: 'demo-1' }),
  ]);
  // A city answers no terminal whose clock is wrong: it syncs first, then its clock is moved.
  await metroAhead.kill();
  metroAhead.unplug();
  metroAhead.restart(clockOffsetSeconds + AHEAD_SECONDS);
  return { metroOne, metroTwo, museum, metroAhead, sight, ferry, zoneIn };
}

async function bindPhones(
  bind: (party: RegionNodeId, persona: string) => Promise<StoryPhone>,
): Promise<World['phones']> {
  const [changsha, changshaNeighbour, changshaSenior, changshaFast, changshaLost, hefei, huangshi] =
    await Promise.all([
      bind('4301', 'adult'),
      bind('4301', 'student'),
      bind('4301', 'senior'),
      bind('4301', 'foreign'),
      bind('4301', 'child'),
      bind('3401', 'adult'),
      bind('4202', 'adult'),
    ]);
  await changshaSenior.carry(OVER_65);
  return {
    ...{ changsha, changshaNeighbour, changshaSenior, changshaFast, changshaLost },
    ...{ hefei, huangshi },
  };
}

/** Founded: every node holds a bundle in which every node's section stands, and it has an age. */
async function waitUntilFounded(node: (id: RegionNodeId) => NodeClient): Promise<void> {
  for (const { id } of REGION_NODES) {
    await waitUntil(
      `node ${id} to hold the region's trust`,
      async () => {
        const bundle = await node(id).get('/trust/bundle');
        const sections = listAt(bundle, 'signed', 'sections').length;
        const times = listAt(await node(id).get('/trust/times'), 'times').length;
        return sections >= REGION_NODES.length - 1 && times >= 2 ? true : undefined;
      },
      FOUNDING_LIMIT_MS,
    );
  }
}

/**
 * A gate whose clock is behind what was signed opens for nobody (TIME-3), and a shifted clock that
 * is started at the same time again is behind by what the last run took.
 */
async function waitForClock(
  node: (id: RegionNodeId) => NodeClient,
  clock: Clock,
  onProgress: (text: string) => void,
): Promise<void> {
  const signed = await Promise.all(
    REGION_NODES.map(async ({ id }) => listAt(await node(id).get('/trust/times'), 'times')),
  );
  const last = Math.max(...signed.flat().map((time) => numberAt(time, 'signed', 'time')));
  const behind = last - clock.now();
  if (behind <= 0) return;
  onProgress(`the clock is ${String(behind)} s behind what was signed before: waiting for it`);
  const passed = (): true | undefined => (clock.now() >= last ? true : undefined);
  await waitUntil('the clock to pass the last signed time', passed, (behind + 5) * 1000);
}

async function firstRootHash(city: NodeClient): Promise<string> {
  const text = canonicalJson(await city.get('/trust/roots/1'));
  const root = parseDocument(rootShape, text, 1_000_000);
  if (!root.ok) throw new Error('root number 1 is not in its form');
  return documentHash(root.value.signed);
}

type GatePlace = GatePoint & {
  readonly folder: string;
  readonly terminal: string;
  readonly service: string;
  readonly pinnedRootHash: string;
  readonly clockOffsetSeconds: number;
};

/** Registers the terminal at its host city, as its operator does, and starts the program. */
async function openGate(
  node: (id: RegionNodeId) => NodeClient,
  place: GatePlace,
): Promise<StoryGate> {
  const city = node(place.terminal.slice(0, 4) as RegionNodeId);
  const keyFile = path.join(place.folder, 'terminal.pem');
  const key = terminalKey(keyFile);
  const service = await waitUntil(`${place.service} in the list`, async () => {
    const services = listAt(await city.read('/console/api/services'), 'services');
    return services.find((entry) => member(entry, 'id') === place.service);
  });
  const registration: Json = {
    id: place.terminal,
    operator: member(service, 'operator'),
    service: place.service,
    direction: place.direction,
    stop: place.stop,
    key: { keyId: 1, alg: key.alg, key: toBase64Url(key.publicKey) },
  };
  await city.act('/console/api/terminals', registration);
  const gate = await openStoryGate({
    dataDir: path.join(place.folder, 'data'),
    cityUrl: city.url,
    terminal: place.terminal,
    service: place.service,
    direction: place.direction,
    stop: place.stop,
    keyFile,
    pinnedRootHash: place.pinnedRootHash,
    clockOffsetSeconds: place.clockOffsetSeconds,
  });
  await gate.syncUntil(
    'trust that is good for verdicts',
    (status) =>
      numberAt(status, 'bundleVersion') > 0 &&
      member(status, 'serviceOpen') === true &&
      member(status, 'usableUntil') !== null,
  );
  return gate;
}
