import {
  canonicalJson,
  list,
  object,
  oneOf,
  nullable,
  readShape,
  REPAIR_SECONDS,
  repairIdShape,
  repairShape,
  text,
  type GroupClaim,
  type JourneyKey,
  type Json,
  type PartyId,
  type Repair,
  type Shape,
} from '@tongyu/protocol';
import { applied, refused, type PeerAnswer } from '../peers/types.ts';
import type { CityTables } from '../store/city-tables.ts';
import type { HomeRepairRow, HostRepairRow } from '../store/journey-tables.ts';
import type { JourneyRoom } from './room.ts';
import type { RepairAsked } from './types.ts';

const REPAIRS_PER_MESSAGE = 100;
/** A claim names no more (JRN-4.2). */
const REPAIRS_PER_GROUP = 100;

/** Perhaps not yet: a repair may overtake the answer by which the host learns the tap's key. */
const JOURNEY_UNKNOWN = 'JOURNEY_UNKNOWN';

/** Body of `journey.repair`, and what its receipt answers (JRN-5.1). */
const repairsShape: Shape<{ readonly repairs: readonly Repair[] }> = object({
  repairs: list(repairShape, 1, REPAIRS_PER_MESSAGE),
});

type RepairResult = {
  readonly id: string;
  readonly outcome: 'accepted' | 'refused';
  readonly refusal: string | null;
};

export const repairResultsShape: Shape<{ readonly results: readonly RepairResult[] }> = object({
  results: list(
    object({
      id: repairIdShape,
      outcome: oneOf('accepted', 'refused'),
      refusal: nullable(text(40, /^[A-Z_]+$/)),
    }),
    0,
    REPAIRS_PER_MESSAGE,
  ),
});

/** Home: kept and sent in one transaction; the rider's own city takes its own at once. */
export async function addRepair<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  { host, key, residentRef, journey, kind, stop, time, class: shown }: RepairAsked,
): Promise<Repair> {
  const { clock, rng } = room.ports;
  const id = `${room.party}-r-${rng.id()}`;
  const repair: Repair = { id, journey, kind, stop, time, class: shown, at: clock.now() };
  const row: HomeRepairRow = {
    ...{ id, host, key, residentRef, journey, kind, at: repair.at },
    ...{ text: canonicalJson(repair), outcome: 'sent', refusal: null },
  };
  await tx.home.saveHomeRepair(row);
  if (host === room.party) {
    const results = await keepRepairs(tx, host, [repair]);
    await noteResults(tx, host, results);
  } else {
    await room.peers.send(tx, { to: host, type: 'journey.repair', body: { repairs: [repair] } });
  }
  return repair;
}

/** Host: handler of `journey.repair`. The groups that it changes are to be priced again. */
export async function takeRepairs(
  tx: CityTables,
  home: PartyId,
  body: Parameters<typeof readShape>[1],
): Promise<PeerAnswer> {
  const read = readShape(repairsShape, body);
  if (!read.ok) return refused('MALFORMED', `body${read.path}`);
  const results = await keepRepairs(tx, home, read.value.repairs);
  return applied({ results });
}

