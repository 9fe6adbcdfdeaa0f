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
/** `once`: seen, and not worth keeping yet. Most device keys are seen once in their life. */
const importedKeys = new Map<string, ImportedKey | 'once' | 'no point'>();

/**
 * Checks one signature with OpenSSL. DER is the form it checks fastest: r ‖ s with
 * `dsaEncoding: 'ieee-p1363'` costs half as much again. A key that is no point answers false.
 */
export const verifySync: VerifySync = (check) => {
  const name = check.alg + latin1(check.publicKey);
  const known = importedKeys.get(name);
  if (known === 'no point') return false;
  if (known === undefined && check.alg === 'ES256') {
    remember(importedKeys, KEY_CACHE_SIZE, name, 'once');
    return verifyWithNewKey(check);
  }
  const imported = known === undefined || known === 'once' ? importKey(check) : known;
  if (imported !== known) remember(importedKeys, KEY_CACHE_SIZE, name, imported ?? 'no point');
  return imported !== undefined && verifyWith(imported, check);
};

/** Reading the key within the call saves a quarter of its import, when it is used only once. */
function verifyWithNewKey(check: SignatureCheck): boolean {
  const key = Buffer.from(concat(SPKI_PREFIX.ES256, check.publicKey));
  const signature = signatureToDer(check.signature);
  try {
    return verify('sha256', check.message, { key, format: 'der', type: 'spki' }, signature);
  } catch {
    return false; // OpenSSL found that the bytes are no point of the curve
  }
}

function verifyWith({ key, z }: ImportedKey, check: SignatureCheck): boolean {
  const signature = signatureToDer(check.signature);
  if (z === undefined) return verify('sha256', check.message, key, signature);
  return createVerify('sm3').update(z).update(check.message).verify(key, signature);
}

/**
 * Remembers the outcome of whole checks: a pass is shown about 20 times, with the same signature
 * and
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
    remember(outcomes, capacity, identity, outcome);
    return outcome;
  };
}

function checkIdentity(check: SignatureCheck): string {
  // Key and signature have fixed lengths, so the joined text has one reading.
  return check.alg + latin1(check.publicKey) + latin1(check.signature) + latin1(check.message);
}

function importKey({ alg, publicKey }: SignatureCheck): ImportedKey | undefined {
  try {
    const spki = Buffer.from(concat(SPKI_PREFIX[alg], publicKey));
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return { key, z: alg === 'SM2' ? sm2Z(publicKey) : undefined };
  } catch {
    return undefined;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** Maps keep insertion order, so the first key is the oldest. */
function remember<T>(map: Map<string, T>, capacity: number, name: string, value: T): void {
  if (map.size >= capacity) {
    const oldest = map.keys().next();
    if (oldest.done !== true) map.delete(oldest.value);
  }
  map.set(name, value);
}

function der(text: string): Uint8Array {
  return fromHex(text) ?? new Uint8Array(0);
}
