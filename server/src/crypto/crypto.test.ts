import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concat, utf8, type SignatureAlgorithm } from '@tongyu/protocol';
import { sm2IsStandard } from './known-answer.ts';
import { generateSigner } from './sign.ts';
import { rememberingVerify, verifySync } from './verify.ts';

const ALGORITHMS: readonly SignatureAlgorithm[] = ['ES256', 'SM2'];

void test('the worked example of GM/T 0003.5 passes, and a changed message does not', () => {
  assert.equal(sm2IsStandard(), true);
});

for (const alg of ALGORITHMS) {
  void test(`${alg}: a signature holds for its message, its key and nothing else`, () => {
    const [ours, other] = [generateSigner(alg), generateSigner(alg)];
    const message = utf8('message');
    const signature = ours.sign(message);
    const check = { alg, publicKey: ours.publicKey, message, signature };
    assert.equal(verifySync(check), true);
    assert.equal(verifySync({ ...check, message: utf8('messagE') }), false);
    assert.equal(verifySync({ ...check, publicKey: other.publicKey }), false);
    assert.equal(verifySync({ ...check, signature: new Uint8Array(64) }), false);
    assert.equal(verifySync({ ...check, signature: new Uint8Array(64).fill(255) }), false);
  });

  void test(`${alg}: a key that is no point of the curve is answered false`, () => {
    const message = utf8('message');
    const signature = new Uint8Array(64).fill(1);
    for (const publicKey of [
      new Uint8Array(33),
      concat(new Uint8Array([2]), new Uint8Array(32).fill(255)),
    ]) {
      assert.equal(verifySync({ alg, publicKey, message, signature }), false);
    }
  });
}

void test('a remembered check does not vouch for its signature on another message', () => {
  const verify = rememberingVerify(2);
  const signer = generateSigner('ES256');
  const message = utf8('one');
  const check = {
    alg: 'ES256',
    publicKey: signer.publicKey,
    message,
    signature: signer.sign(message),
  } as const;
  assert.equal(verify(check), true);
  assert.equal(verify(check), true);
  assert.equal(verify({ ...check, message: utf8('two') }), false);
  assert.equal(verify({ ...check, message: utf8('three') }), false);
  assert.equal(verify(check), true, 'also after it was forgotten');
});
