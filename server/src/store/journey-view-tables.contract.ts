import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slotStart, type TapId } from '@tongyu/protocol';
import type { CityTables, TapRow } from './city-tables.ts';
import type { HostObjectionRow, LineRow } from './journey-tables.ts';
import type { JourneyViewTables, ParityFilter } from './journey-view-tables.ts';
import type { NodeStore } from './node-store.ts';

const DAY = 20_780;
const KEY = '00112233445566778899aabbccddeeff';

/** What both implementations must do; they may hold other tests' rows, of other services. */
export function journeyViewContract(
  name: string,
  open: () => NodeStore<CityTables & JourneyViewTables>,
): void {
  const ofDays = (fromDay: number, toDay: number, operator: string | null): ParityFilter => ({
    ...{ fromDay, toDay, operator },
  });

  test(`${name}: scans are counted by service, residence, refusal, in service days`, async () => {
    const store = open();
    const at = slotStart({ day: DAY, slot: 0 });
    const rows = [
      tap({ number: 1, time: at }),
      tap({ number: 2, time: at + 86_399, issuer: '4201' }),
      tap({ number: 3, time: at - 1 }),
      tap({ number: 4, time: at + 86_400 }),
      tap({ number: 5, time: at + 9, verdict: 'refuse', refusal: 'KEY_REVOKED' }),
      tap({ number: 6, time: at + 9, verdict: 'refuse', refusal: 'KEY_REVOKED' }),
      tap({ number: 7, time: at + 9, verdict: 'refuse', refusal: 'NOT_A_CODE', issuer: null }),
      tap({ number: 8, time: at + 9, kind: 'assisted', assistedReason: 'no-phone' }),
      tap({ number: 9, time: at + 9, operator: '4201-other', service: '4201-ferry' }),
    ];
    await store.transaction((tx) => tx.city.addTaps(rows));
    const count = async (filter: ParityFilter): Promise<readonly string[]> => {
      const counted = await store.read((tx) => tx.views.tapCounts(filter));
      return counted
        .map(({ service, issuer, refusal, taps }) =>
          [service, issuer, refusal, taps].map(String).join(' '),
        )
        .sort();
    };
    const own = [
      '4201-parity 4201 null 1',
      '4201-parity 4301 KEY_REVOKED 2',
      '4201-parity 4301 null 1',
      '4201-parity null NOT_A_CODE 1',
    ];
    assert.deepEqual(await count(ofDays(DAY, DAY, '4201-parity')), own);
    assert.deepEqual(await count(ofDays(DAY, DAY, null)), ['4201-ferry 4301 null 1', ...own]);
    assert.deepEqual(await count(ofDays(DAY - 1, DAY - 1, null)), ['4201-parity 4301 null 1']);
    assert.deepEqual(await count(ofDays(DAY + 2, DAY + 9, null)), []);
  });

  test(`${name}: lines are summed by service and residence; concessions apart`, async () => {
    const store = open();
    const rows = [
      line('4201-p/1', {}),
      line('4201-p/2', { riderFen: 100, concessionFen: 200 }),
      line('4201-p/3', { riderFen: 300, state: 'disputed' }),
      line('4201-p/4', { riderFen: 250, concessionFen: 150, home: '4201' }),
      line('4201-p/5', { operator: '4201-other' }),
      line('4201-p/6', { day: DAY + 1 }),
    ];
    await store.transaction((tx) => tx.host.replaceLines([], rows, []));
    const sums = async (filter: ParityFilter) =>
      [...(await store.read((tx) => tx.views.lineSums(filter)))].sort((a, b) =>
        `${a.operator} ${a.home}` < `${b.operator} ${b.home}` ? -1 : 1,
      );
    const service = '4201-parity';
    const local = {
      ...{ service, operator: '4201-parity', home: '4201', journeys: 1, fullFen: 400 },
      ...{ riderFen: 250, concessionFen: 150, disputed: 0 },
    };
    const visitors = {
      ...{ service, operator: '4201-parity', home: '4301', journeys: 3, fullFen: 1200 },
      ...{ riderFen: 800, concessionFen: 200, disputed: 1 },
    };
    assert.deepEqual(await sums(ofDays(DAY, DAY, '4201-parity')), [local, visitors]);
    assert.equal((await sums(ofDays(DAY, DAY, null))).length, 3);
    const [later, ...none] = await sums(ofDays(DAY + 1, DAY + 1, null));
    assert.deepEqual([later?.journeys, later?.fullFen, none], [1, 400, []]);
  });

  test(`${name}: objections beside their lines, undecided first, an operator's alone`, async () => {
    const store = open();
    const mine = objection('4301-o-1', '4201-p/11', { at: 10 });
    const decided = objection('4301-o-2', '4201-p/11', {
      ...{ at: 20, decision: 'rejected', decidedAt: 30, by: 'wang' },
    });
    const others = objection('4301-o-3', '4201-p/12', { at: 5 });
    const lost = objection('4301-o-4', '4201-p/13', { at: 40 });
    await store.transaction(async (tx) => {
      await tx.host.replaceLines(
        [],
        [line('4201-p/11', {}), line('4201-p/12', { operator: '4201-other' })],
        [],
      );
      for (const row of [mine, decided, others, lost]) await tx.host.saveObjection(row);
    });
    const ids = async (operator: string | null, limit = 9): Promise<readonly string[]> =>
      (await store.read((tx) => tx.views.objections({ operator, limit }))).map(({ id }) => id);
    assert.deepEqual(await ids(null), ['4301-o-4', '4301-o-1', '4301-o-3', '4301-o-2']);
    assert.deepEqual(await ids('4201-parity'), ['4301-o-1', '4301-o-2']);
    assert.deepEqual(await ids('4201-parity', 1), ['4301-o-1']);
    assert.deepEqual(await ids('4201-other'), ['4301-o-3']);
    const found = await store.read((tx) => tx.views.objection('4301-o-2'));
    assert.deepEqual({ ...found, line: undefined }, { ...decided, line: undefined });
    assert.equal(found?.line?.operator, '4201-parity');
    assert.deepEqual(await store.read((tx) => tx.views.objection('4301-o-4')), {
      ...{ ...lost, line: null },
    });
    assert.equal(await store.read((tx) => tx.views.objection('4301-o-9')), undefined);
  });
}

