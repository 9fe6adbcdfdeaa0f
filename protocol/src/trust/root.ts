import type { PartyId } from '../code/pass.ts';
import { integer, list, nullable, object, oneOf, type Shape } from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import {
  documentHash,
  hashShape,
  keyEntryShape,
  partyShape,
  signatureCheck,
  signedShape,
  timeShape,
  urlShape,
  type KeyEntry,
  type SignedDocument,
} from './signed-document.ts';

/** Who is a member, and whose root keys count (TRUST-2). A small file with a number of its own. */
export type Root = {
  readonly type: 'tongyu.root';
  /** 1 for the first; each next one is higher by exactly 1. */
  readonly number: number;
  /** Hash of the previous root's content; null for number 1. */
  readonly previous: string | null;
  readonly made: number;
  /** Signatures of unsuspended members that a bundle needs: ⌊2n/3⌋ + 1. */
  readonly threshold: number;
  readonly hub: { readonly url: string; readonly peerKey: KeyEntry };
  readonly parties: readonly RootParty[];
};

export type RootParty = {
  readonly party: PartyId;
  readonly role: 'member' | 'observer';
  readonly status: 'active' | 'suspended';
  /** Empty for an observer that runs no node. */
  readonly rootKeys: readonly KeyEntry[];
};

export type SignedRoot = SignedDocument<Root>;

const rootPartyShape: Shape<RootParty> = object({
  party: partyShape,
  role: oneOf('member', 'observer'),
  status: oneOf('active', 'suspended'),
  rootKeys: list(keyEntryShape, 0, 4),
});

/** A root before anybody has signed it, as it is proposed. */
export const rootContentShape: Shape<Root> = object({
  type: oneOf('tongyu.root'),
  number: integer(1, 1_000_000),
  previous: nullable(hashShape),
  made: timeShape,
  threshold: integer(1, 64),
  hub: object({ url: urlShape, peerKey: keyEntryShape }),
  parties: list(rootPartyShape, 1, 64),
});

export const rootShape: Shape<SignedRoot> = signedShape(rootContentShape, 64);

/** 64 parties with 4 keys each and all their signatures stay well below this. */
export const MAX_ROOT_LENGTH = 200_000;

export type RootRefusal = {
  readonly code:
    | 'ROOT_NOT_PINNED'
    | 'ROOT_NUMBER'
    | 'ROOT_PREVIOUS'
    | 'ROOT_PARTIES'
    | 'ROOT_THRESHOLD'
    | 'ROOT_KEY_CHANGE_UNSIGNED'
    | 'ROOT_ACCESSION_UNSIGNED'
    | 'ROOT_REMOVAL_UNSIGNED'
    | 'ROOT_UNSIGNED'
    | 'TRUST_FORKED';
  readonly party?: PartyId;
};

export type RootResult =
  | { readonly ok: true; readonly root: SignedRoot }
  | { readonly ok: false; readonly refusal: RootRefusal };

export function thresholdFor(memberCount: number): number {
  return Math.floor((2 * memberCount) / 3) + 1;
}

export function activeMembers(root: Root): readonly RootParty[] {
  return root.parties.filter((entry) => entry.role === 'member' && entry.status === 'active');
}

export function findParty(root: Root, party: PartyId): RootParty | undefined {
  return root.parties.find((entry) => entry.party === party);
}

/** Which of the given parties signed the content with a root key of theirs. */
export function* signersOf(
  document: SignedDocument<{ readonly type: string }>,
  parties: readonly RootParty[],
): Checked<ReadonlySet<PartyId>> {
  const signers = new Set<PartyId>();
  for (const signature of document.signatures) {
    const party = parties.find((entry) => entry.party === signature.by);
    const key = party?.rootKeys.find((entry) => entry.keyId === signature.keyId);
    if (party === undefined || key === undefined || signers.has(party.party)) continue;
    if (yield signatureCheck(document.signed, signature, key)) signers.add(party.party);
  }
  return signers;
}

/**
 * Root number 1 against the hash that a terminal pins (TRUST-2.4); every member must have signed.
 */
export function* verifyFirstRoot(root: SignedRoot, pinnedHash: string): Checked<RootResult> {
  if (documentHash(root.signed) !== pinnedHash) return refuse('ROOT_NOT_PINNED');
  if (root.signed.number !== 1 || root.signed.previous !== null) return refuse('ROOT_NUMBER');
  const broken = brokenForm(root.signed);
  if (broken !== undefined) return broken;
  const members = activeMembers(root.signed);
  const signers = yield* signersOf(root, members);
  const missing = members.find((entry) => !signers.has(entry.party));
  return missing === undefined ? { ok: true, root } : refuse('ROOT_UNSIGNED', missing.party);
}

