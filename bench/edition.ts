import { gzipSync } from 'node:zlib';
import { differenceOf } from '@tongyu/domain';
import { canonicalJson, documentHash, type Part } from '@tongyu/protocol';
import {
  foundTestRegion,
  MEMBERS,
  NODES,
  type TestRegion,
} from '../server/src/trust/testing/test-region.ts';
import { largePart } from './list-entries.ts';
import type { Row } from './report.ts';

const GROUP = 'service list: an edition of 10,000 entries, four parts of 2,500';
const ENTRIES = 2_500;
/** Of each part, between the two editions. */
const DEARER = 250;

/** Publishing is all that six nodes do from the first part handed in until all hold it. */
export async function benchEdition(): Promise<readonly Row[]> {
  const before = MEMBERS.map((party) => largePart(party, '2026-H2', ENTRIES));
  const after = MEMBERS.map((party) => largePart(party, '2027-H1', ENTRIES, DEARER));
  const region = await foundTestRegion();
  const first = await publish(region, '2026-H2', before);
  const second = await publish(region, '2027-H1', after);
  const compared = await timed(async () => {
    const comparison = await region.hub.catalogue.face.compare(2);
    if (!comparison.ok) throw new Error(comparison.refusal.code);
  });
  const entries = (parts: readonly Part[]) => parts.flatMap((part) => part.entries);
  const [was, now] = [entries(before), entries(after)];
  const difference = await timed(() => {
    if (differenceOf(was, now).changed.length !== MEMBERS.length * DEARER) throw new Error('lost');
    return Promise.resolve();
  });
  const sizes = before.map((part) => gzipSync(canonicalJson(part), { level: 9 }).length);
  const ms = (name: string, value: number, goal?: number): Row => ({
    ...{ group: GROUP, name, value, unit: 'ms' },
    ...(goal === undefined ? {} : { goal }),
  });
  return [
    ms('first edition, CPU of all six nodes together', first, 10_000),
    ms('next edition, 1,000 entries changed, likewise', second, 10_000),
    ms('comparison at the hub, parts parsed', compared),
    ms('difference of 10,000 entries', difference, 2_000),
    {
      ...{ group: GROUP, name: 'largest part of 2,500 entries, gzip 9', unit: 'bytes' },
      ...{ value: Math.max(...sizes), goal: 400_000 },
    },
  ];
}

async function publish(region: TestRegion, id: string, parts: readonly Part[]): Promise<number> {
  const hub = region.hub.catalogue.face;
  const opened = await hub.openEdition({ id, effectiveFrom: null });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const { number } = opened.value;
  await region.pass(2);
  return timed(async () => {
    for (const part of parts) {
      const { office, store } = region.node(part.party);
      const given = await store.transaction(async (tx) => office?.submitPart(tx, number, part));
      if (given?.ok !== true) throw new Error(given?.refusal.code);
      office?.kick();
    }
    await region.pass(3);
    const frozen = await hub.freeze(number);
    if (!frozen.ok) throw new Error(frozen.refusal.code);
    await region.pass(2);
    const { hash } = frozen.value;
    for (const party of MEMBERS) await region.node(party).office?.signOff(number, hash, 'bench');
    await region.pass(2);
    const published = await hub.publish(number, hash);
    if (!published.ok) throw new Error(JSON.stringify(published.refusal));
    await region.pass(2);
    for (const node of NODES) {
      const { editions } = await region.node(node).catalogue.face.state();
      const newest = editions.at(-1);
      if (newest === undefined || documentHash(newest.signed) !== hash) throw new Error(node);
    }
  });
}

/** Milliseconds of CPU. */
async function timed(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const spent = process.cpuUsage(before);
  return (spent.user + spent.system) / 1000;
}
