import {
  deadPasses,
  missingPasses,
  POOL_SLOTS,
  SHOW_SECONDS,
  type MissingPasses,
} from '@tongyu/domain';
import {
  AT,
  FLAG_RESERVE,
  fromBase64Url,
  PASS_BYTES,
  readUint16,
  slotIndex,
  slotOf,
  toBase64Url,
  type Slot,
} from '@tongyu/protocol';
import { makeDeviceKeys } from '../../kit/ports/crypto.ts';
import type {
  ClassesAnswer,
  HeldClass,
  HomeLink,
  HomeRefusal,
  HomeReply,
  PoolAnswer,
  WantedSlot,
} from './home-link.ts';
import { choiceOf, type AskedKey, type Phone, type Wallet, type WalletPass } from './wallet.ts';

/** Slots asked for in one request: 7 × 8 keys keep a request small and a phone's key work short. */
const slotsPerRequest = 7;
/** A clock this close is taken as right: the way to the city takes time as well. */
const clockToleranceSeconds = 5;

export type SyncResult =
  | { readonly state: 'done' }
  | { readonly state: 'away' }
  | { readonly state: 'revoked' }
  | { readonly state: 'refused'; readonly code: string };

type World = {
  readonly wallet: Wallet;
  readonly home: HomeLink;
  /** This browser's own clock, seconds; the learned offset is not in it. */
  readonly clockSeconds: () => number;
  /** Told after each part of the pool has arrived. */
  readonly onChange: () => void;
  /** Slots and classes that the city gives nothing more for; kept from one sync to the next. */
  readonly finished: Set<string>;
};

/** One request for each slot at most, and as many more for what a phone learns on the way. */
const mostRounds = 2 * POOL_SLOTS;

/**
 * Brings the pool up to date: drops dead passes, then asks for what is missing of the chosen class,
 * the current slot first and alone, so that a first code shows after one short request.
 */
export async function syncPool(world: World): Promise<SyncResult> {
  const { wallet } = world;
  const renewed = await renewChoice(world);
  if (renewed !== undefined) return renewed;
  for (let round = 0; round < mostRounds; round++) {
    const phone = await wallet.phone();
    if (phone === undefined) return { state: 'done' };
    if (phone.isRevoked) return { state: 'revoked' };
    const now = world.clockSeconds() + phone.offsetSeconds;
    const wanted = await wantedKeys(world, phone, now);
    if (wanted.length === 0) return { state: 'done' };
    const carried = wanted.find((entry) => entry.class !== 0)?.class ?? 0;
    const reply = await world.home.pool(phone, now, wanted.map(wireOf), carried);
    const result = await takeAnswer(world, phone, wanted, reply);
    world.onChange();
    if (result === 'exhausted') finish(world, wanted, reply);
    else if (result !== undefined) return result;
  }
  return { state: 'done' };
}

/**
 * Learns until when the chosen class is proved. One that is not proved any more stays chosen, and
 * passes carry none until it is proved again.
 */
async function renewChoice(world: World): Promise<SyncResult | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const phone = await world.wallet.phone();
    const { class: chosen } = choiceOf(phone);
    if (phone === undefined || phone.isRevoked || chosen === 0) return undefined;
    const reply = await world.home.classes(phone, world.clockSeconds() + phone.offsetSeconds);
    if (reply.ok) {
      const found = offered(reply.value, chosen);
      const until = found === undefined ? 0 : found.expires;
      await world.wallet.change({ choice: { class: chosen, until } });
      return undefined;
    }
    const result = await takeRefusal(world, phone, reply.refusal);
    if (result !== undefined && result !== 'exhausted') return result;
  }
  return undefined;
}

/** The proof of the class, when passes may carry it. */
export function offered(answer: ClassesAnswer, number: number): HeldClass | undefined {
  return answer.classes.find((held) => held.class === number && held.standing === 'offered');
}

