import { sm2 } from 'sm-crypto-v2';

/** The user id that GM/T 0009 §10 fixes for SM2 signatures. */
const userId = '1234567812345678';

/**
 * One SM2 signature with SM3, in JavaScript: browsers' WebCrypto has none. Loaded by the gate when
 * it first meets such an issuer.
 */
export function verifySm2(message: Uint8Array, signatureHex: string, publicKeyHex: string) {
  try {
    return sm2.doVerifySignature(message, signatureHex, publicKeyHex, { hash: true, userId });
  } catch {
    return false; // no point of the curve, or numbers out of range
  }
}
