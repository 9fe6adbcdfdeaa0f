import {
  flag,
  list,
  object,
  oneOf,
  nullable,
  tapShape,
  text,
  type Json,
  type Shape,
  type SignedTap,
} from '@tongyu/protocol';
import { TAPS_PER_BATCH } from './tap-results.ts';

/** Body of `taps.report`: taps of one home city's residents, with what the host made of them. */
export type ReportedTap = {
  readonly tap: SignedTap;
  /** False for the second presentation of the same moment: the operator bears it. */
  readonly charged: boolean;
};

export const reportShape: Shape<{ readonly taps: readonly ReportedTap[] }> = object({
  taps: list(object({ tap: tapShape, charged: flag() }), 1, TAPS_PER_BATCH),
});

export function reportBody(taps: readonly ReportedTap[]): Json {
  return { taps };
}

/** What the home city answers in its receipt, one for each tap in the same order. */
export type ReportResult = {
  /** `<terminal>/<number>` */
  readonly tap: string;
  readonly outcome: 'accepted' | 'duplicate' | 'refused';
  readonly refusal: { readonly code: string; readonly field: string | null } | null;
};

export const reportAnswerShape: Shape<{ readonly results: readonly ReportResult[] }> = object({
  results: list(
    object({
      tap: text(60, /^[0-9a-z-]{1,40}\/[1-9][0-9]{0,14}$/),
      outcome: oneOf('accepted', 'duplicate', 'refused'),
      refusal: nullable(object({ code: text(40, /^[A-Z_]+$/), field: nullable(text(200)) })),
    }),
    0,
    TAPS_PER_BATCH,
  ),
});
