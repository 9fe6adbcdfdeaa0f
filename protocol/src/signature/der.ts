import { concat, type Bytes } from '../encoding/bytes.ts';

/** r ‖ s (64 bytes) as the DER sequence that OpenSSL checks fastest (X.690 §8.3: minimal integers). */
export function signatureToDer(signature: Uint8Array): Bytes {
  const r = derInteger(signature.subarray(0, 32));
  const s = derInteger(signature.subarray(32, 64));
  return concat(new Uint8Array([0x30, r.length + s.length]), r, s);
}

function derInteger(digits: Uint8Array): Bytes {
  let from = 0;
  while (from < 31 && digits[from] === 0) from++;
  const padding = (digits[from] ?? 0) >= 0x80 ? 1 : 0;
  const length = 32 - from + padding;
  const out = new Uint8Array(2 + length);
  out[0] = 0x02;
  out[1] = length;
  out.set(digits.subarray(from), 2 + padding);
  return out;
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
    const bare = digits[0] === 0 && length > 1 ? digits.subarray(1) : digits;
    if (bare.length > 32) return undefined;
    out.set(bare, half + 32 - bare.length);
    at += 2 + length;
  }
  return at === der.length ? out : undefined;
}
