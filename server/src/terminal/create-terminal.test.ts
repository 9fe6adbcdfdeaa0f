import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_AGE_SECONDS, FRESH_SECONDS, type AdmissionRefusal } from '@tongyu/domain';
import {
  buildCode,
  parseDocument,
  runChecks,
  serviceDay,
  slotEnd,
  slotFromIndex,
  slotIndex,
  slotOf,
  slotStart,
  tapShape,
  toBase64Url,
  toHex,
  verifyTapSignature,
  type Tap,
} from '@tongyu/protocol';
import { generateSigner } from '../crypto/sign.ts';
import { verifySync } from '../crypto/verify.ts';
import type { ScanAnswer } from './scan-answer.ts';
import { lostPhones, metro, middleOfSlot, SmallRegion } from './testing/small-region.ts';
import { key, readyTerminal, testTerminal, type TestTerminal } from './testing/test-terminal.ts';

const NOW = middleOfSlot(1_796_000_000);
const SEED = new Uint8Array(16).fill(7);
const region = await SmallRegion.found(NOW);

function tapOf({ store }: TestTerminal, number: number): Tap {
  const text = store.pending(1_000).find((tap) => tap.number === number)?.text ?? '';
  const tap = parseDocument(tapShape, text, 2_000);
  assert.ok(tap.ok);
  const entry = { keyId: 1, alg: key.alg, key: toBase64Url(key.publicKey) } as const;
  assert.ok(runChecks(verifyTapSignature(tap.value, entry), verifySync));
  return tap.value.signed;
}

function expectRefusal(answer: ScanAnswer, refusal: AdmissionRefusal): void {
  assert.equal(answer.refusal, refusal);
  assert.notEqual(answer.verdict, 'pass');
  assert.equal(answer.priceFen, null);
}

void test('a good code of each member passes, and its tap says all that counted', async () => {
  const gate = await readyTerminal(region, NOW);
  for (const [i, party] of ['3401', '3601', '4201', '4301'].entries()) {
    const code = await (await region.pass(party, NOW, SEED)).code(NOW);
    const answer = await gate.terminal.scan(code);
    assert.equal(answer.verdict, 'pass');
    assert.equal(answer.priceFen, 400);
    assert.equal(answer.issuer, party);
    assert.equal(answer.word['zh-CN'], '通过');
    const tap = tapOf(gate, i + 1);
    assert.equal(tap.code, code);
    assert.equal(tap.shownPriceFen, 400);
    assert.equal(tap.held.bundleVersion, 1);
    assert.equal(tap.held.listNumber, 1);
    assert.equal(tap.held.trustTime, NOW);
  }
});

void test('without any trust nothing is decided', async () => {
  const gate = testTerminal(region, NOW);
  expectRefusal(
    await gate.terminal.scan(await (await region.pass('4301', NOW, SEED)).code(NOW)),
    'TRUST_STALE',
  );
  assert.equal(gate.terminal.status().usableUntil, null);
});

void test('what is no code of ours is refused and not kept', async () => {
  const gate = await readyTerminal(region, NOW);
  expectRefusal(await gate.terminal.scan('https://example.com/my-secret'), 'MALFORMED');
  assert.equal(tapOf(gate, 1).code, null);
  assert.ok(!gate.store.pending(1)[0]?.text.includes('my-secret'));
});

void test('codes of an observer, a wrong key or an altered pass are refused', async () => {
  const gate = await readyTerminal(region, NOW);
  const observer = await region.pass('4202', NOW, SEED);
  expectRefusal(await gate.terminal.scan(await observer.code(NOW)), 'ISSUER_NOT_PARTY');
  const stranger = await region.pass('4301', NOW, SEED, { issuerKey: generateSigner('ES256') });
  expectRefusal(await gate.terminal.scan(await stranger.code(NOW)), 'PASS_SIGNATURE_INVALID');
  const unknown = await region.pass('4301', NOW, SEED, { keyId: 99 });
  expectRefusal(await gate.terminal.scan(await unknown.code(NOW)), 'KEY_UNKNOWN');
});

