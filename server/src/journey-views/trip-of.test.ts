import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Repair, TapId } from '@tongyu/protocol';
import type { ResidentGroup } from '../journeys/types.ts';
import {
  HOME,
  HOST,
  KEY,
  METRO,
  MORNING,
  residentGroup,
  tripFacts,
  tripRow,
  type GroupGiven,
} from './group-fixture.ts';
import { tripsOfGroup } from './trip-of.ts';
import type { Trip } from './types.ts';

const GATE = `${HOST}-gate`;
const id = (number: number): TapId => `${GATE}/${number}`;
const entry = tripRow({ number: 1, time: MORNING });
const exit = tripRow({ number: 2, time: MORNING + 1500, direction: 'exit', stop: 'demo-4' });
const both = [entry, exit];
const later = MORNING + 3600;

function tell(given: GroupGiven, more?: Parameters<typeof tripFacts>[1]): readonly Trip[] {
  const facts = tripFacts(given.now, more, given.isForgotten);
  return tripsOfGroup(residentGroup(given), facts).map(({ trip }) => trip);
}

function only(trips: readonly Trip[]): Trip {
  const [trip, ...none] = trips;
  assert(trip !== undefined && none.length === 0);
  return trip;
}

test('a journey is told with names, prices and taps before the host claims it', () => {
  const trip = only(tell({ taps: both, now: later }));
  assert.equal(trip.state, 'provisional');
  assert.equal(trip.journey, id(1));
  assert.equal(trip.service.name?.zhCN, '南昌地铁');
  assert.equal(trip.operator.id, METRO);
  assert.deepEqual([trip.line?.fullFen, trip.line?.riderFen], [500, 500]);
  assert.deepEqual(
    trip.taps.map(({ direction, stop }) => `${direction} ${String(stop?.name?.en)}`),
    ['entry Demo stop 1', 'exit Demo stop 4'],
  );
  assert.deepEqual(trip.edition, { number: 1, id: '2026-H2' });
  assert.deepEqual([trip.rule, trip.funders, trip.repaired, trip.objection], [null, [], [], null]);
});

test('who pays what is said by name, and of every other rule why it did not apply', () => {
  const taps = both.map((row) => ({ ...row, class: 2, shownPriceFen: 0 }));
  const trip = only(tell({ taps, now: later }));
  assert.equal(trip.line?.riderFen, 0);
  assert.equal(trip.rule?.id, 'senior-free-guest');
  assert.equal(trip.rule.reciprocity, 'mutual');
  assert.deepEqual(
    trip.funders.map(({ kind, name, fen, part }) => [kind, name.zhCN, fen, part]),
    [['host', '南昌', 500, 'concession']],
  );
  const why = new Map(trip.why.map(({ rule, reasons }) => [rule.id, reasons]));
  assert(!why.has('senior-free-guest'), 'the rule that made the price is not among them');
  assert.deepEqual(why.get('senior-free'), ['RESIDENCE_NOT_NAMED']);
  assert.deepEqual(why.get('student'), ['CLASS_NOT_SHOWN']);
});

test('a rule that the terminal knew to be suspended is named with that reason', () => {
  const taps = both.map((row) => ({ ...row, class: 2 }));
  const reason = { zhCN: '停', zhTW: null, en: null };
  const suspension = { entry: METRO, rule: 'senior-free-guest', since: MORNING - 7200, reason };
  const forAll = tell({ taps, now: later, suspended: [{ ...suspension, residence: null }] });
  const whyAll = only(forAll).why.find(({ rule }) => rule.id === 'senior-free-guest');
  assert.deepEqual(whyAll?.reasons, ['SUSPENDED']);
  const forUs = tell({ taps, now: later, suspended: [{ ...suspension, residence: HOME }] });
  const whyUs = only(forUs).why.find(({ rule }) => rule.id === 'senior-free-guest');
  assert.deepEqual(whyUs?.reasons, ['SUSPENDED_FOR_RESIDENCE']);
  assert.equal(only(forUs).line?.riderFen, 500);
});