/**
 * One step forward (TRUST-2.5): signed by the old and the new threshold; a new member by all old
 * ones and itself; suspension or removal by all others, at least a majority; a changed root key by
 * its owner's old key. So no number of other cities can put a key under a city that stays.
 */
export function* verifyNextRoot(current: SignedRoot, next: SignedRoot): Checked<RootResult> {
  const [was, now] = [current.signed, next.signed];
  if (now.number === was.number && documentHash(now) !== documentHash(was)) {
    return refuse('TRUST_FORKED');
  }
  if (now.number !== was.number + 1) return refuse('ROOT_NUMBER');
  if (now.previous !== documentHash(was)) return refuse('ROOT_PREVIOUS');
  const broken = brokenForm(now);
  if (broken !== undefined) return broken;

  const oldMembers = activeMembers(was);
  const newMembers = activeMembers(now);
  const byOldKeys = yield* signersOf(next, was.parties);
  const byNewKeys = yield* signersOf(next, now.parties);
  const isNewMember = (party: PartyId): boolean => newMembers.some((m) => m.party === party);

  const removed = oldMembers.filter((entry) => !isNewMember(entry.party));
  const added = newMembers.filter((entry) => !oldMembers.some((m) => m.party === entry.party));
  const staying = oldMembers.filter((entry) => isNewMember(entry.party));

  const changed = was.parties.find(
    (entry) => keysReplaced(entry, findParty(now, entry.party)) && !byOldKeys.has(entry.party),
  );
  if (changed !== undefined) return refuse('ROOT_KEY_CHANGE_UNSIGNED', changed.party);
  if (added.length > 0) {
    const missing =
      staying.find((entry) => !byOldKeys.has(entry.party)) ??
      added.find((entry) => !byNewKeys.has(entry.party));
    if (missing !== undefined) return refuse('ROOT_ACCESSION_UNSIGNED', missing.party);
  }
  if (removed.length > 0) {
    const missing = staying.find((entry) => !byOldKeys.has(entry.party));
    if (missing !== undefined) return refuse('ROOT_REMOVAL_UNSIGNED', missing.party);
    if (2 * staying.length <= oldMembers.length) return refuse('ROOT_REMOVAL_UNSIGNED');
  } else if (oldMembers.filter((m) => byOldKeys.has(m.party)).length < was.threshold) {
    return refuse('ROOT_UNSIGNED');
  }
  if (newMembers.filter((m) => byNewKeys.has(m.party)).length < now.threshold) {
    return refuse('ROOT_UNSIGNED');
  }
  return { ok: true, root: next };
}

function brokenForm(root: Root): RootResult | undefined {
  const parties = root.parties.map((entry) => entry.party);
  const sorted = parties.every((party, i) => i === 0 || (parties[i - 1] ?? '') < party);
  if (!sorted) return refuse('ROOT_PARTIES');
  const keyless = activeMembers(root).find((entry) => entry.rootKeys.length === 0);
  if (keyless !== undefined) return refuse('ROOT_PARTIES', keyless.party);
  // Else readers could differ on which of the two keys a signature has to fit.
  const twice = root.parties.find(
    ({ rootKeys }) => new Set(rootKeys.map(({ keyId }) => keyId)).size !== rootKeys.length,
  );
  if (twice !== undefined) return refuse('ROOT_PARTIES', twice.party);
  const members = activeMembers(root).length;
  if (members === 0 || root.threshold !== thresholdFor(members)) return refuse('ROOT_THRESHOLD');
  return undefined;
}

/**
 * Also for suspended members and observers: else others could suspend a city, give it a key of
 * theirs, and let it in again. Only an observer may be left without any key.
 */
function keysReplaced(before: RootParty, after: RootParty | undefined): boolean {
  if (after === undefined || before.rootKeys.length === 0) return false;
  if (after.role === 'observer' && after.rootKeys.length === 0) return false;
  const spell = (keys: readonly KeyEntry[]): string =>
    keys.map((entry) => `${String(entry.keyId)} ${entry.alg} ${entry.key}`).join('\n');
  return spell(before.rootKeys) !== spell(after.rootKeys);
}

function refuse(code: RootRefusal['code'], party?: PartyId): RootResult {
  return { ok: false, refusal: party === undefined ? { code } : { code, party } };
}
