import {
  acceptBundle,
  activeMembers,
  bundleContentShape,
  bundleShape,
  documentHash,
  findParty,
  object,
  readShape,
  runChecks,
  signatureCheck,
  signatureShape,
  sectionShape,
  signContent,
  unrevokedParty,
  verifyBundleContent,
  type Bundle,
  type DocumentSignature,
  type Root,
  type SignedSection,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import {
  applied,
  refused,
  type PeerAnswer,
  type ReceiptBody,
  type SentMessage,
} from '../peers/types.ts';
import type { BundleProposal } from '../store/trust-tables.ts';
import { holdBack, isSplit, loadHeldBack, type HeldBack } from './held-back.ts';
import { ownRootSigner, ROOT_KEY_ID } from './own-section.ts';
import { asJson, sendTo, sendToAll } from './send-trust.ts';
import { takeSection, takeStep, wantedSections } from './take-trust.ts';
import { isActiveMember, type TrustView } from './trust-view.ts';
import { CLOCK_TOLERANCE_SECONDS, type NodeTables, type TrustRoom } from './types.ts';

/** Whether what the node knows should stand in a bundle and does not yet. */
export function isBundleDue(view: TrustView, heldBack: HeldBack): boolean {
  const { root } = view;
  if (root === undefined) return false;
  const wanted = wantedSections(view, root, heldBack);
  const hasAll = activeMembers(root).every((m) => wanted.some((s) => s.signed.party === m.party));
  if (!hasAll) return false;
  const bundle = view.held?.bundle;
  if (bundle?.root.number !== root.number) return true;
  return !sameSections(bundle.sections, wanted);
}

function sameSections(a: readonly SignedSection[], b: readonly SignedSection[]): boolean {
  const spell = (sections: readonly SignedSection[]): string =>
    sections.map(({ signed }) => `${signed.party}.${String(signed.number)}`).join();
  return spell(a) === spell(b);
}

/** Whose turn it is: the hub's at once, then the members' in the order of their numbers. */
export function proposalDelay<T extends NodeTables>(
  room: TrustRoom<T>,
  root: Root,
): number | undefined {
  const { self, settings } = room.config;
  if (self === 'hub') return 0;
  const rank = activeMembers(root).findIndex((member) => member.party === self);
  if (rank < 0) return undefined;
  return settings.hubSilentSeconds + rank * settings.memberStaggerSeconds;
}

/** Whether the own last proposal may still succeed, or failed too recently to be made anew. */
export function isProposalPending<T extends NodeTables>(
  room: TrustRoom<T>,
  view: TrustView,
  last: BundleProposal | undefined,
  heldBack: HeldBack,
): boolean {
  const { root } = view;
  if (last === undefined || last.state === 'published' || root === undefined) return false;
  if (last.bundle.version <= (view.held?.bundle.version ?? 0)) return false;
  const age = room.ports.clock.now() - last.proposedAt;
  if (last.state === 'failed') return age < 1;
  const isCurrent =
    last.bundle.root.number === root.number &&
    sameSections(last.bundle.sections, wantedSections(view, root, heldBack));
  return isCurrent && age < room.config.settings.proposalRetrySeconds;
}

/**
 * Puts a bundle of the newest sections to the members. Its version is above all that this node has
 * held, signed or proposed, or was told of; numbers may be skipped (TRUST-4.4).
 */
export async function proposeBundle<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
): Promise<TrustView> {
  const { root } = view;
  const { self } = room.config;
  if (root === undefined) return view;
  const last = await tx.trust.bundleProposal();
  const highest = Math.max(
    view.held?.bundle.version ?? 0,
    await tx.trust.highestSigned('bundle'),
    last?.bundle.version ?? 0,
    last?.skipTo ?? 0,
  );
  const now = room.ports.clock.now();
  const bundle: Bundle = {
    type: 'tongyu.bundle',
    version: highest + 1,
    made: now,
    root: { number: root.number, hash: documentHash(root) },
    sections: wantedSections(view, root, await loadHeldBack(tx)),
  };
  const signatures = isActiveMember(view, self) ? [await signBundle(room, tx, bundle)] : [];
  const proposal: BundleProposal = {
    bundle,
    signatures,
    proposedAt: now,
    state: 'open',
    skipTo: highest,
  };
  await tx.trust.saveBundleProposal(proposal);
  const others = activeMembers(root)
    .map((member) => member.party)
    .filter((party) => party !== self);
  await sendTo(room, tx, others, 'bundle.propose', { bundle: asJson(bundle) });
  return publishIfComplete(room, tx, view, proposal);
}

