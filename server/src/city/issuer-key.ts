import { slotStart, type Section } from '@tongyu/protocol';
import type { OwnIssuerKey } from './ports.ts';

/**
 * The key that signs everybody's passes of one service day, so that a key tells nobody apart: the
 * newest whose days cover it, that stands in the held bundle and has stood there for the lead time
 * when the day begins. When no key has (at founding, after an emergency), a pass in time counts
 * more than the lead.
 */
export function issuerKeyFor(
  keys: readonly OwnIssuerKey[],
  day: number,
  now: number,
  leadSeconds: number,
): OwnIssuerKey | undefined {
  const usable = keys
    .filter((key) => key.revokedAt === null && key.inBundleSince !== undefined)
    .filter((key) => key.fromDay <= day && day <= key.untilDay)
    .sort((a, b) => b.keyId - a.keyId);
  const by = Math.max(now, slotStart({ day, slot: 0 })) - leadSeconds;
  return usable.find((key) => (key.inBundleSince ?? Infinity) <= by) ?? usable[0];
}

/** Issuer keys whose passes count no more: phones drop those and ask for new ones. */
export function voidKeyIds(section: Section | undefined): readonly number[] {
  return (section?.keys ?? [])
    .filter((key) => key.purpose === 'issuer' && key.revokedAt !== null)
    .map((key) => key.keyId)
    .sort((a, b) => a - b);
}
