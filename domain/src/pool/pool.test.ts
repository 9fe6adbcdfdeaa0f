import assert from 'node:assert/strict';
import test from 'node:test';
import { slotEnd, slotFromIndex, slotIndex, slotOf, slotStart } from '@tongyu/protocol';
import fc from 'fast-check';
import { NOON, SLOT } from '../../../tools/vectors/region.ts';
import {
  choosePass,
  daysLeft,
  deadPasses,
  missingPasses,
  PASSES_PER_SLOT,
  POOL_SLOTS,
  SHOW_SECONDS,
  type PooledPass,
} from './pool.ts';

type TestPass = PooledPass & { readonly name: string };

function pass(name: string, parts: Partial<PooledPass> = {}): TestPass {
  return { name, slot: SLOT, keyId: 17, reserve: false, firstShownAt: undefined, ...parts };
}

/** A whole slot: seven passes and the reserve. */
function slotful(parts: Partial<PooledPass> = {}): readonly TestPass[] {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  return [...names.map((name) => pass(name, parts)), pass('reserve', { ...parts, reserve: true })];
}

function chosen(pool: readonly TestPass[], now = NOON, wantsAnother = false): string {
  const choice = choosePass(pool, now, wantsAnother);
  return choice.state === 'show' ? choice.pass.name : choice.state;
}

function shown(pool: readonly TestPass[], name: string, at: number): readonly TestPass[] {
  return pool.map((entry) => (entry.name === name ? { ...entry, firstShownAt: at } : entry));
}

void test('CODE-7.3: a pass stays on show for 5 minutes, then another takes its place', () => {
  const pool = shown(slotful(), 'a', NOON);
  assert.equal(chosen(pool, NOON), 'a');
  assert.equal(chosen(pool, NOON + SHOW_SECONDS - 1), 'a');
  assert.equal(chosen(pool, NOON + SHOW_SECONDS), 'b');
});

void test('CODE-7.3: the holder may ask for another at any time', () => {
  assert.equal(chosen(shown(slotful(), 'a', NOON), NOON + 1, true), 'b');
});

void test('of several that were shown, the one shown last stays', () => {
  const pool = shown(shown(slotful(), 'a', NOON), 'c', NOON + 60);
  assert.equal(chosen(pool, NOON + 61), 'c');
});

void test('CODE-7.4: the reserve comes when no untouched pass is left, and again and again', () => {
  const used = slotful().map((entry) => (entry.reserve ? entry : { ...entry, firstShownAt: NOON }));
  assert.equal(chosen(used, NOON + SHOW_SECONDS), 'reserve');
  assert.equal(chosen(used, NOON + SHOW_SECONDS, true), 'reserve');
  const shownToo = shown(used, 'reserve', NOON + SHOW_SECONDS);
  assert.equal(chosen(shownToo, NOON + 3 * SHOW_SECONDS, true), 'reserve');
});

void test('the last untouched pass of a slot is announced', () => {
  const isLast = (pool: readonly TestPass[], wantsAnother: boolean) => {
    const choice = choosePass(pool, NOON, wantsAnother);
    return choice.state === 'show' && choice.lastOfSlot;
  };
  assert.equal(isLast([pass('a'), pass('b')], false), false);
  assert.equal(isLast([pass('a')], false), true);
  assert.equal(isLast([pass('a', { firstShownAt: NOON }), pass('b')], false), false);
  assert.equal(isLast([pass('a', { firstShownAt: NOON })], false), true);
});

void test('passes of other slots are not shown, and an empty pool shows none', () => {
  const tomorrow = slotful({ slot: slotFromIndex(slotIndex(SLOT) + 1) });
  assert.equal(chosen(tomorrow), 'empty');
  assert.equal(chosen([]), 'empty');
  const both = [
    ...slotful(),
    ...tomorrow.map((entry) => ({ ...entry, name: `next ${entry.name}` })),
  ];
  assert.equal(chosen(both, slotEnd(SLOT) - 1), 'a');
  assert.equal(chosen(both, slotEnd(SLOT)), 'next a');
});

void test('passes of past slots and of keys that count no more are dead', () => {
  const before = pass('before', { slot: slotFromIndex(slotIndex(SLOT) - 1) });
  const void18 = pass('void', { keyId: 18 });
  const pool = [
    before,
    pass('now'),
    void18,
    pass('later', { slot: slotFromIndex(slotIndex(SLOT) + 9) }),
  ];
  assert.deepEqual(deadPasses(pool, NOON, [18]), [before, void18]);
  assert.deepEqual(deadPasses(pool, NOON, []), [before]);
  assert.deepEqual(deadPasses([pass('last')], slotEnd(SLOT) - 1, []), []);
  assert.equal(deadPasses([pass('over')], slotEnd(SLOT), []).length, 1);
});

void test('CODE-7.1: 8 passes for the present slot and each of the coming 28', () => {
  const missing = missingPasses([], NOON);
  assert.equal(missing.length, POOL_SLOTS);
  assert.ok(missing.every(({ count }) => count === PASSES_PER_SLOT));
  assert.deepEqual(missing[0]?.slot, SLOT);
  assert.equal(slotIndex(missing[28]?.slot ?? SLOT), slotIndex(SLOT) + 28);
  const some = missingPasses(
    [...slotful(), pass('x', { slot: slotFromIndex(slotIndex(SLOT) + 1) })],
    NOON,
  );
  assert.equal(some.length, POOL_SLOTS - 1);
  assert.equal(some[0]?.count, 7);
  assert.equal(missingPasses(slotful(), NOON - 6 * 3600).length, POOL_SLOTS - 1);
});

void test('days left are whole days without a slot missing', () => {
  const slots = (count: number, from = 0) =>
    Array.from({ length: count }, (_, i) =>
      pass('x', { slot: slotFromIndex(slotIndex(SLOT) + from + i) }),
    );
  assert.equal(daysLeft([], NOON), 0);
  assert.equal(daysLeft(slots(3), NOON), 0);
  assert.equal(daysLeft(slots(4), NOON), 1);
  assert.equal(daysLeft(slots(29), NOON), 7);
  assert.equal(daysLeft([...slots(4), ...slots(20, 5)], NOON), 1);
  assert.equal(daysLeft(slots(28, 1), NOON), 0);
});

void test('any pool shows passes of this slot only, and can be filled', () => {
  const passes = fc.array(
    fc.record({
      slot: fc.integer({ min: -2, max: 30 }).map((step) => slotFromIndex(slotIndex(SLOT) + step)),
      keyId: fc.constantFrom(17, 18),
      reserve: fc.boolean(),
      firstShownAt: fc.option(fc.integer({ min: NOON - 900, max: NOON }), { nil: undefined }),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(passes, fc.boolean(), (pool, wantsAnother) => {
      const choice = choosePass(pool, NOON, wantsAnother);
      const here = pool.filter((entry) => slotIndex(entry.slot) === slotIndex(SLOT));
      if (choice.state === 'show') assert.ok(here.includes(choice.pass));
      else assert.ok(here.every((entry) => !entry.reserve && entry.firstShownAt !== undefined));
      const fresh = missingPasses(pool, NOON).flatMap(({ slot, count }) =>
        Array.from({ length: count }, () => ({ ...pass('new'), slot })),
      );
      const full = [...pool, ...fresh];
      assert.deepEqual(missingPasses(full, NOON), []);
      assert.equal(daysLeft(full, NOON), 7);
      assert.ok(
        deadPasses(full, NOON, []).every((p) => slotIndex(p.slot) < slotIndex(slotOf(NOON))),
      );
    }),
  );
  assert.ok(slotStart(SLOT) <= NOON);
});