void test('a copied pass signed by another device is refused', async () => {
  const gate = await readyTerminal(region, NOW);
  const pass = await region.pass('4301', NOW, SEED);
  const other = await region.pass('4301', NOW, SEED);
  const code = await buildCode(pass.bytes, NOW, other.deviceKey);
  expectRefusal(await gate.terminal.scan(code), 'DEVICE_SIGNATURE_INVALID');
});

void test('a code that is old, from a fast phone, or for another slot says so', async () => {
  const gate = await readyTerminal(region, NOW);
  const pass = await region.pass('4301', NOW, SEED);
  const stale = await gate.terminal.scan(await pass.code(NOW - 600));
  expectRefusal(stale, 'CODE_STALE');
  assert.equal(stale.verdict, 'check');
  assert.equal(stale.secondsAhead, -600);
  const fast = await gate.terminal.scan(await pass.code(NOW + 600));
  expectRefusal(fast, 'CLOCK_SKEW');
  assert.equal(fast.secondsAhead, 600);
  const later = slotFromIndex(slotIndex(slotOf(NOW)) + 1);
  const early = await region.pass('4301', NOW, SEED, { slot: later });
  expectRefusal(await gate.terminal.scan(await early.code(NOW)), 'PASS_NOT_YET_VALID');
});

void test('a code of the old slot is good, and revocable, 120 s after the border', async () => {
  const border = slotEnd(slotOf(NOW));
  const own = await SmallRegion.found(NOW);
  const lost = new Uint8Array(16).fill(9);
  await own.publishList('4301', 2, [lostPhones(NOW, [lost])]);
  await own.stateTime(NOW);
  const gate = await readyTerminal(own, NOW);
  const last = await own.pass('4301', NOW, SEED);
  const lastLost = await own.pass('4301', NOW, lost);
  const text = await last.code(border - 15);
  const lostText = await lastLost.code(border - 15);
  gate.clock.time = border + 100;
  await gate.terminal.prepare();
  assert.equal((await gate.terminal.scan(text)).verdict, 'pass');
  expectRefusal(await gate.terminal.scan(lostText), 'PASS_REVOKED');
  expectRefusal(await gate.terminal.scan(await last.code(border + 15)), 'PASS_EXPIRED');
  const next = await own.pass('4301', border, SEED);
  assert.equal((await gate.terminal.scan(await next.code(border + 90))).verdict, 'pass');
});

void test('a pass is accepted once; the reserve pass again after 120 s of rest', async () => {
  const gate = await readyTerminal(region, NOW);
  const pass = await region.pass('4301', NOW, SEED);
  assert.equal((await gate.terminal.scan(await pass.code(NOW))).verdict, 'pass');
  gate.clock.time += 60;
  expectRefusal(await gate.terminal.scan(await pass.code(NOW + 60)), 'ALREADY_USED');

  const reserve = await region.pass('4301', NOW, SEED, { index: 7, reserve: true });
  const first = NOW + 60;
  assert.equal((await gate.terminal.scan(await reserve.code(first))).verdict, 'pass');
  gate.clock.time = first + 105;
  expectRefusal(await gate.terminal.scan(await reserve.code(first + 105)), 'ALREADY_USED');
  gate.clock.time = first + 120;
  assert.equal((await gate.terminal.scan(await reserve.code(first + 120))).verdict, 'pass');
  gate.clock.time = first + 125;
  expectRefusal(await gate.terminal.scan(await reserve.code(first + 120)), 'ALREADY_USED');
});

