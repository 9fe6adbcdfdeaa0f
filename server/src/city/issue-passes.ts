import { classOnSlot, POOL_SLOTS } from '@tongyu/domain';
import {
  buildPass,
  bytesOf,
  fromHex,
  slotFromIndex,
  slotIndex,
  slotOf,
  toBase64Url,
  type PartyId,
} from '@tongyu/protocol';
import { isRareClass, provingFact } from '../classes/held-classes.ts';
import { refreshClasses } from '../classes/refresh-classes.ts';
import type { CityTables, PassRow } from '../store/city-tables.ts';
import { issuerKeyFor, voidKeyIds } from './issuer-key.ts';
import {
  planPasses,
  takenKey,
  type ClassedSlot,
  type PassPlan,
  type WantedSlot,
} from './plan-passes.ts';
import type { CityRoom, OwnIssuerKey } from './ports.ts';
import { done, refuse, type CityResult } from './refusals.ts';
import { isOver, steppedTo } from './seeds.ts';

export type PoolRequest = { readonly wanted: readonly WantedSlot[]; readonly class: number };

export type Pool = {
  /** In the order of the device keys asked for. */
  readonly passes: readonly { readonly pass: string }[];
  readonly voidKeyIds: readonly number[];
  readonly serverTime: number;
};

/** Everything that issuing stands on. */
type Moment = {
  readonly now: number;
  readonly current: number;
  readonly keys: ReadonlyMap<number, OwnIssuerKey>;
  readonly voidKeyIds: readonly number[];
  readonly asked: AskedClass;
  readonly classMinHolders: number;
};

type AskedClass = {
  readonly number: number;
  readonly isRare: boolean;
  /** After the registers have answered: a proof of this very second counts. */
  readonly provedAt: number;
};

/** Signatures between two turns of the event loop: SM2 signs in about 0.4 ms. */
const SIGNATURES_PER_TURN = 24;

/**
 * Passes for a phone's pool, of the class asked for as far as it is proved. The same device key
 * again gets the same pass, so that an answer that was lost is asked for again without harm.
 */
export async function issuePasses<Tx extends CityTables>(
  room: CityRoom<Tx>,
  phoneId: string,
  request: PoolRequest,
): Promise<CityResult<Pool>> {
  const now = room.ports.clock.now();
  const current = slotIndex(slotOf(now));
  const outside = request.wanted.find((slot) => !isInHorizon(slotIndex(slot), current));
  if (outside !== undefined) {
    const { day, slot } = outside;
    return refuse('SLOT_OUT_OF_HORIZON', { day, slot, serverTime: now });
  }
  if (hasReusedKey(request.wanted)) return refuse('DEVICE_KEY_REUSED');
  if (new Set(request.wanted.map(slotIndex)).size !== request.wanted.length) {
    return refuse('SLOT_TWICE');
  }
  const asked = await askedClass(room, phoneId, request.class);

  const pool = await room.store.transaction(async (tx): Promise<CityResult<Pool>> => {
    const keys = await keysOfDays(room, tx, request.wanted, now);
    if (keys === undefined) return refuse('ISSUER_KEY_MISSING');
    const voids = voidKeyIds(await room.trust.ownSection(tx));
    const { classMinHolders } = room.config;
    const moment = { now, current, keys, voidKeyIds: voids, asked, classMinHolders };
    const issued = await issueInto(room, tx, phoneId, request, moment);
    if (!issued.ok) return issued;
    room.ports.faults.point('pool/before-commit');
    const passes = issued.value.map((row) => ({ pass: toBase64Url(row.bytes) }));
    return done({ passes, voidKeyIds: voids, serverTime: now });
  });
  room.ports.faults.point('pool/after-commit');
  return pool;
}

function isInHorizon(slot: number, current: number): boolean {
  return slot >= current && slot < current + POOL_SLOTS;
}

/** A device key that served two slots would tie their passes together. */
function hasReusedKey(wanted: readonly WantedSlot[]): boolean {
  const slotOfKey = new Map<string, number>();
  return wanted.some((entry) =>
    entry.deviceKeys.some((key) => {
      const known = slotOfKey.get(key);
      slotOfKey.set(key, slotIndex(entry));
      return known !== undefined && known !== slotIndex(entry);
    }),
  );
}

async function keysOfDays<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  wanted: readonly WantedSlot[],
  now: number,
): Promise<ReadonlyMap<number, OwnIssuerKey> | undefined> {
  const all = await room.trust.issuerKeys(tx);
  const keys = new Map<number, OwnIssuerKey>();
  for (const { day } of wanted) {
    const key = issuerKeyFor(all, day, now, room.config.issuerKeyLeadSeconds);
    if (key === undefined) return undefined;
    keys.set(day, key);
  }
  return keys;
}

