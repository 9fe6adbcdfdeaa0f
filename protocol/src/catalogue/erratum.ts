import type { PartyId } from '../code/pass.ts';
import { integer, nullable, object, oneOf, text, type Shape } from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import { serviceDay } from '../time/service-day.ts';
import { currentKeys, type Section } from '../trust/section.ts';
import {
  hashShape,
  parseDocument,
  partyShape,
  signatureCheck,
  signedShape,
  timeShape,
  type ParseResult,
  type SignedDocument,
} from '../trust/signed-document.ts';
import { entryIdShape } from './entry.ts';
import { localTextShape, type LocalText } from './local-text.ts';

/**
 * A dated correction beside a published edition (LIST-5). It informs; the edition's text, prices
 * and rules stay as they were signed. Signed with the owner's list key.
 */
export type Erratum = {
  readonly type: 'tongyu.erratum';
  readonly party: PartyId;
  /** 1, 2, 3 … of this party. */
  readonly number: number;
  readonly time: number;
  readonly edition: { readonly number: number; readonly hash: string };
  readonly entry: string;
  /** The member that was wrong, as in `places[0].hours`; null for the entry as a whole. */
  readonly field: string | null;
  /** What it should say, and why. */
  readonly correction: LocalText;
};

export type SignedErratum = SignedDocument<Erratum>;

export const erratumShape: Shape<SignedErratum> = signedShape(
  object({
    type: oneOf('tongyu.erratum'),
    party: partyShape,
    number: integer(1, 1_000_000),
    time: timeShape,
    edition: object({ number: integer(1, 1_000_000), hash: hashShape }),
    entry: entryIdShape,
    field: nullable(text(80, /^[a-zA-Z0-9.[\]-]{1,80}$/)),
    correction: localTextShape(400),
  }),
  1,
);

export const MAX_ERRATUM_LENGTH = 8_000;

export function parseErratum(source: string): ParseResult<SignedErratum> {
  return parseDocument(erratumShape, source, MAX_ERRATUM_LENGTH);
}

/** Whether the owner signed it; errata are kept, so there is nothing older to compare with. */
export function* isErratumGood(
  section: Section | undefined,
  erratum: SignedErratum,
): Checked<boolean> {
  const now = erratum.signed;
  const [signature] = erratum.signatures;
  if (section?.party !== now.party || signature?.by !== now.party) return false;
  if (!now.entry.startsWith(`${now.party}-`)) return false;
  const key = currentKeys(section, 'list', serviceDay(now.time)).find(
    (entry) => entry.keyId === signature.keyId,
  );
  return key !== undefined && (yield signatureCheck(now, signature, key));
}
