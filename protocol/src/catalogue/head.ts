import type { PartyId } from '../code/pass.ts';
import { integer, list, nullable, object, oneOf, type Shape } from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import { serviceDay } from '../time/service-day.ts';
import { currentKeys, type Section } from '../trust/section.ts';
import {
  documentHash,
  hashShape,
  parseDocument,
  partyShape,
  signatureCheck,
  signedShape,
  timeShape,
  type ParseResult,
  type SignedDocument,
} from '../trust/signed-document.ts';
import { dateShape, type DateText } from './calendar.ts';
import { entryIdShape } from './entry.ts';
import { editionNumberShape } from './edition.ts';
import { localTextShape, type LocalText } from './local-text.ts';
import { ruleIdShape } from './rule.ts';

/**
 * What a city says of its own entries between two editions (LIST-4), signed with its list key every
 * day and at every change: which edition it holds, what it has checked since, what is suspended.
 * A head can only narrow: nothing in it opens a service or lowers a price.
 */
export type Head = {
  readonly type: 'tongyu.head';
  readonly party: PartyId;
  /** Rises by every signing. */
  readonly number: number;
  readonly time: number;
  /** The newest edition that the city holds, in force or not yet; null before the first. */
  readonly edition: { readonly number: number; readonly hash: string } | null;
  /** Checks later than the entry's own, in strictly rising order of entry. */
  readonly verified: readonly Verification[];
  /** In strictly rising order of entry, rule, residence; what is for all comes first. */
  readonly suspended: readonly Suspension[];
};

export type Verification = {
  readonly entry: string;
  readonly on: DateText;
  readonly by: LocalText;
};

export type Suspension = {
  readonly entry: string;
  /** Null: the whole service is closed. */
  readonly rule: string | null;
  /**
   * Only for residents of that city: it has stopped the like for ours, or asked for it. Null: for
   * everybody; always null for a whole service.
   */
  readonly residence: PartyId | null;
  readonly since: number;
  readonly reason: LocalText;
};

export type SignedHead = SignedDocument<Head>;

export const headShape: Shape<SignedHead> = signedShape(
  object({
    type: oneOf('tongyu.head'),
    party: partyShape,
    number: integer(1, 1_000_000_000),
    time: timeShape,
    edition: nullable(object({ number: editionNumberShape, hash: hashShape })),
    verified: list(
      object({ entry: entryIdShape, on: dateShape, by: localTextShape(60) }),
      0,
      2_500,
    ),
    suspended: list(
      object({
        entry: entryIdShape,
        rule: nullable(ruleIdShape),
        residence: nullable(partyShape),
        since: timeShape,
        reason: localTextShape(200),
      }),
      0,
      2_500,
    ),
  }),
  1,
);

export const MAX_HEAD_LENGTH = 1_500_000;

/** A head tells nothing any more after this long: the service counts as closed (LIST-4.5). */
export const HEAD_LIFE_SECONDS = 72 * 3600;

export function parseHead(source: string): ParseResult<SignedHead> {
  return parseDocument(headShape, source, MAX_HEAD_LENGTH);
}

export type HeadRefusal = {
  readonly code: 'HEAD_SIGNATURE_INVALID' | 'HEAD_OLDER' | 'HEAD_FORM' | 'TRUST_FORKED';
  readonly party: PartyId;
};

export type HeadResult =
  | { readonly ok: true; readonly head: SignedHead }
  | { readonly ok: false; readonly refusal: HeadRefusal };

/** A head against its city's section and the one held before, in the order of LIST-4.3. */
export function* verifyHead(
  section: Section | undefined,
  held: Head | undefined,
  head: SignedHead,
): Checked<HeadResult> {
  const now = head.signed;
  const refuse = (code: HeadRefusal['code']): HeadResult => ({
    ok: false,
    refusal: { code, party: now.party },
  });
  const signature = head.signatures[0];
  const keys =
    section?.party === now.party ? currentKeys(section, 'list', serviceDay(now.time)) : [];
  const key = keys.find((entry) => entry.keyId === signature?.keyId);
  if (signature?.by !== now.party || key === undefined) return refuse('HEAD_SIGNATURE_INVALID');
  if (!(yield signatureCheck(now, signature, key))) return refuse('HEAD_SIGNATURE_INVALID');
  if (held?.number === now.number && documentHash(held) !== documentHash(now)) {
    return refuse('TRUST_FORKED');
  }
  if (held !== undefined && isOlder(now, held)) return refuse('HEAD_OLDER');
  return isInForm(now) ? { ok: true, head } : refuse('HEAD_FORM');
}

/** A later head may not name an earlier edition, nor be of an earlier time. */
function isOlder(now: Head, held: Head): boolean {
  if (now.number < held.number || now.time < held.time) return true;
  return (now.edition?.number ?? 0) < (held.edition?.number ?? 0);
}

function isInForm(head: Head): boolean {
  const own = `${head.party}-`;
  const verified = head.verified.map(({ entry }) => entry);
  const suspended = head.suspended.map(
    ({ entry, rule, residence }) => `${entry} ${rule ?? ''} ${residence ?? ''}`,
  );
  if (head.suspended.some(({ rule, residence }) => rule === null && residence !== null)) {
    return false; // LIST-4.4: a whole service closes for everybody
  }
  const isRising = (keys: readonly string[]): boolean =>
    keys.every((key, i) => i === 0 || key > (keys[i - 1] ?? ''));
  const isOwn = [...verified, ...suspended].every((key) => key.startsWith(own));
  return isOwn && isRising(verified) && isRising(suspended);
}
