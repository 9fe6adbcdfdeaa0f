import { hasClass, provesClass, type ClassFact } from '@tongyu/domain';
import {
  LONGEST_JOURNEY_SECONDS,
  REPAIR_SECONDS,
  type Entry,
  type JourneyState,
  type PartyId,
} from '@tongyu/protocol';
import type { GroupJourney } from './group-journeys.ts';
import type { Named, TripRepair } from './types.ts';

/** What a repair of one journey is measured by. */
export type RepairFacts = {
  readonly journey: GroupJourney;
  /** Of the first tap. */
  readonly start: number;
  readonly shownClass: number;
  /** Of the list that the first tap's terminal held; undefined: nothing can be placed. */
  readonly entry: Entry | undefined;
  readonly residence: PartyId;
  readonly classFacts: readonly ClassFact[];
  /** A class of this journey was put right before. */
  readonly hasClassRepair: boolean;
  readonly endsLeft: number;
  readonly now: number;
};

/** What may be put right now, within its bounds (JRN-5); null for nothing. */
export function repairOffer(facts: RepairFacts): TripRepair | null {
  const { start, endsLeft, entry } = facts;
  const until = start + REPAIR_SECONDS;
  if (isOver(facts) || facts.journey.state === 'exception' || entry === undefined) return null;
  const end = missingEnd(facts);
  const classes = repairableClasses(facts, entry);
  if (end === undefined && classes.length === 0) return null;
  return {
    until,
    exit: end?.kind === 'exit',
    entry: end?.kind === 'entry',
    stops: end === undefined ? [] : stopsOf(entry),
    earliest: end?.earliest ?? 0,
    latest: end?.latest ?? 0,
    classes,
    endsLeft,
  };
}

/** Whether nothing of the journey can be put right any more (JRN-5.1). */
export function isOver({ start, now }: Pick<RepairFacts, 'start' | 'now'>): boolean {
  return now > start + REPAIR_SECONDS;
}

/** Whether this city proves the class for the journey's time. */
export function isProvedFor({ classFacts, start }: RepairFacts, number: number): boolean {
  return provesClass(classFacts, number, start);
}

type MissingEnd = {
  readonly kind: 'exit' | 'entry';
  readonly earliest: number;
  readonly latest: number;
};

function missingEnd({ journey, start, now }: RepairFacts): MissingEnd | undefined {
  const state: JourneyState | 'open' | undefined =
    journey.state === 'open' ? 'open' : journey.line?.state;
  if (state === 'open' || state === 'missing-exit') {
    const [earliest, latest] = [start + 1, Math.min(start + LONGEST_JOURNEY_SECONDS, now)];
    return earliest > latest ? undefined : { kind: 'exit', earliest, latest };
  }
  if (state !== 'missing-entry') return undefined;
  return { kind: 'entry', earliest: start - LONGEST_JOURNEY_SECONDS, latest: start - 1 };
}

function stopsOf({ tariff }: Entry): readonly Named[] {
  return tariff.kind === 'zones' ? tariff.stops.map(({ id, name }) => ({ id, name })) : [];
}

/** Proved then, not counted yet, and of use: a rule of the service is for it. */
function repairableClasses(facts: RepairFacts, entry: Entry): readonly number[] {
  const { journey, shownClass, residence, hasClassRepair } = facts;
  if (hasClassRepair) return [];
  const counted = journey.line?.class ?? shownClass;
  const wanted = entry.rules
    .filter((rule) => rule.residences.includes(residence))
    .map((rule) => rule.class)
    .filter((number) => !hasClass(counted, number));
  return [...new Set(wanted)].filter((number) => isProvedFor(facts, number)).sort((a, b) => a - b);
}
