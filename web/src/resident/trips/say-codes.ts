import { EXCEPTION_REASONS, EXCEPTION_WORDS } from '@tongyu/domain';
import type { Say } from '../../kit/messages.ts';
import { tripWords } from './words.ts';

/** Why a tap is not priced. */
export function exceptionText(say: Say, code: string): string {
  const known = EXCEPTION_REASONS.find((each) => each === code);
  return known === undefined
    ? say(tripWords.exceptionBody, { code })
    : say(EXCEPTION_WORDS[known].meaning);
}

const refusals = [
  'TRIP_UNKNOWN',
  'REPAIR_TOO_LATE',
  'REPAIR_OUT_OF_BOUNDS',
  'REPAIR_NOT_NEEDED',
  'REPAIRS_USED_UP',
  'CLASS_NOT_PROVED',
  'OBJECTION_OPEN',
  'PHONE_REVOKED',
  'AWAY',
] as const;

/** Why the home city did not take what was sent, and what to do now. */
export function refusalText(say: Say, code: string): string {
  const known = refusals.find((each) => each === code);
  return known === undefined ? say(tripWords.refusedOther, { code }) : say(tripWords[known]);
}
