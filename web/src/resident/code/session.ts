import {
  chosenOnSlot,
  daysLeft,
  NO_CLASS,
  PASSES_PER_SLOT,
  type ClassChoice,
} from '@tongyu/domain';
import { buildCode, signingTime, slotIndex, slotOf, TIME_STEP_SECONDS } from '@tongyu/protocol';
import type { Clock } from '../../kit/ports/clock.ts';
import { deviceSigner, makeDeviceKey } from '../../kit/ports/crypto.ts';
import type { Locks } from '../../kit/ports/locks.ts';
import type { ClassesAnswer, HomeLink, HomeReply, Persona } from '../wallet/home-link.ts';
import { heard, offered, syncPool, type SyncResult } from '../wallet/sync-pool.ts';
import {
  choiceOf,
  mayStillShow,
  type Phone,
  type Wallet,
  type WalletPass,
} from '../wallet/wallet.ts';

/** What the page shows. A code is there only while it is fresh; every other state has none. */
export type View =
  | { readonly state: 'opening' }
  | { readonly state: 'unbound'; readonly wasErased: boolean }
  | { readonly state: 'revoked'; readonly phone: Phone }
  | (Bound & { readonly state: 'code'; readonly code: ShownCode })
  | (Bound & { readonly state: 'fetching' })
  | (Bound & { readonly state: 'empty' });

export type Bound = {
  readonly phone: Phone;
  readonly pool: PoolSummary;
  /** What passes are to carry; the code on show says what its pass does carry. */
  readonly choice: ClassChoice;
};
export type PoolSummary = {
  readonly daysLeft: number;
  /** Untouched passes of the current slot. */
  readonly untouched: number;
  readonly isOnReserve: boolean;
};
export type ShownCode = {
  readonly text: string;
  /** The moment that was signed, city's time in seconds. */
  readonly time: number;
  /** Rises with every new pass, not with every signature. */
  readonly passNumber: number;
  /** Concession class that its pass names; 0 for none (CODE-3.7). */
  readonly shownClass: number;
};

export type Session = {
  /** Draws what is due now; cheap when nothing is. Call it about every second. */
  readonly tick: () => Promise<void>;
  /** Takes the code off the screen, e.g. when the page goes out of sight. */
  readonly blank: () => void;
  readonly another: () => Promise<void>;
  readonly bind: (persona: Persona) => Promise<HomeReply<unknown>>;
  readonly sync: () => Promise<SyncResult>;
  readonly erase: () => Promise<void>;
  /** What the home city has proved of the resident. */
  readonly classes: () => Promise<HomeReply<ClassesAnswer>>;
  /**
   * Whether and which class passes carry from now on, 0 for none. One that they may not carry is
   * refused as `CLASS_NOT_PROVED` or `CLASS_TOO_RARE`, and the choice stays as it was. Passes of it
   * are fetched at once; until they are there, one without a class is shown.
   */
  readonly chooseClass: (classNumber: number) => Promise<HomeReply<ClassChoice>>;
};

export type SessionWorld = {
  readonly wallet: Wallet;
  readonly home: HomeLink;
  readonly clock: Clock;
  readonly locks: Locks;
  readonly onView: (view: View) => void;
};

type Taken = { readonly pass: WalletPass; readonly at: number; readonly number: number };

