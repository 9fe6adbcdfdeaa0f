import {
  findParty,
  onlyRevokes,
  runChecks,
  takesRevocationBack,
  verifySection,
  type PartyId,
  type SignedSection,
} from '@tongyu/protocol';
import type { TrustView } from './trust-view.ts';
import type { NodeTables, TrustRoom } from './types.ts';

/**
 * By party the number of its newest section, where no bundle with that one can be signed: its owner
 * has signed two under one number, and consumers count a revocation that it takes back (TRUST-4.6).
 * Until the owner signs a higher one, its section stays as it is in the bundle.
 */
export type HeldBack = Readonly<Record<PartyId, number>>;

export async function loadHeldBack(tx: NodeTables): Promise<HeldBack> {
  return JSON.parse((await tx.trust.note('held-back')) ?? '{}') as HeldBack;
}

export async function holdBack(
  tx: NodeTables,
  { signed: { party, number } }: SignedSection,
): Promise<void> {
  const before = await loadHeldBack(tx);
  await tx.trust.setNote('held-back', JSON.stringify({ ...before, [party]: number }));
}

/** Whether the owner itself has signed a revoking section that the offered one takes back. */
export function isSplit<T extends NodeTables>(
  room: TrustRoom<T>,
  { root, held }: TrustView,
  revoking: SignedSection,
  offered: SignedSection,
): boolean {
  const { party } = offered.signed;
  const bundled = held?.bundle.sections.find((entry) => entry.signed.party === party)?.signed;
  if (root === undefined || bundled === undefined || revoking.signed.party !== party) return false;
  const check = verifySection(findParty(root, party), bundled, revoking);
  if (!runChecks(check, room.ports.verify).ok) return false;
  return (
    onlyRevokes(bundled, revoking.signed) && takesRevocationBack(revoking.signed, offered.signed)
  );
}
