import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { after } from 'node:test';
import {
  examineCode,
  runChecks,
  slotEnd,
  slotIndex,
  slotOf,
  type ExaminedCode,
  type IssuerLookup,
} from '@tongyu/protocol';
import { verifySync } from '../crypto/verify.ts';
import { type Shown } from './create-phone.ts';
import { filePhoneStore } from './file-phone-store.ts';
import { heldPasses } from './held-passes.ts';
import { HomeAway } from './ports.ts';
import type { FakeHome } from './testing/fake-home.ts';
import { makePhone, NOW, type Made } from './testing/made-phone.ts';

const PROOF = { kind: 'synthetic', persona: 'adult' } as const;
const POOL = 29 * 8;

async function boundPhone(more: Parameters<typeof makePhone>[0] = {}): Promise<Made> {
  const made = makePhone(more);
  assert.ok((await made.phone.bind(PROOF)).ok);
  assert.ok((await made.phone.sync()).ok);
  return made;
}

function textOf(shown: Shown): string {
  if (shown.state !== 'show') assert.fail(`the phone shows nothing: ${shown.state}`);
  return shown.text;
}

function examine(home: FakeHome, text: string): ExaminedCode {
  const { publicKey } = home.issuer;
  const lookup: IssuerLookup = () => {
    return { party: 'member', key: { state: 'good', alg: 'ES256', publicKey } };
  };
  const facts = runChecks(examineCode(text, lookup), verifySync);
  if (facts.form !== 'good') assert.fail('the phone shows no code');
  assert.ok(facts.passSignatureGood && facts.deviceSignatureGood);
  return facts;
}

void test('a bound phone fetches its pool and shows good codes without its home city', async () => {
  const { phone, home } = await boundPhone();
  assert.equal(phone.info().passes, POOL);
  home.away = true;
  const shown = await phone.show();
  const { code } = examine(home, textOf(shown));
  assert.equal(code.time % 15, 0);
  assert.deepEqual(code.pass.slot, slotOf(NOW));
  assert.ok(shown.state === 'show' && shown.daysLeft === 7);
});

void test('an unbound phone shows nothing', async () => {
  const { phone } = makePhone();
  assert.deepEqual(await phone.show(), { state: 'unbound' });
  assert.deepEqual(await phone.sync(), { ok: false, refusal: { code: 'PHONE_UNBOUND' } });
});

void test('the text changes every 15 s, the pass after 5 minutes and on request', async () => {
  const { phone, home } = await boundPhone();
  const first = textOf(await phone.show(NOW));
  assert.equal(textOf(await phone.show(NOW + 14)), first);
  const second = textOf(await phone.show(NOW + 15));
  assert.notEqual(second, first);
  const tagOf = (text: string): string => examine(home, text).code.pass.tag.join();
  assert.equal(tagOf(second), tagOf(first));
  const another = textOf(await phone.another(NOW + 20));
  assert.notEqual(tagOf(another), tagOf(first));
  assert.equal(tagOf(textOf(await phone.show(NOW + 30))), tagOf(another));
  assert.notEqual(tagOf(textOf(await phone.show(NOW + 320))), tagOf(another));
});

void test('when the slot’s passes are used up the reserve pass stays', async () => {
  const { phone } = await boundPhone();
  const shown: Shown[] = [];
  for (let i = 0; i < 9; i++) shown.push(await phone.another(NOW));
  const reserves = shown.map((one) => one.state === 'show' && one.pass.reserve);
  assert.deepEqual(reserves, [...Array.from({ length: 7 }, () => false), true, true]);
  const seventh = shown[6];
  assert.ok(seventh?.state === 'show' && seventh.pass.lastOfSlot);
});

void test('each slot has its own passes, up to the border', async () => {
  const { phone, home } = await boundPhone();
  const border = slotEnd(slotOf(NOW));
  const before = examine(home, textOf(await phone.show(border - 1)));
  const after = examine(home, textOf(await phone.show(border)));
  assert.equal(slotIndex(after.code.pass.slot), slotIndex(before.code.pass.slot) + 1);
  assert.equal(after.code.time, border);
});

void test('an empty pool shows nothing rather than an old code', async () => {
  const { phone } = await boundPhone();
  assert.deepEqual(await phone.show(NOW + 8 * 86_400), { state: 'empty' });
});

void test('the next sync tops up what has passed and drops what is over', async () => {
  const { phone, home, clock } = await boundPhone();
  clock.time = home.now = NOW + 6 * 3600;
  const sync = await phone.sync();
  assert.ok(sync.ok);
  assert.deepEqual([sync.added, sync.dropped], [8, 8]);
  assert.equal(phone.info().passes, POOL);
});

void test('after a lost answer the same keys are asked again: nothing comes twice', async () => {
  const { phone, home, store } = makePhone();
  await phone.bind(PROOF);
  home.loseNextPools = 1;
  await assert.rejects(phone.sync(), HomeAway);
  const again = makePhone({ store, home });
  assert.ok((await again.phone.sync()).ok);
  assert.equal(home.issued.size, POOL);
  assert.equal(again.phone.info().passes, POOL);
  assert.deepEqual(store.load()?.asked, []);
});

void test('a crash after the answer loses no pass either', async () => {
  const crash = {
    point(name: string) {
      if (name === 'phone/pool-answered') throw new Error('crash');
    },
  };
  const { phone, home, store } = makePhone({ faults: crash });
  await phone.bind(PROOF);
  await assert.rejects(phone.sync(), /crash/);
  assert.ok((await makePhone({ store, home }).phone.sync()).ok);
  assert.equal(home.issued.size, POOL);
});