/** Each one by itself; the same again has no more effect and gets the same answer. */
async function keepRepairs(
  tx: CityTables,
  home: PartyId,
  repairs: readonly Repair[],
): Promise<readonly RepairResult[]> {
  const taps = await tx.host.tapsById(repairs.map(({ journey }) => journey));
  const tapOf = new Map(
    taps.filter((tap) => tap.home === home).map((tap) => [`${tap.terminal}/${tap.number}`, tap]),
  );
  const known = await tx.host.repairs(repairs.map(({ id }) => id));
  const textOf = new Map(known.map((row) => [row.id, row.text]));
  const groups = [...new Map([...tapOf.values()].map((tap) => [tap.key, tap])).values()];
  const counts = new Map<string, number>();
  for (const { key } of await tx.host.repairsOf(groups)) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const fresh: HostRepairRow[] = [];
  const results = repairs.map((repair): RepairResult => {
    const { id, journey, kind, at } = repair;
    const refuse = (refusal: string): RepairResult => ({ id, outcome: 'refused', refusal });
    const content = canonicalJson(repair);
    const before = textOf.get(id);
    if (before !== undefined && before !== content) return refuse('REPAIR_DIFFERS');
    if (before !== undefined) return { id, outcome: 'accepted', refusal: null };
    if (kind === 'waive' || !id.startsWith(`${home}-r-`)) return refuse('REPAIR_NOT_ALLOWED');
    const tap = tapOf.get(journey);
    if (tap === undefined) return refuse(JOURNEY_UNKNOWN);
    if (at - tap.time > REPAIR_SECONDS) return refuse('REPAIR_TOO_LATE');
    const { key } = tap;
    if ((counts.get(key) ?? 0) >= REPAIRS_PER_GROUP) return refuse('REPAIRS_FULL');
    counts.set(key, (counts.get(key) ?? 0) + 1);
    textOf.set(id, content);
    fresh.push({ id, home, key, journey, text: content, at });
    return { id, outcome: 'accepted', refusal: null };
  });
  if (fresh.length > 0) {
    await tx.host.addRepairs(fresh);
    await tx.host.markDueAgain(groups);
    await markDaysBefore(tx, groups);
  }
  return results;
}

/** An exit that yesterday's group has is repaired there: a repair goes with its tap (JRN-5.4). */
async function markDaysBefore(
  tx: CityTables,
  taps: readonly { readonly home: PartyId; readonly previousKey: string | null }[],
): Promise<void> {
  const groups = taps.flatMap(({ home, previousKey }) =>
    previousKey === null ? [] : [{ home, key: previousKey }],
  );
  if (groups.length > 0) await tx.host.markDueAgain(groups);
}

/** Home: what the host answered. */
export async function noteResults(
  tx: CityTables,
  host: PartyId,
  results: readonly RepairResult[],
): Promise<void> {
  const rows = await tx.home.homeRepairs(results.map(({ id }) => id));
  for (const row of rows) {
    const result = results.find(({ id }) => id === row.id);
    if (result === undefined || row.host !== host) continue;
    const { outcome, refusal } = result;
    await tx.home.saveHomeRepair({ ...row, outcome, refusal });
  }
}

/**
 * Home: repairs of journeys that the host did not know then, and knows now, as its claim says, are
 * sent once more. To be asked when such an answer comes, and when a claim does.
 */
export async function sendUnknownAgain<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  host: PartyId,
  keys: readonly JourneyKey[],
): Promise<void> {
  const ids = [...new Set(keys)].map((key) => ({ host, key }));
  const all = ids.length === 0 ? [] : await tx.home.homeRepairsOfKeys(ids);
  const unknown = all.filter(({ refusal }) => refusal === JOURNEY_UNKNOWN);
  if (unknown.length === 0) return;
  const claims = await tx.home.homeGroups(ids);
  const known = new Set(claims.flatMap(({ claim }) => (JSON.parse(claim) as GroupClaim).taps));
  const rows = unknown.filter(({ journey }) => known.has(journey));
  for (const row of rows) await tx.home.saveHomeRepair({ ...row, outcome: 'sent', refusal: null });
  for (let at = 0; at < rows.length; at += REPAIRS_PER_MESSAGE) {
    const repairs = rows
      .slice(at, at + REPAIRS_PER_MESSAGE)
      .map(({ text: kept }) => JSON.parse(kept) as Json);
    await room.peers.send(tx, { to: host, type: 'journey.repair', body: { repairs } });
  }
}

/** Home: the keys of the journeys that these repairs are of. */
export async function keysOfRepairs(
  tx: CityTables,
  results: readonly RepairResult[],
): Promise<readonly JourneyKey[]> {
  const unknown = results.filter(({ refusal }) => refusal === JOURNEY_UNKNOWN);
  const rows = await tx.home.homeRepairs(unknown.map(({ id }) => id));
  return rows.map(({ key }) => key);
}
