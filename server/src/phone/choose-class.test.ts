import assert from 'node:assert/strict';
import test from 'node:test';
import {
  bytesOf,
  readPassFields,
  slotEnd,
  slotFromIndex,
  slotIndex,
  slotOf,
  slotStart,
  toBase64Url,
  AT,
} from '@tongyu/protocol';
import { type Shown } from './create-phone.ts';
import { heldPasses } from './held-passes.ts';
import { HomeAway, type HeldClass } from './ports.ts';
import { makePhone, NOW, type Made } from './testing/made-phone.ts';

const HERE = slotOf(NOW);
const PROOF = { kind: 'synthetic', persona: 'senior' } as const;
const POOL = 29 * 8;

/** Bound and synced without a choice, by a resident who holds these. */
async function phoneOf(held: readonly HeldClass[]): Promise<Made> {
  const made = makePhone();
  made.home.held = [...held];
  assert.ok((await made.phone.bind(PROOF)).ok);
  assert.ok((await made.phone.sync()).ok);
  return made;
}

function held(number: number, more: Partial<HeldClass> = {}): HeldClass {
  const proof = { assurance: 'high', prover: 'synthetic-birth-date', provedAt: NOW } as const;
  return { class: number, ...proof, expires: null, standing: 'offered', ...more };
}

function classOf(shown: Shown): number | string {
  return shown.state === 'show' ? shown.pass.class : shown.state;
}

/** How many passes of each class the phone has in the slot, as `class×count`. */
function kept({ store }: Made, slot = HERE): string {
  const record = store.load();
  assert.ok(record !== undefined);
  const here = heldPasses(record).filter((pass) => slotIndex(pass.slot) === slotIndex(slot));
  const classes = [...new Set(here.map((pass) => pass.class))].sort((a, b) => a - b);
  return classes
    .map((one) => `${String(one)}×${String(here.filter((pass) => pass.class === one).length)}`)
    .join(' ');
}

void test('without a choice no pass carries a class', async () => {
  const made = await phoneOf([held(2)]);
  assert.equal(kept(made), '0×8');
  assert.equal(classOf(await made.phone.show()), 0);
  assert.ok(!made.home.requests.includes('classes'));
});

void test('CLS-4.4: the next sync fetches the chosen class, which is then shown', async () => {
  const made = await phoneOf([held(1), held(2)]);
  const { phone } = made;
  const choice = { class: 2, until: null };
  assert.deepEqual(await phone.chooseClass(2), { ok: true, value: choice });
  assert.equal(classOf(await phone.show()), 0);
  const sync = await phone.sync();
  assert.ok(sync.ok && sync.added === POOL && sync.daysLeft === 7);
  assert.equal(kept(made), '0×8 2×8');
  for (let i = 0; i < 10; i++) assert.equal(classOf(await phone.another()), 2);
  const shown = await phone.show();
  assert.ok(shown.state === 'show' && shown.chosenClass === 2);
  assert.deepEqual(phone.info().choice, choice);
});

void test('CLS-4.4: with none chosen, no pass with a class is shown, ever', async () => {
  const made = await phoneOf([held(2)]);
  const { phone, home, store } = made;
  await phone.chooseClass(2);
  await phone.sync();
  home.away = true;
  assert.ok((await phone.chooseClass(0)).ok);
  for (let i = 0; i < 10; i++) assert.equal(classOf(await phone.another()), 0);
  const record = store.load();
  assert.ok(record !== undefined);
  const classed = heldPasses(record).filter((pass) => pass.class === 2);
  store.save({ ...record, passes: classed.map((pass) => pass.kept) });
  assert.deepEqual(await phone.another(), { state: 'empty' });
});

void test('CLS-4.5: going back uses the passes that the phone still holds', async () => {
  const made = await phoneOf([held(2)]);
  const { phone, home } = made;
  await phone.chooseClass(2);
  await phone.sync();
  await phone.chooseClass(0);
  const back = await phone.sync();
  assert.ok(back.ok && back.added === 0);
  await phone.chooseClass(2);
  const again = await phone.sync();
  assert.ok(again.ok && again.added === 0);
  assert.equal(home.issued.size, 2 * POOL);
  assert.equal(classOf(await phone.show()), 2);
});

void test('CLS-4.5: a third choice finds no tags left, and the phone goes on', async () => {
  const made = await phoneOf([held(1), held(2)]);
  const { phone, clock, home } = made;
  await phone.chooseClass(2);
  await phone.sync();
  await phone.chooseClass(1);
  const third = await phone.sync();
  assert.ok(third.ok);
  assert.deepEqual([third.added, third.exhaustedSlots, third.daysLeft], [0, 29, 7]);
  assert.equal(classOf(await phone.show()), 0);
  clock.time = home.now = slotStart(slotFromIndex(slotIndex(HERE) + 1));
  const next = await phone.sync();
  assert.ok(next.ok && next.added === 8);
  assert.equal(kept(made, slotFromIndex(slotIndex(HERE) + 29)), '1×8');
});

void test('CLS-4.2: beyond the proof’s end passes carry none, to the second', async () => {
  const border = slotEnd(HERE) + 6 * 3600;
  for (const [expires, last] of [
    [border, 1],
    [border - 1, 0],
  ] as const) {
    const made = makePhone();
    made.home.held = [held(4, { expires })];
    await made.phone.bind(PROOF);
    await made.phone.chooseClass(4);
    assert.ok((await made.phone.sync()).ok);
    assert.equal(kept(made), '4×8');
    for (const step of [0, 1, 2, 28]) {
      const slot = slotFromIndex(slotIndex(HERE) + step);
      assert.equal(kept(made, slot), step <= last ? '4×8' : '0×8');
      const shown = await made.phone.show(slotStart(slot));
      assert.equal(classOf(shown), step <= last ? 4 : 0);
      assert.ok(shown.state === 'show' && shown.chosenClass === 4);
    }
  }
});

