import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceDay, type TapId } from '@tongyu/protocol';
import type { ResidentGroup } from '../journeys/types.ts';
import type { HomeObjectionRow } from '../store/journey-tables.ts';
import { HOME, HOST, KEY, MORNING, residentGroup, tripRow } from './group-fixture.ts';
import type { RepairWish } from './repairs.ts';
import { testViews, type TestViews } from './view-fixture.ts';

const DAY = 86_400;
const id = (number: number): TapId => `${HOST}-gate/${String(number)}` as TapId;

/** One journey by itself on a day, `back` days ago. */
function single(number: number, back: number, now: number, seconds = 0): ResidentGroup {
  const time = MORNING - back * DAY + seconds;
  const row = tripRow({ number, time, direction: 'single', stop: null, service: `${HOST}-bus` });
  return residentGroup({ taps: [row], now });
}

async function at(now: number, groups: readonly ResidentGroup[]): Promise<TestViews> {
  const test = testViews(now);
  test.groups.set('r', groups);
  await test.room.store.transaction((tx) => tx.city.addTrips(groups.flatMap(({ trips }) => trips)));
  return test;
}

const wish = (more: Partial<RepairWish>): RepairWish => ({
  ...{ journey: id(1), kind: 'exit', stop: 'demo-3', time: MORNING + 900, class: null },
  ...more,
});

/** An entry without an exit, the day before. */
function missingExit(now: number, more: Partial<Parameters<typeof residentGroup>[0]> = {}) {
  return residentGroup({ taps: [tripRow({ number: 1, time: MORNING })], now, ...more });
}

async function codeOf(asked: ReturnType<TestViews['views']['repair']>): Promise<string> {
  const result = await asked;
  return result.ok ? 'done' : result.refusal.code;
}

test('all journeys are found page by page, each once, newest first, and it ends', async () => {
  const now = MORNING + 3600;
  const backs = Array.from({ length: 91 }, (_, back) => back);
  const here = await at(
    now,
    backs.map((back) => single(back + 1, back, now)),
  );
  const seen: TapId[] = [];
  let after: number | undefined;
  for (let page = 0; page < 9; page++) {
    const { trips, next, serverTime } = await here.views.trips('r', after);
    assert.equal(serverTime, now);
    assert(trips.length <= 30);
    seen.push(...trips.map(({ journey }) => journey));
    if (next === null) break;
    after = Number(next);
  }
  assert.deepEqual(
    seen,
    backs.map((back) => id(back + 1)),
  );
});

test('journeys that begin in the same second are not cut apart by a page', async () => {
  const now = MORNING + 3600;
  const groups = Array.from({ length: 40 }, (_, i) => single(i + 1, 0, now, i < 29 ? i : 29));
  const { views } = await at(now, groups);
  const first = await views.trips('r', undefined);
  const rest = await views.trips('r', Number(first.next));
  const found = [...first.trips, ...rest.trips].map(({ journey }) => journey);
  assert.equal(new Set(found).size, 40);
  assert.equal(found.length, 40);
});

test('a page computes the days that it shows, however much there was before', async () => {
  const now = MORNING + 3600;
  const busy = Array.from({ length: 100 }, (_, i) => single(i + 1, 0, now, i));
  const here = await at(now, [...busy, single(200, 3, now), single(201, 70, now)]);
  const first = await here.views.trips('r', undefined);
  const quiet = await at(now, [single(1, 70, now)]);
  assert.equal((await quiet.views.trips('r', undefined)).trips.length, 1);
  const back = ({ asked }: TestViews) => asked.map((day) => serviceDay(now) - day);
  assert.deepEqual([back(here), back(quiet)], [[1], [71]]);
  assert.notEqual(first.next, null);
  const none = testViews(now);
  assert.deepEqual(await none.views.trips('r', undefined), {
    ...{ trips: [], next: null, serverTime: now },
  });
  assert.deepEqual(none.asked, []);
});

test('taps that make no journey do not end the list', async () => {
  const now = MORNING + 3600;
  const { views, room } = await at(now, [single(500, 40, now)]);
  const uncharged = Array.from({ length: 90 }, (_, i) =>
    tripRow({ number: i + 1, time: MORNING - i, charged: false }),
  );
  await room.store.transaction((tx) => tx.city.addTrips(uncharged));
  const first = await views.trips('r', undefined);
  assert.deepEqual(first.trips, []);
  const second = await views.trips('r', Number(first.next));
  assert.deepEqual(
    second.trips.map(({ journey }) => journey),
    [id(500)],
  );
  assert.equal(second.next, null);
});

test('strange cursors answer pages, not errors', async () => {
  const now = MORNING + 3600;
  const { views } = await at(now, [single(1, 0, now)]);
  for (const after of [0, 1, 999_999_999_999]) {
    const page = await views.trips('r', after);
    assert.equal(page.next, null);
    assert.equal(page.trips.length, after > now ? 1 : 0);
  }
  assert.deepEqual((await views.trips('nobody', undefined)).trips, []);
});

