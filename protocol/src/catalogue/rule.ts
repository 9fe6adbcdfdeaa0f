import type { PartyId } from '../code/pass.ts';
import type { Json } from '../encoding/canonical-json.ts';
import { integer, list, nullable, object, oneOf, text, type Shape } from '../encoding/shape.ts';
import { partyShape, signatureShape, type DocumentSignature } from '../trust/signed-document.ts';
import { dateShape, type DateText } from './calendar.ts';
import { localTextShape, type LocalText } from './local-text.ts';
import { priceShape } from './tariff.ts';

/** A concession: who pays less, how much, and who bears the difference (LIST-2). */
export type ConcessionRule = {
  /** Unique within the entry and stable, e.g. `senior-65`. */
  readonly id: string;
  readonly name: LocalText;
  /** Class of CODE-3.7 that the rule is for; 0 for everybody of these residences. */
  readonly class: number;
  /** Rising, without repetition. */
  readonly residences: readonly PartyId[];
  readonly benefit: Benefit;
  readonly funder: Funder;
  /** `mutual`: holds only while the home city grants the like; each side can stop it. */
  readonly reciprocity: 'unilateral' | 'mutual';
  /** The agreement or policy that it stands on. */
  readonly agreement: LocalText;
  readonly from: DateText;
  /** Last day, included; null without an end. Always set when another party pays. */
  readonly until: DateText | null;
  /** How many journeys of a service day it is for, per rider; null for all of them. */
  readonly perDay: number | null;
};

/** What the rider pays: a price, or so many thousandths of the tariff, rounded down to the 分. */
export type Benefit =
  | { readonly kind: 'price'; readonly priceFen: number }
  | { readonly kind: 'share'; readonly permille: number };

export type Funder =
  /** The operator gives a discount. */
  | { readonly kind: 'operator' }
  /** The host city pays. */
  | { readonly kind: 'host' }
  /** Another party pays, has signed so, up to a ceiling (LIST-2.4). */
  | {
      readonly kind: 'party';
      readonly party: PartyId;
      readonly ceilingFen: number;
      /** By a root key of that party over the content of LIST-2.5. */
      readonly signature: DocumentSignature;
    };

/** Highest class that CODE-3.7 names. */
export const MAX_CLASS = 6;
const MAX_CEILING_FEN = 1_000_000_000_000;

const benefitShape: Shape<Benefit> = (value, path) =>
  kindOf(value) === 'price'
    ? object({ kind: oneOf('price'), priceFen: priceShape })(value, path)
    : object({ kind: oneOf('share'), permille: integer(0, 1000) })(value, path);

const plainFunderShape = object({ kind: oneOf('operator', 'host') });
const partyFunderShape = object({
  kind: oneOf('party'),
  party: partyShape,
  ceilingFen: integer(1, MAX_CEILING_FEN),
  signature: signatureShape,
});
const funderShape: Shape<Funder> = (value, path) =>
  kindOf(value) === 'party' ? partyFunderShape(value, path) : plainFunderShape(value, path);

export const ruleIdShape = text(40, /^[a-z0-9-]{1,40}$/);

export const ruleShape: Shape<ConcessionRule> = object({
  id: ruleIdShape,
  name: localTextShape(60),
  class: integer(0, MAX_CLASS),
  residences: list(partyShape, 1, 64),
  benefit: benefitShape,
  funder: funderShape,
  reciprocity: oneOf('unilateral', 'mutual'),
  agreement: localTextShape(120),
  from: dateShape,
  until: nullable(dateShape),
  perDay: nullable(integer(1, 100)),
});

function kindOf(value: Json | undefined): Json | undefined {
  return (value as Readonly<Record<string, Json>> | null | undefined)?.['kind'];
}
