import {
  buildRevocationList,
  LIST_OUTLIVES_SLOT_SECONDS,
  serviceDay,
  slotFromIndex,
  slotIndex,
  slotOf,
  type RevocationGroup,
  type Signer,
} from '@tongyu/protocol';
import type { CityTables, PhoneRow, RevocationRow } from '../store/city-tables.ts';
import type { CityRoom } from './ports.ts';
import { steppedTo } from './seeds.ts';

/** What signing a list needs. */
export type ListMoment = {
  readonly now: number;
  readonly keyId: number;
  readonly signer: Signer;
};

export async function listMoment<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
): Promise<ListMoment> {
  const now = room.ports.clock.now();
  const { keyId, signer } = await room.trust.listKey(tx, serviceDay(now));
  return { now, keyId, signer };
}

/**
 * Ends a phone that is not at hand: its seed as of the current slot goes onto the list, which
 * rises, is signed and published in the caller's transaction. Answers the list's number.
 */
export async function revokePhone<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  phone: PhoneRow,
  moment: ListMoment,
): Promise<number> {
  const current = slotIndex(slotOf(moment.now));
  const { seed } = steppedTo(phone, current);
  await tx.city.savePhone({ ...phone, revokedAt: moment.now, seed: new Uint8Array(0) });
  const { lastIssuedSlot } = phone;
  if (lastIssuedSlot !== null && lastIssuedSlot >= current) {
    const fromSlot = Math.max(current, phone.seedSlot);
    await tx.city.addRevocation({
      phoneId: phone.phoneId,
      fromSlot,
      lastSlot: lastIssuedSlot,
      seed,
    });
  }
  return makeList(room, tx, moment);
}

/** The next list: without phones whose last pass is over, with a higher number. */
export async function makeList<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  { now, keyId, signer }: ListMoment,
): Promise<number> {
  await tx.city.lockList();
  // Codes of a slot are still shown shortly after it (REV-4.5).
  await tx.city.dropRevocations(slotIndex(slotOf(now - LIST_OUTLIVES_SLOT_SECONDS)));
  const groups = groupRevocations(await tx.city.revocations());
  const number = ((await tx.city.newestList())?.number ?? 0) + 1;
  const list = { issuer: room.config.party, number, made: now, groups };
  const bytes = await buildRevocationList(list, keyId, signer);
  await tx.city.addList({ number, made: now, bytes });
  await room.trust.publishList(tx, { number, bytes });
  return number;
}

/** Makes the first, empty list; later, drops phones whose last slot is over. Run once a slot. */
export async function keepListYoung<Tx extends CityTables>(room: CityRoom<Tx>): Promise<void> {
  const now = room.ports.clock.now();
  if (!(await room.store.read((tx) => isListDue(room, tx, now)))) return;
  await room.store.transaction(async (tx) => {
    if (await isListDue(room, tx, now)) await makeList(room, tx, await listMoment(room, tx));
  });
}

async function isListDue<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  now: number,
): Promise<boolean> {
  if ((await room.trust.held(tx)) === undefined) return false; // not founded yet
  if ((await tx.city.newestList()) === undefined) return true;
  const current = slotIndex(slotOf(now));
  return (await tx.city.revocations()).some((row) => row.lastSlot < current);
}

/** Rows come sorted by from, last and seed; neighbours with equal borders share a group (REV-4). */
export function groupRevocations(rows: readonly RevocationRow[]): readonly RevocationGroup[] {
  const groups: { from: number; last: number; seeds: Uint8Array[] }[] = [];
  for (const row of rows) {
    const open = groups.at(-1);
    if (open?.from === row.fromSlot && open.last === row.lastSlot) open.seeds.push(row.seed);
    else groups.push({ from: row.fromSlot, last: row.lastSlot, seeds: [row.seed] });
  }
  return groups.map(({ from, last, seeds }) => ({
    from: slotFromIndex(from),
    last: slotFromIndex(last),
    seeds,
  }));
}