void test('the same text within 3 s shows its verdict again without a new tap', async () => {
  const gate = await readyTerminal(region, NOW);
  const text = await (await region.pass('4301', NOW, SEED)).code(NOW);
  const first = await gate.terminal.scan(text);
  gate.clock.time += 2;
  const again = await gate.terminal.scan(text);
  assert.deepEqual(again, { ...first, repeated: true });
  assert.equal(gate.store.lastNumber(), 1);
  gate.clock.time += 1;
  expectRefusal(await gate.terminal.scan(text), 'ALREADY_USED');
  assert.equal(gate.store.lastNumber(), 2);
});

void test('without debounce the second presentation is a new one at once', async () => {
  const gate = await readyTerminal(region, NOW, { config: { debounceSeconds: 0 } });
  const text = await (await region.pass('4301', NOW, SEED)).code(NOW);
  assert.equal((await gate.terminal.scan(text)).verdict, 'pass');
  expectRefusal(await gate.terminal.scan(text), 'ALREADY_USED');
});

void test('two scans of one text at once are one acceptance', async () => {
  const gate = await readyTerminal(region, NOW, { config: { debounceSeconds: 0 } });
  const text = await (await region.pass('4301', NOW, SEED)).code(NOW);
  const answers = await Promise.all([gate.terminal.scan(text), gate.terminal.scan(text)]);
  assert.deepEqual(
    answers.map((answer) => answer.verdict),
    ['pass', 'refuse'],
  );
  assert.deepEqual(
    answers.map((answer) => answer.tap),
    [1, 2],
  );
});

void test('a lost phone is refused after the next sync, another phone is not', async () => {
  const own = await SmallRegion.found(NOW);
  const gate = await readyTerminal(own, NOW);
  const lost = new Uint8Array(16).fill(9);
  const many = Array.from({ length: 40 }, (_, i) => new Uint8Array(16).fill(100 + i));
  assert.equal(
    (await gate.terminal.scan(await (await own.pass('4301', NOW, lost)).code(NOW))).verdict,
    'pass',
  );
  await own.publishList('4301', 2, [lostPhones(NOW, [lost, ...many])]);
  await own.stateTime(NOW);
  await gate.terminal.sync();
  const second = await own.pass('4301', NOW, lost, { index: 1 });
  const text = await second.code(NOW);
  expectRefusal(await gate.terminal.scan(text), 'PASS_REVOKED');
  const last = await own.pass('4301', NOW, many[39] ?? SEED, { index: 15 });
  expectRefusal(await gate.terminal.scan(await last.code(NOW)), 'PASS_REVOKED');
  const other = await own.pass('4301', NOW, SEED);
  assert.equal((await gate.terminal.scan(await other.code(NOW))).verdict, 'pass');
  const again = gate.restart();
  gate.clock.time += 3;
  expectRefusal(await again.terminal.scan(text), 'PASS_REVOKED');
});

void test('a code whose slot the long list is not expanded for is not decided', async () => {
  const own = await SmallRegion.found(NOW);
  const many = Array.from({ length: 40 }, (_, i) => new Uint8Array(16).fill(100 + i));
  await own.publishList('4301', 2, [lostPhones(NOW, many)]);
  await own.stateTime(NOW);
  const gate = await readyTerminal(own, NOW);
  await gate.terminal.prepare();
  gate.clock.time = slotEnd(slotOf(NOW)) + 7 * 3600; // slept through the time for expanding
  const pass = await own.pass('4301', gate.clock.time, SEED);
  expectRefusal(await gate.terminal.scan(await pass.code(gate.clock.time)), 'REVOCATION_STALE');
  await gate.terminal.prepare();
  gate.clock.time += 15;
  const answer = await gate.terminal.scan(await pass.code(gate.clock.time));
  assert.equal(answer.verdict, 'pass');
});