test('a repair within its bounds is kept and sent; asked again it is the same one', async () => {
  const now = MORNING + DAY;
  const here = await at(now, [missingExit(now)]);
  const first = await here.views.repair('r', wish({}));
  assert(first.ok);
  assert.deepEqual([here.repairs.length, here.kicks], [1, 1]);
  here.groups.set('r', [missingExit(now, { repairs: here.repairs })]);
  assert.deepEqual(await here.views.repair('r', wish({})), first);
  assert.equal(here.repairs.length, 1);
  const other = wish({ stop: 'demo-4' });
  assert.equal(await codeOf(here.views.repair('r', other)), 'REPAIR_NOT_NEEDED');
});

test('a repair out of bounds, too late or of nothing missing is refused', async () => {
  const now = MORNING + DAY;
  const here = await at(now, [missingExit(now)]);
  const cases: readonly (readonly [Partial<RepairWish>, string])[] = [
    [{ journey: id(7) }, 'TRIP_UNKNOWN'],
    [{ time: MORNING }, 'REPAIR_OUT_OF_BOUNDS'],
    [{ time: MORNING + 6 * 3600 + 1 }, 'REPAIR_OUT_OF_BOUNDS'],
    [{ time: null }, 'REPAIR_OUT_OF_BOUNDS'],
    [{ stop: 'demo-7' }, 'REPAIR_OUT_OF_BOUNDS'],
    [{ stop: null }, 'REPAIR_OUT_OF_BOUNDS'],
    [{ class: 2 }, 'REPAIR_OUT_OF_BOUNDS'],
    [{ kind: 'entry' }, 'REPAIR_NOT_NEEDED'],
    [{ kind: 'class', stop: null, time: null, class: 2 }, 'CLASS_NOT_PROVED'],
    [{ kind: 'class', stop: null, time: null, class: null }, 'REPAIR_OUT_OF_BOUNDS'],
    [{ kind: 'class', stop: null, time: MORNING, class: 2 }, 'REPAIR_OUT_OF_BOUNDS'],
  ];
  for (const [more, code] of cases) {
    assert.equal(await codeOf(here.views.repair('r', wish(more))), code, JSON.stringify(more));
  }
  here.now = MORNING + 7 * DAY + 1;
  here.groups.set('r', [missingExit(here.now)]);
  assert.equal(await codeOf(here.views.repair('r', wish({}))), 'REPAIR_TOO_LATE');
  assert.deepEqual([here.repairs.length, here.kicks], [0, 0]);
});

test('another resident’s journey can be neither repaired nor told from none', async () => {
  const now = MORNING + DAY;
  const here = await at(now, [missingExit(now)]);
  assert.equal(await codeOf(here.views.repair('s', wish({}))), 'TRIP_UNKNOWN');
  const reason = 'wrong-price';
  const objected = await here.views.object('s', { journey: id(1), reason });
  assert(!objected.ok);
  assert.equal(objected.refusal.code, 'TRIP_UNKNOWN');
  assert.deepEqual((await here.views.trips('s', undefined)).trips, []);
  assert.deepEqual([here.repairs, here.objections], [[], []]);
});

test('a proved class is repaired once; one that is counted already is not needed', async () => {
  const now = MORNING + DAY;
  const here = await at(now, [missingExit(now)]);
  const fact = {
    ...({ class: 2, prover: 'test', assurance: 'high', since: MORNING - DAY } as const),
    ...{ provedAt: MORNING, expiresAt: null, endedAt: null, residentRef: 'r' },
  };
  await here.room.store.transaction((tx) => tx.city.replaceClassFacts('r', 'test', [fact]));
  const ask = (number: number) =>
    codeOf(here.views.repair('r', wish({ kind: 'class', stop: null, time: null, class: number })));
  assert.equal(await ask(3), 'CLASS_NOT_PROVED');
  assert.equal(await ask(2), 'done');
  const shown = tripRow({ number: 1, time: MORNING, class: 2 });
  here.groups.set('r', [residentGroup({ taps: [shown], now })]);
  assert.equal(await ask(2), 'REPAIR_NOT_NEEDED');
});

