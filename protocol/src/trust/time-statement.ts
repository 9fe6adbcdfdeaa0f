import type { PartyId } from '../code/pass.ts';
import { dictionary, integer, object, oneOf, type Shape } from '../encoding/shape.ts';
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

export type TimeRefusal = {
  readonly code: 'TIME_NOT_MEMBER' | 'TIME_SIGNATURE_INVALID' | 'TIME_OLDER' | 'TRUST_FORKED';
  readonly party: PartyId;
};

export type TimeResult =
  | { readonly ok: true; readonly statement: SignedTimeStatement }
  | { readonly ok: false; readonly refusal: TimeRefusal };

/** A statement against the held root, bundle and the same member's last statement (TIME-2.3). */
export function* verifyTimeStatement(
  root: Root,
  bundle: Bundle,
  held: TimeStatement | undefined,
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
  if (held !== undefined && now.time < held.time) return refuse('TIME_OLDER');
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
 * As of when the held bundle was current: the second-newest time among the members that name no
 * newer version (TIME-2.4), so that one member alone can neither keep it young nor make it old.
 * Undefined when fewer than two members say so. With a single active member, its own time counts.
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
    .map((member) => statements.find((statement) => statement.party === member.party))
    .filter((statement) => statement !== undefined && agrees(statement))
    .map((statement) => statement?.time ?? 0)
    .sort((a, b) => b - a);
  return times[Math.min(1, members.length - 1)];
}
