import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, uint16, utf8, type Bytes } from '../encoding/bytes.ts';
import { TAG_BYTES } from '../code/layout.ts';
import type { PartyId } from '../code/pass.ts';
import { slotIndex, type Slot } from '../time/service-day.ts';

/**
 * Revocation seeds (REV-1 to REV-3): one secret per phone, stepped one way at each slot. Publishing
 * it lets everybody compute the tags of that phone from that slot on, and none before.
 * The idea of linkage seeds is from IEEE 1609.2.1.
 */
export const SEED_BYTES = 16;

/** Tags of one phone in one slot: 8 are issued at first, the others on re-issue. */
export const TAGS_PER_SLOT = 16;

/** Passes reach at most this many slots beyond the one they are fetched in (7 days). */
export const HORIZON_SLOTS = 28;

const NEXT = utf8('next');
const TAG = utf8('tag');

export function nextSeed(seed: Uint8Array): Bytes {
  return new Uint8Array(hmac(sha256, seed, NEXT).subarray(0, SEED_BYTES));
}

/**
 * The seed at a later slot, or undefined when `to` lies before `from`: it cannot be stepped back.
 */
export function seedAt(seed: Uint8Array, from: Slot, to: Slot): Bytes | undefined {
  const steps = slotIndex(to) - slotIndex(from);
  if (steps < 0) return undefined;
  let stepped: Bytes = new Uint8Array(seed);
  for (let i = 0; i < steps; i++) stepped = nextSeed(stepped);
  return stepped;
}

/** Tag number `index` (0 to 15) of the phone whose seed at this slot is `seed` (REV-2). */
export function passTag(seed: Uint8Array, issuer: PartyId, slot: Slot, index: number): Bytes {
  const message = concat(
    TAG,
    uint16(Number(issuer)),
    uint16(slot.day),
    new Uint8Array([slot.slot, index]),
  );
  return new Uint8Array(hmac(sha256, seed, message).subarray(0, TAG_BYTES));
}
