import assert from 'node:assert/strict';
import test from 'node:test';
import { provesClass, type ProvedClass } from '@tongyu/domain';
import { startOfDate } from '@tongyu/protocol';
import { memoryCityTables } from '../store/city-memory.ts';
import type { CityTables } from '../store/city-tables.ts';
import { createMemoryStore } from '../store/node-store.ts';
import { heldClasses } from './held-classes.ts';
import type { ClassProver, ClassRoom, ProverAnswer } from './ports.ts';
import { refreshClasses } from './refresh-classes.ts';

const DAY = 86_400;
/** Midnight in Shanghai. */
const MIDNIGHT = startOfDate('2026-11-27');
const REF = 'r'.repeat(22);

type TestProver = ClassProver & { answer: ProverAnswer; asked: number };

function prover(id: string, classes: readonly ProvedClass[], more: Partial<ClassProver> = {}) {
  const made: TestProver = {
    id,
    assurance: 'high',
    answer: { state: 'answered', classes },
    asked: 0,
    prove() {
      this.asked++;
      return Promise.resolve(this.answer);
    },
    ...more,
  };
  return made;
}

type TestRoom = ClassRoom & { now: number; crashAt: string; minHolders: number };

function makeRoom(provers: readonly ClassProver[], store = makeStore()): TestRoom {
  const room: TestRoom = {
    now: MIDNIGHT + 10 * 3600,
    crashAt: '',
    minHolders: 1,
    store,
    ports: {
      clock: { now: () => room.now },
      faults: {
        point: (name) => {
          if (name === room.crashAt) throw new Error(`crash at ${name}`);
        },
      },
      proofing: { provers },
    },
    config: {
      get classMinHolders() {
        return room.minHolders;
      },
    },
  };
  return room;
}

function makeStore() {
  return createMemoryStore<CityTables>(memoryCityTables);
}

const proves = (room: ClassRoom, number: number, time: number) =>
  room.store.read(async (tx) => provesClass(await tx.city.classFacts(REF), number, time));
const held = async (room: ClassRoom, ref = REF) => (await heldClasses(room, ref)).classes;

void test('CLS-3.2: a prover is asked once a calendar day, and again after midnight', async () => {
  const age = prover('birth-date', []);
  const room = makeRoom([age]);
  await refreshClasses(room, REF);
  room.now = MIDNIGHT + DAY - 1;
  await refreshClasses(room, REF);
  assert.equal(age.asked, 1);
  assert.equal(await proves(room, 2, room.now), false);
  age.answer = { state: 'answered', classes: [{ class: 2, expiresAt: null }] };
  room.now = MIDNIGHT + DAY;
  await refreshClasses(room, REF);
  assert.equal(age.asked, 2);
  assert.equal(await proves(room, 2, room.now), true);
  assert.equal(await proves(room, 2, room.now - 1), false);
});

void test('CLS-3.2: a prover is asked again once one of its proofs has run out', async () => {
  const end = MIDNIGHT + 11 * 3600;
  const register = prover('students', [{ class: 4, expiresAt: end }]);
  const students = makeRoom([register]);
  await refreshClasses(students, REF);
  students.now = end - 1;
  await refreshClasses(students, REF);
  assert.equal(register.asked, 1);
  register.answer = { state: 'answered', classes: [] };
  for (students.now = end; students.now < end + 3; students.now++)
    await refreshClasses(students, REF);
  assert.equal(register.asked, 2);
});

void test('each prover is asked for itself, and its facts are its own', async () => {
  const students = prover('students', [{ class: 4, expiresAt: MIDNIGHT + 30 * DAY }]);
  const room = makeRoom([students]);
  await refreshClasses(room, REF);
  const veterans = prover('veterans', [{ class: 6, expiresAt: null }]);
  const both = makeRoom([students, veterans], room.store);
  await refreshClasses(both, REF);
  assert.deepEqual([students.asked, veterans.asked], [1, 1]);
  students.answer = { state: 'answered', classes: [] };
  both.now += DAY;
  const classes = await held(both);
  assert.deepEqual(
    classes.map((one) => one.class),
    [6],
  );
});