type WantedKeys = {
  readonly slot: Slot;
  readonly class: number;
  readonly keys: readonly AskedKey[];
};

function kindOf({ slot, class: carried }: Pick<WantedKeys, 'slot' | 'class'>): string {
  return `${String(slotIndex(slot))} ${String(carried)}`;
}

/** The slot that the city named, or all that were asked for when it named none. */
function finish(world: World, wanted: readonly WantedKeys[], reply: HomeReply<PoolAnswer>): void {
  const named = reply.ok ? undefined : reply.refusal.slot;
  const about = wanted.filter(
    ({ slot }) => named !== undefined && slotIndex(slot) === slotIndex(named),
  );
  for (const entry of about.length > 0 ? about : wanted) world.finished.add(kindOf(entry));
}

async function wantedKeys(
  { wallet, finished }: World,
  phone: Phone,
  now: number,
): Promise<WantedKeys[]> {
  const passes = await wallet.passes();
  const dead = new Set([...deadPasses(passes, now, phone.voidKeyIds), ...worn(passes, now)]);
  // A browser's clock may be days fast, and a city does not give the same slot's passes twice:
  // what is over by this clock alone is passed by, and only what the city has outlived is erased.
  const outlived = phone.heardAt === undefined ? now : Math.min(now, phone.heardAt);
  const erased = [...deadPasses(passes, outlived, phone.voidKeyIds), ...worn(passes, outlived)];
  if (erased.length > 0) await wallet.remove(erased);
  const pool = passes.filter((pass) => !dead.has(pass));
  const missing = missingPasses(pool, now, choiceOf(phone)).filter(
    (entry) => !finished.has(kindOf(entry)),
  );
  const current = slotIndex(slotOf(now));
  const first = missing[0];
  const isUrgent = first !== undefined && slotIndex(first.slot) === current;
  const chunk = missing.slice(0, isUrgent ? 1 : slotsPerRequest);
  const asked = await wallet.asked();
  await wallet.dropAsked(asked.filter((key) => slotIndex(key.slot) < current));
  const wanted: WantedKeys[] = [];
  for (const entry of chunk) wanted.push(await keysFor(wallet, asked, entry));
  return wanted;
}

/**
 * Passes whose time on show is over, once few untouched ones are left: the city gives up to 16 a
 * slot, so a phone that is opened often gets new ones while it is online (CODE-7.3).
 */
function worn(passes: readonly WalletPass[], now: number): readonly WalletPass[] {
  const current = slotIndex(slotOf(now));
  const untouched = passes.filter(
    (pass) => slotIndex(pass.slot) === current && !pass.reserve && pass.firstShownAt === undefined,
  );
  if (untouched.length > 2) return [];
  return passes.filter(
    (pass) =>
      !pass.reserve &&
      pass.firstShownAt !== undefined &&
      now - pass.firstShownAt > 2 * SHOW_SECONDS,
  );
}

async function keysFor(
  wallet: Wallet,
  asked: readonly AskedKey[],
  { slot, count, class: carried }: MissingPasses,
): Promise<WantedKeys> {
  const isAlike = (key: AskedKey): boolean =>
    slotIndex(key.slot) === slotIndex(slot) && (key.class ?? 0) === carried;
  const again = asked.filter(isAlike).slice(0, count);
  const fresh = (await makeDeviceKeys(count - again.length)).map((key) => ({
    id: toBase64Url(key.publicKey),
    slot,
    key,
    class: carried,
  }));
  if (fresh.length > 0) await wallet.saveAsked(fresh);
  return { slot, class: carried, keys: [...again, ...fresh] };
}

function wireOf({ slot, keys }: WantedKeys): WantedSlot {
  return { day: slot.day, slot: slot.slot, deviceKeys: keys.map((key) => key.id) };
}

