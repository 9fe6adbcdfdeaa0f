import {
  compareTapIds,
  LONGEST_JOURNEY_SECONDS,
  slotStart,
  type JourneyEnd,
  type TapId,
} from '@tongyu/protocol';
import type { GroupFacts, GroupTap } from './types.ts';

/** Taps of one rider that make one journey, before anything is priced or repaired (JRN-2). */
export type PairedJourney = {
  readonly state: 'complete' | 'missing-exit' | 'missing-entry' | 'open';
  /** By time, never empty: the first one names the journey. */
  readonly taps: readonly [GroupTap, ...GroupTap[]];
  readonly from: JourneyEnd | null;
  readonly to: JourneyEnd | null;
};

/** A second tap at the same place this soon is the same one again (JRN-2.3, JRN-2.4). */
export const AGAIN_SECONDS = 600;

/** From this long after the service day began an entry may end on the next day (JRN-2.6): 22:00. */
export const LATE_ENTRY_SECONDS = 18 * 3600;

type Growing = {
  state: PairedJourney['state'];
  readonly taps: [GroupTap, ...GroupTap[]];
  readonly from: JourneyEnd | null;
  to: JourneyEnd | null;
};

/**
 * The journeys in a group's taps, in order of their first taps. Each tap is in exactly one, but for
 * exits of the next service day that end nothing here (JRN-2.6).
 */
export function pairTaps(
  facts: Pick<GroupFacts, 'taps' | 'day' | 'asOf'>,
): readonly PairedJourney[] {
  const lateFrom = slotStart({ day: facts.day, slot: 0 }) + LATE_ENTRY_SECONDS;
  const journeys: Growing[] = [];
  let open: Growing | undefined;
  /** The journey that the tap just before has ended; an exit at the same place may join it. */
  let ended: Growing | undefined;
  const begin = (journey: Growing): Growing => {
    journeys.push(journey);
    return journey;
  };
  for (const tap of inOrder(facts.taps)) {
    if (tap.direction === 'exit') {
      if (ended !== undefined && isAgain(ended.to, ended, tap) && mayEnd(ended, tap, lateFrom)) {
        ended.taps.push(tap);
      } else if (open !== undefined && ends(open, tap) && mayEnd(open, tap, lateFrom)) {
        open.taps.push(tap);
        open.state = 'complete';
        open.to = endOf(tap);
        [ended, open] = [open, undefined];
      } else if (!tap.carried) {
        ended = begin({ state: 'missing-entry', taps: [tap], from: null, to: endOf(tap) });
      }
      continue;
    }
    if (tap.carried) continue; // only exits are carried
    ended = undefined;
    if (tap.direction === 'single') {
      begin({ state: 'complete', taps: [tap], from: endOf(tap), to: null });
    } else if (open !== undefined && isAgain(open.from, open, tap)) {
      open.taps.push(tap);
    } else {
      if (open !== undefined) open.state = 'missing-exit';
      open = begin({ state: 'open', taps: [tap], from: endOf(tap), to: null });
    }
  }
  if (open !== undefined && facts.asOf - open.taps[0].time > LONGEST_JOURNEY_SECONDS) {
    open.state = 'missing-exit';
  }
  return journeys;
}

/** JRN-2.1: by time, then by id; the same id counts once. */
function inOrder(taps: readonly GroupTap[]): readonly GroupTap[] {
  const sorted = [...taps].sort((a, b) => a.time - b.time || compareTapIds(a.id, b.id));
  const seen = new Set<TapId>();
  return sorted.filter(({ id }) => seen.size < seen.add(id).size);
}

/** Whether a tap is the one at that end of the journey once more. */
function isAgain(end: JourneyEnd | null, journey: Growing, tap: GroupTap): boolean {
  if (end === null || journey.taps[0].service !== tap.service) return false;
  return end.stop === tap.stop && tap.time - end.time <= AGAIN_SECONDS;
}

function ends(open: Growing, exit: GroupTap): boolean {
  const [entry] = open.taps;
  return entry.service === exit.service && exit.time - entry.time <= LONGEST_JOURNEY_SECONDS;
}

/** An exit of the next service day belongs only to a journey that began late in this one. */
function mayEnd(journey: Growing, exit: GroupTap, lateFrom: number): boolean {
  return !exit.carried || (journey.from !== null && journey.from.time >= lateFrom);
}

function endOf({ time, stop }: GroupTap): JourneyEnd {
  return { stop, time };
}