async function issueInto<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  phoneId: string,
  { wanted }: PoolRequest,
  moment: Moment,
): Promise<CityResult<readonly PassRow[]>> {
  const stored = await tx.city.lockPhone(phoneId);
  if (stored === undefined) return refuse('PHONE_UNKNOWN');
  if (isOver(stored)) return refuse('PHONE_REVOKED');
  const phone = steppedTo(stored, moment.current);
  // A clock that was set back must not ask for a slot whose seed is gone.
  const early = wanted.find((slot) => slotIndex(slot) < phone.seedSlot);
  if (early !== undefined) {
    const { day, slot } = early;
    return refuse('SLOT_OUT_OF_HORIZON', { day, slot, serverTime: moment.now });
  }
  const classed = await classedSlots(tx, phone.residentRef, wanted, moment);
  if (!classed.ok) return classed;
  const issued = await tx.city.passesOfPhone(phoneId, wanted.map(slotIndex));
  const facts = {
    issuer: room.config.party,
    seed: phone.seed,
    seedSlot: phone.seedSlot,
    issued,
    voidKeyIds: moment.voidKeyIds,
  };
  const taken = new Set<string>();
  for (;;) {
    const plan = planPasses({ ...facts, taken }, classed.value);
    if (!plan.ok) return refuse('POOL_EXHAUSTED', { ...plan.exhausted });
    const fresh = plan.passes.filter((pass) => !isRow(pass));
    const collisions = await tx.city.passes(fresh);
    if (collisions.length === 0) {
      const rows = await signAll(room, plan.passes, phoneId, moment.keys);
      await tx.city.addPasses([...new Set(rows)].filter((row) => !issued.includes(row)));
      const last = Math.max(phone.lastIssuedSlot ?? 0, ...rows.map((row) => row.slot));
      await tx.city.savePhone({ ...phone, lastIssuedSlot: last });
      return done(rows);
    }
    for (const pass of collisions) taken.add(takenKey(pass));
  }
}

/** What is asked for, with its proof as of today and its holders counted before the transaction. */
async function askedClass<Tx extends CityTables>(
  room: CityRoom<Tx>,
  phoneId: string,
  number: number,
): Promise<AskedClass> {
  const { clock } = room.ports;
  if (number === 0) return { number, isRare: false, provedAt: clock.now() };
  const phone = await room.store.read((tx) => tx.city.phone(phoneId));
  if (phone !== undefined && !isOver(phone)) await refreshClasses(room, phone.residentRef);
  return { number, isRare: await isRareClass(room, number), provedAt: clock.now() };
}

/** What passes of each slot carry: the class, or none where the proof ends first (CLS-4.2). */
async function classedSlots(
  tx: CityTables,
  residentRef: string,
  wanted: readonly WantedSlot[],
  { asked: { number, isRare, provedAt }, classMinHolders }: Moment,
): Promise<CityResult<readonly ClassedSlot[]>> {
  if (number === 0) return done(wanted.map((slot) => ({ ...slot, class: 0 })));
  const fact = await provingFact(tx, residentRef, number, provedAt);
  if (fact === undefined) return refuse('CLASS_NOT_PROVED', { class: number });
  if (isRare) return refuse('CLASS_TOO_RARE', { class: number, atLeast: classMinHolders });
  const { expiresAt } = fact;
  return done(wanted.map((slot) => ({ ...slot, class: classOnSlot(number, expiresAt, slot) })));
}

function isRow(pass: PassPlan | PassRow): pass is PassRow {
  return 'bytes' in pass;
}

async function signAll<Tx extends CityTables>(
  room: CityRoom<Tx>,
  plan: readonly (PassPlan | PassRow)[],
  phoneId: string,
  keys: ReadonlyMap<number, OwnIssuerKey>,
): Promise<readonly PassRow[]> {
  const signed = new Map<PassPlan | PassRow, PassRow>();
  for (const pass of plan) {
    if (signed.has(pass)) continue;
    if (signed.size % SIGNATURES_PER_TURN === SIGNATURES_PER_TURN - 1) await room.ports.breathe();
    const key = keys.get(slotFromIndex(pass.slot).day);
    if (key === undefined) throw new Error('every wanted day has a key');
    const row = isRow(pass) ? pass : await signPass(room.config.party, pass, phoneId, key);
    signed.set(pass, row);
  }
  return plan.map((pass) => signed.get(pass)).filter((row) => row !== undefined);
}

async function signPass(
  issuer: PartyId,
  plan: PassPlan,
  phoneId: string,
  key: OwnIssuerKey,
): Promise<PassRow> {
  const content = {
    suite: key.alg === 'SM2' ? 2 : 1,
    issuer,
    keyId: key.keyId,
    tag: fromHex(plan.tag) ?? new Uint8Array(0),
    slot: slotFromIndex(plan.slot),
    reserve: plan.reserve,
    class: plan.class,
    deviceKey: bytesOf(plan.deviceKey),
  } as const;
  const { slot, tag, deviceKey, tagIndex, reserve } = plan;
  const bytes = await buildPass(content, key.signer);
  return { slot, tag, deviceKey, tagIndex, reserve, phoneId, keyId: key.keyId, bytes };
}
