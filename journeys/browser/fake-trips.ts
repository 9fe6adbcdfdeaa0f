// A resident's journeys as a home city tells them, for tests of the code page alone: what a test
// puts in is what the page gets, and what the page sends is kept.
import {
  dateAt,
  serviceDay,
  type JourneyLine,
  type LinePart,
  type LocalText,
  type ObjectionReason,
  type TapId,
} from '@tongyu/protocol';
import type { DemoLine } from '../../web/src/kit/api/demo.ts';
import type { RepairWish, SeenEntry, Trip, TripStop } from '../../web/src/kit/api/trips.ts';
import { problem, type Answer } from './fake-city.ts';

export type FakeTrips = {
  trips: Trip[];
  seen: SeenEntry[];
  /** Proved classes as the city answers them. */
  classes: object[];
  /** The next repair or objection is refused with it. */
  refusal: string | undefined;
  /** Trips in one answer. */
  pageSize: number;
  /** This city's lines as the host, by tap, for the try page. */
  readonly lines: Map<TapId, DemoLine>;
  readonly repairs: RepairWish[];
  readonly objections: { readonly journey: TapId; readonly reason: ObjectionReason }[];
};

export function noTrips(): FakeTrips {
  return {
    ...{ trips: [], seen: [], classes: [], refusal: undefined, pageSize: 20 },
    ...{ repairs: [], objections: [], lines: new Map() },
  };
}

type Body = Readonly<Record<string, unknown>>;
/** A route whose request a bound phone has signed. */
export type SignedRoute = (body: Body, query: URLSearchParams, now: number) => Answer;

export function tripRoutes(fake: FakeTrips): Readonly<Record<string, SignedRoute>> {
  const change = (journey: TapId, part: Partial<Trip>): void => {
    fake.trips = fake.trips.map((trip) => {
      return trip.journey === journey ? { ...trip, ...part } : trip;
    });
  };
  const refused = (): Answer | undefined => {
    const code = fake.refusal;
    fake.refusal = undefined;
    return code === undefined ? undefined : problem(422, code);
  };
  return {
    'GET /resident/trips': (_body, query, now) => {
      const after = query.get('after');
      const first = after === null ? 0 : fake.trips.findIndex((trip) => trip.journey === after) + 1;
      const trips = fake.trips.slice(first, first + fake.pageSize);
      const isMore = first + fake.pageSize < fake.trips.length;
      const next = isMore ? (trips.at(-1)?.journey ?? null) : null;
      return { status: 200, body: { trips, next, serverTime: now } };
    },
    'POST /resident/repairs': (body, _query, now) => {
      const wish = body as unknown as RepairWish;
      const refusal = refused();
      if (refusal !== undefined) return refusal;
      fake.repairs.push(wish);
      const repair = { ...wish, id: `4301-r-${String(fake.repairs.length)}`, at: now };
      const trip = fake.trips.find(({ journey }) => journey === wish.journey);
      change(wish.journey, {
        repair: null,
        repaired: [...(trip?.repaired ?? []), repair],
        repairedStops: stops.filter(({ id }) => id === wish.stop),
      });
      return { status: 200, body: { repair } };
    },
    'POST /resident/objections': (body, _query, now) => {
      const wish = body as { journey: TapId; reason: ObjectionReason };
      const refusal = refused();
      if (refusal !== undefined) return refusal;
      fake.objections.push(wish);
      const id = `4301-o-${String(fake.objections.length)}`;
      const objection = { id, reason: wish.reason, at: now, answer: null };
      change(wish.journey, { objection });
      return { status: 200, body: { objection } };
    },
    'GET /resident/seen': () => ({ status: 200, body: { entries: fake.seen } }),
    'GET /resident/classes': () => ({ status: 200, body: { classes: fake.classes } }),
  };
}

const text = (zhCN: string, zhTW: string, en: string): LocalText => ({ zhCN, zhTW, en });
const wuhanMetro = text('武汉地铁', '武漢捷運', 'Wuhan Metro');
const halfPrice = text('65 岁及以上半价', '65 歲以上半價', 'Half price from 65');

