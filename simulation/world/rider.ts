import {
  buildCode,
  bytesOf,
  signingTime,
  slotFromIndex,
  slotIndex,
  slotOf,
  toBase64Url,
  utf8,
  type PartyId,
  type Signer,
} from '@tongyu/protocol';
import { fieldsOf } from '../../server/src/phone/held-passes.ts';
import { HomeAway, type PhoneIdentity } from '../../server/src/phone/ports.ts';
import { createPhone } from '../../server/src/phone/create-phone.ts';
import { memoryPhoneStore } from '../../server/src/phone/phone-store.ts';
import { countingRng } from '../kernel/dice.ts';
import { fakeSigner } from '../kernel/fake-signers.ts';
import { homeLink } from './links.ts';
import { Crash, type Life } from './process.ts';
import type { World } from './world.ts';

/** A resident with a phone. */
export type Rider = {
  readonly name: string;
  readonly party: PartyId;
  readonly persona: string;
  /** Of the passes that it asks for. */
  readonly class: number;
  /** Binds if need be, and fetches passes. A home that is away changes nothing. */
  sync(): Promise<void>;
  /** The text of the QR code on the screen now; undefined when there is none. */
  code(): Promise<string | undefined>;
  phoneId(): string | null;
};

const PASSES_ASKED = 4;
/** Ahead of the current slot: where the pauses between two bursts lead to. */
const LATER_SLOTS = [2, 3, 4, 4, 5, 8, 9, 12, 13, 27];

/** Whom the registers know, and which of their classes their passes show. */
const PEOPLE = [
  ['adult', 0],
  ['senior', 1],
  ['senior', 2],
  ['senior', 6],
  ['student', 4],
  ['wheelchair', 5],
] as const;

/** A phone with a few passes for a few slots: what it costs, a seed can pay often. */
export function lightRider(world: World, name: string, party: PartyId, skew: number): Rider {
  const home = homeLink(world, name, party);
  const [person, classNumber] = world.dice.pick(PEOPLE);
  const persona = `${party}-${person}`;
  const key = fakeSigner(`${name} phone`);
  const rng = countingRng(name, world.dice);
  const asked = new Map<number, Signer[]>();
  let passes: { readonly bytes: Uint8Array; readonly slot: number; readonly signer: Signer }[] = [];
  let keyCount = 0;
  const shown = new Set<Signer>();
  let phoneId: string | null = null;
  let offset = 0;
  const now = (): number => world.seconds() + skew + offset;
  const learn = (serverTime: number | undefined): void => {
    if (serverTime !== undefined) offset = serverTime - (world.seconds() + skew);
  };
  const me = (): PhoneIdentity => {
    return { phoneId: phoneId ?? '', key, time: now(), nonce: rng.id() };
  };
  const bind = async (): Promise<void> => {
    const phoneKey = toBase64Url(key.publicKey);
    const time = now();
    const signature = toBase64Url(key.sign(utf8(`tongyu-bind-1\n${phoneKey}\n${String(time)}`)));
    const proof = { kind: 'synthetic', persona } as const;
    const answer = await home.bind({ proof, phoneKey, time, signature });
    if (answer.ok) phoneId = answer.value.phoneId;
    learn(answer.ok ? answer.value.serverTime : answer.refusal.serverTime);
  };
  const keysFor = (slot: number): Signer[] => {
    const known = asked.get(slot);
    if (known !== undefined) return known;
    const keys = Array.from({ length: PASSES_ASKED }, () =>
      fakeSigner(`${name} pass ${String(keyCount++)}`),
    );
    asked.set(slot, keys);
    return keys;
  };
  const fetchPasses = async (): Promise<void> => {
    const current = slotIndex(slotOf(now()));
    const later = current + world.dice.pick(LATER_SLOTS);
    const slots = [current, current + 1, later].filter(
      (slot) => !passes.some((pass) => pass.slot === slot),
    );
    if (slots.length === 0) return;
    const wanted = slots.map((slot) => {
      const deviceKeys = keysFor(slot).map((signer) => toBase64Url(signer.publicKey));
      return { ...slotFromIndex(slot), deviceKeys };
    });
    const answer = await home.pool(me(), wanted, classNumber);
    if (!answer.ok) {
      learn(answer.refusal.serverTime);
      return;
    }
    const signers = slots.flatMap((slot) => keysFor(slot).map((signer) => ({ slot, signer })));
    const fresh = answer.value.passes.map(({ pass }, i) => ({ ...signerAt(signers, i), pass }));
    passes.push(...fresh.map(({ pass, ...own }) => ({ ...own, bytes: bytesOf(pass) })));
  };
  const sync = async (): Promise<void> => {
    if (phoneId === null) await bind();
    if (phoneId === null) return;
    const status = await home.status(me());
    learn(status.ok ? status.value.serverTime : status.refusal.serverTime);
    if (!status.ok) return;
    const { revoked, voidKeyIds } = status.value;
    const isVoid = (bytes: Uint8Array): boolean =>
      voidKeyIds.includes(fieldsOf(toBase64Url(bytes))?.keyId ?? 0);
    const dead = passes.filter((pass) => revoked || isVoid(pass.bytes));
    for (const { slot } of dead) asked.delete(slot);
    passes = passes.filter((pass) => !dead.includes(pass));
    if (!revoked) await fetchPasses();
  };
  return {
    ...{ name, party, persona, class: classNumber },
    sync: () => unlessAway(sync),
    phoneId: () => phoneId,
    async code() {
      const current = slotIndex(slotOf(now()));
      const here = passes.filter((pass) => pass.slot === current);
      if (here.length === 0) return undefined;
      const unused = here.filter((pass) => !shown.has(pass.signer));
      const isSparing = unused.length > 0 && world.dice.perMille(850);
      const { bytes, signer } = world.dice.pick(isSparing ? unused : here);
      shown.add(signer);
      return buildCode(bytes, signingTime(now()), signer);
    },
  };
}

function signerAt<T>(signers: readonly T[], index: number): T {
  const found = signers[index];
  if (found === undefined) throw new TypeError('more passes than keys');
  return found;
}

/** The product's own phone, which may die at its fault points and start again over its store. */
export function wholeRider(world: World, name: string, party: PartyId, skew: number): Rider {
  const store = memoryPhoneStore();
  const persona = `${party}-senior`;
  const rng = countingRng(name, world.dice);
  let keyCount = 0;
  const start = (): ReturnType<typeof createPhone> => {
    const life: Life = { name, alive: true };
    const ports = {
      clock: { now: () => world.seconds() + skew },
      rng,
      keys: {
        make: () => {
          const secret = `${name} key ${String(keyCount++)}`;
          return { secret, signer: fakeSigner(secret) };
        },
        load: (secret: string) => fakeSigner(secret),
      },
      faults: world.faultsOf(life, () => {
        phone = start();
      }),
    };
    return createPhone(ports, store, homeLink(world, name, party));
  };
  let phone = start();
  const sync = async (): Promise<void> => {
    const { phoneId } = phone.info();
    if (phoneId === null) await phone.bind({ kind: 'synthetic', persona });
    await phone.sync();
  };
  return {
    ...{ name, party, persona, class: 0 },
    sync: () => unlessAway(sync),
    phoneId: () => phone.info().phoneId,
    async code() {
      const shown = world.dice.perMille(300) ? await phone.another() : await phone.show();
      return shown.state === 'show' ? shown.text : undefined;
    },
  };
}

async function unlessAway(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof HomeAway) && !(error instanceof Crash)) throw error;
  }
}
