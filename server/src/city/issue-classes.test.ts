import assert from 'node:assert/strict';
import { test } from 'node:test';
import { provesClass } from '@tongyu/domain';
import {
  bytesOf,
  readPassFields,
  slotEnd,
  slotFromIndex,
  slotIndex,
  slotOf,
  startOfDate,
  toHex,
  type ParsedPass,
  type Slot,
} from '@tongyu/protocol';
import {
  bindTestPhone,
  newDeviceKeys,
  NOON,
  testRegion,
  type TestCity,
  type TestPhone,
} from './city-fixture.ts';

const HERE = slotOf(NOON);
const parsed = (pass: string): ParsedPass => readPassFields(bytesOf(pass), 1);

/** The passes that the phone gets for new keys of the slot, or the refusal's code. */
async function ask(
  { city }: TestCity,
  phone: TestPhone,
  classNumber: number,
  slot: Slot = HERE,
  keys: readonly string[] = newDeviceKeys(phone, 1),
): Promise<readonly ParsedPass[] | string> {
  const wanted = [{ ...slot, deviceKeys: keys }];
  const pool = await city.pool(phone.phoneId, { wanted, class: classNumber });
  return pool.ok ? pool.value.passes.map(({ pass }) => parsed(pass)) : pool.refusal.code;
}

async function classOf(...request: Parameters<typeof ask>): Promise<number | string> {
  const passes = await ask(...request);
  return typeof passes === 'string' ? passes : (passes[0]?.class ?? 'none');
}

test('CLS-4.2: passes carry a proved class, and no other is issued', async () => {
  const region = await testRegion(['4301']);
  const changsha = region.city('4301');
  const senior = await bindTestPhone(region, changsha, 'senior');
  const adult = await bindTestPhone(region, changsha, 'adult');
  for (const [number, answer] of [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 'CLASS_NOT_PROVED'],
    [4, 'CLASS_NOT_PROVED'],
    [5, 'CLASS_NOT_PROVED'],
    [6, 6],
    [7, 'CLASS_NOT_PROVED'],
    [65_535, 'CLASS_NOT_PROVED'],
  ] as const) {
    assert.equal(await classOf(changsha, senior, number), answer);
  }
  for (let number = 1; number <= 7; number++) {
    assert.equal(await classOf(changsha, adult, number), 'CLASS_NOT_PROVED');
  }
  const wanted = [{ ...HERE, deviceKeys: newDeviceKeys(adult, 1) }];
  const refused = await changsha.city.pool(adult.phoneId, { wanted, class: 2 });
  assert.deepEqual(refused, {
    ok: false,
    refusal: { code: 'CLASS_NOT_PROVED', facts: { class: 2 } },
  });
});

test('CLS-4.2: a slot that ends after the proof carries no class', async () => {
  const region = await testRegion(['4301']);
  const changsha = region.city('4301');
  // A student's proof ends with the service day of 31 August; the slots end with it.
  const end = startOfDate('2027-09-01') + 4 * 3600;
  region.now = end - 2 * 86_400;
  changsha.section = longKeys(changsha);
  const student = await bindTestPhone(region, changsha, 'student');
  const last = slotOf(end - 1);
  assert.equal(slotEnd(last), end);
  assert.equal(await classOf(changsha, student, 4, last), 4);
  const first = slotFromIndex(slotIndex(last) + 1);
  assert.equal(await classOf(changsha, student, 4, first), 0);
  region.now = end - 1;
  assert.equal(await classOf(changsha, student, 4, first), 0);
  region.now = end; // the register renews it for a year
  assert.equal(await classOf(changsha, student, 4, first), 4);
});

test('CLS-3.2: who turns 70 gets the class on that day, without doing anything', async () => {
  const region = await testRegion(['4301']);
  const changsha = region.city('4301');
  const birthday = startOfDate('2028-02-26');
  region.now = birthday - 60;
  changsha.section = longKeys(changsha);
  const senior = await bindTestPhone(region, changsha, 'senior');
  assert.equal(await classOf(changsha, senior, 3, slotOf(region.now)), 'CLASS_NOT_PROVED');
  const before = await phoneClasses(changsha, senior);
  region.now = birthday;
  assert.equal(await classOf(changsha, senior, 3, slotOf(region.now)), 3);
  assert.deepEqual([before, await phoneClasses(changsha, senior)], ['1 2 6', '1 2 3 6']);
});

test('a status asks the registers too, so a repair finds what is proved', async () => {
  const region = await testRegion(['4301']);
  const changsha = region.city('4301');
  const birthday = startOfDate('2028-02-26');
  region.now = birthday - 60;
  const senior = await bindTestPhone(region, changsha, 'senior');
  const row = await changsha.store.read((tx) => tx.city.phone(senior.phoneId));
  assert(row !== undefined);
  const proves = (time: number) =>
    changsha.store.read(async (tx) =>
      provesClass(await tx.city.classFacts(row.residentRef), 3, time),
    );
  region.now = birthday + 3600;
  assert.equal(await proves(region.now), false);
  await changsha.city.status(row);
  assert.equal(await proves(region.now), true);
  assert.equal(await proves(region.now - 1), false);
});

