import {
  currentKeys,
  findParty,
  readShape,
  runChecks,
  sectionShape,
  serviceDay,
  verifySection,
  type Json,
  type KeyEntry,
  type NodeId,
  type PeerKeyLookup,
  type PeerMessage,
  type Root,
  type Section,
  type VerifySync,
} from '@tongyu/protocol';
import type { EarlyPeerKey } from '../peers/receive-peer.ts';
import type { TrustView } from './trust-view.ts';

/**
 * Peer keys by sender: the hub's stands in the root, a party's in the newest section that its root
 * key vouches for. A party whose newest section has not arrived yet may bring it along, in
 * `section.offer` and `party.apply`: what counts is its root key's signature under it (PEER-1.4).
 */
export function peerKeyLookup(view: TrustView, now: number, verify: VerifySync): PeerKeyLookup {
  return (message, keyId) => {
    const { root } = view;
    if (root === undefined) return undefined;
    if (message.iss === 'hub') {
      return root.hub.peerKey.keyId === keyId ? root.hub.peerKey : undefined;
    }
    const known = view.sections.get(message.iss)?.signed;
    return (
      peerKeyIn(known, keyId, now) ??
      peerKeyIn(broughtSection(root, known, message, verify), keyId, now)
    );
  };
}

/**
 * The same by the header alone and without a transaction. `brought`: the message may bring the
 * section that has its key, so it has to be read.
 */
export function earlyPeerKey(view: TrustView, now: number): EarlyPeerKey {
  return ({ iss, keyId }) => {
    const { root } = view;
    if (root === undefined) return undefined;
    if (iss === 'hub') return root.hub.peerKey.keyId === keyId ? root.hub.peerKey : undefined;
    if ((findParty(root, iss)?.rootKeys.length ?? 0) === 0) return undefined;
    return peerKeyIn(view.sections.get(iss)?.signed, keyId, now) ?? 'brought';
  };
}

function peerKeyIn(section: Section | undefined, keyId: number, now: number): KeyEntry | undefined {
  if (section === undefined) return undefined;
  return currentKeys(section, 'peer', serviceDay(now)).find((key) => key.keyId === keyId);
}

function broughtSection(
  root: Root,
  known: Section | undefined,
  message: PeerMessage,
  verify: VerifySync,
): Section | undefined {
  if (message.type !== 'section.offer' && message.type !== 'party.apply') return undefined;
  const read = readShape(sectionShape, sectionIn(message.body));
  if (!read.ok || read.value.signed.party !== message.iss) return undefined;
  const owner = findParty(root, message.iss);
  const result = runChecks(verifySection(owner, known, read.value), verify);
  return result.ok ? result.section.signed : undefined;
}

export function sectionIn(body: Json): Json | undefined {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return undefined;
  return (body as Readonly<Record<string, Json>>)['section'];
}

/** Every peer key of a node has this name in its key store. */
export function peerKeyName(self: NodeId, keyId: number): string {
  return self === 'hub' ? `hub-peer-${String(keyId)}` : `peer-${String(keyId)}`;
}
