import { priceGroup, type ClassFact, type GroupTap, type JourneyTerms } from '@tongyu/domain';
import {
  lineText,
  serviceDay,
  slotStart,
  type Head,
  type JourneyKey,
  type JourneyLine,
  type Part,
  type Repair,
  type TapId,
} from '@tongyu/protocol';
import { seedEntries } from '../city/list-seeds.ts';
import type { ResidentGroup } from '../journeys/types.ts';
import type { TripRow } from '../store/city-tables.ts';
import type { HomeLineRow, HomeObjectionRow, HomeRepairRow } from '../store/journey-tables.ts';
import type { HeldLists } from './held-lists.ts';
import type { TripFacts } from './trip-of.ts';

/** Nanchang's metro has zones: its stops are `demo-1` to `demo-6`. */
export const HOST = '3601';
export const HOME = '4301';
export const KEY: JourneyKey = '00112233445566778899aabbccddeeff';
export const METRO = `${HOST}-metro`;
const GATE = `${HOST}-gate`;
/** 08:00 of a service day in November 2026. */
export const MORNING = slotStart({ day: serviceDay(1_795_492_800), slot: 0 }) + 4 * 3600;

const part: Part = {
  type: 'tongyu.part',
  party: HOST,
  edition: '2026-H2',
  entries: seedEntries(HOST, '2026-11-01'),
  changes: [],
};

export type GivenTap = Partial<TripRow> & { readonly number: number; readonly time: number };

/** A rider's tap at a gate of Nanchang's metro. */
export function tripRow(given: GivenTap): TripRow {
  return {
    ...{ terminal: GATE, hash: 'h', residentRef: 'r', host: HOST, service: METRO },
    ...{ shownPriceFen: 500, charged: true, direction: 'entry', stop: 'demo-1', class: 0 },
    ...{ fareGroup: METRO, edition: 1, head: 1, day: serviceDay(given.time), key: KEY },
    ...{ previousKey: null, text: '{}' },
    ...given,
  };
}

export type GroupGiven = {
  readonly taps: readonly TripRow[];
  readonly now: number;
  readonly repairs?: readonly Repair[];
  readonly refused?: readonly Repair[];
  readonly objections?: readonly HomeObjectionRow[];
  /** What the host's claim was answered with, made of this city's own lines. */
  readonly answered?: (line: JourneyLine) => Partial<HomeLineRow> & { readonly line: JourneyLine };
  readonly suspended?: Head['suspended'];
  /** How often a day the metro's rules are for one rider; left out: always. */
  readonly perDay?: number;
  /** The node holds no list any more. */
  readonly isForgotten?: boolean;
};

/** A group as the journeys' room answers it, computed by the same functions. */
export function residentGroup(given: GroupGiven): ResidentGroup {
  const { taps, now, repairs = [], refused = [], isForgotten = false } = given;
  const day = taps[0]?.day ?? 0;
  const termsOf = (service: string): JourneyTerms | undefined => {
    const listed = part.entries.find(({ id }) => id === service);
    const rules = (listed?.rules ?? []).map((rule) => ({ ...rule, perDay: given.perDay ?? null }));
    const entry = listed === undefined ? undefined : { ...listed, rules };
    const head = headOf(given);
    return entry === undefined || isForgotten ? undefined : { entry, head, headThen: head };
  };
  const facts = { host: HOST, home: HOME, key: KEY, fareGroup: METRO, day, asOf: now };
  const priced = priceGroup({
    ...facts,
    taps: taps.map(groupTap),
    repairs,
    terms: ({ service }) => termsOf(service),
    ceilingLeft: () => Number.MAX_SAFE_INTEGER,
  });
  const { answered } = given;
  return {
    ...{ host: HOST, key: KEY, residentRef: 'r', fareGroup: METRO, day, trips: taps, priced },
    claim: null,
    lines: answered === undefined ? [] : priced.lines.map((line) => lineRow(answered(line), now)),
    repairs: [
      ...repairs.map((repair) => repairRow(repair, 'sent')),
      ...refused.map((repair) => repairRow(repair, 'refused')),
    ],
    objections: given.objections ?? [],
    terms: (tap) => termsOf(taps.find((row) => idOf(row) === tap)?.service ?? ''),
  };
}

function headOf({ suspended = [] }: GroupGiven): Head {
  return {
    ...{ type: 'tongyu.head', party: HOST, number: 1, time: MORNING - 3600, edition: null },
    ...{ verified: [], suspended },
  };
}

function idOf({ terminal, number }: TripRow): TapId {
  return `${terminal}/${number}`;
}

function groupTap(row: TripRow): GroupTap {
  const { time, service, direction, stop, class: shown, edition, head } = row;
  return {
    ...{ id: idOf(row), time, service, operator: service, direction, stop, class: shown },
    ...{ shownFen: row.shownPriceFen ?? 0, edition, head, carried: false },
  };
}

function lineRow(
  { line, ...row }: Partial<HomeLineRow> & { readonly line: JourneyLine },
  at: number,
): HomeLineRow {
  const { host, key, journey, day, service } = line;
  return {
    ...{ host, key, journey, residentRef: 'r', day, service, text: lineText(line), ours: null },
    ...{ outcome: 'accepted', reason: null, field: null, at },
    ...row,
  };
}

function repairRow(repair: Repair, outcome: HomeRepairRow['outcome']): HomeRepairRow {
  const { id, journey, kind, at } = repair;
  if (kind === 'waive') throw new Error('a home city waives nothing');
  return {
    ...{ id, host: HOST, key: KEY, residentRef: 'r', journey, kind, at, outcome },
    ...{ text: JSON.stringify(sorted(repair)), refusal: null },
  };
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const lists: HeldLists = {
  part: () => part,
  entry: (_of, service) => part.entries.find(({ id }) => id === service),
};
const noLists: HeldLists = { part: () => undefined, entry: () => undefined };

export function tripFacts(
  now: number,
  given: { readonly endsLeft?: number; readonly classes?: readonly number[] } = {},
  isForgotten = false,
): TripFacts {
  const classFacts = (given.classes ?? []).map((number): ClassFact => ({
    ...{ class: number, prover: 'test', assurance: 'high', since: MORNING - 86_400 },
    ...{ provedAt: MORNING - 3600, expiresAt: null, endedAt: null },
  }));
  const held = isForgotten ? noLists : lists;
  return { home: HOME, lists: held, classFacts, endsLeft: given.endsLeft ?? 3, now };
}
