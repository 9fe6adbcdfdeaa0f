import type { PartyId } from '../code/pass.ts';
import { dictionary, integer, list, object, oneOf, type Shape } from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import { serviceDay } from '../time/service-day.ts';
import type { Bundle } from './bundle.ts';
import { activeMembers, type Root } from './root.ts';
import { currentKeys } from './section.ts';
import {
  documentHash,
  hashShape,
  partyShape,
  signatureCheck,
  signedShape,
  timeShape,
  type SignedDocument,
} from './signed-document.ts';

/**
 * A member says: at this time, this was the newest that I knew (TIME-2). Signed by its list key.
 */
export type TimeStatement = {
  readonly type: 'tongyu.time';
  readonly party: PartyId;
  readonly time: number;
  readonly bundle: { readonly version: number; readonly hash: string };
  /** Number of each party's newest revocation list that the member holds. */
  readonly lists: Readonly<Record<PartyId, number>>;
};

export type SignedTimeStatement = SignedDocument<TimeStatement>;

export const timeStatementShape: Shape<SignedTimeStatement> = signedShape(
  object({
    type: oneOf('tongyu.time'),
    party: partyShape,
    time: timeShape,
    bundle: object({ version: integer(1, 1_000_000_000), hash: hashShape }),
    lists: dictionary(/^[1-9][0-9]{3}$/, integer(0, 1_000_000_000), 64),
  }),
  1,
);

export const MAX_TIME_STATEMENT_LENGTH = 4_000;

/** All that a consumer keeps: at most three of each of 64 members (TIME-2.4). */
export const timeStatementsShape: Shape<readonly SignedTimeStatement[]> = list(
  timeStatementShape,
  0,
  192,
);

export type TimeRefusal = {
  readonly code: 'TIME_NOT_MEMBER' | 'TIME_SIGNATURE_INVALID' | 'TIME_OLDER' | 'TRUST_FORKED';
  readonly party: PartyId;
};

export type TimeResult =
  | { readonly ok: true; readonly statement: SignedTimeStatement }
  | { readonly ok: false; readonly refusal: TimeRefusal };

/** Number of each revocation list that a consumer holds. */
export type ListNumbers = readonly { readonly party: PartyId; readonly number: number }[];

/**
 * What a statement can be held for (TIME-2.4): as its member's newest, and as its newest that knows
 * of no newer bundle, or of no newer list, than the held ones. Without the last two, trust would
 * have no age at all as soon as members tell of a bundle that has not arrived yet.
 */
function placesOf(
  bundle: Bundle,
  lists: ListNumbers,
): readonly ((statement: TimeStatement) => boolean)[] {
  return [
    () => true,
    (s) => s.bundle.version <= bundle.version,
    (s) => lists.every(({ party, number }) => (s.lists[party] ?? 0) <= number),
  ];
}

/** Of any statements those that a consumer keeps, at most three of each member (TIME-2.4). */
export function keptStatements(
  bundle: Bundle,
  lists: ListNumbers,
  statements: readonly SignedTimeStatement[],
): readonly SignedTimeStatement[] {
  const kept = new Set<SignedTimeStatement>();
  for (const fits of placesOf(bundle, lists)) {
    const newest = new Map<PartyId, SignedTimeStatement>();
    for (const statement of statements) {
      const { party } = statement.signed;
      const before = newest.get(party)?.signed;
      if (!fits(statement.signed)) continue;
      if (before === undefined || isNewer(statement.signed, before)) newest.set(party, statement);
    }
    for (const statement of newest.values()) kept.add(statement);
  }
  return kept.size === statements.length ? statements : statements.filter((s) => kept.has(s));
}

/** The newest statement of each member. */
export function newestStatements(
  statements: readonly SignedTimeStatement[],
): ReadonlyMap<PartyId, TimeStatement> {
  const newest = new Map<PartyId, TimeStatement>();
  for (const { signed } of statements) {
    const before = newest.get(signed.party);
    if (before === undefined || isNewer(signed, before)) newest.set(signed.party, signed);
  }
  return newest;
}

/** A member may sign twice in one second; then the one that knows more is the later one. */
function isNewer(a: TimeStatement, b: TimeStatement): boolean {
  if (a.time !== b.time) return a.time > b.time;
  if (a.bundle.version !== b.bundle.version) return a.bundle.version > b.bundle.version;
  return sumOfLists(a) > sumOfLists(b);
}

function sumOfLists({ lists }: TimeStatement): number {
  return Object.values(lists).reduce((sum, number) => sum + number, 0);
}

/** A statement against the held root, bundle, lists and all held statements (TIME-2.3). */
export function* verifyTimeStatement(
  root: Root,
  bundle: Bundle,
  lists: ListNumbers,
  held: readonly TimeStatement[],
  statement: SignedTimeStatement,
): Checked<TimeResult> {
  const now = statement.signed;
  const refuse = (code: TimeRefusal['code']): TimeResult => ({
    ok: false,
    refusal: { code, party: now.party },
  });
  const section = bundle.sections.find((entry) => entry.signed.party === now.party);
  const isMember = activeMembers(root).some((member) => member.party === now.party);
  if (!isMember || section === undefined) return refuse('TIME_NOT_MEMBER');
  const isOlder = (fits: (s: TimeStatement) => boolean): boolean =>
    held.some((h) => h.party === now.party && fits(h) && h.time > now.time);
  if (placesOf(bundle, lists).every((fits) => !fits(now) || isOlder(fits))) {
    return refuse('TIME_OLDER');
  }
  const signature = statement.signatures[0];
  const key = currentKeys(section.signed, 'list', serviceDay(now.time)).find(
    (entry) => entry.keyId === signature?.keyId,
  );
  if (signature?.by !== now.party || key === undefined) return refuse('TIME_SIGNATURE_INVALID');
  if (!(yield signatureCheck(now, signature, key))) return refuse('TIME_SIGNATURE_INVALID');
  if (now.bundle.version === bundle.version && now.bundle.hash !== documentHash(bundle)) {
    return refuse('TRUST_FORKED');
  }
  return { ok: true, statement };
}

/**
 * As of when the held bundle was current: the second-newest time among the members' newest
 * statements that name no newer version (TIME-2.4), so that one member alone can neither keep it
 * young nor make it old. Undefined when fewer than two members say so. With a single active member,
 * its own time counts.
 */
export function trustTime(
  root: Root,
  bundle: Bundle,
  statements: readonly TimeStatement[],
): number | undefined {
  return agreedTime(root, statements, (s) => s.bundle.version <= bundle.version);
}

/** The same for one party's revocation list of the given number (REV-4.3). */
export function listTime(
  root: Root,
  party: PartyId,
  listNumber: number,
  statements: readonly TimeStatement[],
): number | undefined {
  return agreedTime(root, statements, (s) => (s.lists[party] ?? 0) <= listNumber);
}

/**
 * The second-newest time that active members have signed, whatever they hold (TIME-3.1): one member
 * with a wrong clock must not close every gate of the region.
 */
export function agreedSignedTime(
  root: Root,
  statements: readonly TimeStatement[],
): number | undefined {
  return agreedTime(root, statements, () => true);
}

function agreedTime(
  root: Root,
  statements: readonly TimeStatement[],
  agrees: (statement: TimeStatement) => boolean,
): number | undefined {
  const members = activeMembers(root);
  const times = members
    .map(({ party }) => statements.filter((each) => each.party === party && agrees(each)))
    .filter((agreeing) => agreeing.length > 0)
    .map((agreeing) => Math.max(...agreeing.map((each) => each.time)))
    .sort((a, b) => b - a);
  return times[Math.min(1, members.length - 1)];
}