test('a rule for one journey a day is named as used up on the second', () => {
  const again = both.map((row) => ({
    ...{ ...row, number: row.number + 2, time: row.time + 7200 },
  }));
  const taps = [...both, ...again].map((row) => ({ ...row, class: 2 }));
  const [first, second] = tell({ taps, now: MORNING + 4 * 3600, perDay: 1 });
  const reasonsIn = (trip: Trip | undefined) =>
    trip?.why.find(({ rule }) => rule.id === 'senior-free-guest')?.reasons;
  assert.deepEqual([first?.rule?.id, reasonsIn(first)], ['senior-free-guest', undefined]);
  assert.deepEqual([second?.rule, reasonsIn(second)], [null, ['DAILY_NUMBER_USED']]);
});

test('a line that both cities agree on is accepted; a later tap makes it provisional', () => {
  const accepted = only(tell({ taps: both, now: later, answered: (line) => ({ line }) }));
  assert.equal(accepted.state, 'accepted');
  const before = residentGroup({ taps: both, now: later, answered: (line) => ({ line }) });
  const repaired = residentGroup({ taps: [entry], now: MORNING + 8 * 3600 });
  const changed = { ...repaired, lines: before.lines };
  const [told] = tripsOfGroup(changed, tripFacts(MORNING + 8 * 3600));
  assert.equal(told?.trip.state, 'provisional');
  assert.equal(told.trip.line?.state, 'missing-exit');
});

test('a concession that the host divides at a ceiling is still the same line', () => {
  const taps = both.map((row) => ({ ...row, class: 2, shownPriceFen: 0 }));
  const trip = only(
    tell({
      ...{ taps, now: later },
      answered: (line) => {
        const [part] = line.parts;
        assert(part !== undefined);
        const over = { ...part, kind: 'over-ceiling', fen: 200 } as const;
        return { line: { ...line, parts: [{ ...part, fen: 300 }, over] } };
      },
    }),
  );
  assert.equal(trip.state, 'accepted');
  assert.deepEqual(
    trip.funders.map(({ part, fen }) => `${part} ${String(fen)}`),
    ['concession 300', 'over-ceiling 200'],
  );
});

test('a disputed line is told as this city computes it', () => {
  const trip = only(
    tell({
      ...{ taps: both, now: later },
      answered: (line) => ({
        line: { ...line, riderFen: 499 },
        ...{ outcome: 'disputed', reason: 'LINE_DIFFERS', field: 'riderFen' },
      }),
    }),
  );
  assert.deepEqual([trip.state, trip.line?.riderFen], ['disputed', 500]);
});

test('what cannot be computed any more stays as it was answered, without names', () => {
  const answered = residentGroup({ taps: both, now: later, answered: (line) => ({ line }) });
  const forgotten = residentGroup({ taps: both, now: later, isForgotten: true });
  const [told, ...none] = tripsOfGroup(
    { ...forgotten, lines: answered.lines },
    tripFacts(later, {}, true),
  );
  assert.equal(none.length, 0);
  assert.deepEqual([told?.trip.state, told?.trip.line?.riderFen], ['accepted', 500]);
  assert.deepEqual(told?.trip.service, { id: METRO, name: null });
  assert.deepEqual([told.trip.why, told.trip.repair], [[], null]);
  const early = tripsOfGroup(forgotten, tripFacts(later, {}, true));
  assert.deepEqual(
    early.map(({ trip }) => [trip.journey, trip.state, trip.exception]),
    [
      [id(1), 'provisional', null],
      [id(2), 'provisional', null],
    ],
  );
  const exceptions = [{ tap: id(1), reason: 'TERMS_UNKNOWN' }] as const;
  const claim = { exceptions } as unknown as ResidentGroup['claim'];
  const [final] = tripsOfGroup({ ...forgotten, claim }, tripFacts(later, {}, true));
  assert.deepEqual([final?.trip.state, final?.trip.exception], ['exception', 'TERMS_UNKNOWN']);
});

