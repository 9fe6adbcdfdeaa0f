import assert from 'node:assert/strict';
import { createECDH, ECDH } from 'node:crypto';
import { test } from 'node:test';
import { compressPoint, decompressPoint } from './p256-point.ts';

test('decompressing a point gives the point that OpenSSL gives, for both signs of y', () => {
  const signs = new Set<number>();
  for (let i = 0; i < 40; i++) {
    const compressed = new Uint8Array(randomPoint('compressed'));
    const whole = ECDH.convertKey(compressed, 'prime256v1', undefined, undefined, 'uncompressed');
    const expected = new Uint8Array(whole as Buffer);
    signs.add(compressed[0] ?? 0);
    assert.deepEqual(decompressPoint(compressed), expected);
    assert.deepEqual(compressPoint(expected), compressed);
  }
  assert.deepEqual([...signs].sort(), [2, 3]);
});

test('what is no point of the curve is answered with undefined', () => {
  const point = new Uint8Array(randomPoint('compressed'));
  assert.equal(decompressPoint(point.subarray(1)), undefined);
  assert.equal(decompressPoint(Uint8Array.of(4, ...point.subarray(1))), undefined);
  assert.equal(decompressPoint(new Uint8Array(33).fill(255).fill(2, 0, 1)), undefined);
  const refused = Array.from({ length: 64 }, (_, x) =>
    decompressPoint(Uint8Array.of(2, ...new Uint8Array(31), x)),
  ).filter((result) => result === undefined);
  // About half of all x have no y.
  assert.ok(refused.length > 10 && refused.length < 54);
});

function randomPoint(form: 'compressed' | 'uncompressed'): Buffer {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  return ECDH.convertKey(ecdh.getPublicKey(), 'prime256v1', undefined, undefined, form) as Buffer;
}
