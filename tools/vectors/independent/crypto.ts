// A second path through the standard, written from spec/ alone: nothing here comes from the
// project's own protocol or domain, so that a mistake there cannot hide in its own vectors.
import { createHash, createHmac, createPublicKey, createVerify, ECDH } from 'node:crypto';

/** CODE-4.4: Z binds user id, curve and key; SM3 runs over Z and the message. */
const SM2_HEAD = Buffer.concat([
  Buffer.from([0x00, 0x80]),
  Buffer.from('1234567812345678', 'ascii'),
  Buffer.from('fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc', 'hex'),
  Buffer.from('28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93', 'hex'),
  Buffer.from('32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7', 'hex'),
  Buffer.from('bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0', 'hex'),
]);

const CURVES: Readonly<Record<string, { name: string; oid: string; hash: string }>> = {
  ES256: { name: 'prime256v1', oid: '06082a8648ce3d030107', hash: 'sha256' },
  SM2: { name: 'SM2', oid: '06082a811ccf5501822d', hash: 'sm3' },
};

/** CODE-4: r ‖ s over a message, with a 33-byte point. */
export function signatureIsGood(
  alg: string,
  point: Buffer,
  message: Buffer,
  signature: Buffer,
): boolean {
  const curve = CURVES[alg];
  if (curve === undefined || signature.length !== 64) return false;
  if (point.length !== 33 || (point[0] !== 2 && point[0] !== 3)) return false;
  let whole: Buffer;
  try {
    whole = Buffer.from(ECDH.convertKey(point, curve.name, undefined, undefined, 'uncompressed'));
  } catch {
    return false; // no point of the curve
  }
  const head = Buffer.from(`3059301306072a8648ce3d0201${curve.oid}034200`, 'hex');
  const key = createPublicKey({ key: Buffer.concat([head, whole]), format: 'der', type: 'spki' });
  const verifier = createVerify(curve.hash);
  if (alg === 'SM2') {
    verifier.update(createHash('sm3').update(SM2_HEAD).update(whole.subarray(1)).digest());
  }
  return verifier.update(message).verify(key, derOf(signature));
}

function derOf(signature: Buffer): Buffer {
  const part = (digits: Buffer): Buffer => {
    const bare = digits.subarray(digits.findIndex((byte, i) => byte !== 0 || i === 31));
    const padded = (bare[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bare]) : bare;
    return Buffer.concat([Buffer.from([2, padded.length]), padded]);
  };
  const body = Buffer.concat([part(signature.subarray(0, 32)), part(signature.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export function hmac(key: Buffer, message: Buffer): Buffer {
  return createHmac('sha256', key).update(message).digest();
}
