import assert from 'node:assert/strict';
import test from 'node:test';
import { classOnSlot } from '@tongyu/domain';
import {
  buildPass,
  bytesOf,
  parseCode,
  slotEnd,
  slotFromIndex,
  slotIndex,
  slotOf,
  slotStart,
  toBase64Url,
} from '@tongyu/protocol';
import { deviceSigner, makeDeviceKey } from '../../kit/ports/crypto.ts';
import type { Database, Transaction } from '../../kit/ports/database.ts';
import type {
  HeldClass,
  HomeLink,
  HomeRefusal,
  HomeReply,
  PoolAnswer,
  WantedSlot,
} from '../wallet/home-link.ts';
import { walletOver, type Wallet } from '../wallet/wallet.ts';
import { startSession, type Session, type View } from './session.ts';

const NOW = slotStart(slotOf(1_796_000_000)) + 3 * 3600;
const HERE = slotOf(NOW);
const PERSONA = { id: '4301-senior', name: '沙延寿', ageBand: 'senior', note: '' };
const PASSES_PER_SLOT = 8;
const TAGS_PER_SLOT = 16;
const POOL = 29 * PASSES_PER_SLOT;

/** IndexedDB's part that a wallet uses, in memory. */
function memoryDatabase(): Database {
  const stores = new Map<string, Map<unknown, unknown>>();
  const of = (name: string): Map<unknown, unknown> => {
    const rows = stores.get(name) ?? new Map<unknown, unknown>();
    stores.set(name, rows);
    return rows;
  };
  const transaction: Transaction = {
    get: (store, key) => Promise.resolve(of(store).get(key)),
    all: (store) => Promise.resolve([...of(store).values()]),
    keys: (store) => Promise.resolve([...of(store).keys()] as IDBValidKey[]),
    count: (store) => Promise.resolve(of(store).size),
    put: (store, value, key) => {
      of(store).set(key ?? (value as { readonly id: string }).id, value);
      return Promise.resolve();
    },
    remove: (store, key) => {
      of(store).delete(key);
      return Promise.resolve();
    },
    clear: (store) => {
      of(store).clear();
      return Promise.resolve();
    },
  };
  return { transact: (_stores, _mode, work) => work(transaction), close: () => undefined };
}

function done<T>(value: T): HomeReply<T> {
  return { ok: true, value };
}

function refuse(code: string, more: Partial<HomeRefusal> = {}): HomeReply<never> {
  return { ok: false, refusal: { code, ...more } };
}

/** A home city with the rules that a phone meets: 8 passes of a class and slot, 16 tags in all. */
class FakeCity {
  now = NOW;
  held: HeldClass[] = [];
  isAway = false;
  requests: string[] = [];
  readonly issued = new Map<string, { readonly pass: string; readonly kind: string }>();
  /** It does its part, but the answer does not arrive. */
  loseNextPools = 0;
  /** What it puts on passes instead of what it ought to. */
  wrongClass: number | undefined;

  async link(): Promise<HomeLink> {
    const issuer = deviceSigner(await makeDeviceKey());
    const answer = async <T>(
      what: string,
      work: () => HomeReply<T> | Promise<HomeReply<T>>,
    ): Promise<HomeReply<T>> => {
      this.requests.push(what);
      return this.isAway ? refuse('AWAY') : work();
    };
    return {
      personas: () => answer('personas', () => done([PERSONA])),
      bind: () =>
        answer('bind', () =>
          done({ phoneId: 'p'.repeat(22), party: '4301', serverTime: this.now }),
        ),
      pool: (_phone, _now, wanted, number) =>
        answer('pool', () => this.pool(issuer, wanted, number)),
      classes: () => answer('classes', () => done({ classes: this.held })),
      status: () =>
        answer('status', () => done({ revoked: false, voidKeyIds: [], serverTime: this.now })),
      unbind: () => answer('unbind', () => done({})),
      phonesOf: () => answer('phones', () => done([])),
      reportLost: () => answer('lost', () => done({})),
      signed: () => answer('signed', () => refuse('NOT_FOUND')),
    };
  }