test('CLS-4.5: the same device key again gets the same pass, whatever class is asked', async () => {
  const region = await testRegion(['4301']);
  const changsha = region.city('4301');
  const senior = await bindTestPhone(region, changsha, 'senior');
  const [key = ''] = newDeviceKeys(senior, 1);
  const first = await ask(changsha, senior, 2, HERE, [key]);
  assert.equal(first.length, 1);
  for (const number of [0, 1, 2, 6]) {
    assert.deepEqual(await ask(changsha, senior, number, HERE, [key]), first);
  }
});

test('CLS-4.5: eight of one class and eight of another, then nothing is left', async () => {
  const region = await testRegion(['4301']);
  const changsha = region.city('4301');
  const senior = await bindTestPhone(region, changsha, 'senior');
  const plain = await ask(changsha, senior, 0, HERE, newDeviceKeys(senior, 8));
  assert.equal(await classOf(changsha, senior, 0), 'POOL_EXHAUSTED');
  const classed = await ask(changsha, senior, 2, HERE, newDeviceKeys(senior, 8));
  assert(typeof plain !== 'string' && typeof classed !== 'string');
  for (const passes of [plain, classed]) {
    assert.equal(passes.filter((pass) => pass.reserve).length, 1);
  }
  const tags = [...plain, ...classed].map((pass) => toHex(pass.tag));
  assert.equal(new Set(tags).size, 16);
  for (const number of [0, 1, 2, 6]) {
    assert.equal(await classOf(changsha, senior, number), 'POOL_EXHAUSTED');
  }
  const next = slotFromIndex(slotIndex(HERE) + 1);
  assert.equal(await classOf(changsha, senior, 1, next), 1);
});

test('CLS-4.3: a class held by too few is put on no pass, and the answer says so', async () => {
  const region = await testRegion(['4301'], { classMinHolders: 2 });
  const changsha = region.city('4301');
  const senior = await bindTestPhone(region, changsha, 'senior');
  const wanted = [{ ...HERE, deviceKeys: newDeviceKeys(senior, 1) }];
  assert.deepEqual(await changsha.city.pool(senior.phoneId, { wanted, class: 2 }), {
    ok: false,
    refusal: { code: 'CLASS_TOO_RARE', facts: { class: 2, atLeast: 2 } },
  });
  const row = await changsha.store.read((tx) => tx.city.phone(senior.phoneId));
  assert(row !== undefined);
  const held = await changsha.city.classes(row);
  assert(held.ok);
  assert(held.value.classes.every((one) => one.standing === 'rare'));
  const proved = (number: number) =>
    changsha.store.read(async (tx) =>
      provesClass(await tx.city.classFacts(row.residentRef), number, NOON),
    );
  assert.deepEqual([await proved(2), await proved(3)], [true, false]);
});

test('a phone that is over learns of no class and gets no pass of one', async () => {
  const region = await testRegion(['4301']);
  const changsha = region.city('4301');
  const senior = await bindTestPhone(region, changsha, 'senior');
  await changsha.city.unbind(senior.phoneId);
  const row = await changsha.store.read((tx) => tx.city.phone(senior.phoneId));
  assert(row !== undefined);
  const classes = await changsha.city.classes(row);
  assert(!classes.ok && classes.refusal.code === 'PHONE_REVOKED');
  assert.equal(await classOf(changsha, senior, 2), 'PHONE_REVOKED');
});

test('a crash while binding leaves neither phone nor facts', async () => {
  const region = await testRegion(['4301']);
  const changsha = region.city('4301');
  const facts = { bound: false };
  region.faults = {
    point: (name) => {
      if (name === 'bind/before-commit') throw new Error('crash');
    },
  };
  await assert.rejects(bindTestPhone(region, changsha, 'senior'), /crash/);
  const holders = () => changsha.store.read((tx) => tx.city.countHolders(2, ['high'], NOON, 9));
  assert.equal(await holders(), 0);
  region.faults = { point: () => (facts.bound = true) };
  await bindTestPhone(region, changsha, 'senior');
  assert.deepEqual([await holders(), facts.bound], [1, true]);
});

async function phoneClasses({ city, store }: TestCity, phone: TestPhone): Promise<string> {
  const row = await store.read((tx) => tx.city.phone(phone.phoneId));
  assert(row !== undefined);
  const held = await city.classes(row);
  assert(held.ok);
  return held.value.classes.map((one) => String(one.class)).join(' ');
}

/** The test's keys, good for years: some birthdays are far away. */
function longKeys({ section }: TestCity): TestCity['section'] {
  return { ...section, keys: section.keys.map((key) => ({ ...key, untilDay: 49_000 })) };
}

test('a proof that comes while the request is answered counts', async () => {
  const region = await testRegion(['4301']);
  const changsha = region.city('4301');
  const birthday = startOfDate('2028-02-26');
  region.now = birthday - 60;
  changsha.section = longKeys(changsha);
  const senior = await bindTestPhone(region, changsha, 'senior');
  let seconds = birthday;
  Object.defineProperty(region, 'now', { get: () => seconds++ });
  assert.equal(await classOf(changsha, senior, 3, slotOf(birthday)), 3);
});