void test('trust of 24 to 72 h passes with a warning, up to the cap', async () => {
  const gate = await readyTerminal(region, NOW, { config: { maxWarnedAcceptsPerDay: 2 } });
  const aged = NOW + FRESH_SECONDS + 60;
  gate.clock.time = aged;
  for (let index = 0; index < 2; index++) {
    const pass = await region.pass('4301', aged, SEED, { index });
    const answer = await gate.terminal.scan(await pass.code(aged));
    assert.equal(answer.verdict, 'pass');
    assert.equal(answer.warned, true);
    assert.match(answer.reason['zh-CN'], /名单较旧/);
  }
  const third = await region.pass('4301', aged, SEED, { index: 2 });
  const again = gate.restart();
  expectRefusal(await again.terminal.scan(await third.code(aged)), 'TRUST_STALE');
  assert.equal(again.terminal.status().warnedAcceptsToday, 2);
  gate.clock.time = NOW + MAX_AGE_SECONDS + 1;
  const late = await region.pass('4301', gate.clock.time, SEED);
  expectRefusal(await again.terminal.scan(await late.code(gate.clock.time)), 'TRUST_STALE');
});

void test('a clock behind what nodes signed decides nothing, also after a restart', async () => {
  const gate = await readyTerminal(region, NOW);
  gate.clock.time = NOW - 3600;
  const again = gate.restart();
  const pass = await region.pass('4301', NOW - 3600, SEED);
  expectRefusal(await again.terminal.scan(await pass.code(NOW - 3600)), 'TERMINAL_CLOCK');
  assert.equal(again.terminal.status().clockGood, false);
});

void test('REV-4.5: a list made after a slot was over says nothing of its codes', async () => {
  const own = await SmallRegion.found(NOW);
  const before = slotStart(slotOf(NOW)) - 60;
  await own.stateTime(before);
  const gate = await readyTerminal(own, before);
  const old = await own.pass('4301', before, SEED);
  expectRefusal(await gate.terminal.scan(await old.code(before)), 'REVOCATION_STALE');
});

const closedMetro = {
  entry: '4201-metro',
  rule: null,
  since: NOW,
  residence: null,
  reason: { zhCN: '检修', zhTW: null, en: null },
};

void test('a closed service and a residence without a price are told apart', async () => {
  const own = await SmallRegion.found(NOW);
  await own.publishHead([closedMetro]);
  const gate = await readyTerminal(own, NOW);
  const closed = await own.pass('4301', NOW, SEED);
  expectRefusal(await gate.terminal.scan(await closed.code(NOW)), 'SERVICE_NOT_OPEN');
  await own.publishEdition([metro(['4201'])]);
  await own.publishHead([]);
  await gate.terminal.sync();
  gate.clock.time += 3;
  expectRefusal(await gate.terminal.scan(await closed.code(NOW)), 'NOT_ENTITLED');
});

void test('a full disk opens for nobody and loses nothing', async () => {
  const gate = await readyTerminal(region, NOW);
  const text = await (await region.pass('4301', NOW, SEED)).code(NOW);
  gate.store.full = true;
  const answer = await gate.terminal.scan(text);
  assert.equal(answer.verdict, 'unknown');
  assert.equal(answer.fault, 'storage');
  assert.equal(answer.refusal, null);
  assert.equal(answer.tap, null);
  assert.equal(answer.reason['zh-CN'], '终端存储故障');
  gate.store.full = false;
  const after = await gate.terminal.scan(text);
  assert.equal(after.verdict, 'pass');
  assert.equal(after.tap, 1);
});

void test('an assisted passage leaves a tap with its reason and nothing about who', async () => {
  const gate = await readyTerminal(region, NOW);
  const answer = await gate.terminal.assist('no-phone');
  assert.equal(answer.verdict, 'pass');
  assert.equal(answer.reason['zh-CN'], '人工放行');
  const tap = tapOf(gate, 1);
  assert.equal(tap.kind, 'assisted');
  assert.equal(tap.assistedReason, 'no-phone');
  assert.equal(tap.code, null);
});