function tap(row: Partial<TapRow>): TapRow {
  return {
    ...{ terminal: '4201-parity-gate', number: 1, operator: '4201-parity', hash: 'h', time: 100 },
    ...{ receivedAt: 110, service: '4201-parity', kind: 'scan', verdict: 'pass', refusal: null },
    ...{ assistedReason: null, issuer: '4301', charged: null, exception: null, field: null },
    ...{ home: 'none', shownPriceFen: 400, warned: false, direction: 'single', stop: null },
    ...{ class: 0, fareGroup: null, edition: 1, head: 1, journeyKey: null, previousKey: null },
    text: '{}',
    ...row,
  };
}

type LineGiven = Partial<
  Pick<LineRow, 'home' | 'day' | 'operator' | 'riderFen' | 'concessionFen' | 'state'>
>;

function line(journey: TapId, row: LineGiven): LineRow {
  return {
    ...{ home: '4301', key: KEY, journey, day: DAY, service: '4201-parity' },
    ...{ operator: '4201-parity', journeyState: 'complete', state: 'accepted', reason: null },
    ...{ field: null, text: '{}', taps: [journey], fullFen: 400, riderFen: 400 },
    ...{ concessionFen: 0, class: 0, revision: 1, updatedAt: 100 },
    ...row,
  };
}

function objection(
  id: string,
  journey: TapId,
  row: Partial<HostObjectionRow> & { readonly at: number },
): HostObjectionRow {
  return {
    ...{ id, home: '4301', key: KEY, journey, text: '{}', decision: null, decidedAt: null },
    by: null,
    ...row,
  };
}