/** Undefined when the next part may be asked for. */
async function takeAnswer(
  world: World,
  phone: Phone,
  wanted: readonly WantedKeys[],
  reply: HomeReply<PoolAnswer>,
): Promise<SyncResult | 'exhausted' | undefined> {
  const { wallet } = world;
  if (!reply.ok) return takeRefusal(world, phone, reply.refusal);
  const keys = new Map(wanted.flatMap((entry) => entry.keys).map((key) => [key.id, key]));
  const received = reply.value.passes.flatMap(({ pass }) => readPass(pass, keys) ?? []);
  await wallet.receive(received);
  await wallet.change({ ...heard(world, reply.value.serverTime, phone), ...voids(reply.value) });
  if (voids(reply.value).voidKeyIds.join() !== phone.voidKeyIds.join()) world.finished.clear();
  for (const { id } of received) keys.delete(id);
  if (keys.size === 0) return undefined;
  // Their passes stay what they are, so these keys would be answered so for ever.
  await wallet.dropAsked([...keys.values()]);
  return 'exhausted';
}

async function takeRefusal(
  world: World,
  phone: Phone,
  refusal: HomeRefusal,
): Promise<SyncResult | 'exhausted' | undefined> {
  const { code, serverTime } = refusal;
  if (code === 'AWAY') return { state: 'away' };
  if (code === 'POOL_EXHAUSTED' || code === 'SLOT_OUT_OF_HORIZON') return 'exhausted';
  if (code === 'PHONE_REVOKED') {
    await world.wallet.change({ isRevoked: true });
    return { state: 'revoked' };
  }
  const chosen = choiceOf(phone);
  if ((code === 'CLASS_NOT_PROVED' || code === 'CLASS_TOO_RARE') && chosen.until !== 0) {
    await world.wallet.change({ choice: { class: chosen.class, until: 0 } });
    return undefined;
  }
  if (code === 'PHONE_CLOCK' && serverTime !== undefined) {
    const learned = heard(world, serverTime, phone);
    await world.wallet.change(learned);
    // Asked again at once with the right time; a clock that cannot be learned ends the matter.
    if (learned.offsetSeconds !== phone.offsetSeconds) return undefined;
  }
  return { state: 'refused', code };
}

/** What an answer's `serverTime` teaches about this browser's clock. */
export function heard(
  world: Pick<World, 'clockSeconds'>,
  serverTime: number,
  phone: Pick<Phone, 'offsetSeconds'>,
): Pick<Phone, 'offsetSeconds' | 'heardAt'> {
  const found = serverTime - world.clockSeconds();
  const isSame = Math.abs(found - phone.offsetSeconds) <= clockToleranceSeconds;
  const isRight = Math.abs(found) <= clockToleranceSeconds;
  return {
    offsetSeconds: isRight ? 0 : isSame ? phone.offsetSeconds : found,
    heardAt: serverTime,
  };
}

function voids(answer: { readonly voidKeyIds: readonly number[] }): Pick<Phone, 'voidKeyIds'> {
  return { voidKeyIds: [...answer.voidKeyIds] };
}

/** A pass of the very key, slot and class that was asked for. */
function readPass(text: string, keys: ReadonlyMap<string, AskedKey>): WalletPass | undefined {
  const bytes = fromBase64Url(text);
  if (bytes?.length !== PASS_BYTES) return undefined;
  const id = toBase64Url(bytes.subarray(AT.deviceKey, AT.issuerSignature));
  const asked = keys.get(id);
  const slot = { day: readUint16(bytes, AT.day), slot: bytes[AT.slot] ?? 0 };
  const carried = readUint16(bytes, AT.class);
  const isAsked =
    asked !== undefined &&
    slotIndex(asked.slot) === slotIndex(slot) &&
    (asked.class ?? 0) === carried;
  if (!isAsked) return undefined;
  return {
    id,
    bytes,
    key: asked.key,
    slot,
    class: carried,
    keyId: readUint16(bytes, AT.keyId),
    reserve: bytes[AT.flags] === FLAG_RESERVE,
    firstShownAt: undefined,
  };
}