void test('a crash before the commit leaves nothing, one after it the whole tap', async () => {
  for (const [point, taps] of [
    ['tap/before-commit', 0],
    ['tap/after-commit', 1],
  ] as const) {
    const faults = {
      point(name: string) {
        if (name === point) throw new Error('crash');
      },
    };
    const gate = await readyTerminal(region, NOW, { faults });
    const text = await (await region.pass('4301', NOW, SEED)).code(NOW);
    await assert.rejects(gate.terminal.scan(text), /crash/);
    const again = testTerminal(region, NOW, { store: gate.store });
    assert.equal(again.store.lastNumber(), taps);
    const answer = await again.terminal.scan(text);
    assert.equal(answer.verdict, taps === 0 ? 'pass' : 'refuse');
    assert.equal(answer.tap, taps + 1);
  }
});

void test('tags accepted at the operator’s other terminals count here', async () => {
  const gate = await readyTerminal(region, NOW);
  const pass = await region.pass('4301', NOW, SEED);
  const tag = toHex(pass.bytes.subarray(5, 15));
  gate.city.offerMore = { used: [{ issuer: '4301', tag, time: NOW - 30 }], usedCursor: 'c7' };
  await gate.terminal.sync();
  expectRefusal(await gate.terminal.scan(await pass.code(NOW)), 'ALREADY_USED');
  assert.equal(gate.store.loadKept().get('usedCursor'), 'c7');
});

void test('used tags are forgotten a day after their slot, by signed time only', async () => {
  const own = await SmallRegion.found(NOW);
  const gate = await readyTerminal(own, NOW);
  const pass = await own.pass('4301', NOW, SEED);
  await gate.terminal.scan(await pass.code(NOW));
  const tag = pass.bytes.subarray(5, 15);
  gate.clock.time = NOW + 3 * 86_400; // a clock that runs ahead
  await gate.terminal.prepare();
  assert.equal(gate.store.lastUsedTime('4301', tag), NOW);
  await own.stateTime(NOW + 2 * 86_400);
  await gate.terminal.sync();
  await gate.terminal.prepare();
  assert.equal(gate.store.lastUsedTime('4301', tag), undefined);
});

void test('a store of another terminal or another root is not used', () => {
  const gate = testTerminal(region, NOW);
  assert.throws(
    () => testTerminal(region, NOW, { store: gate.store, config: { terminal: '4201-gate-2' } }),
    /belongs to terminal 4201-gate-1/,
  );
});

void test('a decision alone leaves no tap and no mark', async () => {
  const gate = await readyTerminal(region, NOW);
  await gate.terminal.prepare();
  const code = await (await region.pass('4301', NOW, SEED)).code(NOW);
  assert.equal(gate.terminal.decide(code).verdict, 'pass');
  assert.equal(gate.terminal.decide(code).verdict, 'pass');
  assert.equal(gate.store.lastNumber(), 0);
});

void test('at 04:00 the service day ends: new passes, a new count of warned accepts', async () => {
  const gate = await readyTerminal(region, NOW, { config: { maxWarnedAcceptsPerDay: 1 } });
  const day = serviceDay(NOW + FRESH_SECONDS) + 1;
  const border = slotStart({ day, slot: 0 });
  gate.clock.time = border - 15;
  await gate.terminal.prepare();
  const last = await region.pass('4301', border - 15, SEED);
  assert.deepEqual(last.slot, { day: day - 1, slot: 3 });
  assert.equal((await gate.terminal.scan(await last.code(border - 15))).warned, true);
  const over = await region.pass('4301', border - 15, SEED, { index: 1 });
  expectRefusal(await gate.terminal.scan(await over.code(border - 15)), 'TRUST_STALE');
  gate.clock.time = border;
  const first = await region.pass('4301', border, SEED);
  assert.deepEqual(first.slot, { day, slot: 0 });
  const answer = await gate.terminal.scan(await first.code(border));
  assert.equal(answer.verdict, 'pass');
  assert.equal(gate.terminal.status().warnedAcceptsToday, 1);
});
