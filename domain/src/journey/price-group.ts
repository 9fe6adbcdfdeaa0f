import {
  compareTapIds,
  serviceDayDate,
  type GroupException,
  type GroupExceptionReason,
  type JourneyLine,
  type TapId,
} from '@tongyu/protocol';
import { entitle } from '../entitlement/entitle.ts';
import { DaySoFar } from './day-so-far.ts';
import { fullFare } from './full-fare.ts';
import { pairTaps } from './pair-taps.ts';
import { repairJourney, repairsByTap, type MendedJourney } from './repair-journey.ts';
import { takeOff } from './take-off.ts';
import type { GroupFacts, JourneyTerms, PricedGroup } from './types.ts';

type ClosedJourney = MendedJourney & { readonly state: JourneyLine['state'] };

/**
 * Pairs the taps of one rider, fare group and service day, and prices what they make (JRN-2,
 * JRN-3). Host and home city run it over the same facts and get the same bytes. Pure and total;
 * the order of taps and repairs does not matter. Each tap of `taps` is in exactly one line,
 * exception or open journey.
 */
export function priceGroup(facts: GroupFacts): PricedGroup {
  const lines: JourneyLine[] = [];
  const exceptions: GroupException[] = [];
  const open: TapId[] = [];
  const taps: TapId[] = [];
  const repairs = repairsByTap(facts.repairs, facts);
  const date = serviceDayDate(facts.day);
  const day = new DaySoFar();
  for (const paired of pairTaps(facts)) {
    const terms = facts.terms(paired.taps[0]);
    const journey = repairJourney(paired, repairs, terms?.entry.tariff);
    const ids = journey.taps.map(({ id }) => id);
    taps.push(...ids);
    if (!isClosed(journey)) {
      open.push(...ids);
      continue;
    }
    const line = priceJourney(facts, date, day, journey, terms);
    if (typeof line !== 'string') lines.push(line);
    else exceptions.push(...ids.map((tap) => ({ reason: line, tap })));
  }
  exceptions.sort((a, b) => compareTapIds(a.tap, b.tap));
  return { exceptions, lines, open: open.sort(compareTapIds), taps: taps.sort(compareTapIds) };
}

function isClosed(journey: MendedJourney): journey is ClosedJourney {
  return journey.state !== 'open';
}

/** The line, or why there is none (JRN-3.1). */
function priceJourney(
  facts: GroupFacts,
  date: string,
  day: DaySoFar,
  journey: ClosedJourney,
  terms: JourneyTerms | undefined,
): JourneyLine | GroupExceptionReason {
  if (terms === undefined) return 'TERMS_UNKNOWN';
  const { entry, head } = terms;
  const fullFen = fullFare(entry.tariff, journey);
  const [first] = journey.taps;
  const treatment = entitle({
    entry,
    head,
    rider: { residence: facts.home, class: journey.class },
    date,
    fullFen: fullFen ?? 0,
    usesToday: (ruleId) => day.usesOf(first.service, ruleId),
  });
  if (!treatment.admitted) return 'NO_PRICE';
  if (fullFen === undefined) return 'STOP_UNKNOWN';
  const { riderFen, shownFen, parts } = takeOff({
    ...{ facts, day, journey, terms },
    ...{ fullFen, treatment },
  });
  // In the order of their names, so that they are spelled without sorting.
  const line: JourneyLine = {
    class: journey.class,
    day: facts.day,
    edition: first.edition,
    fareGroup: facts.fareGroup,
    from: journey.from,
    fullFen,
    head: first.head,
    home: facts.home,
    host: facts.host,
    journey: first.id,
    key: facts.key,
    operator: first.operator,
    parts,
    riderFen,
    service: first.service,
    shownFen,
    state: journey.state,
    taps: journey.taps.map(({ id }) => id),
    to: journey.to,
    type: 'tongyu.line',
  };
  day.add(line, treatment.rule);
  return line;
}
