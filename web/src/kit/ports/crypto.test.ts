import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex, utf8 } from '@tongyu/protocol';
import { browserVerify, deviceSigner, makeDeviceKey } from './crypto.ts';

/** RFC 6979 A.2.5: P-256 with SHA-256, message "sample". */
const known = {
  alg: 'ES256',
  publicKey: hex('0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6'),
  message: utf8('sample'),
  signature: hex(
    'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716' +
      'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  ),
} as const;

test('the known signature of RFC 6979 is good, and not when anything is changed', async () => {
  const verify = browserVerify();
  assert.equal(await verify(known), true);
  assert.equal(await verify({ ...known, message: utf8('samplf') }), false);
  assert.equal(await verify({ ...known, signature: known.signature.subarray(1) }), false);
  assert.equal(await verify({ ...known, publicKey: new Uint8Array(33) }), false);
});

test('a device key signs what its compressed point checks, and cannot leave', async () => {
  const key = await makeDeviceKey();
  const message = utf8('tongyu');
  const signature = await deviceSigner(key).sign(message);
  assert.equal(signature.length, 64);
  assert.equal(key.publicKey.length, 33);
  const check = { alg: 'ES256', publicKey: key.publicKey, message, signature } as const;
  assert.equal(await browserVerify()(check), true);
  assert.equal(key.privateKey.extractable, false);
  await assert.rejects(crypto.subtle.exportKey('pkcs8', key.privateKey));
});

test('SM2 goes to the part that was given for it, and is never good without one', async () => {
  const check = { ...known, alg: 'SM2' } as const;
  assert.equal(await browserVerify()(check), false);
  assert.equal(await browserVerify(() => Promise.resolve(true))(check), true);
});

function hex(text: string): Uint8Array {
  const bytes = fromHex(text);
  assert.ok(bytes);
  return bytes;
}
