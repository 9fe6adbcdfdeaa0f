import { seedAt, slotFromIndex } from '@tongyu/protocol';
import type { PhoneRow } from '../store/city-tables.ts';

/**
 * The phone with its seed stepped to a later slot. What is saved afterwards cannot be stepped back,
 * so that nobody, this city included, can compute the tags of slots that are over (REV-1.3).
 */
export function steppedTo(phone: PhoneRow, slot: number): PhoneRow {
  if (slot <= phone.seedSlot || phone.seed.length === 0) return phone;
  const seed = seedAt(phone.seed, slotFromIndex(phone.seedSlot), slotFromIndex(slot));
  if (seed === undefined) throw new Error('a later slot lies ahead');
  return { ...phone, seed, seedSlot: slot };
}

export function isOver(phone: PhoneRow): boolean {
  return phone.revokedAt !== null || phone.unboundAt !== null;
}
