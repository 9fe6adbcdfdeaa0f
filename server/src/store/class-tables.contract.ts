import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CityTables } from './city-tables.ts';
import type { ClassFactRow } from './class-tables.ts';
import type { NodeStore } from './node-store.ts';

/** What every implementation of the class tables must do; run on memory and on PostgreSQL. */
export function classTablesContract(name: string, open: () => NodeStore<CityTables>): void {
  const here = (title: string, work: (store: NodeStore<CityTables>) => Promise<void>): void => {
    void test(`${name}: ${title}`, () => work(open()));
  };

  here('facts of a prover take the place of its earlier ones, of it alone', async (store) => {
    await store.transaction(async (tx) => {
      await tx.city.lockResident('c-1', 1);
      const age = fact('c-1', { class: 2 });
      const young = fact('c-1', { class: 1 });
      const ended = fact('c-1', { class: 1, since: 40, provedAt: 50, endedAt: 60 });
      const student = fact('c-1', { class: 4, prover: 'student-register', expiresAt: 500 });
      await tx.city.replaceClassFacts('c-1', 'birth-date', [age, young, ended]);
      await tx.city.replaceClassFacts('c-1', 'student-register', [student]);
      assert.deepEqual(await tx.city.classFacts('c-1'), [ended, young, age, student]);
      const proved = { ...age, provedAt: 300, since: 200 };
      await tx.city.replaceClassFacts('c-1', 'birth-date', [proved]);
      assert.deepEqual(await tx.city.classFacts('c-1'), [proved, student]);
      await tx.city.replaceClassFacts('c-1', 'student-register', []);
      assert.deepEqual(await tx.city.classFacts('c-1'), [proved]);
      assert.deepEqual(await tx.city.classFacts('c-none'), []);
    });
  });

  here('when each prover was asked last is kept', async (store) => {
    await store.transaction(async (tx) => {
      await tx.city.lockResident('c-2', 1);
      const row = (prover: string, askedAt: number) => ({ residentRef: 'c-2', prover, askedAt });
      for (const one of [row('b', 1), row('a', 2), row('b', 3)]) await tx.city.saveClassAsked(one);
      assert.deepEqual(await tx.city.classesAsked('c-2'), [row('a', 2), row('b', 3)]);
      assert.deepEqual(await tx.city.classesAsked('c-none'), []);
    });
  });

  here('holders are residents with a good proof, counted once, up to a limit', async (store) => {
    await store.transaction(async (tx) => {
      const save = async (ref: string, more: Partial<ClassFactRow>) => {
        await tx.city.lockResident(ref, 1);
        const row = fact(ref, { class: 9, ...more });
        await tx.city.replaceClassFacts(ref, row.prover, [row]);
      };
      await save('h-1', {});
      await save('h-1', { prover: 'other' });
      await save('h-2', { assurance: 'substantial', expiresAt: 201 });
      await save('h-weak', { assurance: 'low' });
      await save('h-over', { expiresAt: 200 });
      await save('h-ended', { endedAt: 150 });
      await save('h-else', { class: 8 });
      const count = (limit: number) => tx.city.countHolders(9, ['substantial', 'high'], 200, limit);
      assert.deepEqual([await count(10), await count(1)], [2, 1]);
      assert.equal(await tx.city.countHolders(9, ['high'], 200, 10), 1);
      assert.equal(await tx.city.countHolders(7, ['high'], 200, 10), 0);
    });
  });

  here('facts that were over before a time are forgotten', async (store) => {
    await store.transaction(async (tx) => {
      await tx.city.lockResident('d-1', 1);
      const rows = [
        fact('d-1', { class: 1, endedAt: 399 }),
        fact('d-1', { class: 2, endedAt: 400 }),
        fact('d-1', { class: 3, expiresAt: 399, endedAt: 900 }),
        fact('d-1', { class: 4, expiresAt: 400 }),
        fact('d-1', { class: 5 }),
      ];
      await tx.city.replaceClassFacts('d-1', 'birth-date', rows);
      await tx.city.dropClassFacts(400);
      const left = (await tx.city.classFacts('d-1')).map((row) => row.class);
      assert.deepEqual(left, [2, 4, 5]);
    });
  });

  here('a failed transaction leaves no fact', async (store) => {
    const broken = store.transaction(async (tx) => {
      await tx.city.lockResident('f-1', 1);
      await tx.city.replaceClassFacts('f-1', 'birth-date', [fact('f-1', {})]);
      await tx.city.saveClassAsked({ residentRef: 'f-1', prover: 'birth-date', askedAt: 1 });
      throw new Error('stop');
    });
    await assert.rejects(broken, /stop/);
    await store.transaction(async (tx) => {
      assert.deepEqual(await tx.city.classFacts('f-1'), []);
      assert.deepEqual(await tx.city.classesAsked('f-1'), []);
    });
  });
}

function fact(residentRef: string, more: Partial<ClassFactRow>): ClassFactRow {
  return {
    residentRef,
    class: 1,
    prover: 'birth-date',
    assurance: 'high',
    since: 100,
    provedAt: 100,
    expiresAt: null,
    endedAt: null,
    ...more,
  };
}
