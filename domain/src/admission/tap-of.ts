import type { AssistedReason, Direction, HeldNumbers, Tap } from '@tongyu/protocol';
import type { Admission } from './types.ts';

export type TapMoment = {
  readonly terminal: string;
  readonly number: number;
  readonly now: number;
  readonly service: string;
  readonly direction: Direction;
  readonly stop: string | null;
  readonly held: HeldNumbers;
};

/** The record of one scan (TAP-2). Text that is no code of ours is not kept: it may be anything. */
export function tapOfScan(moment: TapMoment, text: string, admission: Admission): Tap {
  const passed = admission.verdict === 'pass';
  const refusal = passed ? null : admission.refusal;
  const isCode = refusal !== 'MALFORMED' && refusal !== 'UNSUPPORTED_VERSION';
  return {
    ...frame(moment),
    kind: 'scan',
    verdict: admission.verdict,
    refusal,
    assistedReason: null,
    code: isCode ? text : null,
    shownPriceFen: passed ? admission.quote.priceFen : null,
    shownRule: passed ? (admission.quote.rule?.id ?? null) : null,
    warned: passed && admission.warned,
  };
}

/** A guard lets a person through: the reason, and nothing about who (TAP-2.5). */
export function tapOfAssistedPassage(moment: TapMoment, reason: AssistedReason): Tap {
  return {
    ...frame(moment),
    kind: 'assisted',
    verdict: 'pass',
    refusal: null,
    assistedReason: reason,
    code: null,
    shownPriceFen: null,
    shownRule: null,
    warned: false,
  };
}

function frame(
  moment: TapMoment,
): Pick<Tap, 'type' | 'terminal' | 'number' | 'time' | 'service' | 'direction' | 'stop' | 'held'> {
  const { terminal, number, now, service, direction, stop, held } = moment;
  return { type: 'tongyu.tap', terminal, number, time: now, service, direction, stop, held };
}