void test('a proof that is over leads to no class, one renewed back to it', async () => {
  const made = await phoneOf([held(4)]);
  const { phone, home } = made;
  await phone.chooseClass(4);
  await phone.sync();
  home.held = [];
  assert.ok((await phone.sync()).ok);
  assert.equal(classOf(await phone.show()), 0);
  assert.deepEqual(phone.info().choice, { class: 4, until: 0 });
  home.held = [held(4, { standing: 'rare' })];
  assert.ok((await phone.sync()).ok);
  assert.equal(classOf(await phone.show()), 0);
  home.held = [held(4)];
  const sync = await phone.sync();
  assert.ok(sync.ok && sync.added === 0);
  assert.equal(classOf(await phone.show()), 4);
});

void test('a proof that ends between two answers does not stop the sync', async () => {
  const made = await phoneOf([held(4)]);
  const { phone, home } = made;
  await phone.chooseClass(4);
  const classes = home.classes.bind(home);
  home.classes = async (as) => {
    const answer = await classes(as);
    home.held = [];
    return answer;
  };
  const sync = await phone.sync();
  assert.ok(sync.ok && sync.daysLeft === 7);
  assert.equal(classOf(await phone.show()), 0);
});

void test('what may not be carried is refused by its name, and the choice stays', async () => {
  const made = await phoneOf([
    held(2),
    held(5, { standing: 'weak', assurance: 'low' }),
    held(6, { standing: 'rare' }),
  ]);
  const { phone, home } = made;
  const refusedAs = async (number: number) => {
    const answer = await phone.chooseClass(number);
    return answer.ok ? 'ok' : answer.refusal.code;
  };
  assert.equal(await refusedAs(2), 'ok');
  assert.equal(await refusedAs(3), 'CLASS_NOT_PROVED');
  assert.equal(await refusedAs(5), 'CLASS_NOT_PROVED');
  assert.equal(await refusedAs(6), 'CLASS_TOO_RARE');
  assert.equal(phone.info().choice.class, 2);
  home.away = true;
  await assert.rejects(phone.chooseClass(1), HomeAway);
  assert.equal(phone.info().choice.class, 2);
  const unbound = makePhone().phone;
  const answer = await unbound.chooseClass(2);
  assert.ok(!answer.ok && answer.refusal.code === 'PHONE_UNBOUND');
});

void test('a pass of another class is not kept, and its keys are given up', async () => {
  for (const [asked, given] of [
    [0, 2],
    [2, 0],
    [2, 1],
  ] as const) {
    const made = makePhone();
    const { phone, home, store } = made;
    home.held = [held(1), held(2)];
    await phone.bind(PROOF);
    await phone.chooseClass(asked);
    const pool = home.pool.bind(home);
    home.pool = (as, wanted) => pool(as, wanted, given);
    await assert.rejects(phone.sync(), HomeAway);
    assert.deepEqual([store.load()?.passes, store.load()?.asked], [[], []]);
    assert.deepEqual(await phone.show(), { state: 'empty' });
    home.pool = pool;
    assert.ok((await phone.sync()).ok);
    assert.equal(classOf(await phone.show()), asked);
  }
});

void test('a class that was changed on the way makes another pass of it', async () => {
  const made = makePhone();
  await made.phone.bind(PROOF);
  const pool = made.home.pool.bind(made.home);
  made.home.pool = async (...request) => {
    const answer = await pool(...request);
    if (!answer.ok) return answer;
    const passes = answer.value.passes.map(({ pass }) => {
      const bytes = bytesOf(pass).slice();
      bytes[AT.class + 1] = 2;
      return { pass: toBase64Url(bytes) };
    });
    assert.equal(readPassFields(bytesOf(passes[0]?.pass ?? ''), 1).class, 2);
    return { ok: true, value: { ...answer.value, passes } };
  };
  await assert.rejects(made.phone.sync(), /class/);
  assert.equal(made.phone.info().passes, 0);
});

void test('an answer lost before the choice changed is asked for again later', async () => {
  const made = makePhone();
  const { phone, home, store } = made;
  home.held = [held(2)];
  await phone.bind(PROOF);
  home.loseNextPools = 1;
  await assert.rejects(phone.sync(), HomeAway);
  await phone.chooseClass(2);
  assert.ok((await phone.sync()).ok);
  assert.equal(kept(made), '2×8');
  assert.equal(classOf(await phone.show()), 2);
  await phone.chooseClass(0);
  assert.ok((await phone.sync()).ok);
  assert.equal(kept(made), '0×8 2×8');
  assert.equal(home.issued.size, 2 * POOL);
  assert.deepEqual(store.load()?.asked, []);
});

void test('a crash between two steps of a sync loses neither the choice nor a pass', async () => {
  for (const point of ['phone/asked-saved', 'phone/pool-answered']) {
    const first = await phoneOf([held(2)]);
    await first.phone.chooseClass(2);
    const crash = {
      point(name: string) {
        if (name === point) throw new Error('crash');
      },
    };
    const { home, store } = first;
    await assert.rejects(makePhone({ home, store, faults: crash }).phone.sync(), /crash/);
    const again = makePhone({ home, store });
    assert.ok((await again.phone.sync()).ok);
    assert.equal(home.issued.size, 2 * POOL);
    assert.equal(classOf(await again.phone.show()), 2);
  }
});
