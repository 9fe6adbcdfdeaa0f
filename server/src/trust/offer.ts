import {
  MAX_OFFERED_ROOTS,
  toBase64Url,
  type Bundle,
  type SignedSection,
  type TrustHave,
  type TrustOffer,
} from '@tongyu/protocol';
import type { TrustTables } from '../store/trust-tables.ts';
import { isActiveMember, type TrustView } from './trust-view.ts';

/**
 * Who asks: a node wants sections that wait for their bundle too, a terminal has no use for them.
 */
export type OfferFor = 'node' | 'terminal';

/**
 * Everything newer than what the asker has (TRUST-6.1). A city adds, for an authenticated terminal,
 * the used tags.
 */
export async function makeOffer(
  tx: TrustTables,
  view: TrustView,
  have: TrustHave,
  offerFor: OfferFor,
): Promise<TrustOffer> {
  const { state } = view;
  const newer =
    (state?.root?.signed.number ?? 0) > have.root
      ? await tx.trust.rootsAfter(have.root, MAX_OFFERED_ROOTS)
      : [];
  const bundle = state?.bundle;
  const roots = newer.filter(({ signed }) => !isTooEarly(signed.number, bundle?.signed, have));
  const lists = (state?.lists ?? []).filter((l) => l.number > (have.lists[l.party] ?? 0));
  return {
    roots,
    bundle: bundle !== undefined && bundle.signed.version > have.bundle ? bundle : null,
    revokingSections: unbundledSections(view, offerFor),
    // A former member's last statement counts for nobody.
    times: (state?.times ?? []).filter(({ signed }) => isActiveMember(view, signed.party)),
    lists: lists.map((l) => ({ party: l.party, number: l.number, bytes: toBase64Url(l.bytes) })),
    used: [],
    usedCursor: '',
  };
}

/**
 * A new root may be here before its bundle is signed. Whoever took it first could not take the
 * bundle that there is (TRUST-6.2), so it comes with the next answer, or with its own bundle.
 */
function isTooEarly(root: number, bundle: Bundle | undefined, have: TrustHave): boolean {
  if (bundle === undefined || bundle.version <= have.bundle) return false;
  return have.root <= bundle.root.number && bundle.root.number < root;
}

function unbundledSections(view: TrustView, offerFor: OfferFor): readonly SignedSection[] {
  const bundled = new Map(
    view.held?.bundle.sections.map((entry) => [entry.signed.party, entry.signed.number]),
  );
  const isNewer = ({ signed }: SignedSection): boolean =>
    signed.number > (bundled.get(signed.party) ?? 0);
  const revoking = (view.held?.revokingSections ?? []).filter(isNewer);
  if (offerFor === 'terminal') return revoking;
  const waiting = [...view.sections.values()].filter(
    (section) => isNewer(section) && !revoking.some((r) => sameNumber(r, section)),
  );
  return [...revoking, ...waiting];
}

function sameNumber(a: SignedSection, b: SignedSection): boolean {
  return a.signed.party === b.signed.party && a.signed.number === b.signed.number;
}
