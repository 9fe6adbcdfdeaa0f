import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeStore } from './node-store.ts';
import type { StaffRow, StaffTables } from './staff-tables.ts';

/** What both implementations of the staff tables must do; each test begins with an empty store. */
export function staffTablesContract(
  name: string,
  open: () => Promise<NodeStore<StaffTables>>,
): void {
  const row: StaffRow = {
    name: 'wang.editor',
    roles: ['viewer', 'editor'],
    operator: null,
    secret: { salt: 'c2FsdA', hash: 'aGFzaA' },
    createdAt: 100,
    createdBy: 'admin',
    disabledAt: null,
    disabledBy: null,
    lastUsedAt: null,
  };

  test(`${name}: an account is kept with all its members and saved again`, async () => {
    const store = await open();
    const disabled = { ...row, disabledAt: 120, disabledBy: 'admin', lastUsedAt: 110 };
    await store.transaction(({ staff }) => staff.saveAccount(row));
    assert.deepEqual(await store.read(({ staff }) => staff.account('wang.editor')), row);
    await store.transaction(({ staff }) => staff.saveAccount(disabled));
    assert.deepEqual(await store.read(({ staff }) => staff.account('wang.editor')), disabled);
    assert.equal(await store.read(({ staff }) => staff.account('wang')), undefined);
  });

  test(`${name}: whose operator's an account is stays with it`, async () => {
    const store = await open();
    const theirs: StaffRow = { ...row, operator: '4201-metro' };
    await store.transaction(({ staff }) => staff.saveAccount(theirs));
    await store.transaction(({ staff }) => staff.saveAccount({ ...theirs, lastUsedAt: 130 }));
    const kept = await store.read(({ staff }) => staff.accounts());
    assert.deepEqual(kept, [{ ...theirs, lastUsedAt: 130 }]);
  });

  test(`${name}: accounts come in the order of their names, one without a token too`, async () => {
    const store = await open();
    const admin: StaffRow = { ...row, name: 'admin', roles: ['keeper'], secret: null };
    await store.transaction(async ({ staff }) => {
      await staff.saveAccount(row);
      await staff.saveAccount({ ...row, name: 'a-9' });
      await staff.saveAccount(admin);
    });
    const failing = store.transaction(async ({ staff }) => {
      await staff.saveAccount({ ...row, name: 'lost' });
      throw new Error('rolled back');
    });
    await assert.rejects(failing, /rolled back/);
    assert.deepEqual(await store.read(({ staff }) => staff.accounts()), [
      { ...row, name: 'a-9' },
      admin,
      row,
    ]);
  });
}
