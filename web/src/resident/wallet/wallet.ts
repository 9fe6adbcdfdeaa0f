import type { PartyId } from '@tongyu/protocol';
import {
  choosePass,
  chosenOnSlot,
  NO_CLASS,
  SHOW_SECONDS,
  type ClassChoice,
  type PassChoice,
  type PooledPass,
} from '@tongyu/domain';
import { AT, readUint16, slotEnd, type Bytes, type Slot } from '@tongyu/protocol';
import type { DeviceKey } from '../../kit/ports/crypto.ts';
import { openDatabase, type Database, type Transaction } from '../../kit/ports/database.ts';
import type { TripPage } from '../../kit/api/trips.ts';
import type { KeptList, ListShelf } from '../here/city-list.ts';

/** This browser as a phone bound to one resident of the city that serves the page. */
export type Phone = {
  readonly phoneId: string;
  readonly party: PartyId;
  /** The synthetic resident it was bound with; needed again to report another phone lost. */
  readonly persona: string;
  readonly personaName: string;
  readonly key: DeviceKey;
  readonly boundAt: number;
  /** City's time minus this browser's clock, in seconds, as last learned; 0 until then. */
  readonly offsetSeconds: number;
  /** When the city was last heard, in the city's time; undefined before the first answer. */
  readonly heardAt: number | undefined;
  readonly voidKeyIds: readonly number[];
  readonly isRevoked: boolean;
  /** The class that passes are to carry; left out by a phone that never chose. See `choiceOf`. */
  readonly choice?: ClassChoice;
  /** The city whose list was looked at last; the home city until then. */
  readonly here?: PartyId;
};

/** A pass with the key that it names. `id` is the device key in base64url. */
export type WalletPass = PooledPass & {
  readonly id: string;
  readonly bytes: Bytes;
  readonly key: DeviceKey;
};

/** A key for which a pass was asked and not yet received: asked again with the same key. */
export type AskedKey = {
  readonly id: string;
  readonly slot: Slot;
  readonly key: DeviceKey;
  /** What its pass has to carry; left out by keys from before there was a choice, for none. */
  readonly class?: number;
};

export function choiceOf(phone: Phone | undefined): ClassChoice {
  return phone?.choice ?? NO_CLASS;
}

const stores = [
  { name: 'phone' },
  { name: 'passes', keyPath: 'id' },
  { name: 'asked', keyPath: 'id' },
  { name: 'lists' },
  { name: 'trips' },
] as const;
const everything = stores.map(({ name }) => name);

/** The resident's own journeys as last heard, and when that was. */
export type KeptTrips = { readonly value: TripPage; readonly seconds: number };

/** Where journeys are kept for the time without a network. */
export type TripShelf = {
  readonly keptTrips: () => Promise<KeptTrips | undefined>;
  readonly keepTrips: (kept: KeptTrips) => Promise<void>;
};

/** What the phone keeps, in this browser only. Every method is one durable transaction. */
export type Wallet = ListShelf &
  TripShelf & {
    readonly phone: () => Promise<Phone | undefined>;
    readonly bind: (phone: Phone) => Promise<void>;
    readonly change: (part: Partial<Phone>) => Promise<Phone | undefined>;
    readonly passes: () => Promise<readonly WalletPass[]>;
    readonly asked: () => Promise<readonly AskedKey[]>;
    readonly saveAsked: (keys: readonly AskedKey[]) => Promise<void>;
    /** Puts received passes in the place of their asked keys. */
    readonly receive: (passes: readonly WalletPass[]) => Promise<void>;
    readonly remove: (passes: readonly WalletPass[]) => Promise<void>;
    readonly dropAsked: (keys: readonly AskedKey[]) => Promise<void>;
    /** Takes a pass that no other window shows as new, and marks it before it is shown. */
    readonly takePass: (now: number) => Promise<PassChoice<WalletPass>>;
    /** Forgets the phone, its keys and all its passes. */
    readonly erase: () => Promise<void>;
  };

export async function openWallet(name: string): Promise<Wallet> {
  return walletOver(await openDatabase(name, 3, stores));
}