/** The life of one open page: which pass it shows, when it signs again, when it must show none. */
export function startSession(world: SessionWorld): Session {
  const { wallet, home, clock } = world;
  let taken: Taken | undefined;
  let shownKey = '';
  // Signatures are random: signing again for a changed line below would redraw the whole picture.
  let signed = { passId: '', time: 0, text: '' };
  let wantsAnother = true; // a page that opens takes a new pass
  let passNumber = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let isSyncing = false;
  let isErased = false;
  const finished = new Set<string>();
  /** Out of sight: a sync that goes on must neither show a code nor use one up. */
  let isBlank = false;

  /** One step at a time: ticks, taps and syncs would otherwise take two passes at once. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };
  const show = (key: string, view: View): void => {
    if (key === shownKey) return;
    shownKey = key;
    world.onView(view);
  };
  const showInSight: typeof show = (key, due) => {
    if (!isBlank) show(key, due);
  };
  const clockSeconds = (): number => Math.floor(clock.now() / 1000);

  const takeOne = async (now: number, choice: ClassChoice): Promise<Taken | undefined> => {
    if (taken !== undefined && !wantsAnother) {
      // Only a pass without a class may have to give way to one that has come meanwhile.
      const pool = choice.class === 0 ? [] : await wallet.passes();
      if (mayStillShow(taken.pass, taken.at, now, choice, pool)) return taken;
    }
    const next = await wallet.takePass(now);
    if (next.state === 'empty') return undefined;
    wantsAnother = false;
    passNumber += 1;
    return { pass: next.pass, at: now, number: passNumber };
  };

  /** The view that is due now, under a key that changes when anything on it does. */
  const view = async (): Promise<readonly [key: string, view: View]> => {
    const phone = await wallet.phone();
    if (phone === undefined) return ['unbound', { state: 'unbound', wasErased: isErased }];
    if (phone.isRevoked) return ['revoked', { state: 'revoked', phone }];
    const now = clockSeconds() + phone.offsetSeconds;
    const choice = choiceOf(phone);
    taken = await takeOne(now, choice);
    const pool = summaryOf(await wallet.passes(), now, choice, taken?.pass);
    const bound = { phone, pool, choice };
    const told = JSON.stringify([phone.offsetSeconds, phone.heardAt, pool, choice]);
    if (taken === undefined) {
      const state = isSyncing ? 'fetching' : 'empty';
      return [`${state}.${told}`, { ...bound, state }];
    }
    const code = await codeOf(taken, signingTime(now));
    return [`${code.text}.${String(taken.number)}.${told}`, { ...bound, state: 'code', code }];
  };
  const codeOf = async ({ pass, number }: Taken, time: number): Promise<ShownCode> => {
    if (signed.passId !== pass.id || signed.time !== time) {
      const text = await buildCode(pass.bytes, time, deviceSigner(pass.key));
      signed = { passId: pass.id, time, text };
    }
    return { text: signed.text, time, passNumber: number, shownClass: pass.class };
  };
  const draw = async (): Promise<void> => {
    if (!isBlank) showInSight(...(await view()));
  };

  const tick = (): Promise<void> => inTurn(draw);
  const sync = async (): Promise<SyncResult> => {
    if (isSyncing) return { state: 'done' };
    isSyncing = true;
    const onChange = (): void => void tick();
    try {
      const work = () => syncPool({ wallet, home, clockSeconds, onChange, finished });
      const result = await world.locks.exclusively('tongyu-pool', work);
      return result.state === 'done' ? await askStatus(world, clockSeconds) : result;
    } finally {
      isSyncing = false;
      await tick();
    }
  };
  return {
    tick: () => {
      isBlank = false;
      return tick();
    },
    sync,
    blank: () => {
      isBlank = true;
      show('blank', { state: 'opening' });
    },
    another: () => {
      wantsAnother = true;
      return tick();
    },
    bind: async (persona) => {
      const reply = await bindPhone(world, persona, clockSeconds);
      if (reply.ok) {
        isErased = false;
        wantsAnother = true;
        void sync();
      }
      return reply;
    },
    classes: () => askClasses(world, clockSeconds),
    chooseClass: async (classNumber) => {
      const reply = await choose(world, classNumber, clockSeconds);
      await tick();
      if (reply.ok) void sync();
      return reply;
    },
    erase: () =>
      inTurn(async () => {
        const phone = await wallet.phone();
        await wallet.erase();
        // Told afterwards and not waited for: without a network the codes must go all the same.
        if (phone !== undefined && !phone.isRevoked) {
          void home.unbind(phone, clockSeconds() + phone.offsetSeconds);
        }
        taken = undefined;
        isErased = true;
        await draw();
      }),
  };
}

