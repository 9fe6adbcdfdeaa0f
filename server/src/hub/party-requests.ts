import { findParty, readShape, type VerifiedPeerMessage } from '@tongyu/protocol';
import { applied, refused, type PeerAnswer } from '../peers/types.ts';
import type { HubTables, PartyRequest } from '../store/hub-tables.ts';
import { applicationShape, leaveShape } from '../trust/role-request.ts';
import { proposeRoot, type ProposedRoot } from '../trust/root-proposals.ts';
import { takeSection } from '../trust/take-trust.ts';
import type { NodeTables, TrustRoom } from '../trust/types.ts';

type Tables = NodeTables & HubTables;

/**
 * `party.apply`: an observer asks to join. Kept until the hub's operator puts it to the members;
 * the
 * root key must be the one that the root already knows for this party.
 */
export async function takeApplication<T extends Tables>(
  room: TrustRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const read = readShape(applicationShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { section, rootKey } = read.value;
  const view = await room.views.load(tx);
  const entry = view.root === undefined ? undefined : findParty(view.root, message.iss);
  if (entry === undefined) return refused('PARTY_UNKNOWN');
  if (entry.role !== 'observer') return refused('ROLE_UNCHANGED');
  if (section.signed.party !== message.iss) return refused('SECTION_NOT_YOURS', 'section.party');
  const isKnown = entry.rootKeys.some(
    ({ keyId, alg, key }) => keyId === rootKey.keyId && alg === rootKey.alg && key === rootKey.key,
  );
  if (!isKnown) return refused('ROOT_KEY_UNKNOWN', 'rootKey');
  const taken = await takeSection(room, tx, view, section);
  if (!taken.ok) return refused(taken.refusal.code, 'section');
  await ask(room, tx, message.iss, 'accession');
  return applied();
}

/** `party.leave`: a member may always leave, so the hub puts it to the others at once. */
export async function takeLeave<T extends Tables>(
  room: TrustRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const read = readShape(leaveShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { root } = await room.views.load(tx);
  const entry = root === undefined ? undefined : findParty(root, message.iss);
  if (entry?.role !== 'member') return refused('ROLE_UNCHANGED');
  const request = await ask(room, tx, message.iss, 'withdrawal');
  const proposed = await proposeForRequest(room, tx, request);
  return proposed.ok ? applied() : refused(proposed.refusal.code);
}

async function ask<T extends Tables>(
  room: TrustRoom<T>,
  tx: T,
  party: string,
  kind: PartyRequest['kind'],
): Promise<PartyRequest> {
  const at = room.ports.clock.now();
  const request: PartyRequest = { party, kind, at, state: 'asked', proposalHash: null };
  await tx.hub.saveRequest(request);
  return request;
}

/** Puts a request to the members; once more answers the same proposal. */
export async function proposeForRequest<T extends Tables>(
  room: TrustRoom<T>,
  tx: T,
  request: PartyRequest,
): Promise<ProposedRoot> {
  const { kind, party } = request;
  const proposed = await proposeRoot(room, tx, { kind, party });
  if (proposed.ok) {
    await tx.hub.saveRequest({ ...request, state: 'proposed', proposalHash: proposed.hash });
  }
  return proposed;
}
