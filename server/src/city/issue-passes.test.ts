import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bytesOf,
  parseRevocationList,
  expandRevokedTags,
  readPassFields,
  serviceDay,
  slotFromIndex,
  slotIndex,
  slotOf,
  tagKey,
  toHex,
  type ParsedPass,
} from '@tongyu/protocol';
import { generateSigner } from '../crypto/sign.ts';
import {
  bindRequest,
  bindTestPhone,
  fetchPasses,
  hashOf,
  newDeviceKeys,
  NOON,
  phoneHeader,
  testRegion,
  type TestPhone,
} from './city-fixture.ts';
import { groupRevocations } from './revocation-list.ts';

const HERE = slotOf(NOON);
const LATER = slotFromIndex(slotIndex(HERE) + 28);
const parsed = (pass: string): ParsedPass => readPassFields(bytesOf(pass), 1);

test('a phone gets passes for the horizon, in order, one of each slot a reserve', async () => {
  const region = await testRegion();
  const changsha = region.city('4301');
  const phone = await bindTestPhone(region, changsha);
  const wanted = Array.from({ length: 29 }, (_, i) => ({
    ...slotFromIndex(slotIndex(HERE) + i),
    deviceKeys: newDeviceKeys(phone, 8),
  }));
  const pool = await changsha.city.pool(phone.phoneId, { wanted, class: 0 });
  assert(pool.ok);
  const passes = pool.value.passes.map(({ pass }) => parsed(pass));
  assert.equal(passes.length, 29 * 8);
  const asked = wanted.flatMap((slot) => slot.deviceKeys.map((key) => ({ slot, key })));
  for (const [i, { slot, key }] of asked.entries()) {
    const pass = passes[i];
    assert(pass !== undefined);
    assert.deepEqual(pass.slot, { day: slot.day, slot: slot.slot });
    assert.deepEqual(pass.deviceKey, bytesOf(key));
  }
  for (const slot of wanted) {
    const here = passes.filter((pass) => slotIndex(pass.slot) === slotIndex(slot));
    assert.equal(here.filter((pass) => pass.reserve).length, 1);
  }
  assert.equal(new Set(passes.map((pass) => toHex(pass.tag))).size, passes.length);
});

test('the same device key gets the same pass, and a ninth of a slot is refused', async () => {
  const region = await testRegion();
  const { city } = region.city('4301');
  const phone = await bindTestPhone(region, region.city('4301'));
  const deviceKeys = newDeviceKeys(phone, 8);
  const ask = (keys: readonly string[]) =>
    city.pool(phone.phoneId, { wanted: [{ ...HERE, deviceKeys: keys }], class: 0 });
  const first = await ask(deviceKeys.slice(0, 3));
  const all = await ask(deviceKeys);
  assert(first.ok && all.ok);
  assert.deepEqual(all.value.passes.slice(0, 3), first.value.passes);
  const twice = await ask([...deviceKeys.slice(0, 1), ...deviceKeys.slice(0, 1)]);
  assert(twice.ok);
  assert.deepEqual(twice.value.passes, [first.value.passes[0], first.value.passes[0]]);
  const ninth = await ask(newDeviceKeys(phone, 1));
  assert.deepEqual(ninth, {
    ok: false,
    refusal: { code: 'POOL_EXHAUSTED', facts: { ...HERE } },
  });
});

test('slots that are over or too far, double slots and tied device keys are refused', async () => {
  const region = await testRegion();
  const { city } = region.city('4301');
  const phone = await bindTestPhone(region, region.city('4301'));
  const [key = '', other = ''] = newDeviceKeys(phone, 2);
  const codeOf = async (wanted: Parameters<typeof city.pool>[1]['wanted'], cls = 0) => {
    const answer = await city.pool(phone.phoneId, { wanted, class: cls });
    return answer.ok ? 'ok' : answer.refusal.code;
  };
  const at = (offset: number, deviceKey = key) => ({
    ...slotFromIndex(slotIndex(HERE) + offset),
    deviceKeys: [deviceKey],
  });
  assert.equal(await codeOf([at(-1)]), 'SLOT_OUT_OF_HORIZON');
  assert.equal(await codeOf([at(29)]), 'SLOT_OUT_OF_HORIZON');
  assert.equal(await codeOf([at(0), at(0, other)]), 'SLOT_TWICE');
  assert.equal(await codeOf([at(0), at(1)]), 'DEVICE_KEY_REUSED');
  assert.equal(await codeOf([at(0)], 3), 'CLASS_NOT_PROVED');
  assert.equal(await codeOf([at(0), at(28, other)]), 'ok');
  const unknown = await city.pool('x'.repeat(22), { wanted: [at(0)], class: 0 });
  assert(!unknown.ok && unknown.refusal.code === 'PHONE_UNKNOWN');
});

