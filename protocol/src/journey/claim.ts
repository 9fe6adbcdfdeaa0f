import { headShape, type SignedHead } from '../catalogue/head.ts';
import {
  integer,
  list,
  nullable,
  object,
  oneOf,
  text,
  where,
  type Shape,
} from '../encoding/shape.ts';
import { tapIdShape, type TapId } from '../tap/tap.ts';
import { timeShape } from '../trust/signed-document.ts';
import {
  fareGroupShape,
  journeyKeyShape,
  journeyLineShape,
  MAX_DAY,
  type JourneyKey,
  type JourneyLine,
} from './line.ts';
import { repairShape, type Repair } from './repair.ts';
import { compareTapIds } from './tap-order.ts';

/**
 * All that the host made of one group of taps (JRN-4.2): a later revision takes the place of the
 * earlier ones whole. The home city prices the same taps and repairs as of the same moment again.
 */
export type GroupClaim = {
  readonly key: JourneyKey;
  readonly fareGroup: string;
  readonly day: number;
  /** 1, 2, 3 … per key. */
  readonly revision: number;
  /** As of when open journeys were looked at (JRN-2.5). */
  readonly asOf: number;
  /**
   * Every tap of the group in rising order: each is in one line, one exception, or open. None is
   * left where yesterday's group took them all (JRN-1.5).
   */
  readonly taps: readonly TapId[];
  /** Taps that wait for their other end. */
  readonly open: readonly TapId[];
  readonly repairs: readonly Repair[];
  /** By time of the first tap, then by journey. */
  readonly lines: readonly JourneyLine[];
  readonly exceptions: readonly GroupException[];
};

/** A tap of the group that ends in no line, and why (JRN-3.1). */
export type GroupException = { readonly tap: TapId; readonly reason: GroupExceptionReason };

export const GROUP_EXCEPTION_REASONS = ['TERMS_UNKNOWN', 'NO_PRICE', 'STOP_UNKNOWN'] as const;
export type GroupExceptionReason = (typeof GROUP_EXCEPTION_REASONS)[number];

/** Body of `lines.claim`: groups, and the host's heads that their lines name. */
export type LinesClaim = {
  readonly groups: readonly GroupClaim[];
  readonly heads: readonly SignedHead[];
};

export const GROUPS_PER_CLAIM = 100;

const membersShape: Shape<GroupClaim> = object({
  key: journeyKeyShape,
  fareGroup: fareGroupShape,
  day: integer(0, MAX_DAY),
  revision: integer(1, 1_000_000),
  asOf: timeShape,
  taps: list(tapIdShape, 0, 500),
  open: list(tapIdShape, 0, 500),
  repairs: list(repairShape, 0, 100),
  lines: list(journeyLineShape, 0, 500),
  exceptions: list(object({ tap: tapIdShape, reason: oneOf(...GROUP_EXCEPTION_REASONS) }), 0, 500),
});

/**
 * JRN-4.2: no list holds anything twice, and those of taps are in their order. How the lines come
 * about is compared, not read (JRN-4.4): one that is wrong is disputed and spoils no other.
 */
const groupClaimShape: Shape<GroupClaim> = where(membersShape, (group) => {
  if (!isRising(group.taps)) return 'taps';
  if (!isRising(group.open)) return 'open';
  if (!isRising(group.exceptions.map(({ tap }) => tap))) return 'exceptions';
  if (!areOnce(group.lines.map(({ journey }) => journey))) return 'lines';
  return areOnce(group.repairs.map(({ id }) => id)) ? undefined : 'repairs';
});

function isRising(taps: readonly TapId[]): boolean {
  return taps.every((tap, i) => i === 0 || compareTapIds(taps[i - 1] ?? tap, tap) < 0);
}

function areOnce(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

export const linesClaimShape: Shape<LinesClaim> = object({
  groups: list(groupClaimShape, 1, GROUPS_PER_CLAIM),
  heads: list(headShape, 0, 50),
});

/** The home city's word on each line of a group (JRN-4.4). */
export type GroupAnswer = {
  readonly key: JourneyKey;
  readonly revision: number;
  /** Why the whole group is not looked at; null when each line is answered. */
  readonly refusal: GroupRefusal | null;
  /** With `REVISION_OLDER` the revision that is held: the host goes on from there. Else null. */
  readonly held: number | null;
  readonly lines: readonly LineAnswer[];
};

export const GROUP_REFUSALS = [
  /** No such key was answered to this host, or for another fare group or day. */
  'KEY_UNKNOWN',
  /** A tap that the home city has not accepted, or that another group has. */
  'TAP_UNKNOWN',
  /** A tap of the former revision is left out. */
  'TAP_LOST',
  /** An edition or head that the home city does not hold and that did not come along. */
  'TERMS_UNKNOWN',
  /** A repair that the home city did not make. */
  'REPAIR_UNKNOWN',
  /** Not later than the revision that is held, with other content. */
  'REVISION_OLDER',
] as const;
export type GroupRefusal = (typeof GROUP_REFUSALS)[number];

export type LineAnswer = {
  readonly journey: TapId;
  readonly outcome: 'accepted' | 'disputed';
  readonly reason: LineDispute | null;
  /** The first member in which the lines differ, for `LINE_DIFFERS`. */
  readonly field: string | null;
};

export const LINE_DISPUTES = [
  'LINE_DIFFERS',
  /** The home city finds no such journey in these taps. */
  'LINE_NOT_FOUND',
  /** The home city finds a journey that the host did not claim. */
  'LINE_MISSING',
  /** More than the home city signed to pay. */
  'CEILING_EXCEEDED',
] as const;
export type LineDispute = (typeof LINE_DISPUTES)[number];

export const groupAnswersShape: Shape<{ readonly groups: readonly GroupAnswer[] }> = object({
  groups: list(
    object({
      key: journeyKeyShape,
      revision: integer(1, 1_000_000),
      refusal: nullable(oneOf(...GROUP_REFUSALS)),
      held: nullable(integer(1, 1_000_000)),
      lines: list(
        object({
          journey: tapIdShape,
          outcome: oneOf('accepted', 'disputed'),
          reason: nullable(oneOf(...LINE_DISPUTES)),
          field: nullable(text(60)),
        }),
        0,
        1_000,
      ),
    }),
    0,
    GROUPS_PER_CLAIM,
  ),
});
