import type { PartyId } from '../code/pass.ts';
import { verifyRevocationList, type RevocationListRefusal } from '../revocation/list.ts';
import type { Checked } from '../signature/check.ts';
import { verifyBundle, type Bundle, type BundleRefusal, type SignedBundle } from './bundle.ts';
import { sectionOf, type HeldTrust } from './issuer-lookup.ts';
import {
  verifyFirstRoot,
  verifyNextRoot,
  findParty,
  type RootRefusal,
  type SignedRoot,
} from './root.ts';
import { documentHash } from './signed-document.ts';
import { onlyRevokes, takesRevocationBack, verifySection } from './section.ts';
import type { SectionRefusal, SignedSection } from './section.ts';
import {
  agreedSignedTime,
  keptStatements,
  verifyTimeStatement,
  type SignedTimeStatement,
  type TimeRefusal,
} from './time-statement.ts';

/**
 * Everything that a consumer of trust keeps: terminals and nodes alike. Each step below checks
 * first and answers the new state to be saved; a refused part changes nothing, so the last good one
 * stays (TRUST-5).
 */
export type TrustState = {
  /** Hash of root number 1. */
  readonly pinnedRootHash: string;
  readonly root: SignedRoot | undefined;
  readonly bundle: SignedBundle | undefined;
  readonly revokingSections: readonly SignedSection[];
  /** Of each member the newest, and the newest that knows of nothing newer than is held. */
  readonly times: readonly SignedTimeStatement[];
  readonly lists: readonly HeldList[];
  /** The highest time that two members ever signed; a clock below it is wrong (TIME-3.1). */
  readonly highestSignedTime: number;
};

export type HeldList = {
  readonly party: PartyId;
  readonly number: number;
  readonly bytes: Uint8Array;
};

export type TrustRefusal =
  | RootRefusal
  | BundleRefusal
  | SectionRefusal
  | TimeRefusal
  | RevocationListRefusal
  | { readonly code: 'TRUST_MISSING' };

export type TrustStep =
  | { readonly ok: true; readonly state: TrustState; readonly changed: boolean }
  | { readonly ok: false; readonly refusal: TrustRefusal };

export function emptyTrust(pinnedRootHash: string): TrustState {
  return {
    pinnedRootHash,
    root: undefined,
    bundle: undefined,
    revokingSections: [],
    times: [],
    lists: [],
    highestSignedTime: 0,
  };
}

/** The part that decisions look at, once root and bundle are there. */
export function heldTrust(state: TrustState): HeldTrust | undefined {
  if (state.root === undefined || state.bundle === undefined) return undefined;
  return {
    root: state.root.signed,
    bundle: state.bundle.signed,
    revokingSections: state.revokingSections,
  };
}

/** Walks forward one root at a time; an older one that is offered again changes nothing. */
export function* acceptRoot(state: TrustState, root: SignedRoot): Checked<TrustStep> {
  const { root: held } = state;
  if (held !== undefined && root.signed.number < held.signed.number) return unchanged(state);
  if (held?.signed.number === root.signed.number && sameText(held.signed, root.signed)) {
    return unchanged(state);
  }
  const result =
    held === undefined
      ? yield* verifyFirstRoot(root, state.pinnedRootHash)
      : yield* verifyNextRoot(held, root);
  return result.ok ? changed({ ...state, root: result.root }) : result;
}

export function* acceptBundle(state: TrustState, bundle: SignedBundle): Checked<TrustStep> {
  const { root, bundle: held } = state;
  if (root === undefined) return refuse({ code: 'TRUST_MISSING' });
  if (held?.signed.version === bundle.signed.version && sameText(held.signed, bundle.signed)) {
    return unchanged(state);
  }
  const result = yield* verifyBundle(root.signed, held?.signed, bundle);
  if (!result.ok) return result;
  const unrevoked = unrevokedParty(state, bundle.signed);
  if (unrevoked !== undefined) return refuse({ code: 'SECTION_UNREVOKES', party: unrevoked });
  const agreeing = timesThatAgree(state.times, bundle);
  const times = keptStatements(bundle.signed, state.lists, agreeing);
  return changed({ ...state, bundle: result.bundle, times });
}

/**
 * Whose held revoking section the bundle takes back; a consumer takes no such bundle, so a member
 * signs none either (TRUST-4.3, TRUST-4.4).
 */