test('the seed of a slot that is over is nowhere in the store', async () => {
  const region = await testRegion();
  const changsha = region.city('4301');
  const phone = await bindTestPhone(region, changsha);
  await fetchPasses(changsha, phone, HERE, 2);
  const row = () => changsha.store.transaction((tx) => tx.city.phone(phone.phoneId));
  const before = await row();
  region.now = NOON + 6 * 3600;
  await fetchPasses(changsha, phone, slotOf(region.now), 2);
  const after = await row();
  assert.equal(after?.seedSlot, slotIndex(HERE) + 1);
  assert.notDeepEqual(after.seed, before?.seed);
  region.now = NOON; // a clock that was set back gets no pass for a slot whose seed is gone
  const wanted = [{ ...HERE, deviceKeys: newDeviceKeys(phone, 1) }];
  const early = await changsha.city.pool(phone.phoneId, { wanted, class: 0 });
  assert(!early.ok && early.refusal.code === 'SLOT_OUT_OF_HORIZON');
});

test('a tag that another phone holds is skipped', async () => {
  const region = await testRegion();
  const changsha = region.city('4301');
  const phone = await bindTestPhone(region, changsha);
  const other = await bindTestPhone(region, changsha, 'senior');
  const row = await changsha.store.transaction((tx) => tx.city.phone(phone.phoneId));
  const probe = await testRegion();
  const twin = probe.city('4301');
  const twinPhone = await bindTestPhone(probe, twin);
  await twin.store.transaction(async (tx) => {
    const twinRow = await tx.city.phone(twinPhone.phoneId);
    assert(twinRow !== undefined && row !== undefined);
    await tx.city.savePhone({ ...twinRow, seed: row.seed });
  });
  const foreseen = (await fetchPasses(twin, twinPhone, HERE, 2)).passes.map((p) => parsed(p.pass));
  const taken = toHex(foreseen[0]?.tag ?? new Uint8Array(0));
  await changsha.store.transaction((tx) =>
    tx.city.addPasses([
      {
        slot: slotIndex(HERE),
        tag: taken,
        phoneId: other.phoneId,
        deviceKey: 'k',
        tagIndex: 0,
        keyId: 2,
        reserve: false,
        bytes: new Uint8Array(118),
      },
    ]),
  );
  const passes = (await fetchPasses(changsha, phone, HERE, 2)).passes.map((p) => parsed(p.pass));
  const tags = passes.map((pass) => toHex(pass.tag));
  assert(!tags.includes(taken));
  assert.equal(tags[0], toHex(foreseen[1]?.tag ?? new Uint8Array(0)));
});

test('a lost phone goes onto the list from its slot on, and no other phone with it', async () => {
  const region = await testRegion();
  const changsha = region.city('4301');
  const lost = await bindTestPhone(region, changsha, 'adult');
  const kept = await bindTestPhone(region, changsha, 'adult');
  const lostPasses = await fetchPasses(changsha, lost, LATER, 2);
  const keptPasses = await fetchPasses(changsha, kept, LATER, 2);
  const proof = { kind: 'synthetic', persona: '4301-adult' } as const;
  const listed = await changsha.city.reportLost({ proof });
  assert(listed.ok && 'phones' in listed.value);
  assert.equal(listed.value.phones.length, 2);
  const stranger = { kind: 'synthetic', persona: '4301-senior' } as const;
  const foreign = await changsha.city.reportLost({ proof: stranger, phoneId: lost.phoneId });
  assert(!foreign.ok && foreign.refusal.code === 'PHONE_UNKNOWN');

  const report = await changsha.city.reportLost({ proof, phoneId: lost.phoneId });
  assert.deepEqual(report, { ok: true, value: { revokedAt: NOON, listNumber: 2 } });
  region.now = NOON + 60;
  const again = await changsha.city.reportLost({ proof, phoneId: lost.phoneId });
  assert.deepEqual(again, report);

  const list = parseRevocationList(changsha.lists.at(-1) ?? new Uint8Array(0));
  assert(list !== undefined);
  const revoked = expandRevokedTags(list, LATER);
  const isRevoked = ({ pass }: { pass: string }) => revoked.has(tagKey('4301', parsed(pass).tag));
  assert(lostPasses.passes.every(isRevoked));
  assert(!keptPasses.passes.some(isRevoked));
  const wanted = [{ ...HERE, deviceKeys: newDeviceKeys(lost, 1) }];
  const refused = await changsha.city.pool(lost.phoneId, { wanted, class: 0 });
  assert(!refused.ok && refused.refusal.code === 'PHONE_REVOKED');
});