/** Recorded before the signature exists; it leaves the node only after the commit. */
async function signBundle<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  bundle: Bundle,
): Promise<DocumentSignature> {
  const hash = documentHash(bundle);
  const signedAt = room.ports.clock.now();
  await tx.trust.recordSigned({ kind: 'bundle', number: bundle.version, hash, signedAt });
  room.ports.faults.point('trust/after-sign-recorded');
  return signContent(bundle, room.config.self, ROOT_KEY_ID, ownRootSigner(room));
}

const proposeShape = object({ bundle: bundleContentShape });

/**
 * `bundle.propose`: a member signs only a version above all that it has signed, with no section
 * older than it has seen and none left out, and never one that does not verify (TRUST-4.4).
 */
export async function signProposedBundle<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const view = await room.views.load(tx);
  const read = readShape(proposeShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { bundle } = read.value;
  const { root, state } = view;
  if (root === undefined || !isActiveMember(view, room.config.self)) return refused('NOT_MEMBER');
  if (message.iss !== 'hub' && !isActiveMember(view, message.iss)) return refused('NOT_MEMBER');
  const highest = Math.max(
    await tx.trust.highestSigned('bundle'),
    state?.bundle?.signed.version ?? 0,
  );
  if (bundle.version <= highest) return refused('BUNDLE_OLDER', 'bundle.version', { highest });
  if (bundle.made > room.ports.clock.now() + CLOCK_TOLERANCE_SECONDS) {
    return refused('BUNDLE_IN_FUTURE', 'bundle.made');
  }
  const steps = verifyBundleContent(root, state?.bundle?.signed, bundle);
  const broken = runChecks(steps, room.ports.verify);
  if (broken !== undefined) return refused(broken.code, broken.party);
  const unrevoked = state === undefined ? undefined : unrevokedParty(state, bundle);
  if (unrevoked !== undefined) {
    const revoking = state?.revokingSections.find(({ signed }) => signed.party === unrevoked);
    const answer = revoking === undefined ? null : { section: asJson(revoking) };
    return refused('SECTION_UNREVOKES', unrevoked, answer);
  }
  const stale = olderSection(room, view, bundle);
  if (stale !== undefined) return stale;
  let known = view;
  for (const section of bundle.sections) {
    const taken = await takeSection(room, tx, known, section);
    if (taken.ok) known = taken.view;
  }
  const signature = await signBundle(room, tx, bundle);
  return applied({ signature: asJson(signature) });
}

/**
 * The newest sections of members that this one has seen bind the bundle, bundled before or not. Not
 * so one that counts without a bundle, nor those of parties without a vote: they have no say in
 * whether there is a bundle. Two sections under one number are their owner's doing; either will do.
 */
function olderSection<T extends NodeTables>(
  room: TrustRoom<T>,
  view: TrustView,
  bundle: Bundle,
): PeerAnswer | undefined {
  for (const [party, known] of view.sections) {
    const owner = view.root === undefined ? undefined : findParty(view.root, party);
    if (owner === undefined || owner.rootKeys.length === 0) continue;
    const offered = bundle.sections.find((section) => section.signed.party === party);
    const number = offered?.signed.number ?? 0;
    if (number === 0 || (number < known.signed.number && isBinding(view, known))) {
      return refused('SECTION_OLDER', party, { section: asJson(known) });
    }
    if (party === room.config.self && number > known.signed.number) {
      return refused('SECTION_NOT_OURS', party);
    }
    if (number !== known.signed.number || offered === undefined) continue;
    if (documentHash(offered.signed) === documentHash(known.signed)) continue;
    room.ports.log.warn({ refusal: 'TRUST_FORKED', party }, 'two sections under one number');
    if (party === room.config.self) return refused('TRUST_FORKED', party);
  }
  return undefined;
}

function isBinding(view: TrustView, known: SignedSection): boolean {
  const { party, number } = known.signed;
  const countsAlone = view.state?.revokingSections.some(
    ({ signed }) => signed.party === party && signed.number === number,
  );
  return isActiveMember(view, party) && countsAlone !== true;
}