export const stops: readonly TripStop[] = [
  { id: 'jianghan', name: text('江汉路', '江漢路', 'Jianghan Road') },
  { id: 'guanggu', name: text('光谷广场', '光谷廣場', 'Guanggu Square') },
  { id: 'airport', name: text('天河机场', '天河機場', 'Tianhe Airport') },
];

/** A senior of Changsha on Wuhan's metro at half price, the rest borne by Wuhan. */
export function seniorTrip(number: number, time: number, part: Partial<Trip> = {}): Trip {
  const journey: TapId = `4201-metro-1/${number}`;
  const line = lineOf(journey, time, {
    ...{ class: 2, fullFen: 400, riderFen: 200 },
    parts: [{ kind: 'concession', rule: 'senior', funder: { kind: 'host' }, fen: 200 }],
    from: { time, stop: 'jianghan' },
    to: { time: time + 1500, stop: 'guanggu' },
  });
  const end = (direction: 'entry' | 'exit', at: number, index: number) => ({
    ...{ id: `${journey.slice(0, -1)}${index}` as TapId, time: at, direction },
    ...{ stop: stops[index] ?? null, shownFen: 200 },
  });
  return {
    ...{ journey, host: '4201', day: serviceDay(time), state: 'accepted', line },
    service: { id: '4201-metro', name: wuhanMetro },
    operator: {
      id: '4201-metro-co',
      name: text('武汉地铁集团', '武漢捷運集團', 'Wuhan Metro Group'),
    },
    taps: [end('entry', time, 0), end('exit', time + 1500, 1)],
    rule: {
      ...{ id: 'senior', name: halfPrice, reciprocity: 'mutual' },
      agreement: text('四市同城待遇备忘录', '四市同城待遇備忘錄', 'Memorandum of the four cities'),
    },
    funders: [
      {
        kind: 'host',
        name: text('武汉市', '武漢市', 'City of Wuhan'),
        fen: 200,
        part: 'concession',
      },
    ],
    why: [
      {
        rule: { id: 'student', name: text('学生七折', '學生七折', 'Students at 70 %') },
        reasons: ['CLASS_NOT_SHOWN'],
      },
      {
        rule: {
          id: 'member',
          name: text('成员城市居民价', '成員城市居民價', 'Residents of member cities'),
        },
        reasons: ['SUSPENDED_FOR_RESIDENCE', 'ENDED'],
      },
    ],
    ...{ exception: null, repair: null, repaired: [], repairedStops: [], objection: null },
    edition: { number: 3, id: dateAt(time).slice(5, 7) < '07' ? '2026-H1' : '2026-H2' },
    ...part,
  };
}

/** The same without an exit: the highest fare, which the rider may put right. */
export function lostExit(number: number, time: number, now: number): Trip {
  const trip = seniorTrip(number, time);
  const line = lineOf(trip.journey, time, {
    ...{ state: 'missing-exit', fullFen: 900, riderFen: 900, from: { time, stop: 'jianghan' } },
  });
  return {
    ...trip,
    ...{ line, rule: null, funders: [], taps: trip.taps.slice(0, 1) },
    repair: {
      ...{ until: now + 6 * 86_400, exit: true, entry: false, stops, classes: [2], endsLeft: 3 },
      ...{ earliest: time + 1, latest: Math.min(now, time + 6 * 3600) },
    },
  };
}

export function lineOf(
  journey: TapId,
  time: number,
  part: Partial<JourneyLine> & { readonly parts?: readonly LinePart[] },
): JourneyLine {
  return {
    ...{ type: 'tongyu.line', host: '4201', home: '4301', journey, key: '0'.repeat(32) },
    ...{ fareGroup: '4201-metro', day: serviceDay(time), service: '4201-metro' },
    ...{ operator: '4201-metro-co', state: 'complete', taps: [journey], from: null, to: null },
    ...{ edition: 3, head: 12, class: 0, fullFen: 0, riderFen: 0, shownFen: 900, parts: [] },
    ...part,
  };
}