void test('a lost answer to the binding binds no second phone', async () => {
  const { phone, home, store } = makePhone();
  home.away = true;
  await assert.rejects(phone.bind(PROOF), HomeAway);
  home.away = false;
  await phone.bind(PROOF);
  await makePhone({ store, home }).phone.bind(PROOF);
  assert.equal(home.phones.size, 1);
});

void test('a phone that is 10 minutes fast is corrected by one sync', async () => {
  const { phone, home, store } = await boundPhone();
  const fast = makePhone({ store, home });
  fast.clock.time = NOW + 600;
  assert.equal(examine(home, textOf(await fast.phone.show())).code.time, NOW + 600);
  const sync = await fast.phone.sync();
  assert.ok(sync.ok && sync.offsetSeconds === -600);
  assert.equal(examine(home, textOf(await fast.phone.show())).code.time, NOW);
  assert.ok(phone.info().offsetSeconds === -600);
});

void test('a phone with a wrong clock can be bound', async () => {
  const { phone, home, clock } = makePhone();
  clock.time = NOW - 86_400;
  assert.ok((await phone.bind(PROOF)).ok);
  assert.ok((await phone.sync()).ok);
  assert.equal(examine(home, textOf(await phone.show())).code.time, NOW);
});

void test('passes of a void key are dropped and asked for anew', async () => {
  const { phone, home } = await boundPhone();
  home.voidKeyIds = [3];
  home.keyId = 4;
  const sync = await phone.sync();
  assert.ok(sync.ok);
  assert.deepEqual([sync.added, sync.dropped], [POOL, POOL]);
  const shown = await phone.show();
  assert.ok(shown.state === 'show' && shown.pass.keyId === 4);
});

void test('a slot whose tags are used up does not stop the others', async () => {
  const { phone, home, store, clock } = await boundPhone();
  const current = slotIndex(slotOf(NOW));
  const record = store.load();
  assert.ok(record !== undefined);
  const kept = heldPasses(record).filter((pass) => slotIndex(pass.slot) !== current);
  store.save({ ...record, passes: kept.map((pass) => pass.kept) });
  const sync = await phone.sync();
  assert.ok(sync.ok && sync.exhaustedSlots === 1 && sync.daysLeft === 0);
  assert.deepEqual(await phone.show(), { state: 'empty' });
  clock.time = home.now = slotEnd(slotOf(NOW));
  assert.ok((await phone.sync()).ok);
  assert.equal((await phone.show()).state, 'show');
});

void test('a phone that was reported lost shows nothing after its next sync', async () => {
  const lost = await boundPhone();
  const other = makePhone({ home: lost.home });
  const listed = await other.phone.listPhones(PROOF);
  assert.ok(listed.ok);
  const phoneId = listed.value[0]?.phoneId ?? '';
  assert.ok((await other.phone.reportLost(PROOF, phoneId)).ok);
  assert.equal((await lost.phone.show()).state, 'show'); // offline it cannot know
  assert.deepEqual(await lost.phone.sync(), { ok: false, refusal: { code: 'PHONE_REVOKED' } });
  assert.deepEqual(await lost.phone.show(), { state: 'revoked' });
  assert.equal(lost.store.load()?.passes.length, 0);
  assert.ok((await lost.phone.bind(PROOF)).ok);
  assert.ok((await lost.phone.sync()).ok);
  assert.equal((await lost.phone.show()).state, 'show');
});

void test('a phone that leaves tells its home city first and keeps nothing', async () => {
  const { phone, home } = await boundPhone();
  home.away = true;
  await assert.rejects(phone.leave(), HomeAway);
  assert.equal((await phone.show()).state, 'show');
  home.away = false;
  assert.ok((await phone.leave()).ok);
  assert.equal(home.phones.size, 0);
  assert.deepEqual(await phone.show(), { state: 'unbound' });
});

void test('a phone that is erased keeps nothing', async () => {
  const { phone } = await boundPhone();
  await phone.erase();
  assert.deepEqual(await phone.show(), { state: 'unbound' });
});

void test('a pass of another key is not kept', async () => {
  const { phone, home } = makePhone();
  await phone.bind(PROOF);
  const pool = home.pool.bind(home);
  home.pool = async (...request) => {
    const answer = await pool(...request);
    return answer.ok
      ? { ok: true, value: { ...answer.value, passes: [...answer.value.passes].reverse() } }
      : answer;
  };
  await assert.rejects(phone.sync(), HomeAway);
  assert.equal(phone.info().passes, 0);
});

const base = mkdtempSync(path.join(os.tmpdir(), 'tongyu-phone-'));
after(() => {
  rmSync(base, { recursive: true, force: true });
});

void test('a file keeps the phone over a restart, for its owner only', async () => {
  const file = path.join(base, 'one', 'phone.json');
  const { phone, home } = await boundPhone({ store: filePhoneStore(file) });
  const first = examine(home, textOf(await phone.show())).code.pass.tag;
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const again = makePhone({ home, store: filePhoneStore(file) });
  assert.equal(again.phone.info().passes, POOL);
  assert.deepEqual(examine(home, textOf(await again.phone.show())).code.pass.tag, first);
});

void test('a damaged file is named and left alone', () => {
  const file = path.join(base, 'damaged.json');
  writeFileSync(file, '{"secret":"x"');
  assert.throws(() => filePhoneStore(file).load(), /is damaged .* left as it is/);
  assert.equal(readFileSync(file, 'utf8'), '{"secret":"x"');
});
