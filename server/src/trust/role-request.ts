import { findParty, keyEntryShape, object, sectionShape } from '@tongyu/protocol';
import { keyEntry, ownRootSigner, ownSection, ROOT_KEY_ID } from './own-section.ts';
import { asJson } from './send-trust.ts';
import type { TrustView } from './trust-view.ts';
import type { NodeTables, TrustRoom } from './types.ts';

export type RoleRequestKind = 'accession' | 'withdrawal';

export type RoleRequested =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: { readonly code: 'ROLE_UNCHANGED' | 'TRUST_MISSING' } };

/** Body of `party.apply`. */
export const applicationShape = object({ section: sectionShape, rootKey: keyEntryShape });
/** Body of `party.leave`. */
export const leaveShape = object({});

/**
 * An observer asks to join or a member to leave; the hub puts it to the members. Asking is this
 * city's approval of exactly that change of its own role. Asked again, it is sent again.
 */
export async function requestRole<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  kind: RoleRequestKind,
): Promise<RoleRequested> {
  const { self } = room.config;
  const section = ownSection(room, view);
  if (view.root === undefined || section === undefined) {
    return { ok: false, refusal: { code: 'TRUST_MISSING' } };
  }
  if (findParty(view.root, self)?.role !== (kind === 'accession' ? 'observer' : 'member')) {
    return { ok: false, refusal: { code: 'ROLE_UNCHANGED' } };
  }
  await tx.trust.setNote('application', kind);
  if (kind === 'accession') {
    const rootKey = keyEntry(ROOT_KEY_ID, ownRootSigner(room));
    const body = { section: asJson(section), rootKey: asJson(rootKey) };
    await room.send(tx, { to: 'hub', type: 'party.apply', body, topic: 'role' });
  } else {
    await room.send(tx, { to: 'hub', type: 'party.leave', body: {}, topic: 'role' });
  }
  return { ok: true };
}

/** A request that has been granted must not approve a later proposal. */
export async function forgetGrantedRequest<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
): Promise<void> {
  const requested = await tx.trust.note('application');
  if (requested === undefined || requested === '') return;
  const { root } = view;
  const isMember = root !== undefined && findParty(root, room.config.self)?.role === 'member';
  if ((requested === 'accession') === isMember) await tx.trust.setNote('application', '');
}
