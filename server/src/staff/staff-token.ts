import { createHash, timingSafeEqual } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '@tongyu/protocol';
import type { Rng } from '../ports/rng.ts';
import type { StaffSecret } from '../store/staff-tables.ts';

/**
 * A token of 256 random bits and what is kept of it. One round of SHA-256 is enough: nobody guesses
 * such a token, and the salt keeps two nodes' tables from being compared.
 */
export function newToken(rng: Rng): { readonly token: string; readonly secret: StaffSecret } {
  const token = toBase64Url(rng.bytes(32));
  const salt = toBase64Url(rng.bytes(16));
  return { token, secret: { salt, hash: toBase64Url(hashOf(salt, token)) } };
}

export function isTokenOf(secret: StaffSecret | null, token: string): boolean {
  if (secret === null) return false;
  const kept = fromBase64Url(secret.hash);
  const given = hashOf(secret.salt, token);
  return kept?.length === given.length && timingSafeEqual(kept, given);
}

function hashOf(salt: string, token: string): Uint8Array {
  return createHash('sha256').update(`${salt}.${token}`).digest();
}
