import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CityTables, TapRow, TripRow } from './city-tables.ts';
import type {
  GroupExceptionRow,
  GroupId,
  HomeLineRow,
  HomeRepairRow,
  HostObjectionRow,
  LineRow,
} from './journey-tables.ts';
import type { NodeStore } from './node-store.ts';

/**
 * What every implementation of the books of journeys must do. The suite shares one database, so
 * each test has keys of its own.
 */
export function journeyTablesContract(name: string, open: () => NodeStore<CityTables>): void {
  const here = (title: string, work: (store: NodeStore<CityTables>) => Promise<void>): void => {
    void test(`${name}: ${title}`, () => work(open()));
  };

  here('the queue gives each group once, in the order of coming', async (store) => {
    const [a, b] = [due('qa'), due('qb')];
    await store.transaction(({ host }) => host.markDue([a, b, a]));
    assert.equal(await store.read(({ host }) => host.hasDue(0)), true);
    const broken = store.transaction(async ({ host }) => {
      await host.takeDue(0, 9);
      throw new Error('stop');
    });
    await assert.rejects(broken, /stop/);
    const first = await store.transaction(({ host }) => host.takeDue(0, 1));
    assert.deepEqual(first, [{ ...a, ...NEW_GROUP }]);
    const rest = await store.transaction(({ host }) => host.takeDue(0, 9));
    assert.deepEqual(rest.map(({ key }) => key).sort(), ['qa', 'qb']);
    assert.equal(await store.read(({ host }) => host.hasDue(0)), false);
    await store.transaction(({ host }) => host.markDueAgain([b, { ...b, key: 'none' }]));
    assert.equal(await store.read(({ host }) => host.countDue()), 1);
    const again = await store.transaction(({ host }) => host.takeDue(0, 9));
    assert.deepEqual(
      again.map(({ key }) => key),
      ['qb'],
    );
  });

  here('a group is looked at again when its time has come', async (store) => {
    const group = due('later');
    await store.transaction(async ({ host }) => {
      await host.markDue([group]);
      const [row] = await host.takeDue(0, 9);
      assert(row !== undefined);
      const open = ['4201-g/1', '4201-g/2'] as const;
      const more = { revision: 2, claim: '{"a":"武"}', tries: 3, open, answered: false } as const;
      await host.saveGroups([{ ...row, ...more, lookAt: 500, refusal: 'TAP_LOST' }]);
      assert.deepEqual(await host.groups([group, group]), [
        { ...row, ...more, lookAt: 500, refusal: 'TAP_LOST' },
      ]);
      assert.equal((await host.unanswered()).get('4301'), 1);
    });
    assert.equal(await store.read(({ host }) => host.hasDue(499)), false);
    await store.transaction(async ({ host }) => {
      assert.deepEqual(await host.takeDue(499, 9), []);
      const [row] = await host.takeDue(500, 9);
      assert.equal(row?.key, 'later');
      await host.saveGroups([{ ...row, lookAt: null, answered: true }]);
    });
    assert.equal(await store.read(({ host }) => host.hasDue(9_999)), false);
  });

  here('a group has its own taps and those that may be carried to it', async (store) => {
    const own = { journeyKey: 'ga', charged: true, home: 'accepted' } as const;
    await store.transaction(async ({ city, host }) => {
      await city.addTaps([
        tap(2, { ...own, time: 50 }),
        tap(1, own),
        tap(3, { ...own, journeyKey: 'gb', previousKey: 'ga' }),
        tap(4, { ...own, charged: false, exception: 'DOUBLE_PRESENTATION' }),
        tap(5, { ...own, issuer: '3401' }),
        tap(6, { ...own, journeyKey: null, home: 'pending' }),
      ]);
      const taps = await host.groupTaps([group('ga'), group('gb'), group('none')]);
      assert.deepEqual(
        taps.map(({ number, key, journeyKey }) => [number, key, journeyKey]).sort(),
        [
          [1, 'ga', 'ga'],
          [2, 'ga', 'ga'],
          [3, 'ga', 'gb'],
          [3, 'gb', 'gb'],
        ],
      );
      assert.deepEqual(taps[0], {
        ...{ home: '4301', key: 'ga', terminal: '4201-jt', number: 2, time: 50 },
        ...{
          service: '4201-metro',
          operator: '4201-op',
          direction: 'entry',
          stop: 'a',
          class: 2,
        },
        ...{ shownPriceFen: 400, fareGroup: '4201-transit', edition: 3, head: 7 },
        ...{ journeyKey: 'ga', previousKey: null },
      });
      const byId = await host.tapsById(['4201-jt/3', '4201-jt/4', '4201-jt/99']);
      assert.deepEqual(
        byId.map(({ number, key }) => [number, key]),
        [[3, 'gb']],
      );
      await host.exclude([{ terminal: '4201-jt', number: 1 }], 'GROUP_FULL');
      const left = await host.groupTaps([group('ga')]);
      assert.deepEqual(left.map(({ number }) => number).sort(), [2, 3]);
    });
  });

  here('lines are replaced group by group; one that is the same stays accepted', async (store) => {
    await store.transaction(async ({ host }) => {
      const [a, b] = [line('la', 1), line('la', 2)];
      const wrong = exception('la', 3);
      await host.replaceLines([group('la')], [a, b], [wrong]);
      await host.replaceLines([group('lb')], [line('lb', 4)], []);
      const accepted = { state: 'accepted', reason: null, field: null, at: 60 } as const;
      await host.answerLines([
        { ...a, ...accepted },
        { ...b, state: 'disputed', reason: 'LINE_DIFFERS', field: 'riderFen', at: 61 },
        { ...line('lb', 4), ...accepted, home: '3401' },
      ]);
      assert.deepEqual(await host.line(b.journey), {
        ...{ ...b, state: 'disputed', reason: 'LINE_DIFFERS', field: 'riderFen', updatedAt: 61 },
      });
      const next = [
        { ...a, revision: 2, updatedAt: 70 },
        { ...line('la', 5), revision: 2, updatedAt: 70 },
      ];
      await host.replaceLines([group('la')], next, []);
      const rows = await host.linesOf([group('la')]);
      assert.deepEqual(
        rows.map(({ journey, state, revision, updatedAt }) => [
          journey,
          state,
          revision,
          updatedAt,
        ]),
        [
          ['4201-jl/1', 'accepted', 2, 60],
          ['4201-jl/5', 'claimed', 2, 70],
        ],
      );
      assert.equal((await host.line('4201-jl/4'))?.state, 'claimed', 'another city has no word');
      const changed = { ...a, text: '{"b":1}', revision: 3, updatedAt: 80 };
      await host.replaceLines([group('la')], [changed], []);
      assert.deepEqual(await host.line(a.journey), changed);
      const told = await host.exceptions({ limit: 99 });
      assert.equal(
        told.some(({ tap: id }) => id === wrong.tap),
        false,
      );
    });
  });

  here('lines and exceptions are told page by page, the last changed first', async (store) => {
    await store.transaction(async ({ host }) => {
      const operator = '4201-pages';
      const rows = [1, 2, 3].map((n) => ({
        ...line('lp', n + 10),
        ...{ operator, updatedAt: 900 - (n === 1 ? 1 : 0) },
      }));
      await host.replaceLines(
        [group('lp')],
        rows,
        [7, 8].map((n) => ({ ...exception('lp', n), operator, at: n })),
      );
      const first = await host.lines({ operator, limit: 2 });
      assert.deepEqual(
        first.map(({ journey }) => journey),
        ['4201-jl/13', '4201-jl/12'],
      );
      const second = await host.lines({ operator, after: first[1] ?? fail(), limit: 2 });
      assert.deepEqual(second, [rows[0]]);
      assert.deepEqual(await host.lines({ operator, state: 'disputed', limit: 2 }), []);
      assert.deepEqual(await host.lines({ operator, service: '4201-bus', limit: 2 }), []);
      const [newest] = await host.exceptions({ operator, limit: 1 });
      const { tap: id8, reason, service, time, home } = exception('lp', 8);
      assert.deepEqual(newest, { tap: id8, reason, service, operator, time, at: 8, home });
      const older = await host.exceptions({ operator, after: newest, limit: 9 });
      assert.deepEqual(
        older.map(({ tap: id }) => id),
        ['4201-jl/7'],
      );
    });
  });

  here('what a party was charged is kept for each signature', async (store) => {
    const id = { service: '4201-sight', rule: 'pays', signature: 's1' };
    const row = { ...id, party: '4301', ceilingFen: 500 };
    await store.transaction(async ({ host }) => {
      const locked = await host.lockCeilings([row, { ...row, signature: 's0' }]);
      assert.deepEqual(
        locked.map(({ signature, usedFen }) => [signature, usedFen]),
        [
          ['s0', 0],
          ['s1', 0],
        ],
      );
      await host.saveCeilings([{ ...row, usedFen: 300, toSuspend: true }]);
    });
    await store.transaction(async ({ host }) => {
      assert.deepEqual(await host.lockCeilings([row]), [{ ...row, usedFen: 300, toSuspend: true }]);
      const all = await host.ceilings();
      assert.deepEqual(
        all.filter(({ rule }) => rule === 'pays').map(({ usedFen }) => usedFen),
        [0, 300],
      );
    });
  });

  here('repairs count once; objections are found, the undecided ones first', async (store) => {
    await store.transaction(async ({ host }) => {
      const repair = {
        ...group('ra'),
        id: '4301-r-1',
        journey: '4201-jl/1',
        text: '{}',
        at: 5,
      } as const;
      assert.deepEqual(await host.addRepairs([repair]), [repair]);
      assert.deepEqual(await host.addRepairs([{ ...repair, text: 'x' }]), []);
      assert.deepEqual(await host.repairs(['4301-r-1', '4301-r-9']), [repair]);
      assert.deepEqual(await host.repairsOf([group('ra'), group('rb')]), [repair]);
      const objection: HostObjectionRow = {
        ...group('ra'),
        ...{ id: '4301-o-1', journey: '4201-jl/1', text: '{}', at: 5 },
        ...{ decision: null, decidedAt: null, by: null },
      };
      await host.saveObjection(objection);
      await host.saveObjection({ ...objection, id: '4301-o-2', at: 9 });
      const decided = { ...objection, id: '4301-o-2', at: 9, decision: 'upheld' } as const;
      await host.saveObjection({ ...decided, decidedAt: 10, by: 'wang' });
      assert.deepEqual(await host.objection('4301-o-2'), { ...decided, decidedAt: 10, by: 'wang' });
      assert.equal(await host.objection('4301-o-9'), undefined);
      assert.deepEqual(
        (await host.objections(9)).map(({ id }) => id),
        ['4301-o-1', '4301-o-2'],
      );
    });
  });

  here('each tap is counted at the one place where it ended', async (store) => {
    const time = 5_000_000;
    const here = { operator: '4201-count', charged: true, time } as const;
    await store.transaction(async ({ city, host }) => {
      await city.addTaps([
        tap(21, { ...here, home: 'pending' }),
        tap(22, { ...here, home: 'accepted', journeyKey: 'ca' }),
        tap(23, { ...here, home: 'accepted', journeyKey: 'ca' }),
        tap(24, { ...here, home: 'accepted', journeyKey: 'ca' }),
        tap(25, { ...here, home: 'accepted', journeyKey: 'ca' }),
        tap(26, { ...here, charged: false, exception: 'DOUBLE_PRESENTATION', home: 'accepted' }),
        tap(27, { ...here, exception: 'HOME_REFUSED', home: 'refused' }),
        tap(28, { ...here, charged: null }),
        tap(29, { ...here, home: 'accepted', journeyKey: 'ca' }),
      ]);
      const day = Math.floor(time / 86_400);
      await host.markDue([{ ...due('ca'), day }]);
      const row = (await host.takeDue(0, 99)).find(({ key }) => key === 'ca');
      assert(row !== undefined);
      await host.saveGroups([{ ...row, open: ['4201-jt/23', '4201-jt/29'] }]);
      const lines = [{ ...line('ca', 30), day, taps: ['4201-jt/22', '4201-jt/29'] as const }];
      await host.replaceLines([group('ca')], lines, [
        { ...exception('ca', 1), tap: '4201-jt/24', reason: 'NO_PRICE', time },
      ]);
      const counts = await host.countTaps(time, time + 1, '4201-count');
      assert.deepEqual(counts, {
        ...{ accepted: 8, pending: 1, unpriced: 1, inLines: 1, open: 1, doubled: 1 },
        exceptions: { DOUBLE_PRESENTATION: 1, HOME_REFUSED: 1 },
        groupExceptions: { NO_PRICE: 1 },
      });
      assert.equal((await host.countTaps(time + 1, time + 9, '4201-count')).accepted, 0);
      assert.equal((await host.countTaps(time, time + 1, '4201-none')).accepted, 0);
      await host.giveUpSilent(time, 9);
      assert.equal((await host.countTaps(time, time + 1, '4201-count')).pending, 1);
      assert.equal(await host.giveUpSilent(time + 1, 9), 1);
      const after = await host.countTaps(time, time + 1, '4201-count');
      assert.deepEqual([after.pending, after.exceptions['HOME_SILENT']], [0, 1]);
      assert.equal(await host.dropGroups(day, 9), 0);
    });
  });

  here('old groups are dropped with all that hangs on them', async (store) => {
    await store.transaction(async ({ host }) => {
      await host.markDue([
        { ...due('da'), day: 3 },
        { ...due('db'), day: 4 },
      ]);
      await host.takeDue(0, 99);
      await host.replaceLines([], [line('da', 41), line('db', 42)], [exception('da', 43)]);
      const repair = {
        ...group('da'),
        id: '4301-r-d',
        journey: '4201-jl/41',
        text: '{}',
        at: 5,
      } as const;
      await host.addRepairs([repair]);
      assert.equal(await host.dropGroups(4, 9), 1);
      assert.equal(await host.line('4201-jl/41'), undefined);
      assert.notEqual(await host.line('4201-jl/42'), undefined);
      assert.deepEqual(await host.repairsOf([group('da')]), []);
      assert.deepEqual(await host.groups([group('da')]), []);
    });
  });

  here('trips are found by tap, by key, by time, and carried exits with them', async (store) => {
    await store.transaction(async ({ city, home }) => {
      await city.lockResident('r-h', 1);
      const [a, b, c] = [trip(1, 'ha', 100), trip(2, 'ha', 90), trip(3, 'hb', 300)];
      await city.addTrips([a, b, c]);
      assert.deepEqual(await home.tripsByTap(['4201-ht/2', '4201-ht/1', '4201-ht/1']), [b, a]);
      assert.deepEqual(await home.tripsByKey([{ host: '4201', key: 'ha' }]), [b, a]);
      const after = { terminal: '4201-ht', number: 3, previousKey: 'ha' };
      await home.setPreviousKeys([after]);
      const carried = { ...c, previousKey: 'ha' };
      assert.deepEqual(await home.tripsByKey([{ host: '4201', key: 'ha' }]), [b, a, carried]);
      assert.deepEqual(await home.tripsSince('r-h', 100), [a, carried]);
      const window = { residentRef: 'r-h', host: '4201', fareGroup: '4201-transit' };
      assert.deepEqual(await home.tripsAround([{ ...window, from: 90, to: 300 }]), [b, a]);
      assert.deepEqual(await home.tripsAround([{ ...window, host: '3401', from: 0, to: 999 }]), []);
    });
  });

  here('what was answered is kept for each group, its lines for the resident', async (store) => {
    await store.transaction(async ({ city, home }) => {
      await city.lockResident('r-g', 1);
      const row = {
        ...{ host: '4201', key: 'hg', residentRef: 'r-g', fareGroup: '4201-transit', day: 9 },
        ...{ revision: 1, claim: '{"武":1}', answer: '{}', at: 5 },
      };
      const [a, b] = [homeLine(51), homeLine(52)];
      await home.saveHomeGroups([row], [a, b]);
      assert.deepEqual(await home.homeGroups([row, { host: '4201', key: 'no' }]), [row]);
      const next = { ...row, revision: 2, at: 6 };
      const disputed: HomeLineRow = {
        ...{ ...b, outcome: 'disputed', reason: 'LINE_DIFFERS', field: 'riderFen', ours: '{}' },
        at: 6,
      };
      await home.saveHomeGroups([next], [disputed]);
      assert.deepEqual(await home.homeGroupsOf('r-g', 9), [next]);
      assert.deepEqual(await home.homeGroupsOf('r-g', 10), []);
      assert.deepEqual(await home.homeLinesOf('r-g', 9), [disputed]);
      assert.equal(await home.homeLine('4201', a.journey), undefined);
      const [view, ...others] = await home.homeLines({ state: 'disputed', limit: 9 });
      assert.deepEqual(others, []);
      assert.deepEqual({ ...view, residentRef: 'r-g', key: 'hg' }, disputed);
      assert.equal(Object.hasOwn(view ?? {}, 'residentRef'), false);
      assert.deepEqual(await home.homeLines({ after: disputed, limit: 9 }), []);
      const paid = { host: '4201', service: '4201-sight', rule: 'pays', signature: 's1' };
      assert.deepEqual(await home.lockPaid([paid]), [{ ...paid, paidFen: 0 }]);
      await home.savePaid([{ ...paid, paidFen: 7 }]);
      assert.deepEqual(await home.lockPaid([paid]), [{ ...paid, paidFen: 7 }]);
      assert.equal(await home.dropHomeGroups(9, 9), 0);
      assert.equal(await home.dropHomeGroups(10, 9), 1);
      assert.deepEqual(await home.homeLinesOf('r-g', 0), []);
      assert.deepEqual(await home.homeGroups([row]), []);
    });
  });

  here('repairs and objections of residents are kept and changed', async (store) => {
    await store.transaction(async ({ home }) => {
      const of = { host: '4201', key: 'hr', residentRef: 'r-r', journey: '4201-ht/1' } as const;
      const repair: HomeRepairRow = {
        ...{ ...of, id: '4301-r-h', kind: 'exit', text: '{}', at: 5 },
        ...{ outcome: 'sent', refusal: null },
      };
      await home.saveHomeRepair(repair);
      await home.saveHomeRepair({ ...repair, outcome: 'refused', refusal: 'JOURNEY_UNKNOWN' });
      const refused = { ...repair, outcome: 'refused', refusal: 'JOURNEY_UNKNOWN' } as const;
      assert.deepEqual(await home.homeRepairs(['4301-r-h']), [refused]);
      assert.deepEqual(await home.homeRepairsOf('r-r', 5), [refused]);
      assert.deepEqual(await home.homeRepairsOf('r-r', 6), []);
      assert.deepEqual(await home.homeRepairsOfKeys([of]), [refused]);
      const objection = {
        ...of,
        id: '4301-o-h',
        text: '{}',
        at: 5,
        decision: null,
        decidedAt: null,
      };
      await home.saveHomeObjection(objection);
      const decided = { ...objection, decision: 'rejected', decidedAt: 8 } as const;
      await home.saveHomeObjection(decided);
      assert.deepEqual(await home.homeObjection('4301-o-h'), decided);
      assert.deepEqual(await home.homeObjectionsOf('r-r'), [decided]);
    });
  });
}

