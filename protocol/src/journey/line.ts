import type { PartyId } from '../code/pass.ts';
import { entryIdShape } from '../catalogue/entry.ts';
import { ruleIdShape } from '../catalogue/rule.ts';
import { priceShape, stopIdShape } from '../catalogue/tariff.ts';
import { canonicalJson, type Json } from '../encoding/canonical-json.ts';
import { integer, list, nullable, object, oneOf, text, type Shape } from '../encoding/shape.ts';
import { tapIdShape, type TapId } from '../tap/tap.ts';
import { partyShape, timeShape } from '../trust/signed-document.ts';

/**
 * One priced journey (JRN-4): the host city claims it, the home city computes it again and accepts
 * or disputes it. Money is whole 分, and `riderFen` with all parts is `fullFen`.
 */
export type JourneyLine = {
  readonly type: 'tongyu.line';
  readonly host: PartyId;
  readonly home: PartyId;
  /** The journey's first tap: its name for ever. */
  readonly journey: TapId;
  /** Whose journeys are counted together, as the home city answered (JRN-1). */
  readonly key: JourneyKey;
  readonly fareGroup: string;
  /** Service day of the group (TIME-1). */
  readonly day: number;
  readonly service: string;
  readonly operator: string;
  readonly state: JourneyState;
  /** All taps that the line accounts for, by time. */
  readonly taps: readonly TapId[];
  readonly from: JourneyEnd | null;
  readonly to: JourneyEnd | null;
  /** Edition and host's head that the first tap's terminal held: they decide (JRN-3.1). */
  readonly edition: number;
  readonly head: number;
  /** Class that was counted: the shown pass's, or a repaired one. */
  readonly class: number;
  /** The tariff without any concession: what the operator gets. */
  readonly fullFen: number;
  readonly riderFen: number;
  /** The most that a screen showed for this journey. */
  readonly shownFen: number;
  /** What others than the rider pay, in the order in which it was taken off (JRN-3.2). */
  readonly parts: readonly LinePart[];
};

/** 32 lower-case hexadecimal digits. */
export type JourneyKey = string;

export type JourneyState =
  /** Entry and exit, or a single tap. */
  | 'complete'
  /** The missing end was told by the rider (JRN-5). */
  | 'repaired'
  | 'missing-exit'
  | 'missing-entry';

export type JourneyEnd = { readonly time: number; readonly stop: string | null };

export const PART_KINDS = [
  'concession',
  'over-ceiling',
  'transfer',
  'daily-cap',
  'shown',
  'waived',
] as const;

export type LinePart = {
  readonly kind: (typeof PART_KINDS)[number];
  /** The concession rule, for the kinds that come from one; else null. */
  readonly rule: string | null;
  readonly funder: LineFunder;
  readonly fen: number;
};

/** Who bears a part. `party` is another city than the host. */
export type LineFunder =
  | { readonly kind: 'operator' }
  | { readonly kind: 'host' }
  | { readonly kind: 'party'; readonly party: PartyId };

export const journeyKeyShape: Shape<JourneyKey> = text(32, /^[0-9a-f]{32}$/);
/** Fare groups are named as entries are: with the city's number first. */
export const fareGroupShape = entryIdShape;
export const MAX_DAY = 100_000;

const endShape: Shape<JourneyEnd> = object({ time: timeShape, stop: nullable(stopIdShape) });

const funderShape: Shape<LineFunder> = (value, path) =>
  (value as Readonly<Record<string, Json>> | null | undefined)?.['kind'] === 'party'
    ? object({ kind: oneOf('party'), party: partyShape })(value, path)
    : object({ kind: oneOf('operator', 'host') })(value, path);

export const journeyLineShape: Shape<JourneyLine> = object({
  type: oneOf('tongyu.line'),
  host: partyShape,
  home: partyShape,
  journey: tapIdShape,
  key: journeyKeyShape,
  fareGroup: fareGroupShape,
  day: integer(0, MAX_DAY),
  service: entryIdShape,
  operator: entryIdShape,
  state: oneOf('complete', 'repaired', 'missing-exit', 'missing-entry'),
  taps: list(tapIdShape, 1, 50),
  from: nullable(endShape),
  to: nullable(endShape),
  edition: integer(1, 1_000_000),
  head: integer(1, 1_000_000_000),
  class: integer(0, 0xffff),
  fullFen: priceShape,
  riderFen: priceShape,
  shownFen: priceShape,
  parts: list(
    object({
      kind: oneOf(...PART_KINDS),
      rule: nullable(ruleIdShape),
      funder: funderShape,
      fen: priceShape,
    }),
    0,
    PART_KINDS.length,
  ),
});

/** The bytes that both cities compare, and later sign over. */
export function lineText(line: JourneyLine): string {
  return canonicalJson(line);
}
