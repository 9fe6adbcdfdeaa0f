import type { EntryFault } from '@tongyu/protocol';

/**
 * Why the office is not given what it asks for, with the HTTP status of its answer. The table is
 * total: a refusal without a status fails type checking.
 */
export const DRAFT_REFUSALS = {
  /** Somebody else was faster: carries `by`, `at` and `revision`. */
  DRAFT_CHANGED: 409,
  /** Carries `field`. */
  ENTRY_INVALID: 422,
  ENTRY_UNKNOWN: 404,
  /** The address names another entry than the body. */
  ID_DIFFERS: 422,
  REASON_MISSING: 422,
  REASON_INVALID: 422,
  DRAFT_FULL: 409,
  /** Carries `field`, the rule that its funder has not signed as it stands. */
  FUNDING_UNSIGNED: 422,
  ENTRY_FOREIGN: 422,
  ENTRY_ORDER: 422,
  ENTRY_REPEATS: 422,
  ENTRY_AUDIENCE: 422,
  ENTRY_ACCESS: 422,
  ENTRY_HOURS: 422,
  ENTRY_TARIFF: 422,
  RULE_RESIDENCE: 422,
  RULE_DATES: 422,
  RULE_FUNDER: 422,
  // an edition
  EDITION_UNKNOWN: 404,
  /** What keeps the list turned the part down: carries `why`, and what it names. */
  PART_REFUSED: 409,
  // other cities and the public
  PARTY_UNKNOWN: 422,
  TEXT_INVALID: 422,
  COMMENT_UNKNOWN: 404,
  FUNDING_UNKNOWN: 404,
  ASKED_ALREADY: 409,
  FEEDBACK_UNKNOWN: 404,
  FEEDBACK_FULL: 409,
  ANSWERED_ALREADY: 409,
  NOT_FOUNDED: 503,
} as const satisfies Record<string, number> & Record<EntryFault['code'], number>;

export type DraftRefusalCode = keyof typeof DRAFT_REFUSALS;

export type DraftRefusal = {
  readonly code: DraftRefusalCode;
  readonly facts?: Readonly<Record<string, string | number | null>>;
};

export type Refused = { readonly ok: false; readonly refusal: DraftRefusal };
export type DraftResult<T> = { readonly ok: true; readonly value: T } | Refused;

export function refuse(code: DraftRefusalCode, facts?: DraftRefusal['facts']): Refused {
  return { ok: false, refusal: facts === undefined ? { code } : { code, facts } };
}

export function done<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}
