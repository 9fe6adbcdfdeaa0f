import { hash } from 'node:crypto';
import type { SignatureAlgorithm, Signer, VerifySync } from '@tongyu/protocol';
import type { KeyStore } from '../../server/src/ports/keys.ts';

/**
 * Signatures that cost a microsecond: a hash of key and message, with a word that only this file
 * knows. Nobody in a simulated region can make one without the signer, and everybody can check it.
 */
const SECRET = Buffer.from('simulated signature\n');
const POINT_BYTES = 33;
const HEAD_BYTES = SECRET.length + POINT_BYTES;

export type FakeSigner = Omit<Signer, 'sign'> & { sign(message: Uint8Array): Uint8Array };

/** The same name has the same key for ever, so that a restarted node finds its own again. */
export function fakeSigner(name: string, alg: SignatureAlgorithm = 'ES256'): FakeSigner {
  const publicKey = new Uint8Array(POINT_BYTES);
  publicKey.set(hash('sha256', `${alg} ${name}`, 'buffer'), 1);
  publicKey[0] = 2;
  return { alg, publicKey, sign: (message) => signatureOf(publicKey, message) };
}

export const fakeVerify: VerifySync = ({ publicKey, message, signature }) =>
  Buffer.compare(signatureOf(publicKey, message), signature) === 0;

function signatureOf(publicKey: Uint8Array, message: Uint8Array): Buffer {
  const end = HEAD_BYTES + message.length;
  if (scratch.length < end) scratch = Buffer.concat([SECRET], 2 * end);
  scratch.set(publicKey, SECRET.length);
  scratch.set(message, HEAD_BYTES);
  return hash('sha512', scratch.subarray(0, end), 'buffer');
}

/** Begins with the secret; joining three parts anew would take longer than hashing them. */
let scratch = Buffer.concat([SECRET], 4_096);

export function fakeKeyStore(node: string): KeyStore {
  const signers = new Map<string, FakeSigner>();
  return {
    signer(name, alg) {
      const known = signers.get(name) ?? fakeSigner(`${node}/${name}`, alg);
      signers.set(name, known);
      return known;
    },
  };
}
