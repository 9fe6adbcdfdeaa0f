import type { PartyId } from '../code/pass.ts';
import { integer, list, object, oneOf, type Shape } from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import { activeMembers, findParty, signersOf, type Root } from './root.ts';
import { sectionShape, verifySection, type SectionRefusal, type SignedSection } from './section.ts';
import {
  documentHash,
  hashShape,
  signedShape,
  timeShape,
  type SignedDocument,
} from './signed-document.ts';

/** All parties' sections, signed as a whole by the members (TRUST-4). */
export type Bundle = {
  readonly type: 'tongyu.bundle';
  readonly version: number;
  readonly made: number;
  readonly root: { readonly number: number; readonly hash: string };
  /** In rising order of party. */
  readonly sections: readonly SignedSection[];
};

export type SignedBundle = SignedDocument<Bundle>;

/** A bundle before anybody has signed it, as it is proposed. */
export const bundleContentShape: Shape<Bundle> = object({
  type: oneOf('tongyu.bundle'),
  version: integer(1, 1_000_000_000),
  made: timeShape,
  root: object({ number: integer(1, 1_000_000), hash: hashShape }),
  sections: list(sectionShape, 1, 64),
});

export const bundleShape: Shape<SignedBundle> = signedShape(bundleContentShape, 64);

/** 64 parties with 64 keys each stay well below this. */
export const MAX_BUNDLE_LENGTH = 1_500_000;

export type BundleRefusal =
  | SectionRefusal
  | {
      readonly code:
        | 'BUNDLE_ROOT_UNKNOWN'
        | 'BUNDLE_OLDER'
        | 'BUNDLE_SECTIONS'
        | 'BUNDLE_UNSIGNED'
        | 'TRUST_FORKED';
      readonly party?: PartyId;
    };

export type BundleResult =
  | { readonly ok: true; readonly bundle: SignedBundle }
  | { readonly ok: false; readonly refusal: BundleRefusal };

/**
 * A bundle against the held root and bundle (TRUST-4.3). A consumer checks before it saves, only
 * ever goes up, and raises `TRUST_FORKED` on the same number with other content.
 */
export function* verifyBundle(
  root: Root,
  held: Bundle | undefined,
  bundle: SignedBundle,
): Checked<BundleResult> {
  const content = yield* verifyBundleContent(root, held, bundle.signed);
  if (content !== undefined) return { ok: false, refusal: content };
  const members = activeMembers(root);
  const signers = yield* signersOf(bundle, members);
  if (signers.size < root.threshold) return { ok: false, refusal: { code: 'BUNDLE_UNSIGNED' } };
  return { ok: true, bundle };
}

/** Everything but the members' signatures: what a member checks before it signs (TRUST-4.4). */
export function* verifyBundleContent(
  root: Root,
  held: Bundle | undefined,
  bundle: Bundle,
): Checked<BundleRefusal | undefined> {
  if (bundle.root.number !== root.number || bundle.root.hash !== documentHash(root)) {
    return { code: 'BUNDLE_ROOT_UNKNOWN' };
  }
  if (held !== undefined && bundle.version < held.version) return { code: 'BUNDLE_OLDER' };
  if (held?.version === bundle.version && documentHash(held) !== documentHash(bundle)) {
    return { code: 'TRUST_FORKED' };
  }
  const parties = bundle.sections.map((section) => section.signed.party);
  if (parties.some((party, i) => i > 0 && (parties[i - 1] ?? '') >= party)) {
    return { code: 'BUNDLE_SECTIONS' };
  }
  const missing = activeMembers(root).find((member) => !parties.includes(member.party));
  if (missing !== undefined) return { code: 'BUNDLE_SECTIONS', party: missing.party };
  const leftOut = held?.sections.find(({ signed: { party } }) => {
    const hasKeys = (findParty(root, party)?.rootKeys.length ?? 0) > 0;
    return hasKeys && !parties.includes(party); // it could come back older, unrevoked
  });
  if (leftOut !== undefined) return { code: 'BUNDLE_SECTIONS', party: leftOut.signed.party };
  for (const section of bundle.sections) {
    const owner = findParty(root, section.signed.party);
    const before = held?.sections.find((s) => s.signed.party === section.signed.party);
    const result = yield* verifySection(owner, before?.signed, section);
    if (!result.ok) return result.refusal;
  }
  return undefined;
}
