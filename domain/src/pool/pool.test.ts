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
import { chosenOnSlot, NO_CLASS, type ClassChoice } from './class-choice.ts';

type TestPass = PooledPass & { readonly name: string };

function pass(name: string, parts: Partial<PooledPass> = {}): TestPass {
  const fresh = { slot: SLOT, keyId: 17, reserve: false, class: 0, firstShownAt: undefined };
  return { name, ...fresh, ...parts };
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

void test('any pool shows passes of this slot and choice only, and can be filled', () => {
  const passes = fc.array(
    fc.record({
      slot: fc.integer({ min: -2, max: 30 }).map((step) => slotFromIndex(slotIndex(SLOT) + step)),
      keyId: fc.constantFrom(17, 18),
      reserve: fc.boolean(),
      class: fc.constantFrom(0, 2, 4),
      firstShownAt: fc.option(fc.integer({ min: NOON - 900, max: NOON }), { nil: undefined }),
    }),
    { maxLength: 60 },
  );
  const choices = fc.record({
    class: fc.constantFrom(0, 2, 4),
    until: fc.option(fc.integer({ min: NOON - 1, max: NOON + 8 * 86_400 }), { nil: null }),
  });
  fc.assert(
    fc.property(passes, fc.boolean(), choices, (pool, wantsAnother, choice) => {
      const shownPass = choosePass(pool, NOON, wantsAnother, choice);
      const here = pool.filter((entry) => slotIndex(entry.slot) === slotIndex(SLOT));
      const mayCarry = [0, chosenOnSlot(choice, SLOT)];
      if (shownPass.state === 'show') {
        assert.ok(here.includes(shownPass.pass));
        assert.ok(mayCarry.includes(shownPass.pass.class));
      } else {
        const showable = here.filter((entry) => mayCarry.includes(entry.class));
        assert.ok(showable.every((entry) => !entry.reserve && entry.firstShownAt !== undefined));
      }
      const fresh = missingPasses(pool, NOON, choice).flatMap(({ slot, count, class: carried }) =>
        Array.from({ length: count }, () => ({ ...pass('new'), slot, class: carried })),
      );
      const full = [...pool, ...fresh];
      assert.deepEqual(missingPasses(full, NOON, choice), []);
      assert.equal(daysLeft(full, NOON, choice), 7);
      assert.ok(
        deadPasses(full, NOON, []).every((p) => slotIndex(p.slot) < slotIndex(slotOf(NOON))),
      );
    }),
  );
  assert.ok(slotStart(SLOT) <= NOON);
});

void test('CLS-4.2: a pass carries the chosen class when the proof outlasts its slot', () => {
  const end = slotEnd(SLOT);
  assert.equal(chosenOnSlot({ class: 4, until: end }, SLOT), 4);
  assert.equal(chosenOnSlot({ class: 4, until: end - 1 }, SLOT), 0);
  assert.equal(chosenOnSlot({ class: 4, until: null }, SLOT), 4);
  assert.equal(chosenOnSlot({ class: 4, until: 0 }, SLOT), 0);
  assert.equal(chosenOnSlot(NO_CLASS, SLOT), 0);
});

void test('CLS-4.4: a pass of the chosen class first, one without when there is none', () => {
  const classed = slotful({ class: 2 }).map((entry) => ({ ...entry, name: `2${entry.name}` }));
  const both = [...slotful(), ...classed];
  const of = (pool: readonly TestPass[], choice: ClassChoice) => {
    const found = choosePass(pool, NOON, true, choice);
    return found.state === 'show' ? found.pass.name : found.state;
  };
  assert.equal(of(both, { class: 2, until: null }), '2a');
  assert.equal(of(both, { class: 2, until: NOON }), 'a');
  assert.equal(of(both, { class: 3, until: null }), 'a');
  assert.equal(of(both, NO_CLASS), 'a');
  assert.equal(of(classed, NO_CLASS), 'empty');
  assert.equal(of(classed, { class: 3, until: null }), 'empty');
  const used = both.map((entry) =>
    entry.class === 2 && !entry.reserve ? { ...entry, firstShownAt: NOON } : entry,
  );
  assert.equal(of(used, { class: 2, until: null }), '2reserve');
  const usedUp = used.filter((entry) => entry.name !== '2reserve');
  assert.equal(of(usedUp, { class: 2, until: null }), 'a');
});

void test('a change of choice ends the time on show of the pass before', () => {
  const classed = slotful({ class: 2 }).map((entry) => ({ ...entry, name: `2${entry.name}` }));
  const pool = [...shown(slotful(), 'a', NOON), ...classed];
  const now = choosePass(pool, NOON + 1, false, { class: 2, until: null });
  assert.ok(now.state === 'show' && now.pass.name === '2a');
});

void test('CLS-4.5: passes of another class count as others', () => {
  const choice = { class: 2, until: slotEnd(SLOT) };
  const missing = missingPasses(slotful(), NOON, choice);
  assert.deepEqual(missing[0], { slot: SLOT, count: 8, class: 2 });
  assert.deepEqual(missing[1]?.class, 0);
  assert.equal(missingPasses(slotful({ class: 2 }), NOON, choice).length, POOL_SLOTS - 1);
  const two = slotful({ class: 2 });
  assert.equal(daysLeft(two, NOON, NO_CLASS), 0);
  const fourSlots = [0, 1, 2, 3].flatMap((step) =>
    slotful({ class: step % 2 === 0 ? 0 : 2, slot: slotFromIndex(slotIndex(SLOT) + step) }),
  );
  assert.equal(daysLeft(fourSlots, NOON, { class: 2, until: null }), 1);
  assert.equal(daysLeft(fourSlots, NOON, NO_CLASS), 0);
});
