import type { PartyId } from '../code/pass.ts';
import { fromBase64Url } from '../encoding/bytes.ts';
import { canonicalJson } from '../encoding/canonical-json.ts';
import {
  dictionary,
  integer,
  list,
  nullable,
  object,
  text,
  type Shape,
} from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import { bundleShape, type SignedBundle } from './bundle.ts';
import { rootShape, type SignedRoot } from './root.ts';
import { sectionShape, type SignedSection } from './section.ts';
import { parseDocument, partyShape, timeShape, type ParseResult } from './signed-document.ts';
import { timeStatementsShape, type SignedTimeStatement } from './time-statement.ts';
import {
  acceptBundle,
  acceptRevocationList,
  acceptRevokingSection,
  acceptRoot,
  acceptTimeStatement,
  type TrustRefusal,
  type TrustState,
  type TrustStep,
} from './trust-state.ts';

/** What a consumer of trust holds already; 0 where it holds nothing (TRUST-6). */
export type TrustHave = {
  readonly root: number;
  readonly bundle: number;
  readonly lists: Readonly<Record<PartyId, number>>;
};

/** Everything newer than what a consumer has, in one answer (TRUST-6.1). */
export type TrustOffer = {
  /** All after the consumer's, in rising order; the first ones when there are many. */
  readonly roots: readonly SignedRoot[];
  readonly bundle: SignedBundle | null;
  /** Sections newer than the bundle's; those that only revoke count at once (TRUST-3.4). */
  readonly revokingSections: readonly SignedSection[];
  /** All that the node keeps of each active member (TIME-2.4), whatever the consumer has. */
  readonly times: readonly SignedTimeStatement[];
  readonly lists: readonly OfferedList[];
  /** Tags accepted lately by other terminals of the same operator; empty for everybody else. */
  readonly used: readonly UsedTag[];
  readonly usedCursor: string;
};

export type OfferedList = {
  readonly party: PartyId;
  readonly number: number;
  /** base64url */
  readonly bytes: string;
};

export type UsedTag = {
  readonly issuer: PartyId;
  /** 10 bytes, lower-case hex. */
  readonly tag: string;
  readonly time: number;
};

export const MAX_OFFERED_ROOTS = 50;
export const MAX_TRUST_OFFER_LENGTH = 24_000_000;
/** The largest bundle with a full answer of used tags (TRUST-1.2). */
export const MAX_TRUST_OFFER_VALUES = 450_000;

/** More come with the next question. */
export const MAX_USED_TAGS = 5_000;

const listNumberShape = integer(0, 0xffffffff);

export const trustHaveShape: Shape<TrustHave> = object({
  root: integer(0, 1_000_000),
  bundle: integer(0, 1_000_000_000),
  lists: dictionary(/^[1-9][0-9]{3}$/, listNumberShape, 64),
});

export const trustOfferShape: Shape<TrustOffer> = object({
  roots: list(rootShape, 0, MAX_OFFERED_ROOTS),
  bundle: nullable(bundleShape),
  revokingSections: list(sectionShape, 0, 64),
  times: timeStatementsShape,
  lists: list(
    object({
      party: partyShape,
      number: listNumberShape,
      bytes: text(22_000_000, /^[A-Za-z0-9_-]*$/),
    }),
    0,
    64,
  ),
  used: list(
    object({ issuer: partyShape, tag: text(20, /^[0-9a-f]{20}$/), time: timeShape }),
    0,
    MAX_USED_TAGS,
  ),
  usedCursor: text(80, /^[0-9A-Za-z._:-]*$/),
});

/** An offer travels as canonical JSON, like everything in it. */
export function trustOfferText(offer: TrustOffer): string {
  return canonicalJson(offer);
}

export function parseTrustOffer(source: string): ParseResult<TrustOffer> {
  return parseDocument(trustOfferShape, source, MAX_TRUST_OFFER_LENGTH, MAX_TRUST_OFFER_VALUES);
}

/** What the state holds, to be sent with the question for more. */
export function trustHaveOf(state: TrustState): TrustHave {
  return {
    root: state.root?.signed.number ?? 0,
    bundle: state.bundle?.signed.version ?? 0,
    lists: Object.fromEntries(state.lists.map((entry) => [entry.party, entry.number])),
  };
}

export type AcceptedOffer = {
  readonly state: TrustState;
  readonly changed: boolean;
  /** One for each part that was refused; the good parts were taken all the same (TRUST-5). */
  readonly refusals: readonly TrustRefusal[];
};

/**
 * Takes the good parts of an offer in their order: roots, bundle, revoking sections, lists, times.
 * The bundle is taken when the walk along the roots stands at the root that it names, so that an
 * offer from a node that has adopted a new root but not yet its bundle is no step back. The used
 * tags are the caller's: they are not trust (TRUST-6.4).
 */
export function* acceptOffer(state: TrustState, offer: TrustOffer): Checked<AcceptedOffer> {
  let now = state;
  const refusals: TrustRefusal[] = [];
  const take = (step: TrustStep): boolean => {
    if (step.ok) now = step.state;
    else refusals.push(step.refusal);
    return step.ok;
  };
  const { bundle } = offer;
  const isBundlesTurn = (): boolean =>
    bundle !== null && now.root?.signed.number === bundle.signed.root.number;

  let bundleSeen = bundle === null;
  for (const root of offer.roots) {
    if (bundle !== null && !bundleSeen && isBundlesTurn()) {
      take(yield* acceptBundle(now, bundle));
      bundleSeen = true;
    }
    if (!take(yield* acceptRoot(now, root))) break; // the later ones build on this one
  }
  if (bundle !== null && !bundleSeen) take(yield* acceptBundle(now, bundle));
  for (const section of offer.revokingSections) take(yield* acceptRevokingSection(now, section));
  for (const entry of offer.lists) {
    const bytes = fromBase64Url(entry.bytes) ?? new Uint8Array(0);
    take(yield* acceptRevocationList(now, bytes));
  }
  // After the lists: which statements are kept depends on them.
  for (const statement of offer.times) take(yield* acceptTimeStatement(now, statement));
  return { state: now, changed: now !== state, refusals };
}