/** Binds this browser; a wrong clock is learned from the refusal, and the binding repeated. */
async function bindPhone(
  world: SessionWorld,
  persona: Persona,
  clockSeconds: () => number,
): Promise<HomeReply<unknown>> {
  const key = await makeDeviceKey();
  let reply = await world.home.bind(persona.id, key, clockSeconds());
  if (!reply.ok && reply.refusal.serverTime !== undefined) {
    reply = await world.home.bind(persona.id, key, reply.refusal.serverTime);
  }
  if (!reply.ok) return reply;
  const { phoneId, party, serverTime } = reply.value;
  await world.wallet.bind({
    phoneId,
    party,
    persona: persona.id,
    personaName: persona.name,
    key,
    boundAt: serverTime,
    ...heard({ clockSeconds }, serverTime, { offsetSeconds: 0 }),
    voidKeyIds: [],
    isRevoked: false,
  });
  return reply;
}

/** What the city proves; when only the clock was wrong, asked once more with what was learned. */
async function askClasses(
  { wallet, home }: SessionWorld,
  clockSeconds: () => number,
): Promise<HomeReply<ClassesAnswer>> {
  const phone = await wallet.phone();
  if (phone === undefined) return { ok: false, refusal: { code: 'PHONE_UNBOUND' } };
  const reply = await home.classes(phone, clockSeconds() + phone.offsetSeconds);
  const serverTime = reply.ok ? undefined : reply.refusal.serverTime;
  if (reply.ok || reply.refusal.code !== 'PHONE_CLOCK' || serverTime === undefined) return reply;
  const learned = heard({ clockSeconds }, serverTime, phone);
  await wallet.change(learned);
  return home.classes(phone, clockSeconds() + learned.offsetSeconds);
}

async function choose(
  world: SessionWorld,
  classNumber: number,
  clockSeconds: () => number,
): Promise<HomeReply<ClassChoice>> {
  let choice = NO_CLASS;
  if (classNumber !== 0) {
    const reply = await askClasses(world, clockSeconds);
    if (!reply.ok) return reply;
    const found = offered(reply.value, classNumber);
    if (found === undefined) {
      const isHeld = reply.value.classes.find((held) => held.class === classNumber);
      const code = isHeld?.standing === 'rare' ? 'CLASS_TOO_RARE' : 'CLASS_NOT_PROVED';
      return { ok: false, refusal: { code } };
    }
    choice = { class: classNumber, until: found.expires };
  }
  await world.wallet.change({ choice });
  return { ok: true, value: choice };
}

/** Whether the city has revoked this phone meanwhile, or voided an issuer key. */
async function askStatus(world: SessionWorld, clockSeconds: () => number): Promise<SyncResult> {
  const phone = await world.wallet.phone();
  if (phone === undefined) return { state: 'done' };
  const reply = await world.home.status(phone, clockSeconds() + phone.offsetSeconds);
  if (!reply.ok) {
    const { code, serverTime } = reply.refusal;
    if (code === 'AWAY') return { state: 'away' };
    if (code === 'PHONE_CLOCK' && serverTime !== undefined) {
      await world.wallet.change(heard({ clockSeconds }, serverTime, phone));
      return { state: 'done' };
    }
    if (code !== 'PHONE_REVOKED') return { state: 'refused', code };
    await world.wallet.change({ isRevoked: true });
    return { state: 'revoked' };
  }
  const { serverTime, voidKeyIds, revoked } = reply.value;
  await world.wallet.change({
    ...heard({ clockSeconds }, serverTime, phone),
    voidKeyIds: [...voidKeyIds],
    isRevoked: revoked,
  });
  return { state: revoked ? 'revoked' : 'done' };
}

function summaryOf(
  passes: readonly WalletPass[],
  now: number,
  choice: ClassChoice,
  shown: WalletPass | undefined,
): PoolSummary {
  const current = slotIndex(slotOf(now));
  const carried = shown?.class ?? chosenOnSlot(choice, slotOf(now));
  const untouched = passes.filter(
    (pass) =>
      slotIndex(pass.slot) === current &&
      pass.class === carried &&
      !pass.reserve &&
      pass.firstShownAt === undefined,
  );
  return {
    daysLeft: daysLeft(passes, now, choice),
    untouched: Math.min(untouched.length, PASSES_PER_SLOT),
    isOnReserve: shown?.reserve === true,
  };
}

/** How much of the current 15 s is over, from 0 to 1. */
export function stepPortion(cityMilliseconds: number): number {
  const step = TIME_STEP_SECONDS * 1000;
  return (cityMilliseconds % step) / step;
}
