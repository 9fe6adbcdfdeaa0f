import type { JourneyLine, LineFunder, LinePart, PartyId, Reduction } from '@tongyu/protocol';
import { concernsResidence, suspensionsOf } from '../entitlement/suspensions.ts';
import type { Entitled } from '../entitlement/types.ts';
import type { DaySoFar } from './day-so-far.ts';
import type { MendedJourney } from './repair-journey.ts';
import type { GroupFacts, JourneyTerms } from './types.ts';

/** What one fare stands on, once its tariff and its treatment are known. */
export type Fare = {
  readonly facts: GroupFacts;
  readonly day: DaySoFar;
  readonly journey: MendedJourney;
  readonly terms: JourneyTerms;
  readonly fullFen: number;
  readonly treatment: Entitled;
};

export type TakenOff = Pick<JourneyLine, 'riderFen' | 'shownFen' | 'parts'>;

const HOST: LineFunder = { kind: 'host' };
const OPERATOR: LineFunder = { kind: 'operator' };

/**
 * What others than the rider pay, each taken off what the ones before have left, in the order of
 * JRN-3.2: concession, transfer, daily cap, what is above the price that was shown, a waived fare.
 */
export function takeOff(fare: Fare): TakenOff {
  const parts: LinePart[] = [];
  let riderFen = fare.fullFen;
  const take = (part: LinePart): void => {
    if (part.fen <= 0) return;
    parts.push(part);
    riderFen -= part.fen;
  };
  for (const part of concessionOf(fare)) take(part);
  for (const reduction of fare.terms.entry.reductions) {
    const fen = Math.min(reductionFen(fare, reduction, riderFen), riderFen);
    take(partOf(reduction.kind, null, { kind: reduction.funder }, fen));
  }
  const shownFen = leastShown(fare.journey);
  take(partOf('shown', null, HOST, riderFen - shownFen));
  if (fare.journey.waived) take(partOf('waived', null, OPERATOR, riderFen));
  return { riderFen, shownFen, parts };
}

/** JRN-3.4 to JRN-3.6: who bears the concession, and what is above the funder's ceiling. */
function concessionOf(fare: Fare): readonly LinePart[] {
  const { facts, day, terms, fullFen, treatment, journey } = fare;
  const { rule, priceFen } = treatment;
  if (rule === null) return [];
  const fen = fullFen - priceFen;
  const { funder } = rule;
  if (wasStopped(terms, rule.id, facts.home)) return [partOf('concession', rule.id, HOST, fen)];
  if (funder.kind !== 'party') {
    return [partOf('concession', rule.id, { kind: funder.kind }, fen)];
  }
  const { service } = journey.taps[0];
  const left = facts.ceilingLeft(service, rule) - day.takenFrom(service, rule);
  const paid = Math.min(fen, Math.max(0, left));
  return [
    partOf('concession', rule.id, { kind: 'party', party: funder.party }, paid),
    partOf('over-ceiling', rule.id, HOST, fen - paid),
  ];
}

/** Whether the terminal's list was too old to know that the host had stopped the rule (JRN-3.5). */
function wasStopped({ entry, head, headThen }: JourneyTerms, rule: string, home: PartyId): boolean {
  if (headThen.number === head.number) return false;
  return suspensionsOf(headThen, entry.id).some(
    (one) => (one.rule === null || one.rule === rule) && concernsResidence(one, home),
  );
}

function reductionFen(fare: Fare, reduction: Reduction, riderFen: number): number {
  if (reduction.kind === 'daily-cap') return fare.day.riderFen + riderFen - reduction.capFen;
  return isTransfer(fare, reduction.withinMinutes) ? reduction.lessFen : 0;
}

/** JRN-3.7: soon after the end of the line just before, which was in another service. */
function isTransfer({ day, journey }: Fare, withinMinutes: number): boolean {
  const before = day.last;
  if (before === undefined || before.service === journey.taps[0].service) return false;
  if (before.state !== 'complete' && before.state !== 'repaired') return false;
  const ended = (before.to ?? before.from)?.time;
  if (ended === undefined || journey.from === null) return false;
  const wait = journey.from.time - ended;
  return 0 <= wait && wait <= withinMinutes * 60;
}

/** JRN-3.9: nobody pays more than any of its screens said. */
function leastShown({ taps }: MendedJourney): number {
  return taps.reduce((least, tap) => Math.min(least, tap.shownFen), taps[0].shownFen);
}

function partOf(
  kind: LinePart['kind'],
  rule: string | null,
  funder: LineFunder,
  fen: number,
): LinePart {
  return { fen, funder, kind, rule };
}
