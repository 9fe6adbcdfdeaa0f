import type { JourneyLine, PartyId } from '@tongyu/protocol';
import type { ComputedGroup } from '../../journeys/outside/compute-lines.mjs';
import type { World } from '../world/world.ts';
import type { Computed } from './line-rules.ts';
import type { SimTables } from './watched-store.ts';

const ALL = 1_000_000;

/**
 * The lines at the end: what each host claims and each home city has accepted are the ones that the
 * outside program computes, byte for byte, and every accepted tap stands in one place.
 */
export async function lineFault(world: World): Promise<string | undefined> {
  const { judge, nodes } = world;
  world.lines = {};
  const computed = judge.lines.compute(world.seconds());
  for (const text of linesOf(computed.groups)) {
    const { state, parts } = JSON.parse(text) as JourneyLine;
    for (const name of [state, ...parts.map(({ kind }) => kind)]) {
      world.lines[name] = (world.lines[name] ?? 0) + 1;
    }
  }
  for (const [id, { store }] of nodes) {
    if (id === 'hub') continue;
    const fault = await store.read(async (tx) => {
      const atHost = await hostFault(tx, id, computed, world);
      return atHost ?? homeFault(tx, id, computed);
    });
    if (fault !== undefined) return fault;
  }
  return undefined;
}

async function hostFault(
  { host }: SimTables,
  id: PartyId,
  { groups, exceptions }: Computed,
  { judge }: World,
): Promise<string | undefined> {
  const mine = groups.filter((group) => group.host === id);
  const rows = await host.lines({ limit: ALL });
  const texts = new Map(rows.map((row) => [row.text, row]));
  for (const text of mine.flatMap(({ lines }) => lines)) {
    const row = texts.get(text);
    if (row === undefined) return `${id} has another line: ${differenceOf(text, rows)}`;
    if (row.state !== 'accepted') {
      return `a right line of ${id} is ${row.state}: ${row.reason ?? ''} ${row.field ?? ''}`;
    }
    texts.delete(text);
  }
  const [extra] = texts.keys();
  if (extra !== undefined) return `${id} has a line that nothing stands behind: ${extra}`;
  const kept = await host.exceptions({ limit: ALL });
  const found = kept.map(({ tap, reason }) => `${tap} ${reason}`).sort();
  const ofGroups = mine.flatMap((group) => group.exceptions);
  const ofTaps = exceptions.filter(({ tap }) => tap.startsWith(`${id}-`));
  const expected = [...ofGroups, ...ofTaps].map(({ tap, reason }) => `${tap} ${reason}`).sort();
  if (found.join() !== expected.join()) {
    return `${id} has the exceptions ${found.join()} instead of ${expected.join()}`;
  }
  const open = (await host.groups(mine)).flatMap((group) => group.open).sort();
  const waiting = mine.flatMap((group) => group.open).sort();
  if (open.join() !== waiting.join()) {
    return `${id} keeps ${open.join()} open instead of ${waiting.join()}`;
  }
  const ended = [...rows.flatMap(({ taps }) => taps), ...kept.map(({ tap }) => tap), ...open];
  const passed = acceptedTaps(judge.taps.log, id);
  return ended.sort().join() === passed.sort().join()
    ? undefined
    : `taps of ${id} end in no place or in two`;
}

/** What gates wrote as a pass by a code. */
function acceptedTaps(log: World['judge']['taps']['log'], host: PartyId): string[] {
  const ids: string[] = [];
  for (const [gate, taps] of log) {
    if (!gate.startsWith(`${host}-`)) continue;
    for (const [number, { signed, presentation }] of taps) {
      if (signed.verdict === 'pass' && presentation !== undefined) ids.push(`${gate}/${number}`);
    }
  }
  return ids;
}

async function homeFault(
  { home }: SimTables,
  id: PartyId,
  { groups }: Computed,
): Promise<string | undefined> {
  const expected = new Set(linesOf(groups.filter((group) => group.home === id)));
  for (const { text, outcome } of await home.homeLines({ limit: ALL })) {
    if (!expected.delete(text)) return `${id} keeps a line of its resident otherwise: ${text}`;
    if (outcome !== 'accepted') return `${id} disputes a right line: ${text}`;
  }
  const [missing] = expected;
  return missing === undefined ? undefined : `${id} lacks a line of its resident: ${missing}`;
}

function linesOf(groups: readonly ComputedGroup[]): readonly string[] {
  return groups.flatMap(({ lines }) => lines);
}

type NamedText = { readonly text: string; readonly journey: string };

/** What both say of the journey, for people. */
function differenceOf(text: string, rows: readonly NamedText[]): string {
  const { journey } = JSON.parse(text) as { readonly journey: string };
  const other = rows.find((row) => row.journey === journey)?.text;
  return `${other ?? 'none'} instead of ${text}`;
}
