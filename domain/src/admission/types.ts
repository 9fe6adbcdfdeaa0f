import type { CodeFacts, ExaminedCode, Verdict } from '@tongyu/protocol';
import type { ServiceTerms } from '../catalogue/terms.ts';
import type { Entitled } from '../entitlement/types.ts';
import type { AdmissionRefusal } from './refusals.ts';

/** Everything that a decision stands on, loaded by the shell before `admit` is called. */
export type AdmissionFacts = {
  /** The terminal's clock, Unix seconds. */
  readonly now: number;
  /** The highest time that two members ever signed (TIME-3.1). Never fed by codes. */
  readonly highestSignedTime: number;
  /** As of when the bundle was current; undefined when the terminal holds none (TIME-2.4). */
  readonly trustTime: number | undefined;
  /** Accepts already made today on trust older than 24 h. */
  readonly agedAcceptsToday: number;
  readonly code: CodeFacts;
  /** Whether the tag is in the expanded list of its issuer. */
  readonly revoked: boolean;
  /** As of when the issuer's revocation list was current; undefined when none is held. */
  readonly listTime: number | undefined;
  /** Time inside the code that was last accepted with this (issuer, tag); undefined if none was. */
  readonly lastAcceptedTime: number | undefined;
  /** Undefined when the terminal's service stands in no file. */
  readonly service: ServiceTerms | undefined;
};

export type AdmissionSettings = {
  readonly maxAgedAcceptsPerDay: number;
};

export const DEFAULT_ADMISSION_SETTINGS: AdmissionSettings = { maxAgedAcceptsPerDay: 500 };

export type Admission = Admitted | NotAdmitted;
export type Admitted = {
  readonly verdict: 'pass';
  readonly code: ExaminedCode;
  /** What the screen shows of price, concession, and why. */
  readonly quote: Entitled;
  /** Trust or list is 24 to 72 h old: the screen says so, and the accept is counted. */
  readonly warned: boolean;
};
export type NotAdmitted = {
  readonly verdict: Exclude<Verdict, 'pass'>;
  readonly refusal: AdmissionRefusal;
  /** How far the code's time lies from the terminal's clock, for `CODE_STALE` and `CLOCK_SKEW`. */
  readonly secondsAhead?: number;
};
