import {
  choosePass,
  daysLeft,
  deadPasses,
  NO_CLASS,
  SHOW_SECONDS,
  type ClassChoice,
} from '@tongyu/domain';
import {
  buildCode,
  bytesOf,
  signingTime,
  toBase64Url,
  utf8,
  type Json,
  type PartyId,
  type Signer,
  type Slot,
  TIME_STEP_SECONDS,
} from '@tongyu/protocol';
import { inTurn } from '../terminal/in-turn.ts';
import { chooseClass } from './choose-class.ts';
import { heldPasses, type HeldPass } from './held-passes.ts';
import type {
  Bound,
  HeldClass,
  HomeAnswer,
  HomeLink,
  ListedPhone,
  LostReport,
  PhonePorts,
  Proof,
} from './ports.ts';
import type { PhoneRecord, PhoneStore } from './phone-store.ts';
import { askHome, correctedOffset, syncPool, type PhoneSync } from './sync-pool.ts';

/** A resident's phone without its screen. Calls run one after the other. */
export type Phone = {
  /** Binds this phone, again with the same key after a lost answer. A revoked one starts anew. */
  bind(proof: Proof): Promise<HomeAnswer<Bound>>;
  /** Learns the clock's offset, drops dead passes and asks for missing ones. Throws `HomeAway`. */
  sync(): Promise<PhoneSync>;
  /**
   * The code to show, without any network: re-signed every 15 s, from a new pass after 5 minutes.
   * @param now of the phone's own clock, right or wrong
   */
  show(now?: number): Promise<Shown>;
  /** 换一个: the code of another pass. */
  another(now?: number): Promise<Shown>;
  /** What the home city proves of the resident. Throws `HomeAway`, as the next one. */
  classes(): Promise<HomeAnswer<readonly HeldClass[]>>;
  /**
   * The class that passes are to carry from the next sync on, 0 for none. A class that may not be
   * carried is refused, and the choice stays as it was.
   */
  chooseClass(classNumber: number): Promise<HomeAnswer<ClassChoice>>;
  /** 停用: this phone is at hand; the home city is told, then passes and keys are forgotten. */
  leave(): Promise<HomeAnswer<{ readonly unboundAt: number }>>;
  /** Forgets passes and keys without telling anybody. */
  erase(): Promise<void>;
  /** A signed request whose answer a screen shows. Throws `HomeAway`. */
  ask(method: 'GET' | 'POST', path: `/resident/${string}`, body?: Json): Promise<HomeAnswer<Json>>;
  /** The resident's phones, from any device. Throws `HomeAway`, as the next one. */
  listPhones(proof: Proof): Promise<HomeAnswer<readonly ListedPhone[]>>;
  /** Reports another phone of the resident lost. */
  reportLost(proof: Proof, phoneId: string): Promise<HomeAnswer<LostReport>>;
  info(): PhoneInfo;
};

export type Shown =
  | {
      readonly state: 'show';
      readonly text: string;
      readonly pass: {
        readonly issuer: PartyId;
        readonly keyId: number;
        readonly slot: Slot;
        readonly reserve: boolean;
        /** The class that it carries: the chosen one, or 0 where that is not proved so long. */
        readonly class: number;
        /** No untouched pass is left in this slot after this one. */
        readonly lastOfSlot: boolean;
      };
      readonly chosenClass: number;
      readonly daysLeft: number;
      /** Corrected time at which the text is signed anew. */
      readonly nextTextAt: number;
      /** Corrected time at which another pass takes its place; null for the reserve pass. */
      readonly nextPassAt: number | null;
    }
  /** Nothing is shown: never an old code. */
  | { readonly state: 'empty' | 'revoked' | 'unbound' };

export type PhoneInfo = {
  readonly phoneId: string | null;
  readonly party: PartyId | null;
  readonly revoked: boolean;
  readonly choice: ClassChoice;
  readonly offsetSeconds: number;
  readonly passes: number;
};

export type PhoneParts = {
  readonly ports: PhonePorts;
  readonly store: PhoneStore;
  readonly home: HomeLink;
};

export function createPhone(ports: PhonePorts, store: PhoneStore, home: HomeLink): Phone {
  const parts: PhoneParts = { ports, store, home };
  const turn = inTurn();
  const lastText = { of: '', text: '' };
  const show = (now: number, wantsAnother: boolean): Promise<Shown> =>
    turn(() => showPass(parts, now, wantsAnother, lastText));
  return {
    bind: (proof) => turn(() => bindPhone(parts, proof)),
    sync: () => turn(() => syncPool(parts)),
    show: (now = ports.clock.now()) => show(now, false),
    another: (now = ports.clock.now()) => show(now, true),
    classes: () => turn(() => askHome(parts, (as) => home.classes(as))),
    chooseClass: (classNumber) => turn(() => chooseClass(parts, classNumber)),
    leave: () =>
      turn(async () => {
        const answer = await askHome(parts, (as) => home.unbind(as));
        if (answer.ok) store.save(freshRecord(ports));
        return answer;
      }),
    ask: (method, path, body) =>
      turn(() => askHome(parts, (as) => home.ask(as, method, path, body))),
    erase: () =>
      turn(async () => {
        store.save(freshRecord(ports));
      }),
    listPhones: (proof) => home.phonesOf(proof),
    reportLost: (proof, phoneId) => home.reportLost(proof, phoneId),
    info: () => infoOf(store.load()),
  };
}

