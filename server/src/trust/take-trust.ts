import {
  acceptOffer,
  acceptRevokingSection,
  documentHash,
  findParty,
  runChecks,
  takesRevocationBack,
  verifySection,
  type Checked,
  type Root,
  type Section,
  type SectionResult,
  type SignedSection,
  type TrustOffer,
  type TrustRefusal,
  type TrustState,
  type TrustStep,
} from '@tongyu/protocol';
import type { HeldBack } from './held-back.ts';
import type { TrustView } from './trust-view.ts';
import { CLOCK_TOLERANCE_SECONDS, type NodeTables, type TrustRoom } from './types.ts';

export type Taken =
  | { readonly ok: true; readonly view: TrustView }
  | { readonly ok: false; readonly refusal: TrustRefusal };

/**
 * One step of the trust state: checked, then saved with everything that follows from it, in the
 * caller's transaction (TRUST-5).
 */
export async function takeStep<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  step: (state: TrustState) => Checked<TrustStep>,
): Promise<Taken> {
  if (view.state === undefined) return { ok: false, refusal: { code: 'TRUST_MISSING' } };
  const result = runChecks(step(view.state), room.ports.verify);
  if (!result.ok) return result;
  return { ok: true, view: await adopt(room, tx, view, result.state) };
}

/** Saves a checked state; sections that came in a bundle become the newest known ones. */
export async function adopt<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  state: TrustState,
): Promise<TrustView> {
  if (state === view.state) return view;
  let next = await room.views.saveState(tx, view, state);
  const { bundle } = state;
  if (bundle === undefined || bundle === view.state?.bundle) return next;
  for (const section of bundle.signed.sections) {
    const { party, number } = section.signed;
    const known = next.sections.get(party)?.signed;
    const isForked = known?.number === number && isOther(known, section.signed);
    if (number > (known?.number ?? 0) || isForked)
      next = await room.views.saveSection(tx, next, section);
    if (party !== room.config.self) continue;
    for (const key of section.signed.keys) {
      await tx.trust.saveBundledKey(key.keyId, bundle.signed.made);
    }
  }
  return next;
}

/**
 * A section on its own: kept as its party's newest until a bundle carries it, and counted at once
 * where it only revokes. Either may hold without the other, since sections come in any order.
 */
export async function takeSection<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  section: SignedSection,
): Promise<Taken> {
  const revoking =
    view.held === undefined
      ? undefined
      : await takeStep(room, tx, view, (state) => acceptRevokingSection(state, section));
  const afterRevoking = revoking?.ok === true ? revoking.view : view;
  const { party, number } = section.signed;
  const known = view.sections.get(party)?.signed;
  const counted = afterRevoking !== view;
  if (counted && known !== undefined && known.number >= number) {
    // No consumer takes a bundle whose section takes the revocation back: such a one waits no
    // more, else its owner would hold up every bundle.
    if (takesRevocationBack(section.signed, known)) {
      return { ok: true, view: await room.views.saveSection(tx, afterRevoking, section) };
    }
  }
  const isOwnBeforeFounding = view.root === undefined && party === room.config.self;
  if (!isOwnBeforeFounding) {
    const result = checkSection(room, view, known, section);
    if (!result.ok) {
      return counted // an older one that revokes
        ? { ok: true, view: afterRevoking }
        : result;
    }
  }
  if (known !== undefined && number <= known.number) return { ok: true, view: afterRevoking };
  return { ok: true, view: await room.views.saveSection(tx, afterRevoking, section) };
}

/**
 * The number is compared with the newest that is known, all else with the bundle's: what no bundle
 * carries yet binds no consumer, so an owner that signs two truths cannot hold up a third.
 */
function checkSection<T extends NodeTables>(
  room: TrustRoom<T>,
  { root, held }: TrustView,
  known: Section | undefined,
  section: SignedSection,
): SectionResult {
  const { party, number } = section.signed;
  if (known !== undefined && number < known.number) {
    return { ok: false, refusal: { code: 'SECTION_OLDER', party } };
  }
  if (known?.number === number && isOther(known, section.signed)) {
    room.ports.log.warn({ refusal: 'TRUST_FORKED', party }, 'two sections under one number');
    return { ok: false, refusal: { code: 'TRUST_FORKED', party } };
  }
  const owner = root === undefined ? undefined : findParty(root, party);
  const bundled = held?.bundle.sections.find((entry) => entry.signed.party === party);
  return runChecks(verifySection(owner, bundled?.signed, section), room.ports.verify);
}

function isOther(a: Section, b: Section): boolean {
  return documentHash(a) !== documentHash(b);
}

/** The good parts of another node's offer; answers what was refused (TRUST-6). */
export async function takeOffer<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  offer: TrustOffer,
): Promise<{ readonly view: TrustView; readonly refusals: readonly TrustRefusal[] }> {
  if (view.state === undefined) return { view, refusals: [{ code: 'TRUST_MISSING' }] };
  const latest = room.ports.clock.now() + CLOCK_TOLERANCE_SECONDS;
  const times = offer.times.filter((statement) => statement.signed.time <= latest);
  // Sections are taken one by one below, so that those which wait for their bundle are kept too.
  const plain = { ...offer, times, revokingSections: [] };
  const result = runChecks(acceptOffer(view.state, plain), room.ports.verify);
  let next = await adopt(room, tx, view, result.state);
  const refusals = [...result.refusals];
  for (const section of offer.revokingSections) {
    const taken = await takeSection(room, tx, next, section);
    if (taken.ok) next = taken.view;
    else if (taken.refusal.code !== 'SECTION_OLDER') refusals.push(taken.refusal);
  }
  return { view: next, refusals };
}

/**
 * Sections that a bundle should carry: the newest of every party that runs a node. Where it is held
 * back, the one that the bundle has stays.
 */
export function wantedSections(
  view: TrustView,
  root: Root,
  heldBack: HeldBack,
): readonly SignedSection[] {
  const bundled = view.held?.bundle.sections ?? [];
  return root.parties
    .filter((entry) => entry.rootKeys.length > 0)
    .map(({ party }) => {
      const newest = view.sections.get(party);
      if (newest === undefined || heldBack[party] !== newest.signed.number) return newest;
      return bundled.find((entry) => entry.signed.party === party) ?? newest;
    })
    .filter((section) => section !== undefined);
}
