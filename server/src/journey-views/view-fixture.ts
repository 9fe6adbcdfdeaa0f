import type { Objection, Part, Repair } from '@tongyu/protocol';
import { seedEntries } from '../city/list-seeds.ts';
import type { JourneysFace, ObjectionAsked, ResidentGroup } from '../journeys/types.ts';
import { memoryCityTables } from '../store/city-memory.ts';
import { memoryJourneyViews } from '../store/journey-view-memory.ts';
import { createMemoryStore } from '../store/node-store.ts';
import { HOME } from './group-fixture.ts';
import { createJourneyViews, type JourneyViews } from './journey-views.ts';
import type { ViewRoom, ViewTables } from './types.ts';

/** The faces over groups that a test gives, instead of the journeys' room that computes them. */
export type TestViews = {
  now: number;
  readonly views: JourneyViews;
  readonly room: ViewRoom;
  /** By resident. */
  readonly groups: Map<string, readonly ResidentGroup[]>;
  readonly repairs: Repair[];
  readonly objections: Objection[];
  /** From which days on groups were asked for. */
  readonly asked: number[];
  kicks: number;
};

export function testViews(now: number): TestViews {
  const store = createMemoryStore<ViewTables>((undo) => {
    const tables = memoryCityTables(undo);
    return { ...tables, ...memoryJourneyViews(tables) };
  });
  const partOf = (party: string): Part => ({
    ...{ type: 'tongyu.part', party, edition: '2026-H2', changes: [] },
    entries: seedEntries(party, '2026-11-01'),
  });
  const room: ViewRoom = {
    party: HOME,
    clock: { now: () => test.now },
    store,
    journeys: fakeJourneys(() => test),
    part: (_tx, party) => Promise.resolve(partOf(party)),
    partInForce: () => Promise.resolve(partOf(HOME)),
    refreshClasses: () => Promise.resolve(),
  };
  const test: TestViews = {
    ...{ now, room, views: createJourneyViews(room), groups: new Map(), kicks: 0 },
    ...{ repairs: [], objections: [], asked: [] },
  };
  return test;
}

function fakeJourneys(test: () => TestViews): JourneysFace<ViewTables> {
  const none = (): never => {
    throw new Error('not asked for in this test');
  };
  return {
    kick: () => {
      test().kicks += 1;
    },
    residentGroups(residentRef, fromDay) {
      test().asked.push(fromDay);
      const groups = test().groups.get(residentRef) ?? [];
      return Promise.resolve(groups.filter(({ day }) => day >= fromDay));
    },
    groupOfJourney(_tx, residentRef, journey) {
      const groups = test().groups.get(residentRef) ?? [];
      return Promise.resolve(groups.find(({ priced }) => priced.taps.includes(journey)));
    },
    async addRepair(tx, asked) {
      const { host, key, residentRef, ...rest } = asked;
      const number = test().repairs.length + 1;
      const repair = { ...rest, id: `${HOME}-r-${String(number)}`, at: test().now };
      test().repairs.push(repair);
      const { id, journey, kind, at } = repair;
      await tx.home.saveHomeRepair({
        ...{ id, host, key, residentRef, journey, kind, at, outcome: 'sent', refusal: null },
        text: '{}',
      });
      return repair;
    },
    addObjection(_tx, { journey, key, reason }: ObjectionAsked) {
      const id = `${HOME}-o-${String(test().objections.length + 1)}`;
      const objection = { id, journey, key, reason, at: test().now };
      test().objections.push(objection);
      return Promise.resolve(objection);
    },
    answerObjection: none,
    objections: none,
    countTaps: none,
  };
}
