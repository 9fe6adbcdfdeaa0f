import type { SignedTap, UsedTag } from '@tongyu/protocol';
import type { TerminalRow } from '../store/city-tables.ts';
import type { ExaminedTap } from './examine-tap.ts';

export const TAPS_PER_BATCH = 500;
/** A terminal's clock may be ahead of the node's by this much (REF-5.1). */
export const FUTURE_SECONDS = 120;

/** Why a tap is not taken, in the order in which the host looks (TAP-3). */
export type TapRefusalCode =
  | 'MALFORMED'
  | 'TERMINAL_UNKNOWN'
  | 'TERMINAL_REVOKED'
  | 'TAP_SIGNATURE_INVALID'
  | 'TAP_CONTENT_DIFFERS'
  | 'TAP_IN_FUTURE'
  | 'TAP_EVIDENCE_INVALID';

export type TapRefusal = { readonly code: TapRefusalCode; readonly field: string | null };

export type TapResult = {
  readonly number: number;
  readonly outcome: 'accepted' | 'duplicate' | 'refused';
  readonly refusal: TapRefusal | null;
};

export type UploadAnswer = {
  /** One for each tap sent, in the same order. */
  readonly results: readonly TapResult[];
  readonly used: readonly UsedTag[];
  /** Empty when the batch comes from no terminal of ours. */
  readonly usedCursor: string;
  readonly serverTime: number;
};

/** A tap whose form is right, with its place in the batch. */
export type ReadTap = {
  readonly index: number;
  readonly tap: SignedTap;
  /** Canonical JSON of the signed content: what is hashed, checked and kept. Made once. */
  readonly contentText: string;
  /** SHA-256 of `contentText`, hex. */
  readonly hash: string;
};

/** A tap that one of our terminals signed. */
export type CheckedTap = ReadTap &
  Extract<ExaminedTap, { readonly state: 'signed' }> & {
    readonly terminal: TerminalRow;
    /** Of its service in the edition that the terminal held; null where that is not known. */
    readonly fareGroup: string | null;
  };

/** The answers of a batch while it is worked on, by place in the batch. */
export type Results = Map<number, TapResult>;

export function refused(number: number, code: TapRefusalCode, field: string | null): TapResult {
  return { number, outcome: 'refused', refusal: { code, field } };
}
