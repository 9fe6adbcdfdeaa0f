import { createPublicKey, createVerify, verify, type KeyObject } from 'node:crypto';
import {
  concat,
  fromHex,
  signatureToDer,
  type SignatureAlgorithm,
  type SignatureCheck,
  type VerifySync,
} from '@tongyu/protocol';
import { sm2Z } from './sm2.ts';

/** SubjectPublicKeyInfo up to the compressed point (RFC 5480 §2; SM2 curve 1.2.156.10197.1.301). */
const SPKI_PREFIX: Readonly<Record<SignatureAlgorithm, Uint8Array>> = {
  ES256: der('3039301306072a8648ce3d020106082a8648ce3d030107032200'),
  SM2: der('3039301306072a8648ce3d020106082a811ccf5501822d032200'),
};

type ImportedKey = { readonly key: KeyObject; readonly z: Uint8Array | undefined };

const KEY_CACHE_SIZE = 20_000;
const importedKeys = new Map<string, ImportedKey | undefined>();

/**
 * Checks one signature with OpenSSL. DER is the form it checks fastest: r ‖ s with
 * `dsaEncoding: 'ieee-p1363'` costs half as much again. A key that is no point answers false.
 */
export const verifySync: VerifySync = (check) => {
  const imported = importKey(check.alg, check.publicKey);
  if (imported === undefined) return false;
  const signature = signatureToDer(check.signature);
  if (imported.z === undefined) return verify('sha256', check.message, imported.key, signature);
  return createVerify('sm3')
    .update(imported.z)
    .update(check.message)
    .verify(imported.key, signature);
};

/**
 * Remembers the outcome of whole checks: a pass is shown about 20 times, with the same signature and
 * content each time. Key, content and signature together are the memory's key, so nothing else can
 * be taken for it.
 */
export function rememberingVerify(capacity: number): VerifySync {
  const outcomes = new Map<string, boolean>();
  return (check) => {
    const identity = checkIdentity(check);
    const known = outcomes.get(identity);
    if (known !== undefined) return known;
    const outcome = verifySync(check);
    if (outcomes.size >= capacity) forgetOldest(outcomes);
    outcomes.set(identity, outcome);
    return outcome;
  };
}

function checkIdentity(check: SignatureCheck): string {
  const whole = concat(check.publicKey, check.signature, check.message);
  return check.alg + Buffer.from(whole.buffer).toString('latin1');
}

function importKey(alg: SignatureAlgorithm, point: Uint8Array): ImportedKey | undefined {
  const name = alg + Buffer.from(point.buffer, point.byteOffset, point.length).toString('latin1');
  if (importedKeys.has(name)) return importedKeys.get(name);
  const imported = readKey(alg, point);
  if (importedKeys.size >= KEY_CACHE_SIZE) forgetOldest(importedKeys);
  importedKeys.set(name, imported);
  return imported;
}

function readKey(alg: SignatureAlgorithm, point: Uint8Array): ImportedKey | undefined {
  try {
    const spki = Buffer.from(concat(SPKI_PREFIX[alg], point));
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return { key, z: alg === 'SM2' ? sm2Z(point) : undefined };
  } catch {
    return undefined; // OpenSSL found that the bytes are no point of the curve
  }
}

/** Maps keep insertion order, so the first key is the oldest. */
function forgetOldest(map: Map<string, unknown>): void {
  const oldest = map.keys().next();
  if (oldest.done !== true) map.delete(oldest.value);
}

function der(text: string): Uint8Array {
  return fromHex(text) ?? new Uint8Array(0);
}
