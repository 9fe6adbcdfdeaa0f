import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {
  buildCode,
  buildPass,
  decodeBase45,
  encodePassContent,
  fromHex,
  passAsCoseSign1,
  passSignatureInput,
  passTag,
  slotOf,
  toHex,
} from '@tongyu/protocol';
import { createPublicKey, verify } from 'node:crypto';
import { NOON } from './region.ts';
import { testKey } from './test-keys.ts';

const chapter = readFileSync(path.resolve(import.meta.dirname, '../../spec/code.md'), 'utf8');

/** The value in code type that follows a mark in the chapter. */
function valueOf(mark: string): string {
  const after = chapter.split(`<!-- example:${mark} -->`)[1] ?? '';
  return /`([^`]+)`/.exec(after)?.[1] ?? '';
}

async function example() {
  const issuer = testKey('4301 issuer 17');
  const device = testKey('example phone');
  const slot = slotOf(NOON);
  const tag = passTag(fromHex('000102030405060708090a0b0c0d0e0f') ?? tooShort, '4301', slot, 0);
  const pass = {
    ...({ suite: 1, issuer: '4301', keyId: 17, tag, slot } as const),
    ...{ reserve: false, class: 0, deviceKey: device.publicKey },
  };
  const passBytes = await buildPass(pass, issuer);
  const text = await buildCode(passBytes, NOON, device);
  return { issuer, device, pass, passBytes, text };
}

const tooShort = new Uint8Array(0);

void test('CODE-5.3: the worked example in the standard is what its own rules give', async () => {
  const { issuer, device, pass, text } = await example();
  const content = encodePassContent(pass);
  assert.equal(valueOf('issuerKey'), toHex(issuer.publicKey));
  assert.equal(valueOf('deviceKey'), toHex(device.publicKey));
  assert.equal(valueOf('content'), toHex(content));
  assert.equal(valueOf('sigStructure'), toHex(passSignatureInput(content)));
  assert.equal(valueOf('code'), toHex(decodeBase45(text.slice(4)) ?? tooShort));
  assert.equal(valueOf('text'), text);
  assert.equal(text.length, 283);
});

void test('CODE-5.4: the pass is a COSE_Sign1 over the same structure', async () => {
  const { issuer, passBytes } = await example();
  const cose = passAsCoseSign1(passBytes);
  // d2 84, protected header (10 bytes with its head), a0, claims (2 + 89), 58 40, signature.
  assert.equal(toHex(cose.subarray(0, 3)), 'd28449');
  const protectedHeader = cose.subarray(2, 12);
  assert.equal(cose[12], 0xa0);
  const claims = cose.subarray(13, 13 + 2 + 89);
  const signature = cose.subarray(13 + 91 + 2);
  assert.equal(signature.length, 64);
  const structure = Buffer.concat([
    Buffer.from('846a5369676e617475726531', 'hex'),
    protectedHeader,
    Buffer.from('40', 'hex'),
    claims,
  ]);
  const head = Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex');
  const spki = Buffer.concat([head, issuer.publicKey]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  assert.ok(verify('sha256', structure, { key, dsaEncoding: 'ieee-p1363' }, signature));
});
