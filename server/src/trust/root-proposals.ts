import {
  acceptRoot,
  activeMembers,
  documentHash,
  findParty,
  list,
  object,
  readShape,
  rootContentShape,
  rootShape,
  runChecks,
  signatureCheck,
  signatureShape,
  signContent,
  verifyNextRoot,
  type DocumentSignature,
  type NodeId,
  type Root,
  type SignedRoot,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import {
  applied,
  refused,
  type PeerAnswer,
  type ReceiptBody,
  type SentMessage,
} from '../peers/types.ts';
import type { RootProposal, TrustTables } from '../store/trust-tables.ts';
import { ownRootSigner, ROOT_KEY_ID } from './own-section.ts';
import { describeChanges, nextRoot, type NextRootRefusal, type RootChange } from './root-change.ts';
import { asJson, sendTo, sendToAll } from './send-trust.ts';
import { takeStep } from './take-trust.ts';
import { otherNodes, isActiveMember, type TrustView } from './trust-view.ts';
import { CLOCK_TOLERANCE_SECONDS, type NodeTables, type TrustRoom } from './types.ts';

/** Beyond this nobody reads them any more. */
const MAX_OPEN_PROPOSALS = 16;

export type ProposedRoot =
  | { readonly ok: true; readonly hash: string }
  | { readonly ok: false; readonly refusal: NextRootRefusal | { readonly code: 'TRUST_MISSING' } };

/** Proposals that can still become the next root. */
export async function openRootProposals(
  tx: TrustTables,
  root: Root,
): Promise<readonly RootProposal[]> {
  const previous = documentHash(root);
  const all = await tx.trust.rootProposals();
  return all.filter(
    (entry) => entry.root.number === root.number + 1 && entry.root.previous === previous,
  );
}

/**
 * Puts a change of the root to all members, and to the party that it makes one. The same change
 * again answers the proposal that is already open, so that approvals are not lost.
 */
export async function proposeRoot<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  change: RootChange,
): Promise<ProposedRoot> {
  const view = await room.views.load(tx);
  const { root } = view;
  if (root === undefined) return { ok: false, refusal: { code: 'TRUST_MISSING' } };
  const now = room.ports.clock.now();
  const next = nextRoot(root, change, now);
  if (!next.ok) return next;
  const open = await openRootProposals(tx, root);
  const again = open.find((entry) => isSameButTime(entry.root, next.root));
  if (again !== undefined) {
    await sendProposal(room, tx, view, again);
    return { ok: true, hash: again.hash };
  }
  const proposal: RootProposal = {
    hash: documentHash(next.root),
    root: next.root,
    signatures: [],
    proposedAt: now,
    approvedAt: null,
  };
  await tx.trust.saveRootProposal(proposal);
  await sendProposal(room, tx, view, proposal);
  return { ok: true, hash: proposal.hash };
}

function isSameButTime(a: Root, b: Root): boolean {
  const sameTime: Root = { ...a, made: b.made };
  return documentHash(sameTime) === documentHash(b);
}

export async function sendProposal<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  proposal: RootProposal,
): Promise<void> {
  const concerned = new Set<NodeId>(['hub']);
  for (const root of [view.root, proposal.root]) {
    for (const member of root === undefined ? [] : activeMembers(root)) concerned.add(member.party);
  }
  const nodes = otherNodes(view, room.config.self).filter((node) => concerned.has(node));
  const { root, signatures } = proposal;
  const body = { root: asJson(root), signatures: asJson(signatures) };
  await sendTo(room, tx, nodes, 'root.propose', body);
}

const proposeShape = object({ root: rootContentShape, signatures: list(signatureShape, 0, 64) });

/**
 * `root.propose`: kept for the operator's eyes, with the signatures that it brings. This node's own
 * signature is in the answer once its operator has approved that very content, never before.
 */
export async function takeRootProposal<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const view = await room.views.load(tx);
  const read = readShape(proposeShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { root, signatures } = read.value;
  const current = view.state?.root;
  if (current === undefined) return refused('TRUST_MISSING');
  if (!mayPropose(view, message.iss, root)) return refused('NOT_MEMBER');
  if (root.made > room.ports.clock.now() + CLOCK_TOLERANCE_SECONDS) {
    return refused('ROOT_IN_FUTURE', 'root.made');
  }
  // Unsigned it cannot hold; any other reason than that is a fault of the content.
  const bare = runChecks(verifyNextRoot(current, { signed: root, signatures: [] }), () => false);
  if (!bare.ok && !bare.refusal.code.endsWith('_UNSIGNED')) {
    return refused(bare.refusal.code, bare.refusal.party);
  }
  // One change at a time, so that an operator sees all that he approves.
  if (describeChanges(current.signed, root).length !== 1) return refused('ROOT_CHANGES', 'root');
  const hash = documentHash(root);
  const open = await openRootProposals(tx, current.signed);
  const known = open.find((entry) => entry.hash === hash);
  if (known === undefined && open.length >= MAX_OPEN_PROPOSALS) {
    return refused('ROOT_TOO_MANY_PROPOSALS');
  }
  const now = room.ports.clock.now();
  const fresh = { hash, root, signatures: [], proposedAt: now, approvedAt: null };
  let proposal = withSignatures(room, current.signed, known ?? fresh, signatures);
  await tx.trust.saveRootProposal(proposal);
  if (proposal.approvedAt === null && (await isOwnRequest(room, tx, current.signed, root))) {
    proposal = await signProposal(room, tx, proposal);
    await sendProposal(room, tx, view, proposal);
  }
  await publishIfComplete(room, tx, view, proposal);
  const own = proposal.signatures.find((entry) => entry.by === room.config.self);
  if (own !== undefined) return applied({ signature: asJson(own) });
  return maySign(room, view, root) ? refused('ROOT_NOT_APPROVED') : applied();
}