function freshRecord(ports: PhonePorts): PhoneRecord {
  const { secret } = ports.keys.make();
  return {
    secret,
    bound: null,
    offsetSeconds: 0,
    revoked: false,
    choice: NO_CLASS,
    voidKeyIds: [],
    asked: [],
    passes: [],
  };
}

async function bindPhone(
  { ports, store, home }: PhoneParts,
  proof: Proof,
): Promise<HomeAnswer<Bound>> {
  const known = store.load();
  const record = known === undefined || known.revoked ? freshRecord(ports) : known;
  if (record !== known) store.save(record); // before asking: a lost answer is asked for again
  const key = ports.keys.load(record.secret);
  const first = await home.bind(await bindRequest(ports, record, key, proof));
  const learned = learnClock(ports, record, first);
  if (learned !== record) store.save(learned);
  const isClock = !first.ok && first.refusal.code === 'PHONE_CLOCK' && learned !== record;
  const answer = isClock ? await home.bind(await bindRequest(ports, learned, key, proof)) : first;
  if (!answer.ok) return answer;
  const { phoneId, party, serverTime } = answer.value;
  const offsetSeconds = correctedOffset(learned.offsetSeconds, serverTime, ports.clock.now());
  store.save({ ...learned, bound: { phoneId, party }, offsetSeconds });
  return answer;
}

async function bindRequest(ports: PhonePorts, record: PhoneRecord, key: Signer, proof: Proof) {
  const phoneKey = toBase64Url(key.publicKey);
  const time = ports.clock.now() + record.offsetSeconds;
  const signed = await key.sign(utf8(`tongyu-bind-1\n${phoneKey}\n${String(time)}`));
  return { proof, phoneKey, time, signature: toBase64Url(signed) };
}

function learnClock(
  ports: PhonePorts,
  record: PhoneRecord,
  answer: HomeAnswer<unknown>,
): PhoneRecord {
  const serverTime = answer.ok ? undefined : answer.refusal.serverTime;
  if (serverTime === undefined) return record;
  const offsetSeconds = correctedOffset(record.offsetSeconds, serverTime, ports.clock.now());
  return offsetSeconds === record.offsetSeconds ? record : { ...record, offsetSeconds };
}

async function showPass(
  { ports, store }: PhoneParts,
  clockNow: number,
  wantsAnother: boolean,
  lastText: { of: string; text: string },
): Promise<Shown> {
  const record = store.load();
  if (record === undefined || record.bound === null) return { state: 'unbound' };
  if (record.revoked) return { state: 'revoked' };
  const now = clockNow + record.offsetSeconds;
  const all = heldPasses(record);
  const dead = new Set(deadPasses(all, now, record.voidKeyIds));
  const alive = all.filter((pass) => !dead.has(pass));
  const choice = choosePass(alive, now, wantsAnother, record.choice);
  if (choice.state === 'empty') return { state: 'empty' };

  const { pass } = choice;
  const firstShownAt = pass.firstShownAt ?? now;
  if (pass.firstShownAt === undefined) store.save(withShown(record, pass, now));
  const time = signingTime(now);
  const of = `${pass.kept.pass} ${String(time)}`;
  if (lastText.of !== of) {
    const signer = ports.keys.load(pass.kept.secret);
    lastText.text = await buildCode(bytesOf(pass.kept.pass), time, signer);
    lastText.of = of;
  }
  const { issuer, keyId, slot, reserve } = pass.fields;
  return {
    state: 'show',
    text: lastText.text,
    pass: { issuer, keyId, slot, reserve, class: pass.class, lastOfSlot: choice.lastOfSlot },
    chosenClass: record.choice.class,
    daysLeft: daysLeft(alive, now, record.choice),
    nextTextAt: time + TIME_STEP_SECONDS,
    nextPassAt: reserve ? null : firstShownAt + SHOW_SECONDS,
  };
}

function withShown(record: PhoneRecord, shown: HeldPass, now: number): PhoneRecord {
  const passes = record.passes.map((kept) =>
    kept === shown.kept ? { ...kept, firstShownAt: now } : kept,
  );
  return { ...record, passes };
}

function infoOf(record: PhoneRecord | undefined): PhoneInfo {
  return {
    phoneId: record?.bound?.phoneId ?? null,
    party: record?.bound?.party ?? null,
    revoked: record?.revoked ?? false,
    choice: record?.choice ?? NO_CLASS,
    offsetSeconds: record?.offsetSeconds ?? 0,
    passes: record?.passes.length ?? 0,
  };
}
