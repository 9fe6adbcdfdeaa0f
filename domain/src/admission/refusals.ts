import type { Verdict } from '@tongyu/protocol';

/**
 * Why a terminal does not open, in the order in which `admit` looks (REF-1), with the verdict that
 * its screen shows. The table is total: adding a refusal without a verdict fails type checking.
 */
export const REFUSAL_VERDICTS = {
  MALFORMED: 'refuse',
  UNSUPPORTED_VERSION: 'unknown',
  TERMINAL_CLOCK: 'unknown',
  TRUST_STALE: 'unknown',
  ISSUER_UNKNOWN: 'unknown',
  ISSUER_NOT_PARTY: 'refuse',
  ISSUER_SUSPENDED: 'refuse',
  KEY_UNKNOWN: 'unknown',
  KEY_REVOKED: 'refuse',
  PASS_SIGNATURE_INVALID: 'refuse',
  DEVICE_SIGNATURE_INVALID: 'refuse',
  PASS_NOT_YET_VALID: 'refuse',
  PASS_EXPIRED: 'refuse',
  CODE_STALE: 'check',
  CLOCK_SKEW: 'check',
  PASS_REVOKED: 'refuse',
  REVOCATION_STALE: 'unknown',
  ALREADY_USED: 'refuse',
  SERVICE_NOT_OPEN: 'refuse',
  NOT_ENTITLED: 'refuse',
} as const satisfies Record<string, Exclude<Verdict, 'pass'>>;

export type AdmissionRefusal = keyof typeof REFUSAL_VERDICTS;

/** In precedence order: object keys keep the order in which they are written. */
export const ADMISSION_REFUSALS = Object.keys(REFUSAL_VERDICTS) as readonly AdmissionRefusal[];
