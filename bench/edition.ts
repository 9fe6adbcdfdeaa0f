import { gzipSync } from 'node:zlib';
import { differenceOf } from '@tongyu/domain';
import { canonicalJson, documentHash, type NodeId, type Part } from '@tongyu/protocol';
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

/**
 * Publishing is all that six nodes do from the first part handed in until all hold it. Each stands
 * on a machine of its own: what one waits for is the hub's work and that of the slowest city.
 */
export async function benchEdition(): Promise<readonly Row[]> {
  const before = MEMBERS.map((party) => largePart(party, '2026-H2', ENTRIES));
  const after = MEMBERS.map((party) => largePart(party, '2027-H1', ENTRIES, DEARER));
  const region = await foundTestRegion();
  const first = createMeter(region);
  await publish(region, first, '2026-H2', before);
  const second = createMeter(region);
  await publish(region, second, '2027-H1', after);
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
    ms('first edition, CPU of the hub and the slowest city', first.longest(), 10_000),
    ms('first edition, CPU of all six nodes', first.total()),
    ms('next one, 1,000 entries changed, hub and slowest city', second.longest(), 10_000),
    ms('next one, CPU of all six nodes', second.total()),
    ms('comparison at the hub, parts parsed', compared),
    ms('difference of 10,000 entries', difference, 2_000),
    {
      ...{ group: GROUP, name: 'largest part of 2,500 entries, gzip 9', unit: 'bytes' },
      ...{ value: Math.max(...sizes), goal: 400_000 },
    },
  ];
}

type Meter = {
  /** Does a node's work, and counts it as that node's. */
  of<R>(node: NodeId, work: () => Promise<R>): Promise<R>;
  pass(seconds: number): Promise<void>;
  total(): number;
  longest(): number;
};

function createMeter(region: TestRegion): Meter {
  const spent = new Map<NodeId, number>();
  const of: Meter['of'] = async (node, work) => {
    const before = process.cpuUsage();
    const answer = await work();
    const { user, system } = process.cpuUsage(before);
    spent.set(node, (spent.get(node) ?? 0) + (user + system) / 1000);
    return answer;
  };
  return {
    of,
    async pass(seconds) {
      for (let i = 0; i < seconds; i++) {
        region.now++;
        for (const { id, timers } of region.nodes.values()) {
          await of(id, async () => {
            await timers.runAll();
            await timers.settle();
          });
        }
      }
    },
    total: () => [...spent.values()].reduce((sum, one) => sum + one, 0),
    longest: () => {
      const cities = NODES.filter((node) => node !== 'hub').map((node) => spent.get(node) ?? 0);
      return (spent.get('hub') ?? 0) + Math.max(...cities);
    },
  };
}

async function publish(
  region: TestRegion,
  meter: Meter,
  id: string,
  parts: readonly Part[],
): Promise<void> {
  const hub = region.hub.catalogue.face;
  const opened = await hub.openEdition({ id, effectiveFrom: null });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const { number } = opened.value;
  await region.pass(2);
  for (const part of parts) {
    const { office, store } = region.node(part.party);
    const given = await meter.of(part.party, () =>
      store.transaction(async (tx) => office?.submitPart(tx, number, part)),
    );
    if (given?.ok !== true) throw new Error(given?.refusal.code);
    office?.kick();
  }
  await meter.pass(3);
  const frozen = await meter.of('hub', () => hub.freeze(number));
  if (!frozen.ok) throw new Error(frozen.refusal.code);
  const { hash } = frozen.value;
  await meter.pass(2);
  for (const party of MEMBERS) {
    await meter.of(party, async () => region.node(party).office?.signOff(number, hash, 'bench'));
  }
  await meter.pass(2);
  const published = await meter.of('hub', () => hub.publish(number, hash));
  if (!published.ok) throw new Error(JSON.stringify(published.refusal));
  await meter.pass(2);
  for (const node of NODES) {
    const { editions } = await region.node(node).catalogue.face.state();
    const newest = editions.at(-1);
    if (newest === undefined || documentHash(newest.signed) !== hash) throw new Error(node);
  }
}

/** Milliseconds of CPU. */
async function timed(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const spent = process.cpuUsage(before);
  return (spent.user + spent.system) / 1000;
}