function mayPropose(view: TrustView, from: NodeId, root: Root): boolean {
  if (from === 'hub' || isActiveMember(view, from)) return true;
  return activeMembers(root).some((member) => member.party === from);
}

export function maySign<T extends NodeTables>(
  room: TrustRoom<T>,
  view: TrustView,
  root: Root,
): boolean {
  const { self } = room.config;
  if (isActiveMember(view, self)) return true;
  return activeMembers(root).some((member) => member.party === self);
}

/** A city that has asked to join or to leave has thereby approved exactly that, and no more. */
async function isOwnRequest<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  was: Root,
  now: Root,
): Promise<boolean> {
  const requested = await tx.trust.note('application');
  const changes = describeChanges(was, now);
  const [first] = changes;
  return changes.length === 1 && first?.party === room.config.self && first.kind === requested;
}

/** Adds those signatures that hold under an old or a new root key of their party. */
function withSignatures<T extends NodeTables>(
  room: TrustRoom<T>,
  current: Root,
  proposal: RootProposal,
  offered: readonly DocumentSignature[],
): RootProposal {
  const signatures = [...proposal.signatures];
  for (const signature of offered) {
    if (signatures.some((s) => s.by === signature.by && s.keyId === signature.keyId)) continue;
    const keys = [current, proposal.root].flatMap(
      (root) => findParty(root, signature.by)?.rootKeys ?? [],
    );
    const key = keys.find((entry) => entry.keyId === signature.keyId);
    if (key === undefined) continue;
    if (room.ports.verify(signatureCheck(proposal.root, signature, key)))
      signatures.push(signature);
  }
  return { ...proposal, signatures };
}

export async function signProposal<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  proposal: RootProposal,
): Promise<RootProposal> {
  const { root, hash } = proposal;
  const now = room.ports.clock.now();
  await tx.trust.recordSigned({ kind: 'root', number: root.number, hash, signedAt: now });
  room.ports.faults.point('trust/after-sign-recorded');
  const { self } = room.config;
  const signature = await signContent(root, self, ROOT_KEY_ID, ownRootSigner(room));
  const signatures = [...proposal.signatures.filter((entry) => entry.by !== self), signature];
  const signed = { ...proposal, approvedAt: now, signatures };
  await tx.trust.saveRootProposal(signed);
  return signed;
}

/** The receipt of an own `root.propose`: perhaps a signature more. */
export async function takeRootAnswer<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  sent: SentMessage,
  receipt: ReceiptBody,
): Promise<void> {
  const view = await room.views.load(tx);
  const read = readShape(proposeShape, sent.body);
  const answer = readShape(object({ signature: signatureShape }), receipt.answer);
  const { root } = view;
  if (!read.ok || !answer.ok || root === undefined) return;
  const hash = documentHash(read.value.root);
  const open = await openRootProposals(tx, root);
  const proposal = open.find((entry) => entry.hash === hash);
  if (proposal === undefined) return;
  const next = withSignatures(room, root, proposal, [answer.value.signature]);
  if (next.signatures.length === proposal.signatures.length) return;
  await tx.trust.saveRootProposal(next);
  await publishIfComplete(room, tx, view, next);
}

/** Adopts and publishes a proposal that has every signature it needs. */
export async function publishIfComplete<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  proposal: RootProposal,
): Promise<void> {
  const current = view.state?.root;
  if (current === undefined || proposal.signatures.length === 0) return;
  const signed: SignedRoot = { signed: proposal.root, signatures: proposal.signatures };
  if (!runChecks(verifyNextRoot(current, signed), room.ports.verify).ok) return;
  const taken = await takeStep(room, tx, view, (state) => acceptRoot(state, signed));
  if (!taken.ok) return;
  room.ports.log.info({ version: signed.signed.number }, 'a new root is in force');
  await sendToAll(room, tx, taken.view, 'root.publish', { root: asJson(signed) });
}

const publishShape = object({ root: rootShape });

/** `root.publish`. */
export async function takePublishedRoot<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const read = readShape(publishShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const view = await room.views.load(tx);
  const taken = await takeStep(room, tx, view, (state) => acceptRoot(state, read.value.root));
  return taken.ok ? applied() : refused(taken.refusal.code);
}
