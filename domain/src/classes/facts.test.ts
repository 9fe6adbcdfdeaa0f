import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_CLASS, slotEnd, slotOf } from '@tongyu/protocol';
import fc from 'fast-check';
import { NOON, SLOT } from '../../../tools/vectors/region.ts';
import {
  assurancesFor,
  classOnSlot,
  countingFacts,
  FACT_MEMORY_SECONDS,
  holdsAt,
  isAssuredEnough,
  mergeProof,
  PROOF_STANDS_SECONDS,
  provesClass,
  type ClassFact,
} from './facts.ts';

const DAY = 86_400;
const REGISTER = { id: 'register', assurance: 'high' } as const;

function fact(more: Partial<ClassFact> = {}): ClassFact {
  return {
    class: 2,
    prover: REGISTER.id,
    assurance: REGISTER.assurance,
    since: NOON,
    provedAt: NOON,
    expiresAt: null,
    endedAt: null,
    ...more,
  };
}

void test('CLS-3.4: a fact holds from its first second to the one before its end', () => {
  const until = fact({ expiresAt: NOON + 100 });
  assert.deepEqual(
    [NOON - 1, NOON, NOON + 99, NOON + 100].map((time) => holdsAt(until, time)),
    [false, true, true, false],
  );
  assert.equal(holdsAt(fact({ endedAt: NOON + 50 }), NOON + 50), false);
  assert.equal(holdsAt(fact({ endedAt: NOON + 50 }), NOON + 49), true);
  assert.equal(holdsAt(fact({ expiresAt: NOON + 10, endedAt: NOON + 50 }), NOON + 10), false);
});

void test('CLS-3.3: a proof that is not given again stands for 7 days', () => {
  assert.equal(holdsAt(fact(), NOON + PROOF_STANDS_SECONDS - 1), true);
  assert.equal(holdsAt(fact(), NOON + PROOF_STANDS_SECONDS), false);
});

void test('CLS-2.3: each class needs its assurance, and no other number is a class', () => {
  const enough = (number: number, assurance: ClassFact['assurance']) =>
    isAssuredEnough(fact({ class: number, assurance }));
  for (const number of [1, 2, 3, 4]) {
    assert.deepEqual([enough(number, 'low'), enough(number, 'substantial')], [false, true]);
  }
  for (const number of [5, 6]) {
    assert.deepEqual([enough(number, 'substantial'), enough(number, 'high')], [false, true]);
  }
  for (const number of [0, MAX_CLASS + 1, 65_535, -1, 1.5]) {
    assert.deepEqual(assurancesFor(number), []);
    assert.equal(enough(number, 'high'), false);
  }
  for (let number = 1; number <= MAX_CLASS; number++) assert.ok(enough(number, 'high'));
});

void test('a class is proved for a time by a fact with assurance that held then', () => {
  const facts = [fact({ expiresAt: NOON + 10 }), fact({ class: 5, assurance: 'low' })];
  assert.equal(provesClass(facts, 2, NOON + 9), true);
  assert.equal(provesClass(facts, 2, NOON + 10), false);
  assert.equal(provesClass(facts, 1, NOON), false);
  assert.equal(provesClass(facts, 5, NOON), false);
  assert.equal(provesClass([], 2, NOON), false);
});

void test('of several proofs of a class the sure one counts, then the one that lasts', () => {
  const weak = fact({ class: 5, assurance: 'low', prover: 'a' });
  const short = fact({ class: 5, expiresAt: NOON + 5, prover: 'b' });
  const long = fact({ class: 5, expiresAt: NOON + 9, prover: 'c' });
  const over = fact({ class: 1, expiresAt: NOON, prover: 'd' });
  assert.deepEqual(countingFacts([weak, short, long, over, fact()], NOON), [fact(), long]);
  assert.deepEqual(countingFacts([long, short, weak], NOON), [long]);
  assert.deepEqual(countingFacts([short, weak], NOON), [short]);
  assert.deepEqual(countingFacts([weak], NOON), [weak]);
});

void test('CLS-4.2: a pass of a slot that ends with the proof carries the class', () => {
  assert.equal(classOnSlot(4, slotEnd(SLOT), SLOT), 4);
  assert.equal(classOnSlot(4, slotEnd(SLOT) - 1, SLOT), 0);
  assert.equal(classOnSlot(4, null, SLOT), 4);
});

void test('CLS-3.1: what a register gives again goes on, and what it gives no more ends', () => {
  const known = [fact(), fact({ class: 1 })];
  const later = NOON + DAY;
  const merged = mergeProof(known, REGISTER, [{ class: 2, expiresAt: null }], later);
  assert.deepEqual(merged, [fact({ class: 1, endedAt: later }), fact({ provedAt: later })]);
  assert.equal(provesClass(merged, 1, later), false);
  assert.equal(provesClass(merged, 1, later - 1), true);
  assert.equal(provesClass(merged, 2, later), true);
});

