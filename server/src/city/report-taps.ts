import {
  fareGroupShape,
  flag,
  journeyKeyShape,
  list,
  object,
  oneOf,
  nullable,
  tapIdShape,
  tapShape,
  text,
  type JourneyKey,
  type Json,
  type Shape,
  type SignedTap,
  type TapId,
} from '@tongyu/protocol';
import type { TapKeys } from '../store/city-tables.ts';
import { TAPS_PER_BATCH } from './tap-results.ts';

/** Body of `taps.report`: taps of one home city's residents, with what the host made of them. */
export type ReportedTap = {
  readonly tap: SignedTap;
  /** False for the second presentation of the same moment: the operator bears it. */
  readonly charged: boolean;
  /** Of the service in the edition that the terminal held: what the home city makes a key for. */
  readonly fareGroup: string;
};

export const reportShape: Shape<{ readonly taps: readonly ReportedTap[] }> = object({
  taps: list(
    object({ tap: tapShape, charged: flag(), fareGroup: fareGroupShape }),
    1,
    TAPS_PER_BATCH,
  ),
});

export function reportBody(taps: readonly ReportedTap[]): Json {
  return { taps };
}

/** What the home city answers in its receipt, one for each tap in the same order. */
export type ReportResult = {
  readonly tap: TapId;
  readonly outcome: 'accepted' | 'duplicate' | 'refused';
  readonly refusal: { readonly code: string; readonly field: string | null } | null;
  /** Null for one that is refused or was not charged. */
  readonly key: TapKeys | null;
};

export type ReportAnswer = {
  readonly results: readonly ReportResult[];
  /** Of earlier reports (JRN-1.3). */
  readonly amended: readonly { readonly tap: TapId; readonly previousKey: JourneyKey }[];
};

/** An entry may amend a handful of exits; a report has no more than its taps. */
const MAX_AMENDED = 4 * TAPS_PER_BATCH;

export const reportAnswerShape: Shape<ReportAnswer> = object({
  results: list(
    object({
      tap: tapIdShape,
      outcome: oneOf('accepted', 'duplicate', 'refused'),
      refusal: nullable(object({ code: text(40, /^[A-Z_]+$/), field: nullable(text(200)) })),
      key: nullable(
        object({ journeyKey: journeyKeyShape, previousKey: nullable(journeyKeyShape) }),
      ),
    }),
    0,
    TAPS_PER_BATCH,
  ),
  amended: list(object({ tap: tapIdShape, previousKey: journeyKeyShape }), 0, MAX_AMENDED),
});
