import {
  screenWords,
  shownTerms,
  VERDICT_WORDS,
  type Admission,
  type AdmissionRefusal,
  type ScreenCase,
  type ScreenText,
  type ShownTerms,
  type TerminalFault,
} from '@tongyu/domain';
import type { PartyId, Verdict } from '@tongyu/protocol';

/** What the screen shows and the gate's lock obeys: it opens for `pass` and nothing else. */
export type ScanAnswer = {
  readonly verdict: Verdict;
  readonly refusal: AdmissionRefusal | null;
  /** The terminal itself is at fault; such a scan leaves no tap. */
  readonly fault: TerminalFault | null;
  /** The most that may be asked. */
  readonly priceFen: number | null;
  /** The least: below `priceFen` where distance or a daily number decides. */
  readonly fromFen: number | null;
  /** The most without any concession. */
  readonly fullFen: number | null;
  /** The concession that counts; null for the full price. */
  readonly rule: ShownTerms['rule'];
  /** Why it is the full price although another was to be expected. */
  readonly why: ScreenText | null;
  /** The lists are 24 to 72 h old. */
  readonly warned: boolean;
  readonly word: ScreenText;
  readonly reason: ScreenText;
  readonly nextStep: ScreenText;
  /** Home city of a pass that was accepted. */
  readonly issuer: PartyId | null;
  /** For CODE_STALE and CLOCK_SKEW: how far the phone's time lies ahead, in seconds. */
  readonly secondsAhead: number | null;
  /** Number of the tap; null when none could be kept. */
  readonly tap: number | null;
  /** The same text within the debounce time: the verdict of that tap, shown again. */
  readonly repeated: boolean;
};

const NOTHING = {
  refusal: null,
  fault: null,
  priceFen: null,
  fromFen: null,
  fullFen: null,
  rule: null,
  why: null,
  warned: false,
  issuer: null,
  secondsAhead: null,
  repeated: false,
} as const;

export function answerOfScan(admission: Admission, tap: number): ScanAnswer {
  if (admission.verdict === 'pass') {
    const { verdict, warned, code } = admission;
    const { issuer } = code.code.pass;
    return {
      ...NOTHING,
      verdict,
      ...shownTerms(admission),
      warned,
      issuer,
      tap,
      ...words(verdict, { kind: 'passed', warned }),
    };
  }
  const { verdict, refusal, secondsAhead } = admission;
  return {
    ...NOTHING,
    verdict,
    refusal,
    secondsAhead: secondsAhead ?? null,
    tap,
    ...words(verdict, { kind: 'refused', refusal }),
  };
}

export function answerOfAssistedPassage(tap: number): ScanAnswer {
  return { ...NOTHING, verdict: 'pass', tap, ...words('pass', { kind: 'assisted' }) };
}

export function answerOfFault(fault: TerminalFault): ScanAnswer {
  return {
    ...NOTHING,
    verdict: 'unknown',
    fault,
    tap: null,
    ...words('unknown', { kind: 'fault', fault }),
  };
}

function words(
  verdict: Verdict,
  screen: ScreenCase,
): Pick<ScanAnswer, 'word' | 'reason' | 'nextStep'> {
  return { word: VERDICT_WORDS[verdict], ...screenWords(screen) };
}
