import { createHash, ECDH } from 'node:crypto';
import { concat, fromHex, toHex, utf8, type Bytes } from '@tongyu/protocol';

/**
 * Z of GM/T 0003.2 §5.5: binds user id, curve and public key into every SM2 signature. The user
 * id is
 * the standard's default (GM/T 0009 §10); OpenSSL's one-shot calls use an empty one, which nobody
 * else accepts.
 */
const USER_ID = '1234567812345678';

/** ENTL ‖ ID ‖ a ‖ b ‖ xG ‖ yG of the curve sm2p256v1 (GM/T 0003.5). */
const Z_PREFIX = hex(
  '0080' +
    toHex(utf8(USER_ID)) +
    'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
    '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
    '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
    'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
);

/** @param compressedKey 33 bytes; throws when it is no point of the curve */
export function sm2Z(compressedKey: Uint8Array): Bytes {
  const point = ECDH.convertKey(compressedKey, 'SM2', undefined, undefined, 'uncompressed');
  const xy = typeof point === 'string' ? Buffer.from(point, 'binary') : point;
  const digest = createHash('sm3').update(Z_PREFIX).update(xy.subarray(1)).digest();
  return concat(digest);
}

function hex(text: string): Bytes {
  const bytes = fromHex(text);
  if (bytes === undefined) throw new TypeError('not hexadecimal');
  return bytes;
}