test('three ends a month may be put right; what the host refused does not count', async () => {
  const now = MORNING + DAY;
  const here = await at(now, [missingExit(now)]);
  const earlier = async (number: number, outcome: 'accepted' | 'refused', kind = 'exit') => {
    await here.room.store.transaction((tx) =>
      tx.home.saveHomeRepair({
        ...{ id: `${HOME}-r-x${String(number)}`, host: HOST, key: KEY, residentRef: 'r' },
        ...{ journey: id(50 + number), kind: kind as 'exit', text: '{}', at: now - 29 * DAY },
        ...{ outcome, refusal: null },
      }),
    );
  };
  await earlier(1, 'accepted');
  await earlier(2, 'accepted', 'entry');
  await earlier(3, 'refused');
  await earlier(4, 'accepted', 'class');
  const [trip] = (await here.views.trips('r', undefined)).trips;
  assert.equal(trip?.repair?.endsLeft, 1);
  await earlier(5, 'accepted');
  assert.equal(await codeOf(here.views.repair('r', wish({}))), 'REPAIRS_USED_UP');
  assert.equal(await codeOf(here.views.repair('r', wish({ time: 1 }))), 'REPAIR_OUT_OF_BOUNDS');
  here.now = now + DAY + 1;
  here.groups.set('r', [missingExit(here.now)]);
  assert.equal(await codeOf(here.views.repair('r', wish({}))), 'done', 'a month later');
});

test('one objection at a time, three in all, and none before anything is asked for', async () => {
  const now = MORNING + DAY;
  const reason = 'wrong-price';
  const objection = (number: number, decision: 'rejected' | null): HomeObjectionRow => ({
    ...{ id: `${HOME}-o-${String(number)}`, host: HOST, key: KEY, residentRef: 'r' },
    ...{ journey: id(1), at: now - number, decision, decidedAt: decision && now },
    text: `{"at":5,"id":"4301-o-1","journey":"${id(1)}","key":"${KEY}","reason":"other"}`,
  });
  const ask = async (objections: readonly HomeObjectionRow[]): Promise<string> => {
    const here = await at(now, [missingExit(now, { objections })]);
    const result = await here.views.object('r', { journey: id(1), reason });
    assert.equal(here.objections.length, result.ok ? 1 : 0);
    return result.ok ? result.value.objection.reason : result.refusal.code;
  };
  const rejected = [1, 2, 3].map((number) => objection(number, 'rejected'));
  assert.equal(await ask([]), reason);
  assert.equal(await ask([objection(1, null)]), 'OBJECTION_OPEN');
  assert.equal(await ask(rejected.slice(0, 2)), reason);
  assert.equal(await ask(rejected), 'OBJECTIONS_USED_UP');
  const open = await at(MORNING + 60, [missingExit(MORNING + 60)]);
  const early = await open.views.object('r', { journey: id(1), reason });
  assert(!early.ok);
  assert.equal(early.refusal.code, 'TRIP_UNKNOWN');
});

test('who was told what: operators at taps, hosts by claims, repairs and objections', async () => {
  const now = MORNING + DAY;
  const here = testViews(now);
  const { store } = here.room;
  await store.transaction(async (tx) => {
    await tx.city.lockResident('r', now);
    await tx.city.lockResident('s', now);
    await tx.city.addTrips([
      tripRow({ number: 1, time: MORNING, class: 2 }),
      tripRow({ number: 2, time: MORNING + 60, residentRef: 's' }),
      tripRow({ number: 3, time: MORNING - 200 * DAY }),
    ]);
    const row = { host: HOST, key: KEY, residentRef: 'r', journey: id(1) } as const;
    await tx.home.saveHomeRepair({
      ...{ ...row, id: `${HOME}-r-1`, kind: 'exit', text: '{}', at: MORNING + 200 },
      ...{ outcome: 'sent', refusal: null },
    });
    await tx.home.saveHomeObjection({
      ...{ ...row, id: `${HOME}-o-1`, text: '{}', at: MORNING + 300 },
      ...{ decision: null, decidedAt: null },
    });
    const line = {
      ...{ ...row, day: serviceDay(MORNING), service: `${HOST}-metro`, text: '{}', ours: null },
      ...({ outcome: 'accepted', reason: null, field: null, at: MORNING + 100 } as const),
    };
    const group = {
      ...{ ...row, fareGroup: `${HOST}-metro`, day: line.day, revision: 1, claim: '{}' },
      ...{ answer: '{}', at: line.at },
    };
    await tx.home.saveHomeGroups([group], [line, { ...line, journey: id(9) }]);
  });
  const { entries } = await here.views.seen('r');
  const operator = {
    id: `${HOST}-metro`,
    name: { zhCN: '南昌地铁运营方', zhTW: '南昌地鐵營運方', en: 'Nanchang Metro operator' },
  };
  const host = { party: HOST, operator: null };
  assert.deepEqual(entries, [
    { at: MORNING + 300, who: host, what: ['journey'], why: 'objection' },
    { at: MORNING + 200, who: host, what: ['time', 'place'], why: 'repair' },
    { at: MORNING + 100, who: host, what: ['journey'], why: 'claim' },
    {
      ...{ at: MORNING, who: { party: HOST, operator } },
      ...{ what: ['residence', 'class', 'time', 'place'], why: 'tap' },
    },
  ]);
});
