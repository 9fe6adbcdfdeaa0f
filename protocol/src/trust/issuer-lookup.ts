import type { IssuerLookup, IssuerStanding } from '../code/examine-code.ts';
import type { PartyId } from '../code/pass.ts';
import { bytesOf } from '../encoding/shape.ts';
import type { Bundle } from './bundle.ts';
import { findParty, type Root, type RootParty } from './root.ts';
import type { Section, SectionKey, SignedSection } from './section.ts';

/** The trust that a consumer holds and has verified. */
export type HeldTrust = {
  readonly root: Root;
  readonly bundle: Bundle;
  /** Sections newer than the bundle's that only revoke their owner's keys (TRUST-3.4). */
  readonly revokingSections: readonly SignedSection[];
};

/** The section that counts for a party: a revoking one before the bundle's. */
export function sectionOf(trust: HeldTrust, party: PartyId): Section | undefined {
  const isParty = (section: SignedSection): boolean => section.signed.party === party;
  const inBundle = trust.bundle.sections.find(isParty)?.signed;
  const revoking = trust.revokingSections.find(isParty)?.signed;
  return revoking !== undefined && revoking.number > (inBundle?.number ?? 0) ? revoking : inBundle;
}

/**
 * Answers what the held trust says of an issuer's key. Made once per trust state: terminals ask it
 * for every scan, so keys are unpacked beforehand.
 */
export function issuerLookup(trust: HeldTrust): IssuerLookup {
  const keys = new Map<string, { readonly entry: SectionKey; readonly publicKey: Uint8Array }>();
  for (const { party } of trust.root.parties) {
    for (const entry of sectionOf(trust, party)?.keys ?? []) {
      if (entry.purpose !== 'issuer') continue;
      keys.set(`${party}.${String(entry.keyId)}`, { entry, publicKey: bytesOf(entry.key) });
    }
  }
  return (issuer, keyId, day) => {
    const party = partyStanding(findParty(trust.root, issuer));
    const found = keys.get(`${issuer}.${String(keyId)}`);
    if (found === undefined || day < found.entry.fromDay || day > found.entry.untilDay) {
      return { party, key: { state: 'unknown' } };
    }
    if (found.entry.revokedAt !== null) return { party, key: { state: 'revoked' } };
    const { alg } = found.entry;
    return { party, key: { state: 'good', alg, publicKey: found.publicKey } };
  };
}

function partyStanding(entry: RootParty | undefined): IssuerStanding['party'] {
  if (entry === undefined) return 'unknown';
  if (entry.role === 'observer') return 'observer';
  return entry.status === 'suspended' ? 'suspended' : 'member';
}