test('an entry leaves the list after its last slot, with a new number', async () => {
  const region = await testRegion();
  const changsha = region.city('4301');
  const phone = await bindTestPhone(region, changsha);
  await fetchPasses(changsha, phone, HERE, 1);
  const proof = { kind: 'synthetic', persona: '4301-adult' } as const;
  await changsha.city.reportLost({ proof, phoneId: phone.phoneId });
  await changsha.city.keep();
  assert.equal(changsha.lists.length, 2);
  region.now = NOON + 6 * 3600;
  await changsha.city.keep();
  await changsha.city.keep();
  const numbers = changsha.lists.map((bytes) => parseRevocationList(bytes)?.number);
  const phones = changsha.lists.map((bytes) => parseRevocationList(bytes)?.groups.length);
  assert.deepEqual(numbers, [1, 2, 3]);
  assert.deepEqual(phones, [0, 1, 0]);
});

test('a phone at hand unbinds itself without the list; a sixth pushes out the oldest', async () => {
  const region = await testRegion();
  const changsha = region.city('4301');
  const first = await bindTestPhone(region, changsha);
  await fetchPasses(changsha, first, LATER, 1);
  const left = await changsha.city.unbind(first.phoneId);
  assert(left.ok);
  assert.equal(changsha.lists.length, 1);
  const phones: TestPhone[] = [];
  for (let i = 0; i < 6; i++) {
    region.now += 1;
    const phone = await bindTestPhone(region, changsha);
    await fetchPasses(changsha, phone, LATER, 1);
    phones.push(phone);
  }
  const list = parseRevocationList(changsha.lists.at(-1) ?? new Uint8Array(0));
  assert.equal(list?.groups[0]?.seeds.length, 1);
  const oldest = await changsha.store.transaction((tx) => tx.city.phone(phones[0]?.phoneId ?? ''));
  assert.equal(oldest?.revokedAt, region.now);
  assert.equal(oldest.seed.length, 0);
});

test('the same phone key is the same phone, for its own resident only', async () => {
  const region = await testRegion();
  const { city } = region.city('4301');
  const key = generateSigner('ES256');
  const bind = (persona: string, time = NOON) => city.bind(bindRequest('4301', persona, key, time));
  const first = await bind('adult');
  assert.deepEqual(await bind('adult'), first);
  const codeOf = async (answer: ReturnType<typeof bind>) => {
    const result = await answer;
    return result.ok ? 'ok' : result.refusal.code;
  };
  assert.equal(await codeOf(bind('senior')), 'PHONE_KEY_TAKEN');
  assert.equal(await codeOf(bind('nobody')), 'PROOF_REFUSED');
  assert.equal(await codeOf(bind('adult', NOON - 121)), 'PHONE_CLOCK');
  const forged = { ...bindRequest('4301', 'adult', key, NOON), time: NOON + 1 };
  assert.equal(await codeOf(city.bind(forged)), 'PHONE_SIGNATURE_INVALID');
  assert.equal(await city.countResidents(), 1);
});

test('a request is recognised by its signature, once, within two minutes', async () => {
  const region = await testRegion();
  const changsha = region.city('4301');
  const phone = await bindTestPhone(region, changsha);
  const request = { method: 'POST', path: '/resident/pool', bodyHash: hashOf('{}') } as const;
  const ask = async (header: string | undefined, more = {}) => {
    const answer = await changsha.city.recognisePhone({ ...request, ...more, header });
    return answer.ok ? 'ok' : answer.refusal.code;
  };
  const header = phoneHeader(phone, request, NOON, 'nonce-001');
  assert.equal(await ask(header, { bodyHash: hashOf('{ }') }), 'PHONE_SIGNATURE_INVALID');
  assert.equal(await ask(header, { path: '/resident/status' }), 'PHONE_SIGNATURE_INVALID');
  assert.equal(await ask(header), 'ok');
  assert.equal(await ask(header), 'PHONE_NONCE_USED');
  assert.equal(await ask(phoneHeader(phone, request, NOON + 121, 'nonce-002')), 'PHONE_CLOCK');
  assert.equal(await ask(phoneHeader(phone, request, NOON - 120, 'nonce-003')), 'ok');
  const stranger = { ...phone, phoneId: 'A'.repeat(22) };
  assert.equal(await ask(phoneHeader(stranger, request, NOON, 'nonce-004')), 'PHONE_UNKNOWN');
  for (const odd of [undefined, '', 'x', `${header}x`, header.replace('.', '..'), '..'.repeat(9)]) {
    assert.equal(await ask(odd), 'PHONE_SIGNATURE_INVALID');
  }
});

