import assert from 'node:assert/strict';
import {
  documentHash,
  type Edition,
  type Entry,
  type NodeId,
  type Part,
  type PartChange,
} from '@tongyu/protocol';
import type { Opening } from '../../store/catalogue-tables.ts';
import {
  foundTestRegion,
  MEMBERS,
  NODES,
  type Tables,
  type TestRegion,
} from '../../trust/testing/test-region.ts';
import type { CatalogueResult } from '../refusals.ts';
import type { CityCatalogue } from '../types.ts';
import { firstTestEntries, testEntry, testPart } from './test-entries.ts';

/** A founded region that has published its first edition by itself. */
export async function listRegion(): Promise<TestRegion> {
  const region = await foundTestRegion(firstTestEntries);
  await region.pass(4);
  return region;
}

export function officeOf(region: TestRegion, party: NodeId): CityCatalogue<Tables> {
  const { office } = region.node(party);
  assert.ok(office !== undefined);
  return office;
}

export function valueOf<T>(result: CatalogueResult<T>): Readonly<T> {
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.refusal));
  return result.value;
}

export function refusalOf(result: CatalogueResult<unknown>): string {
  assert.ok(!result.ok, 'it is refused');
  return result.refusal.code;
}

export async function openNext(region: TestRegion, id = '2027-H1'): Promise<number> {
  const asked = { id, effectiveFrom: null };
  const { number } = valueOf(await region.hub.catalogue.face.openEdition(asked));
  await region.pass(1);
  return number;
}

export async function openingAt(
  region: TestRegion,
  node: NodeId,
  number: number,
): Promise<Opening | undefined> {
  const { store } = region.node(node);
  const all = await store.read((tx) => tx.catalogue.openings());
  return all.find((opening) => opening.number === number);
}

export function candidateOf(opening: Opening | undefined): Edition {
  assert.ok(opening?.state === 'frozen' && opening.edition !== null, opening?.state);
  return opening.edition;
}

export async function submit(region: TestRegion, number: number, part: Part): Promise<string> {
  const office = officeOf(region, part.party);
  const { store } = region.node(part.party);
  const given = await store.transaction((tx) => office.submitPart(tx, number, part));
  office.kick();
  return valueOf(given).hash;
}

/** The bus of each city becomes dearer. */
export function dearerBus(party: NodeId): {
  readonly entries: readonly Entry[];
  readonly changes: Readonly<Record<string, PartChange['kind']>>;
} {
  const entries = [testEntry(party, 'bus', 300), testEntry(party, 'metro', 400)];
  return { entries, changes: { [`${party}-bus`]: 'changed' } };
}

/** Every member hands in a change; the hub freezes by itself. Answers the candidate. */
export async function collectAll(
  region: TestRegion,
  number: number,
  id = '2027-H1',
): Promise<{ readonly edition: Edition; readonly hash: string }> {
  for (const party of [...MEMBERS, '4202']) {
    const { entries, changes } = dearerBus(party);
    await submit(region, number, testPart(party, id, entries, changes));
  }
  await region.pass(4);
  const edition = candidateOf(await openingAt(region, 'hub', number));
  return { edition, hash: documentHash(edition) };
}

export async function signAll(
  region: TestRegion,
  number: number,
  hash: string,
  parties: readonly NodeId[] = MEMBERS,
): Promise<void> {
  for (const party of parties) {
    valueOf(await officeOf(region, party).signOff(number, hash, 'wang'));
  }
  await region.pass(2);
}

/** The number of each node's newest edition, by node. */
export async function newestEverywhere(region: TestRegion): Promise<Record<NodeId, number>> {
  const newest: Record<NodeId, number> = {};
  for (const node of NODES) {
    const { editions } = await region.node(node).catalogue.face.state();
    newest[node] = editions.at(-1)?.signed.number ?? 0;
  }
  return newest;
}

export function everywhere(number: number): Record<NodeId, number> {
  return Object.fromEntries(NODES.map((node) => [node, number]));
}
