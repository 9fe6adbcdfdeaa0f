import type { TerminalState } from './create-terminal.ts';
import { heldUsedCursor, mergeUsedTags } from './merge-used-tags.ts';
import type { TerminalParts, UploadResult } from './ports.ts';
import type { TapOutcome } from './terminal-store.ts';

export const TAPS_PER_UPLOAD = 500;

export type UploadReport = {
  readonly accepted: number;
  /** The city had them already: an earlier answer was lost. */
  readonly duplicate: number;
  readonly refused: number;
  readonly pending: number;
  /** Why the city takes no tap of this terminal at all; they stay unsent. */
  readonly blocked: string | null;
};

/** These say something of the terminal, not of the tap: nothing is settled by them. */
const ABOUT_THE_TERMINAL: readonly string[] = ['TERMINAL_UNKNOWN', 'TERMINAL_REVOKED'];

/** It is taken as it is once the city's clock has come as far, so it is sent again by itself. */
const FOR_LATER = 'TAP_IN_FUTURE';
const RETRY_SECONDS = 60;

/** Also when this clock fell back: that is what mends it. */
function isTimeToRetry({ futureRetriedAt: last }: TerminalState, now: number): boolean {
  return last === undefined || now < last || now - last >= RETRY_SECONDS;
}

/**
 * Sends unsent taps in number order until none is left. A tap leaves the outbox only when the city
 * says that it has it; a refused one stays listed, and one from the future is tried again. Sending
 * twice is harmless: the tap's id and content decide at the city.
 */
export async function uploadTaps(
  parts: TerminalParts,
  state: TerminalState,
): Promise<UploadReport> {
  const { ports, store } = parts;
  const sum = { accepted: 0, duplicate: 0, refused: 0 };
  let blocked: string | null = null;
  const now = ports.clock.now();
  if (isTimeToRetry(state, now)) {
    if (store.refused().some(({ code }) => code === FOR_LATER)) store.retryRefused(FOR_LATER);
    state.futureRetriedAt = now;
  }
  for (;;) {
    const batch = store.pending(TAPS_PER_UPLOAD);
    if (batch.length === 0) break;
    const cursor = heldUsedCursor(store);
    const answer = await ports.city.uploadTaps(
      batch.map((tap) => tap.text),
      cursor,
    );
    ports.faults.point('terminal/taps-answered');
    const sent = new Set(batch.map((tap) => tap.number));
    const results = answer.results.filter((result) => sent.delete(result.number));
    blocked = results.find(isAboutTheTerminal)?.refusal?.code ?? null;
    const settled = results.filter((result) => !isAboutTheTerminal(result));
    store.settle(settled.map(asOutcome));
    for (const { outcome } of settled) sum[outcome] += 1;
    await mergeUsedTags(parts, answer.used, answer.usedCursor);
    if (blocked !== null || settled.length === 0) break; // no progress: later
  }
  state.lastUploadAt = ports.clock.now();
  state.blocked = blocked;
  return { ...sum, pending: store.pendingCount(), blocked };
}

function isAboutTheTerminal({ outcome, refusal }: UploadResult): boolean {
  return outcome === 'refused' && ABOUT_THE_TERMINAL.includes(refusal?.code ?? '');
}

function asOutcome({ number, outcome, refusal }: UploadResult): TapOutcome {
  if (outcome !== 'refused') return { number, outcome: 'delivered' };
  return {
    number,
    outcome,
    code: refusal?.code ?? 'UNKNOWN',
    field: refusal?.field ?? null,
  };
}