test('an emergency key voids old passes; a slot gives eight new ones, no more', async () => {
  const region = await testRegion();
  const changsha = region.city('4301');
  const { city } = changsha;
  const phone = await bindTestPhone(region, changsha);
  await fetchPasses(changsha, phone, HERE, 8);
  const { keyId } = await city.replaceIssuerKey();
  const wanted = [{ ...HERE, deviceKeys: newDeviceKeys(phone, 8) }];
  const tooEarly = await city.pool(phone.phoneId, { wanted, class: 0 });
  assert(!tooEarly.ok && tooEarly.refusal.code === 'ISSUER_KEY_MISSING');
  changsha.bundledSince.set(keyId, NOON);
  const pool = await city.pool(phone.phoneId, { wanted, class: 0 });
  assert(pool.ok);
  assert.deepEqual(pool.value.voidKeyIds, [2]);
  const passes = pool.value.passes.map(({ pass }) => parsed(pass));
  assert(passes.every((pass) => pass.keyId === keyId));
  assert.equal(passes.filter((pass) => pass.reserve).length, 1);
  const next = await city.replaceIssuerKey();
  changsha.bundledSince.set(next.keyId, NOON);
  const third = [{ ...HERE, deviceKeys: newDeviceKeys(phone, 1) }];
  const exhausted = await city.pool(phone.phoneId, { wanted: third, class: 0 });
  assert(!exhausted.ok && exhausted.refusal.code === 'POOL_EXHAUSTED');
});

test('everybody gets one key for a day: the newest that stood long enough', async () => {
  const day = serviceDay(NOON);
  const region = await testRegion(['4301'], {
    issuerKeyLeadSeconds: 96 * 3600,
    rolloverLeadDays: 8,
  });
  const changsha = region.city('4301');
  const rolled = await changsha.city.rollOverIssuerKey();
  assert.ok(rolled.ok);
  const { keyId, fromDay } = rolled.value;
  assert.equal(fromDay, day + 8);
  changsha.bundledSince.set(keyId, NOON);
  const keyOf = async (wantedDay: number) => {
    const phone = await bindTestPhone(region, changsha);
    const slot = { day: wantedDay, slot: 0 };
    const { passes } = await fetchPasses(changsha, phone, slot, 1);
    return parsed(passes[0]?.pass ?? '').keyId;
  };
  assert.equal(await keyOf(day + 7), 2);
  region.now = NOON + 86_400;
  assert.equal(await keyOf(day + 7), 2);
  assert.equal(await keyOf(day + 8), keyId);
});

test('a crash before the commit leaves no pass, one after it leaves the same pass', async () => {
  const region = await testRegion();
  const changsha = region.city('4301');
  const phone = await bindTestPhone(region, changsha);
  const wanted = [{ ...HERE, deviceKeys: newDeviceKeys(phone, 2) }];
  const crashAt = (point: string) => {
    region.faults = {
      point: (name) => {
        if (name === point) throw new Error(`crash at ${point}`);
      },
    };
    return changsha.city.pool(phone.phoneId, { wanted, class: 0 });
  };
  const stored = () =>
    changsha.store.transaction((tx) => tx.city.passesOfPhone(phone.phoneId, [slotIndex(HERE)]));
  await assert.rejects(crashAt('pool/before-commit'), /crash/);
  assert.equal((await stored()).length, 0);
  await assert.rejects(crashAt('pool/after-commit'), /crash/);
  const kept = await stored();
  assert.equal(kept.length, 2);
  const pool = await crashAt('none');
  assert(pool.ok);
  assert.deepEqual(
    pool.value.passes.map(({ pass }) => bytesOf(pass)),
    kept.map((row) => row.bytes),
  );
});

test('phones of one slot share a group of the list, in strict order', () => {
  const row = (fromSlot: number, lastSlot: number, fill: number) => ({
    phoneId: `p${String(fill)}`,
    fromSlot,
    lastSlot,
    seed: new Uint8Array(16).fill(fill),
  });
  const groups = groupRevocations([row(8, 9, 1), row(8, 9, 2), row(8, 10, 3), row(9, 10, 4)]);
  assert.deepEqual(
    groups.map((group) => group.seeds.length),
    [2, 1, 1],
  );
});