export function walletOver(database: Database): Wallet {
  const read = <T>(store: string, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    database.transact([store], 'readonly', work);
  const write = <T>(
    names: readonly string[],
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> => database.transact(names, 'readwrite', work);
  return {
    phone: () => read('phone', loadPhone),
    bind: (phone) =>
      write(everything, async (transaction) => {
        await clearAll(transaction);
        await transaction.put('phone', phone, 'phone');
      }),
    change: (part) =>
      write(['phone'], async (transaction) => {
        const phone = await loadPhone(transaction);
        if (phone === undefined) return undefined;
        const next = { ...phone, ...part };
        await transaction.put('phone', next, 'phone');
        return next;
      }),
    passes: () => read('passes', loadPasses),
    asked: () => read('asked', async (tx) => (await tx.all('asked')) as AskedKey[]),
    saveAsked: (keys) => write(['asked'], (tx) => each(keys, (key) => tx.put('asked', key))),
    receive: (passes) =>
      write(['passes', 'asked'], (tx) =>
        each(passes, async (pass) => {
          await tx.put('passes', pass);
          await tx.remove('asked', pass.id);
        }),
      ),
    remove: (passes) => write(['passes'], (tx) => each(passes, (p) => tx.remove('passes', p.id))),
    dropAsked: (keys) => write(['asked'], (tx) => each(keys, (key) => tx.remove('asked', key.id))),
    takePass: (now) => write(['phone', 'passes'], (transaction) => takePass(transaction, now)),
    keptList: (city) =>
      read('lists', async (tx) => (await tx.get('lists', city)) as KeptList | undefined),
    keepList: (city, kept) => write(['lists'], (tx) => tx.put('lists', kept, city)),
    keptTrips: () =>
      read('trips', async (tx) => (await tx.get('trips', 'trips')) as KeptTrips | undefined),
    keepTrips: (kept) =>
      write(['phone', 'trips'], async (tx) => {
        // An answer that arrives after the phone was stopped leaves nothing behind.
        if ((await loadPhone(tx)) !== undefined) await tx.put('trips', kept, 'trips');
      }),
    erase: () => write(everything, clearAll),
  };
}

/** All at once, inside the caller's transaction: one slow write must not let it close. */
async function each<T>(items: readonly T[], write: (item: T) => Promise<void>): Promise<void> {
  await Promise.all(items.map(write));
}

async function loadPhone(transaction: Transaction): Promise<Phone | undefined> {
  return (await transaction.get('phone', 'phone')) as Phone | undefined;
}

/** Their class is read from the pass itself: older wallets have kept none beside it. */
async function loadPasses(transaction: Transaction): Promise<WalletPass[]> {
  const passes = (await transaction.all('passes')) as WalletPass[];
  return passes.map((pass) => ({ ...pass, class: readUint16(pass.bytes, AT.class) }));
}

async function clearAll(transaction: Transaction): Promise<void> {
  await each(everything, (store) => transaction.clear(store));
}

/**
 * Two windows must not show one pass as if it were new, so the choice and its mark are one
 * transaction, and a window asks only when its own pass is over: what is marked is never given out
 * again, except the reserve pass, which is made for that (CODE-7.4).
 */
async function takePass(transaction: Transaction, now: number): Promise<PassChoice<WalletPass>> {
  const chosenClass = choiceOf(await loadPhone(transaction));
  const choice = choosePass(await loadPasses(transaction), now, true, chosenClass);
  if (choice.state === 'empty') return choice;
  const pass = { ...choice.pass, firstShownAt: choice.pass.firstShownAt ?? now };
  await transaction.put('passes', pass);
  return { ...choice, pass };
}

/**
 * Whether a pass taken by this window at `takenAt` may still be shown. One without a class goes as
 * soon as one of the chosen class is there.
 */
export function mayStillShow(
  pass: WalletPass,
  takenAt: number,
  now: number,
  choice: ClassChoice,
  pool: readonly WalletPass[],
): boolean {
  if (now < takenAt || now >= Math.min(takenAt + SHOW_SECONDS, slotEnd(pass.slot))) return false;
  const chosen = chosenOnSlot(choice, pass.slot);
  if (pass.class === chosen) return true;
  const next = choosePass(pool, now, true, choice);
  return pass.class === 0 && !(next.state === 'show' && next.pass.class === chosen);
}