test('an entry without its exit is open, named by its first tap, and its exit can be told', () => {
  const again = tripRow({ number: 3, time: MORNING + 60 });
  const first = tripRow({ number: 20, time: MORNING - 30 });
  const trip = only(tell({ taps: [first, again], now: MORNING + 1000 }));
  assert.deepEqual([trip.state, trip.journey, trip.line], ['open', id(20), null]);
  assert.deepEqual(trip.repair, {
    until: MORNING - 30 + 7 * 86_400,
    ...{ exit: true, entry: false },
    stops: trip.repair?.stops,
    ...{ earliest: MORNING - 29, latest: MORNING + 1000, classes: [], endsLeft: 3 },
  });
  assert.equal(trip.repair.stops.length, 6);
});

test('bounds of a repair are those of the journey: six hours from the end that is there', () => {
  const day = MORNING + 86_400;
  const noExit = only(tell({ taps: [entry], now: day }));
  assert.equal(noExit.line?.state, 'missing-exit');
  assert.deepEqual(
    [noExit.repair?.earliest, noExit.repair?.latest],
    [MORNING + 1, MORNING + 6 * 3600],
  );
  const noEntry = only(tell({ taps: [exit], now: day }));
  assert.deepEqual([noEntry.repair?.exit, noEntry.repair?.entry], [false, true]);
  assert.deepEqual(
    [noEntry.repair?.earliest, noEntry.repair?.latest],
    [exit.time - 6 * 3600, exit.time - 1],
  );
  const week = MORNING + 7 * 86_400;
  assert.notEqual(only(tell({ taps: [entry], now: week })).repair, null);
  assert.equal(only(tell({ taps: [entry], now: week + 1 })).repair, null);
});

test('a class is offered when it was proved then, was not shown, and a rule is for it', () => {
  const now = later;
  const offered = only(tell({ taps: both, now }, { classes: [1, 2, 3, 4] }));
  assert.deepEqual(offered.repair?.classes, [2, 4], 'no rule is for 1 or 3');
  const shown = both.map((row) => ({ ...row, class: 2, shownPriceFen: 0 }));
  assert.deepEqual(only(tell({ taps: shown, now }, { classes: [2] })).repair, null);
  const repair: Repair = {
    ...{ id: `${HOME}-r-1`, journey: id(1), kind: 'class', stop: null, time: null },
    ...{ class: 4, at: now - 60 },
  };
  const repaired = only(tell({ taps: both, now, repairs: [repair] }, { classes: [2, 4] }));
  assert.deepEqual([repaired.repair, repaired.line?.class], [null, 4]);
  assert.deepEqual(repaired.repaired, [repair]);
  const refused = only(tell({ taps: both, now, refused: [repair] }, { classes: [4] }));
  assert.deepEqual([refused.repair?.classes, refused.repaired], [[4], []]);
});

test('the newest objection is told, with its answer', () => {
  const objection = {
    ...{ host: HOST, key: KEY, residentRef: 'r', journey: id(1), decision: null, decidedAt: null },
    text: `{"at":5,"id":"4301-o-1","journey":"${id(1)}","key":"${KEY}","reason":"wrong-price"}`,
  } as const;
  const objections = [
    { ...objection, id: '4301-o-2', at: 9, decision: 'rejected', decidedAt: 12 } as const,
    { ...objection, id: '4301-o-1', at: 5 },
  ];
  const trip = only(tell({ taps: both, now: later, objections }));
  assert.deepEqual(trip.objection, {
    ...{ id: '4301-o-2', reason: 'wrong-price', at: 9 },
    answer: { decision: 'rejected', at: 12 },
  });
});
