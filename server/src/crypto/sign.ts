import {
  createPrivateKey,
  createPublicKey,
  createSign,
  ECDH,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import {
  signatureFromDer,
  type Bytes,
  type SignatureAlgorithm,
  type Signer,
} from '@tongyu/protocol';
import { sm2Z } from './sm2.ts';

const CURVES: Readonly<Record<SignatureAlgorithm, string>> = { ES256: 'prime256v1', SM2: 'SM2' };

/** A new private key as PKCS #8 PEM. */
export function generateKeyPem(alg: SignatureAlgorithm): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: CURVES[alg] });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/**
 * A signer over a PEM. Importing matters for SM2: a key that Node has generated and not re-imported
 * signs plain ECDSA, which no SM2 verifier accepts.
 */
export function signerFromPem(alg: SignatureAlgorithm, pem: string): SyncSigner {
  const key = createPrivateKey(pem);
  const publicKey = compressedPoint(alg, key);
  if (alg === 'ES256') {
    return { alg, publicKey, sign: (message) => toRaw(sign('sha256', message, key)) };
  }
  const z = sm2Z(publicKey);
  return {
    alg,
    publicKey,
    sign: (message) => toRaw(createSign('sm3').update(z).update(message).sign(key)),
  };
}

/** A signer whose key is at hand, so that it answers at once. */
export type SyncSigner = Omit<Signer, 'sign'> & { sign(message: Uint8Array): Uint8Array };

export function generateSigner(alg: SignatureAlgorithm): SyncSigner {
  return signerFromPem(alg, generateKeyPem(alg));
}

function compressedPoint(alg: SignatureAlgorithm, key: KeyObject): Bytes {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  // An uncompressed point is the last 65 bytes of the SubjectPublicKeyInfo.
  const point = spki.subarray(spki.length - 65);
  const compressed = ECDH.convertKey(point, CURVES[alg], undefined, undefined, 'compressed');
  return new Uint8Array(Buffer.from(compressed as Buffer));
}

function toRaw(der: Uint8Array): Bytes {
  const raw = signatureFromDer(der);
  if (raw === undefined) throw new Error('OpenSSL answered a signature in an unknown form');
  return raw;
}
