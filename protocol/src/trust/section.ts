import type { PartyId } from '../code/pass.ts';
import {
  base64Url,
  integer,
  list,
  nullable,
  object,
  oneOf,
  type Shape,
} from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import { serviceDay } from '../time/service-day.ts';
import { signersOf, type RootParty } from './root.ts';
import {
  algorithmShape,
  documentHash,
  keyIdShape,
  partyShape,
  signedShape,
  timeShape,
  urlShape,
  type KeyEntry,
  type SignedDocument,
} from './signed-document.ts';

/** One party's part of the bundle, signed by its own root key and nobody else's (TRUST-3). */
export type Section = {
  readonly type: 'tongyu.section';
  readonly party: PartyId;
  /** Rises with every change; numbers may be skipped. */
  readonly number: number;
  readonly made: number;
  /** Base URLs of the party's nodes. */
  readonly urls: readonly string[];
  readonly keys: readonly SectionKey[];
};

export type KeyPurpose = 'issuer' | 'list' | 'peer';

export type SectionKey = KeyEntry & {
  readonly purpose: KeyPurpose;
  /** First and last service day on which the key counts, both included. */
  readonly fromDay: number;
  readonly untilDay: number;
  /** Since when it counts for nothing, Unix seconds; never taken back. */
  readonly revokedAt: number | null;
};

export type SignedSection = SignedDocument<Section>;

const sectionKeyShape: Shape<SectionKey> = object({
  keyId: keyIdShape,
  alg: algorithmShape,
  key: base64Url(33),
  purpose: oneOf('issuer', 'list', 'peer'),
  fromDay: integer(0, 0xffff),
  untilDay: integer(0, 0xffff),
  revokedAt: nullable(timeShape),
});

export const sectionShape: Shape<SignedSection> = signedShape(
  object({
    type: oneOf('tongyu.section'),
    party: partyShape,
    number: integer(1, 1_000_000_000),
    made: timeShape,
    urls: list(urlShape, 1, 8),
    keys: list(sectionKeyShape, 0, 64),
  }),
  4,
);

/** 64 keys and 8 URLs stay well below this. */
export const MAX_SECTION_LENGTH = 200_000;

export type SectionRefusal = {
  readonly code:
    | 'SECTION_PARTY_UNKNOWN'
    | 'SECTION_SIGNATURE_INVALID'
    | 'SECTION_OLDER'
    | 'SECTION_KEY_REUSED'
    | 'SECTION_UNREVOKES'
    | 'TRUST_FORKED';
  readonly party: PartyId;
};

export type SectionResult =
  | { readonly ok: true; readonly section: SignedSection }
  | { readonly ok: false; readonly refusal: SectionRefusal };

/**
 * A section against its owner's root keys and the one held before (TRUST-3.2): signed by the
 * owner, never older, never the same number with other content, no key id given to another key or
 * back again, no revocation taken back.
 */
export function* verifySection(
  owner: RootParty | undefined,
  held: Section | undefined,
  section: SignedSection,
): Checked<SectionResult> {
  const now = section.signed;
  const refuse = (code: SectionRefusal['code']): SectionResult => ({
    ok: false,
    refusal: { code, party: now.party },
  });
  if (owner?.party !== now.party || owner.rootKeys.length === 0) {
    return refuse('SECTION_PARTY_UNKNOWN');
  }
  const ids = new Set(now.keys.map((key) => key.keyId));
  if (ids.size !== now.keys.length) return refuse('SECTION_KEY_REUSED');
  if (held !== undefined) {
    if (now.number < held.number) return refuse('SECTION_OLDER');
    if (now.number === held.number && documentHash(now) !== documentHash(held)) {
      return refuse('TRUST_FORKED');
    }
    if (reusesKeyIds(held, now)) return refuse('SECTION_KEY_REUSED');
    if (takesRevocationBack(held, now)) return refuse('SECTION_UNREVOKES');
  }
  const signers = yield* signersOf(section, [owner]);
  return signers.size === 1 ? { ok: true, section } : refuse('SECTION_SIGNATURE_INVALID');
}

/**
 * Whether an id is given to another key, or to one that is not above all before. The highest id
 * stays until a higher one comes, so that one that was dropped never comes back (TRUST-1.5).
 */
function reusesKeyIds(held: Section, now: Section): boolean {
  const highest = highestKeyId(held);
  if (highestKeyId(now) < highest) return true;
  return now.keys.some((key) => {
    const before = held.keys.find((entry) => entry.keyId === key.keyId);
    if (before === undefined) return key.keyId < highest;
    return before.key !== key.key || before.alg !== key.alg || before.purpose !== key.purpose;
  });
}

function highestKeyId(section: Section): number {
  return section.keys.reduce((highest, key) => Math.max(highest, key.keyId), 0);
}

/**
 * Whether a key that one section revokes stands otherwise in a later one, or is dropped from it
 * while its days are not over: its codes would be told to ask again, and no more refused.
 */
export function takesRevocationBack(held: Section, now: Section): boolean {
  const day = serviceDay(now.made);
  return held.keys.some((key) => {
    if (key.revokedAt === null) return false;
    const after = now.keys.find((entry) => entry.keyId === key.keyId);
    if (after === undefined) return day <= key.untilDay;
    if (after.revokedAt !== key.revokedAt) return true;
    return after.fromDay !== key.fromDay || after.untilDay !== key.untilDay;
  });
}

/**
 * Whether the newer section does nothing but revoke keys: such a one counts at once (TRUST-3.4).
 */
export function onlyRevokes(held: Section, next: Section): boolean {
  if (next.number <= held.number || next.party !== held.party) return false;
  const unrevoked: Section = {
    ...next,
    number: held.number,
    made: held.made,
    keys: next.keys.map((key) => {
      const before = held.keys.find((entry) => entry.keyId === key.keyId);
      return before?.revokedAt === null ? { ...key, revokedAt: null } : key;
    }),
  };
  return documentHash(unrevoked) === documentHash(held);
}

/**
 * The section's key of one purpose that counts on a service day and is not revoked, newest first.
 */
export function currentKeys(
  section: Section,
  purpose: KeyPurpose,
  day: number,
): readonly SectionKey[] {
  return section.keys
    .filter((key) => key.purpose === purpose && key.revokedAt === null)
    .filter((key) => key.fromDay <= day && day <= key.untilDay)
    .sort((a, b) => b.keyId - a.keyId);
}

/** The last service day on which some key of this purpose counts; undefined when none ever does. */
export function lastKeyDay(
  keys: readonly (Pick<SectionKey, 'untilDay' | 'revokedAt'> & { readonly purpose: string })[],
  purpose: KeyPurpose,
): number | undefined {
  const days = keys
    .filter((key) => key.revokedAt === null && key.purpose === purpose)
    .map((key) => key.untilDay);
  return days.length === 0 ? undefined : Math.max(...days);
}