  private async pool(
    issuer: ReturnType<typeof deviceSigner>,
    wanted: readonly WantedSlot[],
    number: number,
  ): Promise<HomeReply<PoolAnswer>> {
    const held = this.held.find((one) => one.class === number && one.standing === 'offered');
    if (number !== 0 && held === undefined) return refuse('CLASS_NOT_PROVED');
    const passes = [];
    for (const { day, slot, deviceKeys } of wanted) {
      const carried = classOnSlot(number, held?.expires ?? null, { day, slot });
      for (const key of deviceKeys) {
        const known = this.issued.get(key);
        const here = [...this.issued.values()].map(({ kind }) => kind);
        const kind = `${String(day)}.${String(slot)} ${String(carried)}`;
        const ofSlot = here.filter((one) => one.startsWith(`${String(day)}.${String(slot)} `));
        const alike = here.filter((one) => one === kind).length;
        if (known === undefined && (alike >= PASSES_PER_SLOT || ofSlot.length >= TAGS_PER_SLOT)) {
          return refuse('POOL_EXHAUSTED', { slot: { day, slot } });
        }
        const content = {
          suite: 1,
          issuer: '4301',
          keyId: 3,
          slot: { day, slot },
          tag: new Uint8Array(10).fill(ofSlot.length),
          reserve: alike === PASSES_PER_SLOT - 1,
          class: this.wrongClass ?? carried,
          deviceKey: bytesOf(key),
        } as const;
        const pass = known?.pass ?? toBase64Url(await buildPass(content, issuer));
        this.issued.set(key, { pass, kind: known?.kind ?? kind });
        passes.push({ pass });
      }
    }
    if (this.loseNextPools > 0) {
      this.loseNextPools--;
      return refuse('AWAY');
    }
    return done({ passes, voidKeyIds: [], serverTime: this.now });
  }
}

type Made = {
  readonly session: Session;
  readonly city: FakeCity;
  readonly wallet: Wallet;
  readonly view: () => View;
};

async function open(held: readonly HeldClass[], city = new FakeCity()): Promise<Made> {
  city.held = [...held];
  const wallet = walletOver(memoryDatabase());
  let view: View = { state: 'opening' };
  const session = startSession({
    wallet,
    home: await city.link(),
    clock: {
      now: () => city.now * 1000,
      after: () => () => undefined,
      every: () => () => undefined,
    },
    locks: { exclusively: (_name, work) => work(), keep: () => Promise.resolve(true) },
    onView: (next) => (view = next),
  });
  await session.tick();
  return { session, city, wallet, view: () => view };
}

/** Bound, with a full pool. */
async function bound(held: readonly HeldClass[], city?: FakeCity): Promise<Made> {
  const made = await open(held, city);
  await made.session.bind(PERSONA);
  await inBackground(made);
  return made;
}

