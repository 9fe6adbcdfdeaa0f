import { canonicalJson, type JourneyLine, type TapId } from '@tongyu/protocol';
import type { ResidentGroup } from '../journeys/types.ts';
import type { TapKey } from '../store/city-tables.ts';
import type { HomeLineRow } from '../store/journey-tables.ts';
import { lineOf } from './stored-texts.ts';
import type { TripState } from './types.ts';

/** One journey of a group: as this city computes it now, beside what the host has claimed of it. */
export type GroupJourney = {
  readonly journey: TapId;
  readonly state: TripState;
  readonly line: JourneyLine | null;
  readonly taps: readonly TapId[];
  readonly exception: string | null;
};

/**
 * Every journey of the group once, each tap in one. This city's own computation of now goes before
 * what was answered before: a later tap or repair shows at once. Where it cannot compute any more,
 * since the list that the tap named is gone, the answered line stands.
 */
export function journeysOf(group: ResidentGroup): readonly GroupJourney[] {
  const { priced, lines, trips, claim } = group;
  const rows = new Map(lines.map((row) => [row.journey, row]));
  const found: GroupJourney[] = priced.lines.map((line) => journeyOf(line, rows.get(line.journey)));
  // At most one journey of a group is open; its taps come in the order of their ids.
  const open = trips.map(tripTapId).filter((id) => priced.open.includes(id));
  if (open[0] !== undefined) {
    found.push({ journey: open[0], state: 'open', line: null, taps: open, exception: null });
  }
  const taken = new Set(found.flatMap(({ taps }) => taps));
  for (const row of lines) {
    const line = lineOf(row.text);
    if (line.taps.some((tap) => taken.has(tap))) continue;
    for (const tap of line.taps) taken.add(tap);
    const { journey, taps } = line;
    found.push({ journey, state: row.outcome, line, taps, exception: null });
  }
  for (const { tap, reason } of priced.exceptions) {
    if (taken.has(tap)) continue;
    // That this city lacks the list today says nothing: the host has it, or says that it has not.
    const isFinal =
      reason !== 'TERMS_UNKNOWN' || claim?.exceptions.some((one) => one.tap === tap) === true;
    const state = isFinal ? 'exception' : 'provisional';
    const exception = isFinal ? reason : null;
    found.push({ journey: tap, state, line: null, taps: [tap], exception });
  }
  return found;
}

export function tripTapId({ terminal, number }: TapKey): TapId {
  return `${terminal}/${number}`;
}

function journeyOf(own: JourneyLine, row: HomeLineRow | undefined): GroupJourney {
  const { journey, taps } = own;
  const plain = { journey, taps, exception: null };
  if (row === undefined) return { ...plain, state: 'provisional', line: own };
  if (row.outcome === 'disputed') return { ...plain, state: 'disputed', line: own };
  const claimed = lineOf(row.text);
  if (contentOf(claimed) !== contentOf(own)) return { ...plain, state: 'provisional', line: own };
  // The host's line may divide the concession at a ceiling: that is its book (JRN-4.5).
  return { ...plain, state: 'accepted', line: claimed };
}

/** All of a line but for where a ceiling divides its concession. */
function contentOf(line: JourneyLine): string {
  const isConcession = (kind: string): boolean => kind === 'concession' || kind === 'over-ceiling';
  const concession = line.parts.filter(({ kind }) => isConcession(kind));
  return canonicalJson({
    ...line,
    parts: line.parts.filter(({ kind }) => !isConcession(kind)),
    concession: concession.map(({ rule }) => rule).slice(0, 1),
    concessionFen: concession.reduce((sum, { fen }) => sum + fen, 0),
  });
}
