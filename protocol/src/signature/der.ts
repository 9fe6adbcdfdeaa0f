import type { Bytes } from '../encoding/bytes.ts';

/**
 * r ‖ s (64 bytes) as the DER sequence that OpenSSL checks fastest (X.690 §8.3: minimal integers).
 */
export function signatureToDer(signature: Uint8Array): Bytes {
  const r = leadingZeros(signature, 0);
  const s = leadingZeros(signature, 32);
  const rLength = 32 - r + padding(signature[r]);
  const sLength = 32 - s + padding(signature[32 + s]);
  const der = new Uint8Array(6 + rLength + sLength);
  der[0] = 0x30;
  der[1] = 4 + rLength + sLength;
  putInteger(der, 2, rLength, signature, r, 32);
  putInteger(der, 4 + rLength, sLength, signature, 32 + s, 64);
  return der;
}

function leadingZeros(signature: Uint8Array, from: number): number {
  let zeros = 0;
  while (zeros < 31 && signature[from + zeros] === 0) zeros++;
  return zeros;
}

/** A first byte of 128 or more would make the integer negative. */
function padding(first: number | undefined): number {
  return (first ?? 0) >= 0x80 ? 1 : 0;
}

function putInteger(
  der: Uint8Array,
  at: number,
  length: number,
  digits: Uint8Array,
  from: number,
  to: number,
): void {
  der[at] = 0x02;
  der[at + 1] = length;
  let out = at + 2 + length - (to - from);
  for (let i = from; i < to; i++) der[out++] = digits[i] ?? 0;
}

/** The inverse, for signers that only make DER; undefined when it is not a minimal sequence. */
export function signatureFromDer(der: Uint8Array): Bytes | undefined {
  const out = new Uint8Array(64);
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  let at = 2;
  for (const half of [0, 32]) {
    const length = der[at + 1] ?? 0;
    const digits = der.subarray(at + 2, at + 2 + length);
    if (der[at] !== 0x02 || digits.length !== length || length < 1 || length > 33) return undefined;
    const [first = 0, second = 0] = digits;
    const padded = first === 0 && length > 1;
    if (first >= 0x80 || (padded && second < 0x80)) return undefined; // negative, or not minimal
    const bare = padded ? digits.subarray(1) : digits;
    if (bare.length > 32) return undefined;
    out.set(bare, half + 32 - bare.length);
    at += 2 + length;
  }
  return at === der.length ? out : undefined;
}