void test('CLS-3.2: a prover that is away changes nothing, and is asked again soon', async () => {
  const age = prover('birth-date', [{ class: 2, expiresAt: null }]);
  const room = makeRoom([age]);
  await refreshClasses(room, REF);
  const provedAt = room.now;
  age.answer = { state: 'away' };
  for (const days of [1, 6]) {
    room.now = provedAt + days * DAY;
    assert.equal((await held(room))[0]?.provedAt, provedAt);
  }
  assert.equal(age.asked, 3);
  room.now = provedAt + 7 * DAY;
  assert.deepEqual(await held(room), []);
  age.answer = { state: 'answered', classes: [{ class: 2, expiresAt: null }] };
  assert.equal((await held(room))[0]?.provedAt, room.now);
});

void test('CLS-3.5: what was proved is known for 8 days after it ended', async () => {
  const register = prover('students', [{ class: 4, expiresAt: null }]);
  const room = makeRoom([register]);
  const begun = room.now;
  await refreshClasses(room, REF);
  register.answer = { state: 'answered', classes: [] };
  room.now += DAY;
  const ended = room.now;
  await refreshClasses(room, REF);
  for (room.now = ended; room.now < ended + 8 * DAY; room.now += DAY) {
    await refreshClasses(room, REF);
    const facts = [begun - 1, begun, ended - 1, ended].map((time) => proves(room, 4, time));
    assert.deepEqual(await Promise.all(facts), [false, true, true, false]);
  }
  await refreshClasses(room, REF);
  assert.equal(await proves(room, 4, ended - 1), false);
});

void test('provers are waited for outside any transaction', async () => {
  const store = makeStore();
  const slow = prover('slow', [], {
    prove: async () => {
      await store.read((tx) => tx.city.countResidents()); // would wait for ever inside one
      return { state: 'answered', classes: [{ class: 1, expiresAt: null }] };
    },
  });
  assert.equal((await held(makeRoom([slow], store))).length, 1);
});

void test('an answer that arrives late does not undo a newer one', async () => {
  const store = makeStore();
  let release = (_answer: ProverAnswer): void => undefined;
  const waiting = new Promise<ProverAnswer>((resolve) => {
    release = resolve;
  });
  const late = makeRoom([prover('register', [], { prove: () => waiting })], store);
  const refreshing = refreshClasses(late, REF);
  const now = makeRoom([prover('register', [{ class: 5, expiresAt: null }])], store);
  now.now = late.now + 60;
  await refreshClasses(now, REF);
  release({ state: 'answered', classes: [] });
  await refreshing;
  assert.equal(await proves(now, 5, now.now), true);
});

void test('a crash before the commit leaves nothing, one after it the facts', async () => {
  const room = makeRoom([prover('register', [{ class: 5, expiresAt: null }])]);
  room.crashAt = 'classes/before-commit';
  await assert.rejects(refreshClasses(room, REF), /crash/);
  assert.equal(await proves(room, 5, room.now), false);
  room.crashAt = 'classes/after-commit';
  await assert.rejects(refreshClasses(room, REF), /crash/);
  assert.equal(await proves(room, 5, room.now), true);
  room.crashAt = '';
  assert.equal((await held(room)).length, 1);
});

void test('CLS-2.3: a class with a weak proof is named so, and proves nothing', async () => {
  const weak = prover('letters', [{ class: 5, expiresAt: null }], { assurance: 'substantial' });
  const room = makeRoom([weak]);
  const [only] = await held(room);
  assert.deepEqual([only?.class, only?.standing], [5, 'weak']);
  assert.equal(await proves(room, 5, room.now), false);
});

void test('CLS-4.3: a class that too few residents hold is rare until enough hold it', async () => {
  const room = makeRoom([prover('register', [{ class: 6, expiresAt: null }])]);
  room.minHolders = 3;
  const standing = async (ref: string) => (await held(room, ref))[0]?.standing;
  assert.equal(await standing('a'), 'rare');
  assert.equal(await standing('b'), 'rare');
  assert.equal(await standing('c'), 'offered');
  assert.equal(await standing('a'), 'offered');
});

void test('a register that answers with what is no class proves none', async () => {
  const odd = [0, 7, -1, 1.5, Number.NaN, 65_536].map((number) => ({
    class: number,
    expiresAt: null,
  }));
  const over = [{ class: 1, expiresAt: MIDNIGHT }];
  assert.deepEqual(await held(makeRoom([prover('odd', [...odd, ...over])])), []);
});
