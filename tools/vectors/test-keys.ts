import { createHash } from 'node:crypto';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { p256 } from '@noble/curves/nist.js';
import {
  concat,
  toBase64Url,
  uint16,
  uint32,
  utf8,
  type SignatureAlgorithm,
} from '@tongyu/protocol';

/**
 * Test keys, derived from labels, and deterministic signatures over them, so that the vectors come
 * out the same each time. The private keys are published with the vectors: use them for nothing.
 */
export type TestKey = {
  readonly label: string;
  readonly alg: SignatureAlgorithm;
  readonly privateKey: Uint8Array;
  /** 33-byte compressed point. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
  /** SM2 only: the mistake of libraries that sign with another user id than the standard's. */
  signWithUserId?(message: Uint8Array, userId: string): Uint8Array;
};

/** The curve sm2p256v1 of GM/T 0003.5. */
const SM2_ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const sm2Point = weierstrass({
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: SM2_ORDER,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
});

const SM2_USER_ID = '1234567812345678';

/** a ‖ b ‖ xG ‖ yG */
const SM2_CURVE = concat(
  scalarBytes(0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn),
  scalarBytes(0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n),
  scalarBytes(0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n),
  scalarBytes(0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n),
);

const made = new Map<string, TestKey>();

/** The same label and algorithm always give the same key. */
export function testKey(label: string, alg: SignatureAlgorithm = 'ES256'): TestKey {
  const name = `${alg} ${label}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  const key = alg === 'ES256' ? p256Key(label) : sm2Key(label);
  made.set(name, key);
  return key;
}

/** Every key that was asked for, for publication with the vectors. */
export function publishedTestKeys(): readonly Record<string, string>[] {
  return [...made.values()].map((key) => ({
    label: key.label,
    alg: key.alg,
    privateKey: toBase64Url(key.privateKey),
    publicKey: toBase64Url(key.publicKey),
  }));
}

function p256Key(label: string): TestKey {
  const privateKey = scalarBytes(derivedScalar(`ES256 ${label}`, p256.Point.Fn.ORDER));
  return {
    label,
    alg: 'ES256',
    privateKey,
    publicKey: p256.getPublicKey(privateKey, true),
    // RFC 6979; s is left as it comes, high or low, as most signers do.
    sign: (message) => p256.sign(message, privateKey, { lowS: false }),
  };
}

function sm2Key(label: string): TestKey {
  const secret = derivedScalar(`SM2 ${label}`, SM2_ORDER);
  const point = sm2Point.BASE.multiply(secret);
  const signWithUserId = (message: Uint8Array, userId: string): Uint8Array => {
    const head = concat(uint16(8 * userId.length), utf8(userId), SM2_CURVE);
    const z = sm3(concat(head, point.toBytes(false).subarray(1)));
    return sm2Signature(secret, sm3(concat(z, message)));
  };
  return {
    label,
    alg: 'SM2',
    privateKey: scalarBytes(secret),
    publicKey: point.toBytes(true),
    sign: (message) => signWithUserId(message, SM2_USER_ID),
    signWithUserId,
  };
}

/** GM/T 0003.2 §6.1 with a nonce from a hash of key and digest: for test keys only. */
function sm2Signature(secret: bigint, digest: Uint8Array): Uint8Array {
  const e = toScalar(digest);
  for (let attempt = 0; ; attempt++) {
    const seed = concat(scalarBytes(secret), digest, uint32(attempt));
    const k = toScalar(sha256(seed)) % SM2_ORDER;
    if (k === 0n) continue;
    const r = (e + sm2Point.BASE.multiply(k).toAffine().x) % SM2_ORDER;
    if (r === 0n || r + k === SM2_ORDER) continue;
    const s = (inverse(1n + secret) * (k - r * secret)) % SM2_ORDER;
    const positive = s < 0n ? s + SM2_ORDER : s;
    if (positive !== 0n) return concat(scalarBytes(r), scalarBytes(positive));
  }
}

function inverse(value: bigint): bigint {
  return sm2Point.Fn.inv(value % SM2_ORDER);
}

function derivedScalar(label: string, order: bigint): bigint {
  return (toScalar(sha256(utf8(`tongyu test key ${label}`))) % (order - 1n)) + 1n;
}

function toScalar(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function scalarBytes(value: bigint): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'));
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

function sm3(bytes: Uint8Array): Uint8Array {
  return createHash('sm3').update(bytes).digest();
}