export function unrevokedParty(state: TrustState, bundle: Bundle): PartyId | undefined {
  const found = state.revokingSections.find(({ signed: revoking }) => {
    const next = bundle.sections.find((section) => section.signed.party === revoking.party);
    if (next === undefined || next.signed.number < revoking.number) return false;
    return takesRevocationBack(revoking, next.signed);
  });
  return found?.signed.party;
}

/** Statements that name this version with another hash speak of something else (TRUST-5.5). */
function timesThatAgree(
  times: readonly SignedTimeStatement[],
  bundle: SignedBundle,
): readonly SignedTimeStatement[] {
  const { version } = bundle.signed;
  const hash = documentHash(bundle.signed);
  return times.filter((entry) => {
    const { bundle: named } = entry.signed;
    return named.version !== version || named.hash === hash;
  });
}

/**
 * A section that does nothing but revoke its owner's keys, ahead of the next bundle (TRUST-3.4).
 */
export function* acceptRevokingSection(
  state: TrustState,
  section: SignedSection,
): Checked<TrustStep> {
  const trust = heldTrust(state);
  if (trust === undefined) return refuse({ code: 'TRUST_MISSING' });
  const { party } = section.signed;
  const held = sectionOf(trust, party);
  if (held === undefined) return refuse({ code: 'SECTION_PARTY_UNKNOWN', party });
  if (section.signed.number <= held.number && sameText(held, section.signed)) {
    return unchanged(state);
  }
  const result = yield* verifySection(findParty(trust.root, party), held, section);
  if (!result.ok) return result;
  if (!onlyRevokes(held, section.signed)) return unchanged(state); // waits for its bundle
  const others = state.revokingSections.filter((entry) => entry.signed.party !== party);
  return changed({ ...state, revokingSections: [...others, section] });
}

export function* acceptTimeStatement(
  state: TrustState,
  statement: SignedTimeStatement,
): Checked<TrustStep> {
  const trust = heldTrust(state);
  if (trust === undefined) return refuse({ code: 'TRUST_MISSING' });
  const { party } = statement.signed;
  const isHeld = state.times.some(
    ({ signed }) => signed.time === statement.signed.time && sameText(signed, statement.signed),
  );
  if (isHeld) return unchanged(state);
  const keyId = statement.signatures[0]?.keyId;
  const key = sectionOf(trust, party)?.keys.find((entry) => entry.keyId === keyId);
  // Revoked ahead of the next bundle: whoever stole it could make every clock look wrong.
  if (key !== undefined && key.revokedAt !== null) {
    return refuse({ code: 'TIME_SIGNATURE_INVALID', party });
  }
  const { root, bundle } = trust;
  const held = state.times.map((entry) => entry.signed);
  const result = yield* verifyTimeStatement(root, bundle, state.lists, held, statement);
  if (!result.ok) return result;
  const times = keptStatements(bundle, state.lists, [...state.times, statement]);
  if (!times.includes(statement)) return unchanged(state); // in the same second it knew more
  const signedTime =
    agreedSignedTime(
      root,
      times.map((entry) => entry.signed),
    ) ?? 0;
  const highestSignedTime = Math.max(state.highestSignedTime, signedTime);
  return changed({ ...state, times, highestSignedTime });
}

export function* acceptRevocationList(state: TrustState, bytes: Uint8Array): Checked<TrustStep> {
  const trust = heldTrust(state);
  if (trust === undefined) return refuse({ code: 'TRUST_MISSING' });
  const party = listIssuer(bytes);
  const held = state.lists.find((entry) => entry.party === party);
  const section = sectionOf(trust, party);
  const result = yield* verifyRevocationList(bytes, section, held);
  if (!result.ok) return result;
  if (held?.number === result.list.number) return unchanged(state);
  const others = state.lists.filter((entry) => entry.party !== party);
  const entry: HeldList = { party, number: result.list.number, bytes };
  const lists = [...others, entry];
  return changed({ ...state, lists, times: keptStatements(trust.bundle, lists, state.times) });
}

function listIssuer(bytes: Uint8Array): PartyId {
  return String(((bytes[4] ?? 0) << 8) | (bytes[5] ?? 0));
}

function sameText(a: { readonly type: string }, b: { readonly type: string }): boolean {
  return documentHash(a) === documentHash(b);
}

function changed(state: TrustState): TrustStep {
  return { ok: true, state, changed: true };
}

function unchanged(state: TrustState): TrustStep {
  return { ok: true, state, changed: false };
}

function refuse(refusal: TrustRefusal): TrustStep {
  return { ok: false, refusal };
}