void test('a new end takes the place of the old; a proof that was over begins anew', () => {
  const known = [fact({ class: 4, expiresAt: NOON + 10 })];
  const renewed = mergeProof(known, REGISTER, [{ class: 4, expiresAt: NOON + 99 }], NOON + 9);
  assert.deepEqual(renewed, [fact({ class: 4, provedAt: NOON + 9, expiresAt: NOON + 99 })]);
  const late = mergeProof(known, REGISTER, [{ class: 4, expiresAt: NOON + 99 }], NOON + 20);
  assert.equal(provesClass(late, 4, NOON + 5), true);
  assert.equal(provesClass(late, 4, NOON + 15), false);
  assert.equal(provesClass(late, 4, NOON + 20), true);
});

void test('what ended and is given again leaves the time between unproved', () => {
  const ended = mergeProof([fact()], REGISTER, [], NOON + 10);
  const again = mergeProof(ended, REGISTER, [{ class: 2, expiresAt: null }], NOON + 20);
  const at = [NOON + 9, NOON + 10, NOON + 19, NOON + 20];
  assert.deepEqual(
    at.map((time) => provesClass(again, 2, time)),
    [true, false, false, true],
  );
});

void test('another assurance of the register begins a new fact', () => {
  const merged = mergeProof(
    [fact({ class: 5 })],
    { ...REGISTER, assurance: 'low' },
    [{ class: 5, expiresAt: null }],
    NOON + 5,
  );
  assert.equal(provesClass(merged, 5, NOON + 4), true);
  assert.equal(provesClass(merged, 5, NOON + 5), false);
});

void test('what is no class, or over when it is proved, is no fact', () => {
  const odd = [0, 7, -1, 1.5, 65_536].map((number) => ({ class: number, expiresAt: null }));
  assert.deepEqual(mergeProof([], REGISTER, [...odd, { class: 1, expiresAt: NOON }], NOON), []);
});

void test('a class that a register names twice is one fact, with the latest end', () => {
  const ends = [NOON + 5, null, NOON + 9].map((expiresAt) => ({ class: 4, expiresAt }));
  assert.deepEqual(mergeProof([], REGISTER, ends, NOON), [fact({ class: 4 })]);
  const two = mergeProof(
    [],
    REGISTER,
    [ends[2], ends[0]].flatMap((end) => end ?? []),
    NOON,
  );
  assert.deepEqual(two, [fact({ class: 4, expiresAt: NOON + 9 })]);
});

void test('an end that is no second is no proof', () => {
  for (const expiresAt of [Number.NaN, Infinity, NOON + 0.5, -1, 2 ** 60]) {
    assert.deepEqual(mergeProof([], REGISTER, [{ class: 4, expiresAt }], NOON), []);
  }
});

void test('CLS-3.5: how long a class was held before 8 days ago is forgotten', () => {
  let facts: readonly ClassFact[] = [];
  for (let day = 0; day < 30; day++) {
    facts = mergeProof(facts, REGISTER, [{ class: 2, expiresAt: null }], NOON + day * DAY);
    const since = Math.max(NOON, NOON + day * DAY - FACT_MEMORY_SECONDS);
    assert.deepEqual(
      facts.map((one) => one.since),
      [since],
    );
  }
  const end = NOON + 30 * DAY;
  facts = mergeProof(facts, REGISTER, [], end);
  assert.equal(provesClass(facts, 2, end - 1), true);
  assert.equal(mergeProof(facts, REGISTER, [], end + FACT_MEMORY_SECONDS - 1).length, 1);
  assert.equal(mergeProof(facts, REGISTER, [], end + FACT_MEMORY_SECONDS).length, 0);
});

void test('after any answers, what is proved now is what was answered last', () => {
  const answers = fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 3 * DAY }),
      classes: fc.uniqueArray(
        fc.record({
          class: fc.integer({ min: 0, max: 7 }),
          lasts: fc.option(fc.integer({ min: -10, max: 5 * DAY }), { nil: null }),
        }),
        { selector: (one) => one.class },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(answers, (steps) => {
      let facts: readonly ClassFact[] = [];
      let at = NOON;
      for (const { after, classes } of steps) {
        at += after;
        const proved = classes.map((one) => ({
          class: one.class,
          expiresAt: one.lasts === null ? null : at + one.lasts,
        }));
        facts = mergeProof(facts, REGISTER, proved, at);
        const keys = facts.map((one) => `${String(one.class)} ${String(one.since)}`);
        assert.equal(new Set(keys).size, keys.length);
        assert.ok(facts.every((one) => one.since <= one.provedAt && one.provedAt <= at));
        for (let number = 0; number <= 7; number++) {
          const given = proved.some(
            (one) =>
              one.class === number &&
              number >= 1 &&
              number <= MAX_CLASS &&
              (one.expiresAt === null || one.expiresAt > at),
          );
          assert.equal(provesClass(facts, number, at), given);
        }
        assert.deepEqual(mergeProof(facts, REGISTER, proved, at), facts);
      }
    }),
  );
  assert.ok(slotOf(NOON).day > 0);
});
