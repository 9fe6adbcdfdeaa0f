import assert from 'node:assert/strict';
import test from 'node:test';
import { testKey, verifySync } from '../../../tools/testing/crypto.ts';
import {
  bytesOfCode,
  makeCode,
  passContentOf,
  textOfBytes,
  withBitFlipped,
} from '../../../tools/vectors/code-maker.ts';
import { KEY_IDS, NOON, sectionKey } from '../../../tools/vectors/region.ts';
import { concat } from '../encoding/bytes.ts';
import { runChecks, type SignatureCheck } from '../signature/check.ts';
import { examineCode, type CodeFacts, type IssuerStanding } from './examine-code.ts';
import { CODE_BYTES, CODE_TEXT_LENGTH } from './layout.ts';
import { parseCode } from './parse-code.ts';
import { signingTime, buildCode } from './build-code.ts';
import { buildPass } from './pass.ts';

function standingOf(keyId: number): IssuerStanding {
  const { alg, publicKey } = sectionKey('4301', keyId);
  return { party: 'member', key: { state: 'good', alg, publicKey } };
}

function examine(text: string, keyId: number = KEY_IDS.issuer): CodeFacts {
  return runChecks(
    examineCode(text, () => standingOf(keyId)),
    verifySync,
  );
}

function isAccepted(facts: CodeFacts): boolean {
  return facts.form === 'good' && facts.passSignatureGood && facts.deviceSignatureGood;
}

for (const [suite, keyId] of [
  [1, KEY_IDS.issuer],
  [2, KEY_IDS.issuerSm2],
  [3, KEY_IDS.issuerSm2],
] as const) {
  void test(`suite ${String(suite)}: none of the 1488 flipped bits is accepted`, async () => {
    const good = await makeCode({ suite });
    assert.ok(isAccepted(examine(good, keyId)));
    let examined = 0;
    for (let bit = 0; bit < 8 * CODE_BYTES; bit++) {
      const facts = examine(withBitFlipped(good, bit), keyId);
      assert.ok(!isAccepted(facts), `bit ${String(bit)}`);
      examined++;
    }
    assert.equal(examined, 1_488);
  });
}

void test('every truncation and every extension of a code is MALFORMED', async () => {
  const good = await makeCode();
  const isMalformed = (text: string): boolean => {
    const parsed = parseCode(text);
    return !parsed.ok && parsed.refusal.code === 'MALFORMED';
  };
  for (let length = 0; length < CODE_TEXT_LENGTH; length++) {
    assert.ok(isMalformed(good.slice(0, length)), `first ${String(length)} characters`);
    assert.ok(isMalformed(good.slice(CODE_TEXT_LENGTH - length)), `last ${String(length)}`);
  }
  const bytes = bytesOfCode(good);
  for (let length = 0; length < CODE_BYTES; length++) {
    assert.ok(isMalformed(textOfBytes(bytes.subarray(0, length))), `first ${String(length)} bytes`);
  }
  for (let value = 0; value < 256; value++) {
    assert.ok(isMalformed(textOfBytes(concat(bytes, new Uint8Array([value])))));
    assert.ok(isMalformed(good + String.fromCharCode(value)));
    assert.ok(isMalformed(good + String.fromCharCode(value).repeat(3)));
    assert.ok(isMalformed(String.fromCharCode(value) + good));
  }
});

void test('the device signature is asked for only after the pass is good', async () => {
  const good = await makeCode();
  const asked: SignatureCheck[] = [];
  const note = (answer: boolean) => (check: SignatureCheck) => {
    asked.push(check);
    return answer;
  };
  const lookup = () => standingOf(KEY_IDS.issuer);
  runChecks(examineCode(good, lookup), note(false));
  assert.equal(asked.length, 1);
  assert.deepEqual(asked[0]?.publicKey, sectionKey('4301', KEY_IDS.issuer).publicKey);
  runChecks(examineCode(good, lookup), note(true));
  assert.equal(asked.length, 3);
  assert.deepEqual(asked[2]?.publicKey, testKey('phone').publicKey);
});

void test('no signature is checked for an unknown or revoked key', async () => {
  const good = await makeCode();
  for (const state of ['unknown', 'revoked'] as const) {
    const steps = examineCode(good, () => ({ party: 'member', key: { state } }));
    const facts = runChecks(steps, () => assert.fail('a check was asked for'));
    assert.ok(facts.form === 'good');
    assert.equal(facts.key, state);
    assert.ok(!facts.passSignatureGood && !facts.deviceSignatureGood);
  }
});

void test('a key of another algorithm than the head names counts as unknown', async () => {
  const facts = examine(await makeCode({ suite: 1 }), KEY_IDS.issuerSm2);
  assert.ok(facts.form === 'good');
  assert.equal(facts.key, 'unknown');
  assert.equal(facts.party, 'member');
});

void test('the lookup is asked with the day of the pass', async () => {
  const asked: unknown[] = [];
  const steps = examineCode(await makeCode(), (...question) => {
    asked.push(question);
    return { party: 'unknown', key: { state: 'unknown' } };
  });
  runChecks(steps, verifySync);
  assert.deepEqual(asked, [['4301', KEY_IDS.issuer, passContentOf({}).slot.day]]);
});

void test('a phone signs at the last multiple of 15 seconds', () => {
  assert.deepEqual([NOON, NOON + 1, NOON + 14, NOON + 15].map(signingTime), [
    NOON,
    NOON,
    NOON,
    NOON + 15,
  ]);
});

void test('building with a tag, key or pass of a wrong length is a defect', async () => {
  const issuer = sectionKey('4301', KEY_IDS.issuer);
  const short = { ...passContentOf({}), tag: new Uint8Array(9) };
  await assert.rejects(buildPass(short, issuer), TypeError);
  await assert.rejects(buildCode(new Uint8Array(117), NOON, testKey('phone')), TypeError);
});
