import type { TapId } from '../tap/tap.ts';

/**
 * The order of taps by their ids (JRN-2.1): by terminal, character by character, then by number.
 * Negative when `a` comes first.
 */
export function compareTapIds(a: TapId, b: TapId): number {
  if (a === b) return 0;
  const [slashA, slashB] = [a.lastIndexOf('/'), b.lastIndexOf('/')];
  const [terminalA, terminalB] = [a.slice(0, slashA), b.slice(0, slashB)];
  if (terminalA !== terminalB) return terminalA < terminalB ? -1 : 1;
  return Number(a.slice(slashA + 1)) - Number(b.slice(slashB + 1));
}
