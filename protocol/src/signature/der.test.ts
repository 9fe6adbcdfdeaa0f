import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { toHex } from '../encoding/bytes.ts';
import { signatureFromDer, signatureToDer } from './der.ts';

function raw(r: string, s: string): Uint8Array {
  return new Uint8Array(Buffer.from(r.padStart(64, '0') + s.padStart(64, '0'), 'hex'));
}

void test('integers in DER are minimal and never negative', () => {
  assert.equal(toHex(signatureToDer(raw('0', '7f'))), '300602010002017f');
  assert.equal(toHex(signatureToDer(raw('80', '1'))), '300702020080020101');
  const ones = signatureToDer(raw('f'.repeat(64), 'f'.repeat(64)));
  assert.equal(toHex(ones.subarray(0, 5)), '3046022100');
});

void test('a signature comes back from DER as it was', () => {
  const small = fc.uint8Array({ minLength: 64, maxLength: 64, max: 3 });
  const any = fc.uint8Array({ minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(fc.oneof(small, any), (signature) => {
      assert.deepEqual(signatureFromDer(signatureToDer(signature)), new Uint8Array(signature));
    }),
  );
});

void test('DER that is not minimal, negative, cut or followed by bytes is no signature', () => {
  for (const text of [
    '',
    '30',
    '3006020100020101ff',
    '3006020100',
    '3106020100020101',
    '300702020001020101',
    '3006020180020101',
    '300402000200',
    `3027022200${'01'.repeat(33)}020101`,
    '3006030100020101',
  ]) {
    assert.equal(signatureFromDer(Buffer.from(text, 'hex')), undefined, text);
  }
});
