import { daysLeft, deadPasses, missingPasses } from '@tongyu/domain';
import {
  fromBase64Url,
  PASS_BYTES,
  slotFromIndex,
  slotIndex,
  slotOf,
  toBase64Url,
} from '@tongyu/protocol';
import { isAboutClass, proofIsOver, renewChoice } from './choose-class.ts';
import { fieldsOf, heldPasses } from './held-passes.ts';
import type { AskedKey, KeptPass, PhoneRecord } from './phone-store.ts';
import {
  HomeAway,
  type HomeAnswer,
  type HomeRefusal,
  type PhoneIdentity,
  type Pool,
  type WantedSlot,
} from './ports.ts';
import type { PhoneParts } from './create-phone.ts';

/** Slots per request: 64 keys, so that an answer stays small and a lost one costs little. */
const SLOTS_PER_REQUEST = 8;

export type PhoneSync =
  | {
      readonly ok: true;
      readonly added: number;
      readonly dropped: number;
      readonly offsetSeconds: number;
      readonly daysLeft: number;
      /** Slots for which the home city has no more passes for this phone. */
      readonly exhaustedSlots: number;
    }
  | { readonly ok: false; readonly refusal: HomeRefusal };

/**
 * Brings the pool up to date. What was learned is saved step by step: an answer that is lost is
 * asked for again with the same keys, and the home city gives the same passes again.
 */
export async function syncPool(parts: PhoneParts): Promise<PhoneSync> {
  const { ports, home } = parts;
  const status = await askHome(parts, (as) => home.status(as));
  if (!status.ok) return refusedBy(parts, status.refusal);
  if (status.value.revoked) return refusedBy(parts, { code: 'PHONE_REVOKED' });
  learn(parts, status.value);
  const dropped = dropDead(parts);

  const renewed = await renewChoice(parts);
  if (!renewed.ok) return refusedBy(parts, renewed.refusal);

  const exhausted = new Set<number>();
  let added = 0;
  for (;;) {
    const keys = keysToAsk(parts, exhausted);
    if (keys.length === 0) break;
    ports.faults.point('phone/asked-saved');
    const carried = keys.find((key) => key.class !== 0)?.class ?? 0;
    const answer = await askHome(parts, (as) => home.pool(as, wantedSlots(keys), carried));
    ports.faults.point('phone/pool-answered');
    if (answer.ok) {
      keepPasses(parts, keys, answer.value);
      added += keys.length;
      dropDead(parts);
    } else if (answer.refusal.code === 'POOL_EXHAUSTED' && answer.refusal.slot !== undefined) {
      const index = slotIndex(answer.refusal.slot);
      if (exhausted.has(index)) return refusedBy(parts, answer.refusal);
      exhausted.add(index);
    } else if (carried !== 0 && isAboutClass(answer.refusal)) {
      proofIsOver(parts);
    } else return refusedBy(parts, answer.refusal);
  }
  const record = loaded(parts);
  const { offsetSeconds } = record;
  const now = ports.clock.now() + offsetSeconds;
  const days = daysLeft(heldPasses(record), now, record.choice);
  const exhaustedSlots = exhausted.size;
  return { ok: true, added, dropped, offsetSeconds, daysLeft: days, exhaustedSlots };
}

/**
 * The clock's new offset. Differences of a second are those of rounding and the way, and would only
 * make the code's time jump.
 */
export function correctedOffset(held: number, serverTime: number, clockNow: number): number {
  const offset = serverTime - clockNow;
  return Math.abs(offset - held) <= 1 ? held : offset;
}

/** One signed request; when only the clock was wrong, once more with the time that was learned. */
export async function askHome<T>(
  parts: PhoneParts,
  ask: (as: PhoneIdentity) => Promise<HomeAnswer<T>>,
): Promise<HomeAnswer<T>> {
  const identity = (): PhoneIdentity | undefined => {
    const record = parts.store.load();
    if (record === undefined || record.bound === null) return undefined;
    const { ports } = parts;
    const time = ports.clock.now() + record.offsetSeconds;
    const key = ports.keys.load(record.secret);
    return { phoneId: record.bound.phoneId, key, time, nonce: ports.rng.id() };
  };
  const as = identity();
  if (as === undefined) return { ok: false, refusal: { code: 'PHONE_UNBOUND' } };
  const answer = await ask(as);
  if (answer.ok || answer.refusal.code !== 'PHONE_CLOCK') return answer;
  if (answer.refusal.serverTime === undefined) return answer;
  learn(parts, { serverTime: answer.refusal.serverTime });
  return ask(identity() ?? as);
}

type Learned = { readonly serverTime: number; readonly voidKeyIds?: readonly number[] };