function fail(): never {
  throw new Error('there is one');
}

const NEW_GROUP = {
  ...{ revision: 0, claim: null, lookAt: null, answered: true, refusal: null, tries: 0, open: [] },
};

const group = (key: string): GroupId => ({ home: '4301', key });
const due = (key: string) => ({ ...group(key), fareGroup: '4201-transit', day: 20_000 });

function tap(number: number, row: Partial<TapRow>): TapRow {
  return {
    ...{ terminal: '4201-jt', number, operator: '4201-op', hash: 'h', time: 100, receivedAt: 110 },
    ...{ service: '4201-metro', kind: 'scan', verdict: 'pass', refusal: null },
    ...{ assistedReason: null, issuer: '4301', charged: null, exception: null, field: null },
    ...{ home: 'none', shownPriceFen: 400, warned: false, direction: 'entry', stop: 'a' },
    ...{ class: 2, fareGroup: '4201-transit', edition: 3, head: 7 },
    ...{ journeyKey: null, previousKey: null, text: '{"signed":"武"}' },
    ...row,
  };
}

function line(key: string, number: number): LineRow {
  return {
    ...group(key),
    ...{ journey: `4201-jl/${number}`, day: 20_000, service: '4201-metro', operator: '4201-op' },
    ...{ journeyState: 'complete', state: 'claimed', reason: null, field: null, text: '{"a":1}' },
    ...{ taps: [`4201-jl/${number}`, '4201-jl/99'], fullFen: 400, riderFen: 200, class: 2 },
    ...{ concessionFen: 150, revision: 1, updatedAt: 50 },
  };
}

function exception(key: string, number: number): GroupExceptionRow {
  return {
    ...group(key),
    ...{ tap: `4201-jl/${number}`, reason: 'TERMS_UNKNOWN', service: '4201-metro' },
    ...{ operator: '4201-op', time: 40, at: 50 },
  };
}

function trip(number: number, key: string, time: number): TripRow {
  return {
    ...{ terminal: '4201-ht', number, hash: 'h', residentRef: 'r-h', host: '4201', time },
    ...{ service: '4201-metro', shownPriceFen: 400, charged: true, direction: 'exit', stop: null },
    ...{ class: 0, fareGroup: '4201-transit', edition: 3, head: 7, day: 9, key },
    ...{ previousKey: null, text: '{"signed":"武"}' },
  };
}

function homeLine(number: number): HomeLineRow {
  return {
    ...{ host: '4201', key: 'hg', journey: `4201-ht/${number}`, residentRef: 'r-g', day: 9 },
    ...{ service: '4201-metro', text: '{"武":1}', ours: null, outcome: 'accepted' },
    ...{ reason: null, field: null, at: 5 },
  };
}
