import { slotEnd, slotStart, type ExaminedCode } from '@tongyu/protocol';
import { REFUSAL_VERDICTS, type AdmissionRefusal } from './refusals.ts';
import {
  DEFAULT_ADMISSION_SETTINGS,
  type Admission,
  type AdmissionFacts,
  type AdmissionSettings,
  type NotAdmitted,
} from './types.ts';

export const CODE_LIFE_SECONDS = 120;
export const CODE_AHEAD_SECONDS = 60;
/** A reserve pass may be used again this long after the code that was last accepted (CODE-7.4). */
export const RESERVE_REST_SECONDS = 120;
/** A terminal's clock may be this much slower than the members' (TIME-3.2). */
export const CLOCK_TOLERANCE_SECONDS = 60;
export const FRESH_SECONDS = 24 * 3600;
export const MAX_AGE_SECONDS = 72 * 3600;

/**
 * The ladder of REF-1: the first rung that fails is the answer. This function alone knows the
 * order.
 * A terminal, and the host city once more for every tap, call it with the facts of that moment.
 */
export function admit(
  facts: AdmissionFacts,
  settings: AdmissionSettings = DEFAULT_ADMISSION_SETTINGS,
): Admission {
  const { now, code } = facts;
  if (code.form === 'bad') return refuse(code.refusal.code);
  if (clockIsBehind(now, facts.highestSignedTime)) return refuse('TERMINAL_CLOCK');
  const trustAge = ageOf(facts.trustTime, now);
  if (trustAge === 'stale') return refuse('TRUST_STALE');
  const aged = trustAge === 'aged';
  if (aged && facts.agedAcceptsToday >= settings.maxAgedAcceptsPerDay) return refuse('TRUST_STALE');

  const issuerRefusal = refuseIssuer(code);
  if (issuerRefusal !== undefined) return refuse(issuerRefusal);
  const timeRefusal = refuseTime(code, now);
  if (timeRefusal !== undefined) return timeRefusal;

  if (facts.revoked) return refuse('PASS_REVOKED');
  const listAge = ageOf(facts.listTime, now);
  if (listAge === 'stale') return refuse('REVOCATION_STALE');
  if (alreadyUsed(code, facts.lastAcceptedTime)) return refuse('ALREADY_USED');
  if (facts.service?.open !== true) return refuse('SERVICE_NOT_OPEN');
  const { issuer, class: shownClass } = code.code.pass;
  const quote = facts.service.quote({ residence: issuer, class: shownClass });
  if (quote === undefined) return refuse('NOT_ENTITLED');
  return { verdict: 'pass', code, quote, warned: aged || listAge === 'aged' };
}

function refuseIssuer(code: ExaminedCode): AdmissionRefusal | undefined {
  if (code.party === 'unknown') return 'ISSUER_UNKNOWN';
  if (code.party === 'observer') return 'ISSUER_NOT_PARTY';
  if (code.party === 'suspended') return 'ISSUER_SUSPENDED';
  if (code.key === 'unknown') return 'KEY_UNKNOWN';
  if (code.key === 'revoked') return 'KEY_REVOKED';
  if (!code.passSignatureGood) return 'PASS_SIGNATURE_INVALID';
  if (!code.deviceSignatureGood) return 'DEVICE_SIGNATURE_INVALID';
  return undefined;
}

/**
 * Whether a terminal's clock must be wrong, since members have signed a later time (TIME-3.2). A
 * clock that is seconds slow would else refuse right after each fresh statement.
 */
export function clockIsBehind(now: number, highestSignedTime: number): boolean {
  return now < highestSignedTime - CLOCK_TOLERANCE_SECONDS;
}

/**
 * The slot is compared with the time that the phone signed, and that time with the terminal's
 * clock. So a phone whose clock is wrong is always told so, also within minutes of a slot's border.
 */
function refuseTime(code: ExaminedCode, now: number): NotAdmitted | undefined {
  const { pass, time } = code.code;
  if (time < slotStart(pass.slot)) return refuse('PASS_NOT_YET_VALID');
  if (time >= slotEnd(pass.slot)) return refuse('PASS_EXPIRED');
  const secondsAhead = time - now;
  if (secondsAhead < -CODE_LIFE_SECONDS) return { ...refuse('CODE_STALE'), secondsAhead };
  if (secondsAhead > CODE_AHEAD_SECONDS) return { ...refuse('CLOCK_SKEW'), secondsAhead };
  return undefined;
}

function alreadyUsed(code: ExaminedCode, lastAcceptedTime: number | undefined): boolean {
  if (lastAcceptedTime === undefined) return false;
  const { pass, time } = code.code;
  return !(pass.reserve && time >= lastAcceptedTime + RESERVE_REST_SECONDS);
}

function ageOf(asOf: number | undefined, now: number): 'fresh' | 'aged' | 'stale' {
  if (asOf === undefined || now - asOf > MAX_AGE_SECONDS) return 'stale';
  return now - asOf > FRESH_SECONDS ? 'aged' : 'fresh';
}

function refuse(refusal: AdmissionRefusal): NotAdmitted {
  return { verdict: REFUSAL_VERDICTS[refusal], refusal };
}
