import { sha256 } from '@noble/hashes/sha2.js';
import type { PartyId } from '../code/pass.ts';
import { toHex, utf8 } from '../encoding/bytes.ts';
import { list, object, oneOf, type Shape } from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import type { Root } from '../trust/root.ts';
import { parseDocument, partyShape, type ParseResult } from '../trust/signed-document.ts';
import { editionIdShape, type EditionId } from './calendar.ts';
import { entryFault, type EntryFault } from './entry-fault.ts';
import { entryIdShape, entryShape, type Entry } from './entry.ts';
import { unsignedRule } from './funding.ts';
import { localTextShape, type LocalText } from './local-text.ts';

/**
 * One city's part of an edition (LIST-3.3). It is not signed by itself: the edition names its hash,
 * and all members sign the edition. A terminal needs its own city's part only.
 */
export type Part = {
  readonly type: 'tongyu.part';
  readonly party: PartyId;
  readonly edition: EditionId;
  /** In strictly rising order of id. */
  readonly entries: readonly Entry[];
  /** Against the same city's part of the edition before, in rising order of entry. */
  readonly changes: readonly PartChange[];
};

export type PartChange = {
  readonly entry: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly reason: LocalText;
};

export const MAX_PART_ENTRIES = 2_500;
/** In UTF-16 units of text, with the count of values of TRUST-1.2 that goes with it. */
export const MAX_PART_LENGTH = 16_000_000;
export const MAX_PART_VALUES = 1_500_000;

export const partShape: Shape<Part> = object({
  type: oneOf('tongyu.part'),
  party: partyShape,
  edition: editionIdShape,
  entries: list(entryShape, 0, MAX_PART_ENTRIES),
  changes: list(
    object({
      entry: entryIdShape,
      kind: oneOf('added', 'changed', 'removed'),
      reason: localTextShape(200),
    }),
    0,
    2 * MAX_PART_ENTRIES,
  ),
});

export function parsePart(source: string): ParseResult<Part> {
  return parseDocument(partShape, source, MAX_PART_LENGTH, MAX_PART_VALUES);
}

/** SHA-256 of the canonical text as it travels: what an edition names a part by (LIST-3.3). */
export function partTextHash(source: string): string {
  return toHex(sha256(utf8(source)));
}

export type PartRefusal = {
  readonly code:
    'PART_MALFORMED' | 'PART_DIFFERS' | 'PART_ORDER' | 'FUNDING_UNSIGNED' | EntryFault['code'];
  readonly party: PartyId;
  readonly entry?: string;
  readonly field?: string;
};

export type PartResult =
  | { readonly ok: true; readonly part: Part }
  | { readonly ok: false; readonly refusal: PartRefusal };

/**
 * A part against what the edition says of it (LIST-3.4): its text has the hash that the members
 * signed, and it holds what it must.
 * @param root the root that the edition names
 */
export function* verifyPart(
  root: Root,
  edition: EditionId,
  named: { readonly party: PartyId; readonly hash: string; readonly count: number },
  source: string,
): Checked<PartResult> {
  const { party } = named;
  const refuse = (refusal: Omit<PartRefusal, 'party'>): PartResult => ({
    ok: false,
    refusal: { ...refusal, party },
  });
  if (partTextHash(source) !== named.hash) return refuse({ code: 'PART_DIFFERS' });
  const read = parsePart(source);
  if (!read.ok) return refuse({ code: 'PART_MALFORMED', field: read.refusal.path });
  return yield* verifyParsedPart(root, edition, named, read.value);
}

/** The rest of `verifyPart`, for who has read a text of that hash before. */
export function* verifyParsedPart(
  root: Root,
  edition: EditionId,
  { party, count }: { readonly party: PartyId; readonly count: number },
  part: Part,
): Checked<PartResult> {
  if (part.party !== party || part.edition !== edition || part.entries.length !== count) {
    return { ok: false, refusal: { code: 'PART_DIFFERS', party } };
  }
  const fault = yield* partFault(root, part);
  return fault === undefined ? { ok: true, part } : { ok: false, refusal: fault };
}

/** What is wrong with a part whoever made it (LIST-3.4); undefined when nothing is. */
export function* partFault(root: Root, part: Part): Checked<PartRefusal | undefined> {
  const { party, entries, changes } = part;
  const disorder = (ids: readonly string[]): string | undefined =>
    ids.find((id, i) => i > 0 && id <= (ids[i - 1] ?? ''));
  const entry =
    disorder(entries.map(({ id }) => id)) ?? disorder(changes.map((change) => change.entry));
  if (entry !== undefined) return { code: 'PART_ORDER', party, entry };
  for (const one of entries) {
    const fault = entryFault(party, one);
    if (fault !== undefined) return { ...fault, party, entry: one.id };
    const rule = yield* unsignedRule(root, one);
    if (rule !== undefined) {
      return { code: 'FUNDING_UNSIGNED', party, entry: one.id, field: `rules.${rule.id}` };
    }
  }
  return undefined;
}
