import type { Bytes } from '@tongyu/protocol';

/** P-256 (SEC 2 §2.4.2): y² = x³ − 3x + b over the field of `p`. */
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** The 33-byte form of an uncompressed point of 65 bytes (SEC 1 §2.3.3). */
export function compressPoint(uncompressed: Uint8Array): Bytes {
  const compressed = new Uint8Array(33);
  compressed[0] = 2 + ((uncompressed[64] ?? 0) & 1);
  compressed.set(uncompressed.subarray(1, 33), 1);
  return compressed;
}

/**
 * The 65-byte form of a compressed point (SEC 1 §2.3.4), which every browser's WebCrypto takes;
 * undefined when the 33 bytes are no point of the curve.
 */
export function decompressPoint(compressed: Uint8Array): Bytes | undefined {
  const sign = compressed[0];
  if (compressed.length !== 33 || (sign !== 2 && sign !== 3)) return undefined;
  const x = numberOf(compressed.subarray(1));
  if (x >= p) return undefined;
  const square = (((x * x) % p) * x + (p - 3n) * x + b) % p;
  const root = power(square, (p + 1n) / 4n); // p ≡ 3 mod 4
  if ((root * root) % p !== square) return undefined;
  const y = Number(root & 1n) === (sign & 1) ? root : p - root;
  const whole = new Uint8Array(65);
  whole[0] = 4;
  whole.set(compressed.subarray(1), 1);
  for (let at = 64, rest = y; at > 32; at--, rest >>= 8n) whole[at] = Number(rest & 255n);
  return whole;
}

function numberOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}
