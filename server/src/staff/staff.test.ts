import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRng } from '../ports/rng.ts';
import { createMemoryStore } from '../store/node-store.ts';
import { memoryStaff } from '../store/staff-memory.ts';
import type { StaffTables } from '../store/staff-tables.ts';
import { createStaff, MAX_ACCOUNTS, type Staff } from './staff.ts';

type Office = { readonly staff: Staff; now: number; readonly kept: () => Promise<string> };

function openOffice(): Office {
  const store = createMemoryStore<StaffTables>(memoryStaff);
  const office: Office = {
    now: 1_800_000_000,
    staff: createStaff({ clock: { now: () => office.now }, rng: systemRng() }, store),
    kept: async () => JSON.stringify(await store.read(({ staff }) => staff.accounts())),
  };
  return office;
}

test('a token is shown once; what is kept of it opens nothing', async () => {
  const { staff, kept } = openOffice();
  const made = await staff.create('admin', 'wang', ['editor', 'viewer']);
  assert(made.ok);
  const { token, account } = made.value;
  assert.match(token, /^[A-Za-z0-9_-]{43}$/);
  assert.deepEqual(account.roles, ['viewer', 'editor']);
  assert.equal(account.createdBy, 'admin');
  assert.equal(await staff.signIn(token), 'wang');
  assert(!(await kept()).includes(token));
  const [row] = JSON.parse(await kept()) as [{ secret: { hash: string; salt: string } }];
  assert.equal(await staff.signIn(row.secret.hash), undefined);
  assert.equal(await staff.signIn('x'.repeat(43)), undefined);
  assert(!JSON.stringify(await staff.accounts()).includes(row.secret.hash));
});

test('a name belongs to one account for ever, also after it is disabled', async () => {
  const { staff } = openOffice();
  const first = await staff.create('admin', 'wang', ['editor']);
  assert(first.ok);
  const disabled = await staff.disable('li', 'wang');
  assert(disabled.ok);
  assert.equal(disabled.value.disabledBy, 'li');
  assert.deepEqual(await staff.disable('someone', 'wang'), disabled, 'again changes nothing');
  assert.equal(await staff.signIn(first.value.token), undefined);
  assert.deepEqual((await staff.standingOf('wang')).roles, []);
  const again = await staff.create('admin', 'wang', ['keeper']);
  assert(!again.ok);
  assert.equal(again.refusal.code, 'STAFF_NAME_TAKEN');
});

test('the built-in account has every role, no token, and cannot be disabled or taken', async () => {
  const { staff } = openOffice();
  assert.deepEqual((await staff.standingOf('admin')).roles, [
    'viewer',
    'editor',
    'publisher',
    'keeper',
  ]);
  const refusals = [
    await staff.disable('x', 'admin'),
    await staff.create('x', 'admin', ['viewer']),
  ];
  assert.deepEqual(
    refusals.map((result) => !result.ok && result.refusal.code),
    ['STAFF_BUILT_IN', 'STAFF_NAME_TAKEN'],
  );
  assert.deepEqual((await staff.standingOf('nobody')).roles, []);
  assert.equal((await staff.accounts()).length, 1);
});

test('the last use is noted, and not written at each request', async () => {
  const office = openOffice();
  await office.staff.create('admin', 'wang', ['viewer']);
  const lastUse = async (): Promise<number | null | undefined> =>
    (await office.staff.accounts()).find(({ name }) => name === 'wang')?.lastUsedAt;
  assert.equal(await lastUse(), null);
  await office.staff.standingOf('wang');
  const first = office.now;
  assert.equal(await lastUse(), first);
  office.now += 60;
  await office.staff.standingOf('wang');
  assert.equal(await lastUse(), first);
  office.now += 301;
  await office.staff.standingOf('wang');
  assert.equal(await lastUse(), office.now);
});

test('a node has a bounded number of accounts', async () => {
  const { staff } = openOffice();
  const names = Array.from({ length: MAX_ACCOUNTS + 1 }, (_, i) => `staff-${String(i)}`);
  const made = [];
  for (const name of names) made.push(await staff.create('admin', name, ['viewer']));
  const last = made.at(-1);
  assert(last?.ok === false);
  assert.equal(last.refusal.code, 'STAFF_FULL');
  assert(made.slice(0, -1).every(({ ok }) => ok));
});