/** Lets the sync that binding or choosing has begun come to its end: it asks for status last. */
async function inBackground({ city, session }: Made): Promise<void> {
  while (city.requests.at(-1) !== 'status') await nextTurn();
  for (let turns = 0; turns < 5; turns++) await nextTurn();
  await session.tick();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function choose(made: Made, number: number): Promise<string> {
  const reply = await made.session.chooseClass(number);
  if (!reply.ok) return reply.refusal.code;
  made.city.requests.push('chosen');
  await inBackground(made);
  return 'ok';
}

function held(number: number, more: Partial<HeldClass> = {}): HeldClass {
  const proof = { assurance: 'high', prover: 'synthetic-x', provedAt: NOW, expires: null } as const;
  return { class: number, ...proof, standing: 'offered', ...more };
}

/** The class of the code on show, as its own text says it, or the state that shows none. */
function shownClass({ view }: Made): number | string {
  const now = view();
  if (now.state !== 'code') return now.state;
  const parsed = parseCode(now.code.text);
  assert.ok(parsed.ok);
  assert.equal(parsed.code.pass.class, now.code.shownClass);
  return now.code.shownClass;
}

/** How many passes of each class the wallet has in the slot, as `class×count`. */
async function kept({ wallet }: Made, slot = HERE): Promise<string> {
  const all = await wallet.passes();
  const here = all.filter((pass) => slotIndex(pass.slot) === slotIndex(slot));
  const classes = [...new Set(here.map((pass) => pass.class))].sort((a, b) => a - b);
  const count = (one: number) => String(here.filter((pass) => pass.class === one).length);
  return classes.map((one) => `${String(one)}×${count(one)}`).join(' ');
}

void test('without a choice the code carries no class, and no class is asked for', async () => {
  const made = await bound([held(2)]);
  assert.equal(shownClass(made), 0);
  assert.equal(await kept(made), '0×8');
  assert.equal(made.city.issued.size, POOL);
  assert.ok(!made.city.requests.includes('classes'));
});

void test('CLS-4.4: a chosen class is on the code as soon as its passes are there', async () => {
  const made = await bound([held(2)]);
  assert.equal(await choose(made, 2), 'ok');
  assert.equal(shownClass(made), 2);
  assert.equal(await kept(made), '0×8 2×8');
  const view = made.view();
  assert.ok(view.state === 'code' && view.choice.class === 2 && view.pool.daysLeft === 7);
  for (let i = 0; i < 9; i++) {
    await made.session.another();
    assert.equal(shownClass(made), 2);
  }
});

void test('CLS-4.4: none chosen takes the class off the code, without a network', async () => {
  const made = await bound([held(2)]);
  await choose(made, 2);
  made.city.isAway = true;
  assert.ok((await made.session.chooseClass(0)).ok);
  assert.equal(shownClass(made), 0);
  await made.wallet.remove((await made.wallet.passes()).filter((pass) => pass.class === 0));
  await made.session.another();
  assert.ok(['fetching', 'empty'].includes(String(shownClass(made))));
});

void test('CLS-4.2: the code carries the class as long as the proof covers slots', async () => {
  const made = await bound([held(4, { expires: slotEnd(HERE) })]);
  await choose(made, 4);
  const next = slotFromIndex(slotIndex(HERE) + 1);
  assert.deepEqual([await kept(made), await kept(made, next)], ['0×8 4×8', '0×8']);
  made.city.now = slotEnd(HERE) - 1;
  await made.session.tick();
  assert.equal(shownClass(made), 4);
  made.city.now = slotEnd(HERE);
  await made.session.tick();
  assert.equal(shownClass(made), 0);
  const view = made.view();
  assert.ok(view.state === 'code' && view.choice.class === 4);
});

void test('a proof that is over turns the code to none at the next sync', async () => {
  const made = await bound([held(4)]);
  await choose(made, 4);
  made.city.held = [];
  await made.session.sync();
  assert.equal(shownClass(made), 0);
  made.city.held = [held(4)];
  await made.session.sync();
  assert.equal(shownClass(made), 4);
});

void test('what passes may not carry is refused by its name, and the choice stays', async () => {
  const made = await bound([held(2), held(5, { standing: 'weak' }), held(6, { standing: 'rare' })]);
  await choose(made, 2);
  assert.equal(await choose(made, 3), 'CLASS_NOT_PROVED');
  assert.equal(await choose(made, 5), 'CLASS_NOT_PROVED');
  assert.equal(await choose(made, 6), 'CLASS_TOO_RARE');
  made.city.isAway = true;
  assert.equal(await choose(made, 1), 'AWAY');
  await made.session.tick();
  assert.equal(shownClass(made), 2);
});

void test('CLS-4.5: going back asks for nothing; a third class finds no tags', async () => {
  const made = await bound([held(1), held(2)]);
  await choose(made, 2);
  await choose(made, 0);
  await choose(made, 2);
  assert.equal(made.city.issued.size, 2 * POOL);
  const untouched = async () =>
    (await made.wallet.passes()).filter((pass) => pass.firstShownAt === undefined).length;
  const before = await untouched();
  assert.equal(await choose(made, 1), 'ok');
  for (let i = 0; i < 20; i++) await made.session.tick();
  assert.ok(before - (await untouched()) <= 1); // waiting for the class uses up no other pass
  assert.equal(shownClass(made), 0);
  assert.equal(made.city.issued.size, 2 * POOL);
  const pools = () => made.city.requests.filter((what) => what === 'pool').length;
  const asked = pools();
  await made.session.sync();
  assert.equal(pools(), asked); // what is used up is not asked for again and again
  made.city.now = slotEnd(HERE);
  await made.session.sync();
  assert.equal(await kept(made, slotFromIndex(slotIndex(HERE) + 29)), '1×8');
});

void test('CLS-4.4: a pass of another class than asked for is not kept', async () => {
  for (const [number, wrong] of [
    [0, 2],
    [2, 0],
    [2, 1],
  ] as const) {
    const city = new FakeCity();
    city.wrongClass = wrong;
    const made = await open([held(1), held(2)], city);
    await made.session.bind(PERSONA);
    await inBackground(made);
    if (number !== 0) assert.equal(await choose(made, number), 'ok');
    const carried = new Set((await made.wallet.passes()).map((pass) => pass.class));
    assert.ok(!carried.has(wrong) || wrong === 0);
    assert.ok([0, 'empty'].includes(shownClass(made)));
    assert.deepEqual(await made.wallet.asked(), []);
  }
});

void test('keys whose answer was lost are asked for again with their own class', async () => {
  const city = new FakeCity();
  city.loseNextPools = 1;
  const made = await open([held(2)], city);
  await made.session.bind(PERSONA);
  while (city.loseNextPools > 0) await nextTurn();
  for (let turns = 0; turns < 5; turns++) await nextTurn();
  await choose(made, 2);
  assert.equal(shownClass(made), 2);
  assert.equal(await kept(made), '2×8');
  await choose(made, 0);
  assert.equal(await kept(made), '0×8 2×8');
  assert.equal(city.issued.size, 2 * POOL);
});

void test('passes of an older page are read with the class that they carry', async () => {
  const made = await bound([held(2)]);
  await choose(made, 2);
  const all = await made.wallet.passes();
  const old = all.map((pass) => {
    const { class: carried, ...rest } = pass;
    assert.ok(carried === 0 || carried === 2);
    return rest as typeof pass;
  });
  await made.wallet.receive(old);
  assert.equal(await kept(made), '0×8 2×8');
  await made.session.another();
  assert.equal(shownClass(made), 2);
});