const signedAnswerShape = object({ signature: signatureShape });
const newerSectionShape = object({ section: sectionShape });

/** The receipt of an own `bundle.propose`: a signature more, or the reason to propose again. */
export async function takeBundleAnswer<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  sent: SentMessage,
  receipt: ReceiptBody,
): Promise<void> {
  const view = await room.views.load(tx);
  const proposal = await tx.trust.bundleProposal();
  const read = readShape(proposeShape, sent.body);
  if (proposal === undefined || !read.ok) return;
  if (documentHash(read.value.bundle) !== documentHash(proposal.bundle)) return; // a former one
  if (receipt.outcome === 'refused') {
    await learnFromRefusal(room, tx, view, proposal, receipt);
    return;
  }
  const answer = readShape(signedAnswerShape, receipt.answer);
  const root = view.root;
  if (!answer.ok || root === undefined || proposal.state === 'published') return;
  const { signature } = answer.value;
  const key = findParty(root, sent.to)?.rootKeys.find((k) => k.keyId === signature.keyId);
  const isKnown = proposal.signatures.some((entry) => entry.by === signature.by);
  if (signature.by !== sent.to || key === undefined || isKnown) return;
  if (!room.ports.verify(signatureCheck(proposal.bundle, signature, key))) return;
  const next = { ...proposal, signatures: [...proposal.signatures, signature] };
  await tx.trust.saveBundleProposal(next);
  await publishIfComplete(room, tx, view, next);
}

async function learnFromRefusal<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  proposal: BundleProposal,
  receipt: ReceiptBody,
): Promise<void> {
  const code = receipt.refusal?.code ?? '';
  room.ports.log.info({ refusal: code, version: proposal.bundle.version }, 'bundle not signed');
  if (proposal.state !== 'open') return;
  const answer = receipt.answer as { readonly highest?: unknown } | null;
  const highest = answer?.highest;
  if (code === 'BUNDLE_OLDER' && typeof highest === 'number' && Number.isSafeInteger(highest)) {
    // A member that lies could push versions up, but not beyond what the shape allows.
    const skipTo = Math.min(Math.max(proposal.skipTo, highest), proposal.skipTo + 1_000_000);
    await tx.trust.saveBundleProposal({ ...proposal, state: 'failed', skipTo });
    return;
  }
  const newer = readShape(newerSectionShape, receipt.answer);
  if ((code !== 'SECTION_OLDER' && code !== 'SECTION_UNREVOKES') || !newer.ok) return;
  const { section } = newer.value;
  const taken = await takeSection(room, tx, view, section);
  const { party } = section.signed;
  const offered = proposal.bundle.sections.find((entry) => entry.signed.party === party);
  const isInTheWay = code === 'SECTION_UNREVOKES' && offered !== undefined;
  const isHeldBack = isInTheWay && isSplit(room, view, section, offered);
  if (isHeldBack) await holdBack(tx, offered);
  if (taken.ok || isHeldBack) await tx.trust.saveBundleProposal({ ...proposal, state: 'failed' });
}

/** At the threshold the bundle is adopted here and sent to everybody, in one transaction. */
async function publishIfComplete<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  proposal: BundleProposal,
): Promise<TrustView> {
  const { root } = view;
  if (root === undefined || proposal.signatures.length < root.threshold) return view;
  const signed = { signed: proposal.bundle, signatures: proposal.signatures };
  const taken = await takeStep(room, tx, view, (state) => acceptBundle(state, signed));
  if (!taken.ok) {
    room.ports.log.warn({ refusal: taken.refusal.code }, 'an own bundle did not hold');
    await tx.trust.saveBundleProposal({ ...proposal, state: 'failed' });
    return view;
  }
  await tx.trust.saveBundleProposal({ ...proposal, state: 'published' });
  await sendToAll(room, tx, taken.view, 'bundle.publish', { bundle: asJson(signed) });
  return taken.view;
}

const publishShape = object({ bundle: bundleShape });

/** `bundle.publish`. */
export async function takePublishedBundle<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const read = readShape(publishShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { bundle } = read.value;
  const view = await room.views.load(tx);
  const taken = await takeStep(room, tx, view, (state) => acceptBundle(state, bundle));
  return taken.ok ? applied() : refused(taken.refusal.code);
}
