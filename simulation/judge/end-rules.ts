import type { PartyId } from '@tongyu/protocol';
import type { StoredTap } from '../../server/src/store/city-tables.ts';
import type { World } from '../world/world.ts';
import type { RawTap } from './tap-rules.ts';

/**
 * The end, reckoned once more from the raw log of what gates have committed: every tap stands at
 * its host as it was written, every presentation is charged once, every home has its trips.
 */
export async function checkEnd(world: World): Promise<void> {
  const { judge } = world;
  const tripsOf = new Map<PartyId, Set<string>>();
  for (const [id, node] of world.nodes) {
    if (id === 'hub') continue;
    const rows = await node.store.read(({ city }) => city.taps({ limit: 1_000_000 }));
    const written = new Map<string, RawTap>();
    for (const gate of world.gates.filter(({ host }) => host === id)) {
      for (const [number, raw] of judge.taps.log.get(gate.id) ?? []) {
        written.set(`${gate.id}/${number}`, raw);
      }
    }
    checkHost(world, id, rows, written);
    for (const [key, { signed, presentation }] of written) {
      if (presentation === undefined || signed.verdict !== 'pass') continue;
      const trips = tripsOf.get(presentation.issuer) ?? new Set();
      tripsOf.set(presentation.issuer, trips.add(key));
    }
  }
  for (const [home, expected] of tripsOf) await checkHome(world, home, expected);
}

function checkHost(
  { judge }: World,
  host: string,
  rows: readonly StoredTap[],
  written: ReadonlyMap<string, RawTap>,
): void {
  if (rows.length !== written.size) {
    judge.fail(`${host} has ${rows.length} taps at the end, its gates wrote ${written.size}`);
  }
  const chargesOf = new Map<string, number>();
  for (const row of rows) {
    const key = `${row.terminal}/${row.number}`;
    const raw = written.get(key);
    if (raw?.text !== row.text) judge.fail(`${host} has ${key} otherwise than it was written`);
    if (row.exception === 'TAP_EVIDENCE_INVALID') {
      judge.fail(`${host} doubts an honest tap ${key}: ${row.field ?? ''}`);
    }
    if (raw?.presentation === undefined || raw.signed.verdict !== 'pass') {
      if (row.charged === true) judge.fail(`${host} charged ${key}, which opened nothing`);
      continue;
    }
    const before = chargesOf.get(raw.presentation.key) ?? 0;
    chargesOf.set(raw.presentation.key, before + (row.charged === true ? 1 : 0));
  }
  for (const [key, count] of chargesOf) {
    if (count !== 1) judge.fail(`${host} charged the presentation ${key} ${count} times`);
  }
}

async function checkHome(
  { judge, nodes }: World,
  home: PartyId,
  expected: ReadonlySet<string>,
): Promise<void> {
  const keys = [...expected].map((key) => {
    const [terminal = '', number] = key.split('/');
    return { terminal, number: Number(number) };
  });
  const kept = await nodes.get(home)?.store.read(({ city }) => city.tripHashes(keys));
  if (kept?.length !== keys.length) {
    judge.fail(`${home} keeps ${kept?.length ?? 0} trips of ${keys.length}`);
  }
}
