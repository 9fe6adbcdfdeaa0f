import type { Json } from '@tongyu/protocol';
import type { RegionNodeId } from '../../config.ts';
import { listAt, member, numberAt, textAt } from './read-json.ts';
import type { World } from './world.ts';

/** What a node publishes to everybody of the trust that it holds, read from its public routes. */
export async function rootNumberAt(world: World, id: RegionNodeId): Promise<number> {
  return numberAt(await world.node(id).read('/console/api/trust'), 'root', 'number');
}

export async function bundleVersionAt(world: World, id: RegionNodeId): Promise<number> {
  return numberAt(await world.node(id).get('/trust/bundle'), 'signed', 'version');
}

/** `member` or `observer`, as the hub's public status says. */
export async function roleOf(world: World, party: string): Promise<string> {
  const parties = listAt(await world.node('hub').get('/status.json'), 'parties');
  const found = parties.find((entry) => textAt(entry, 'party') === party);
  return found === undefined ? 'unknown' : textAt(found, 'role');
}

export async function activeMembersOf(world: World): Promise<readonly RegionNodeId[]> {
  const parties = listAt(await world.node('hub').get('/status.json'), 'parties');
  return parties
    .filter((entry) => textAt(entry, 'role') === 'member' && textAt(entry, 'status') === 'active')
    .map((entry) => textAt(entry, 'party') as RegionNodeId);
}

/** The root that waits for signatures, as one node's console shows it. */
export async function waitingProposal(
  world: World,
  id: RegionNodeId,
  kind: string,
): Promise<Json | undefined> {
  const trust = await world.node(id).read('/console/api/trust');
  return listAt(trust, 'proposals').find(
    (proposal) =>
      textAt(proposal, 'change', 'kind') === kind && member(proposal, 'change', 'party') === '4202',
  );
}

/** The newest issuer key of a city in the bundle that a node publishes. */
export async function newestIssuerKey(
  world: World,
  id: RegionNodeId,
  party: string,
): Promise<number> {
  const bundle = await world.node(id).get('/trust/bundle');
  const sections = listAt(bundle, 'signed', 'sections').map((entry) => member(entry, 'signed'));
  const section = sections.find((entry) => textAt(entry, 'party') === party);
  const keys = listAt(section ?? {}, 'keys')
    .filter((key) => member(key, 'purpose') === 'issuer' && member(key, 'revokedAt') === null)
    .map((key) => numberAt(key, 'keyId'));
  return Math.max(0, ...keys);
}
