import type { PartyId } from '../code/pass.ts';
import { integer, list, nullable, object, oneOf, type Shape } from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import { activeMembers, signersOf, type Root, type SignedRoot } from '../trust/root.ts';
import {
  documentHash,
  hashShape,
  parseDocument,
  partyShape,
  signedShape,
  timeShape,
  type ParseResult,
  type SignedDocument,
} from '../trust/signed-document.ts';
import { editionEnd, editionIdShape, type EditionId } from './calendar.ts';
import { MAX_PART_ENTRIES } from './part.ts';

/**
 * A half-year issue of the service list (LIST-3): names each city's part by its hash, and is signed
 * with a root key by every city that is an active member in the root that it names, the one of the
 * day on which it was opened. It never changes and has no expiry.
 */
export type Edition = {
  readonly type: 'tongyu.edition';
  /** Rising; a number that found no signatures is skipped. */
  readonly number: number;
  readonly id: EditionId;
  readonly previous: { readonly number: number; readonly hash: string } | null;
  readonly root: { readonly number: number; readonly hash: string };
  readonly opened: number;
  readonly made: number;
  readonly effectiveFrom: number;
  /** In strictly rising order of party; of each active member, and of observers that have one. */
  readonly parts: readonly NamedPart[];
};

export type NamedPart = {
  readonly party: PartyId;
  readonly hash: string;
  readonly count: number;
};

export type SignedEdition = SignedDocument<Edition>;

export const editionNumberShape = integer(1, 1_000_000);
const referenceShape = object({ number: editionNumberShape, hash: hashShape });

export const editionContentShape: Shape<Edition> = object({
  type: oneOf('tongyu.edition'),
  number: editionNumberShape,
  id: editionIdShape,
  previous: nullable(referenceShape),
  root: object({ number: integer(1, 1_000_000), hash: hashShape }),
  opened: timeShape,
  made: timeShape,
  effectiveFrom: timeShape,
  parts: list(
    object({ party: partyShape, hash: hashShape, count: integer(0, MAX_PART_ENTRIES) }),
    1,
    64,
  ),
});

export const editionShape: Shape<SignedEdition> = signedShape(editionContentShape, 64);
export const MAX_EDITION_LENGTH = 60_000;

export function parseEdition(source: string): ParseResult<SignedEdition> {
  return parseDocument(editionShape, source, MAX_EDITION_LENGTH);
}

export type EditionRefusal = {
  readonly code:
    | 'EDITION_ROOT_UNKNOWN'
    | 'EDITION_OLDER'
    | 'EDITION_PREVIOUS'
    | 'EDITION_FORM'
    | 'EDITION_UNSIGNED'
    | 'TRUST_FORKED';
  readonly party?: PartyId;
};

export type EditionResult =
  | { readonly ok: true; readonly edition: SignedEdition; readonly root: Root }
  | { readonly ok: false; readonly refusal: EditionRefusal };

/**
 * The root that an edition names (LIST-3.5): the held one, or one before it that the chain of
 * `previous` hashes leads back to, so that no signature on an old root is asked for again.
 * @param earlier roots before the held one, in any order
 */
export function rootOfEdition(
  edition: Edition,
  held: Root,
  earlier: readonly SignedRoot[],
): Root | undefined {
  let root: Root | undefined = held;
  while (root !== undefined && root.number > edition.root.number) {
    const { previous, number }: Root = root;
    root = earlier.find(
      ({ signed }) => signed.number === number - 1 && documentHash(signed) === previous,
    )?.signed;
  }
  if (root?.number !== edition.root.number) return undefined;
  return documentHash(root) === edition.root.hash ? root : undefined;
}

/** An edition against the newest that the consumer holds, in the order of LIST-3.6. */
export function* verifyEdition(
  heldRoot: Root,
  earlierRoots: readonly SignedRoot[],
  held: Edition | undefined,
  edition: SignedEdition,
): Checked<EditionResult> {
  const now = edition.signed;
  const refuse = (code: EditionRefusal['code'], party?: PartyId): EditionResult => ({
    ok: false,
    refusal: { code, ...(party === undefined ? {} : { party }) },
  });
  if (held !== undefined && now.number < held.number) return refuse('EDITION_OLDER');
  if (held?.number === now.number && documentHash(held) !== documentHash(now)) {
    return refuse('TRUST_FORKED');
  }
  const root = rootOfEdition(now, heldRoot, earlierRoots);
  if (root === undefined) return refuse('EDITION_ROOT_UNKNOWN');
  if (held !== undefined && held.number < now.number) {
    const { previous } = now;
    if (previous?.number !== held.number || previous.hash !== documentHash(held)) {
      return refuse('EDITION_PREVIOUS');
    }
    const isLater = now.effectiveFrom > held.effectiveFrom && now.id > held.id;
    // Else the members of an older root could leave out who has joined since.
    if (!isLater || now.root.number < held.root.number) return refuse('EDITION_FORM');
  }
  const broken = brokenEdition(root, now);
  if (broken !== undefined) return refuse('EDITION_FORM', broken.party);
  const members = activeMembers(root);
  const signers = yield* signersOf(edition, members);
  const missing = members.find(({ party }) => !signers.has(party));
  return missing === undefined
    ? { ok: true, edition, root }
    : refuse('EDITION_UNSIGNED', missing.party);
}

/** What is wrong with an edition's own content; signers look at it before anybody has signed. */
export function brokenEdition(
  root: Root,
  edition: Edition,
): { readonly party?: PartyId } | undefined {
  const { parts } = edition;
  const outOfOrder = parts.find(({ party }, i) => i > 0 && party <= (parts[i - 1]?.party ?? ''));
  if (outOfOrder !== undefined) return { party: outOfOrder.party };
  const without = activeMembers(root).find((m) => !parts.some(({ party }) => party === m.party));
  if (without !== undefined) return { party: without.party };
  const stranger = parts.find(({ party }) => !root.parties.some((entry) => entry.party === party));
  if (stranger !== undefined) return { party: stranger.party };
  if (edition.previous !== null && edition.previous.number >= edition.number) return {};
  const inTime = edition.opened <= edition.made && edition.effectiveFrom < editionEnd(edition.id);
  return inTime ? undefined : {};
}

/** Members that have not signed; of those whose signature is there, whether it is good. */
export function* missingSigners(root: Root, edition: SignedEdition): Checked<readonly PartyId[]> {
  const members = activeMembers(root);
  const signers = yield* signersOf(edition, members);
  return members.map(({ party }) => party).filter((party) => !signers.has(party));
}
