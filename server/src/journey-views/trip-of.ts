import { entitle, type ClassFact } from '@tongyu/domain';
import {
  serviceDayDate,
  type Entry,
  type JourneyLine,
  type LineFunder,
  type LocalText,
  type PartyId,
  type Repair,
  type TapId,
} from '@tongyu/protocol';
import type { ResidentGroup } from '../journeys/types.ts';
import type { TripRow } from '../store/city-tables.ts';
import { journeysOf, tripTapId, type GroupJourney } from './group-journeys.ts';
import type { HeldLists } from './held-lists.ts';
import { partyName } from './party-names.ts';
import { objectionOf, repairOf } from './stored-texts.ts';
import { repairOffer, type RepairFacts } from './trip-repair.ts';
import type { Named, Trip, TripFunder, TripObjection, TripTap, TripWhy } from './types.ts';

/** What a group's receipts stand on besides the group itself. */
export type TripFacts = {
  readonly home: PartyId;
  readonly lists: HeldLists;
  readonly classFacts: readonly ClassFact[];
  /** Repaired ends that the rider may still make this month. */
  readonly endsLeft: number;
  readonly now: number;
};

/** A trip, and what a repair of it is measured by. */
export type ToldJourney = { readonly trip: Trip; readonly repair: RepairFacts };

/** All journeys of a group as their rider is told of them, in rising order of their first taps. */
export function tripsOfGroup(group: ResidentGroup, facts: TripFacts): readonly ToldJourney[] {
  const rows = new Map(group.trips.map((row) => [tripTapId(row), row]));
  const startOf = ({ taps: [first] }: GroupJourney): number =>
    (first === undefined ? undefined : rows.get(first))?.time ?? 0;
  const uses = new Map<string, number>();
  return [...journeysOf(group)]
    .sort((a, b) => startOf(a) - startOf(b) || (a.journey < b.journey ? -1 : 1))
    .map((journey) => {
      const told = tripOf(group, facts, { journey, rows, start: startOf(journey), uses });
      const rule = appliedRule(journey.line);
      if (journey.line !== null && rule !== null) {
        const name = `${journey.line.service} ${rule}`;
        uses.set(name, (uses.get(name) ?? 0) + 1);
      }
      return told;
    });
}

type OneOfGroup = {
  readonly journey: GroupJourney;
  readonly rows: ReadonlyMap<TapId, TripRow>;
  readonly start: number;
  /** How often earlier journeys of the group used each rule, by service and rule. */
  readonly uses: ReadonlyMap<string, number>;
};

function tripOf(group: ResidentGroup, facts: TripFacts, one: OneOfGroup): ToldJourney {
  const { journey, rows, start } = one;
  const { line } = journey;
  const { host, day } = group;
  const own = journey.taps.flatMap((id) => rows.get(id) ?? []);
  const [first] = own;
  const service = line?.service ?? first?.service ?? '';
  const edition = line?.edition ?? first?.edition ?? 0;
  const entry = facts.lists.entry({ host, edition }, service);
  const isOwn = ({ journey: of }: { readonly journey: TapId }): boolean =>
    of === journey.journey || journey.taps.includes(of);
  const repaired = group.repairs.filter(isOwn).filter(({ outcome }) => outcome !== 'refused');
  const repair: RepairFacts = {
    ...{ journey, start, entry, endsLeft: facts.endsLeft, now: facts.now },
    shownClass: first?.class ?? 0,
    residence: facts.home,
    classFacts: facts.classFacts,
    hasClassRepair: repaired.some(({ kind }) => kind === 'class'),
  };
  const repairs = repaired.map(({ text }): Repair => repairOf(text));
  const rule = entry?.rules.find(({ id }) => id === appliedRule(line));
  const trip: Trip = {
    ...{ journey: journey.journey, host, day, state: journey.state, line },
    service: { id: service, name: entry?.name ?? null },
    operator: {
      id: line?.operator ?? entry?.operator.id ?? '',
      name: entry?.operator.name ?? null,
    },
    taps: own.map((row) => tapOf(row, facts.lists.entry(row, row.service))),
    rule: rule === undefined ? null : named(rule),
    funders: line === null ? [] : fundersOf(line, entry),
    why: line === null ? [] : whyNot(group, facts, one, line),
    exception: journey.exception,
    repair: repairOffer(repair),
    repaired: repairs,
    repairedStops: repairs.flatMap(({ stop }) => (stop === null ? [] : [stopOf(stop, entry)])),
    objection: newestObjection(group, isOwn),
    edition: { number: edition, id: facts.lists.part({ host, edition })?.edition ?? null },
  };
  return { trip, repair };
}

function named({ id, name, agreement, reciprocity }: Entry['rules'][number]): Trip['rule'] {
  return { id, name, agreement, reciprocity };
}

function appliedRule(line: JourneyLine | null): string | null {
  return line?.parts.find(({ rule }) => rule !== null)?.rule ?? null;
}

function tapOf(row: TripRow, entry: Entry | undefined): TripTap {
  const { time, direction, stop, shownPriceFen } = row;
  return {
    ...{ id: tripTapId(row), time, direction, shownFen: shownPriceFen ?? 0 },
    stop: stop === null ? null : stopOf(stop, entry),
  };
}

function stopOf(id: string, entry: Entry | undefined): Named {
  const stops = entry?.tariff.kind === 'zones' ? entry.tariff.stops : [];
  return { id, name: stops.find((stop) => stop.id === id)?.name ?? null };
}

function fundersOf(line: JourneyLine, entry: Entry | undefined): readonly TripFunder[] {
  return line.parts.map(({ kind: part, funder, fen }) => ({
    ...{ kind: funder.kind, name: nameOf(funder, line, entry), fen, part },
  }));
}

function nameOf(funder: LineFunder, line: JourneyLine, entry: Entry | undefined): LocalText {
  if (funder.kind === 'host') return partyName(line.host);
  if (funder.kind === 'party') return partyName(funder.party);
  const { operator } = line;
  return entry?.operator.name ?? { zhCN: operator, zhTW: operator, en: operator };
}

/** The same look at every rule as the line's price stands on (JRN-3.4): all but the one applied. */
function whyNot(
  group: ResidentGroup,
  { home }: TripFacts,
  { uses }: OneOfGroup,
  line: JourneyLine,
): readonly TripWhy[] {
  const terms = group.terms(line.journey);
  if (terms === undefined) return [];
  const { findings } = entitle({
    entry: terms.entry,
    head: terms.head,
    rider: { residence: home, class: line.class },
    date: serviceDayDate(group.day),
    fullFen: line.fullFen,
    usesToday: (rule) => uses.get(`${line.service} ${rule}`) ?? 0,
  });
  return findings
    .filter(({ standing }) => standing !== 'applied')
    .map(({ rule: { id, name }, reasons }) => ({ rule: { id, name }, reasons }));
}

/** The newest one. */
function newestObjection(
  { objections }: ResidentGroup,
  isOwn: (row: { readonly journey: TapId }) => boolean,
): TripObjection | null {
  const last = objections
    .filter(isOwn)
    .sort((a, b) => a.at - b.at)
    .at(-1);
  if (last === undefined) return null;
  const { id, at, decision, decidedAt } = last;
  const answer = decision === null ? null : { decision, at: decidedAt ?? at };
  return { id, reason: objectionOf(last.text).reason, at, answer };
}