function learn({ ports, store }: PhoneParts, { serverTime, voidKeyIds }: Learned): void {
  const record = store.load();
  if (record === undefined) return;
  const offsetSeconds = correctedOffset(record.offsetSeconds, serverTime, ports.clock.now());
  const voids = voidKeyIds ?? record.voidKeyIds;
  const isSame =
    offsetSeconds === record.offsetSeconds && voids.join() === record.voidKeyIds.join();
  if (!isSame) store.save({ ...record, offsetSeconds, voidKeyIds: voids });
}

/** A phone that was reported lost keeps nothing that could be shown. */
function refusedBy(parts: PhoneParts, refusal: HomeRefusal): PhoneSync {
  const record = parts.store.load();
  if (refusal.code === 'PHONE_REVOKED' && record !== undefined) {
    parts.store.save({ ...record, revoked: true, asked: [], passes: [] });
  }
  return { ok: false, refusal };
}

function dropDead(parts: PhoneParts): number {
  const record = loaded(parts);
  const now = parts.ports.clock.now() + record.offsetSeconds;
  const held = heldPasses(record);
  const dead = new Set(deadPasses(held, now, record.voidKeyIds).map((pass) => pass.kept));
  const current = slotIndex(slotOf(now));
  const asked = record.asked.filter((key) => key.slot >= current);
  if (dead.size === 0 && asked.length === record.asked.length) return 0;
  const passes = record.passes.filter((kept) => !dead.has(kept));
  parts.store.save({ ...record, asked, passes });
  return dead.size;
}

/**
 * The keys of the next request, nearest slots first; new ones are saved before they are sent. Keys
 * that were asked for before are asked for again.
 */
function keysToAsk(parts: PhoneParts, exhausted: ReadonlySet<number>): readonly AskedKey[] {
  const record = loaded(parts);
  const now = parts.ports.clock.now() + record.offsetSeconds;
  const missing = missingPasses(heldPasses(record), now, record.choice)
    .filter(({ slot }) => !exhausted.has(slotIndex(slot)))
    .slice(0, SLOTS_PER_REQUEST);
  const fresh: AskedKey[] = [];
  const keys = missing.flatMap(({ slot, count, class: carried }) => {
    const index = slotIndex(slot);
    const isAlike = (key: AskedKey): boolean => key.slot === index && key.class === carried;
    const again = record.asked.filter(isAlike).slice(0, count);
    const made = Array.from({ length: count - again.length }, () => makeKey(parts, index, carried));
    fresh.push(...made);
    return [...again, ...made];
  });
  if (fresh.length > 0) parts.store.save({ ...record, asked: [...record.asked, ...fresh] });
  return keys;
}

function makeKey({ ports }: PhoneParts, slot: number, carried: number): AskedKey {
  const { secret, signer } = ports.keys.make();
  return { slot, class: carried, key: toBase64Url(signer.publicKey), secret };
}

function wantedSlots(keys: readonly AskedKey[]): readonly WantedSlot[] {
  const slots = [...new Set(keys.map((key) => key.slot))];
  return slots.map((index) => ({
    ...slotFromIndex(index),
    deviceKeys: keys.filter((key) => key.slot === index).map((key) => key.key),
  }));
}

/** Only a pass of the very key, slot and class that was asked for is kept. */
function keepPasses(parts: PhoneParts, keys: readonly AskedKey[], pool: Pool): void {
  if (pool.passes.length !== keys.length) throw new HomeAway('the home city sent other passes');
  learn(parts, pool);
  const fresh = keys.flatMap((key, i) => paired(key, pool.passes[i]?.pass ?? '') ?? []);
  const record = loaded(parts);
  const served = new Set(keys.map((key) => key.key));
  const asked = record.asked.filter((key) => !served.has(key.key));
  if (fresh.length < keys.length) {
    // Its passes stay what they are, so these keys would be answered so for ever.
    parts.store.save({ ...record, asked });
    throw new HomeAway('the home city sent a pass of another key, slot or class');
  }
  parts.store.save({ ...record, asked, passes: [...record.passes, ...fresh] });
}

function paired(key: AskedKey, pass: string): KeptPass | undefined {
  const isWhole = fromBase64Url(pass)?.length === PASS_BYTES;
  const fields = isWhole ? fieldsOf(pass) : undefined;
  const isOurs =
    fields !== undefined &&
    toBase64Url(fields.deviceKey) === key.key &&
    slotIndex(fields.slot) === key.slot &&
    fields.class === key.class;
  if (!isOurs) return undefined;
  return { pass, secret: key.secret, firstShownAt: null };
}

function loaded({ store }: PhoneParts): PhoneRecord {
  const record = store.load();
  if (record === undefined) throw new TypeError('a phone that syncs has a record');
  return record;
}
