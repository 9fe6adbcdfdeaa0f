import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CityTables, PassRow, PhoneRow, TapRow, TerminalRow } from './city-tables.ts';
import type { NodeStore } from './node-store.ts';

/** What every implementation of a city's tables must do; run on memory and on PostgreSQL. */
export function cityTablesContract(name: string, open: () => NodeStore<CityTables>): void {
  const here = (title: string, work: (store: NodeStore<CityTables>) => Promise<void>): void => {
    void test(`${name}: ${title}`, () => work(open()));
  };

  here('a failed transaction leaves nothing of any room', async (store) => {
    const broken = store.transaction(async (tx) => {
      await tx.city.lockResident('r-broken', 1);
      await tx.city.addPhone(phone('p-broken', 'r-broken'));
      await tx.city.addPasses([pass({ phoneId: 'p-broken', slot: 900 })]);
      await tx.city.lockOperators(['4201-broken']);
      await tx.city.addTaps([tap({ terminal: '4201-broken' })]);
      await tx.city.addUsed([{ ...used, operator: '4201-broken' }]);
      throw new Error('stop');
    });
    await assert.rejects(broken, /stop/);
    await store.transaction(async (tx) => {
      assert.equal(await tx.city.phone('p-broken'), undefined);
      assert.deepEqual(await tx.city.passes([{ slot: 900, tag: pass({}).tag }]), []);
      assert.deepEqual(await tx.city.taps({ terminal: '4201-broken', limit: 9 }), []);
      assert.deepEqual(await tx.city.used('4201-broken', 0, 9), []);
    });
  });

  here('phones are kept, found by id, key and resident, and changed', async (store) => {
    await store.transaction(async (tx) => {
      const before = await tx.city.countResidents();
      await tx.city.lockResident('r-1', 1);
      await tx.city.lockResident('r-1', 2);
      assert.equal(await tx.city.countResidents(), before + 1);
      await tx.city.addPhone(phone('p-2', 'r-1', 20));
      await tx.city.addPhone(phone('p-1', 'r-1', 10));
      const ids = (await tx.city.phonesOf('r-1')).map((row) => row.phoneId);
      assert.deepEqual(ids, ['p-1', 'p-2']);
      const changed = {
        ...phone('p-1', 'r-1', 10),
        seed: new Uint8Array(0),
        seedSlot: 8,
        lastIssuedSlot: 36,
        revokedAt: 99,
      };
      await tx.city.savePhone(changed);
      assert.deepEqual(plain(await tx.city.lockPhone('p-1')), plain(changed));
      assert.deepEqual(plain(await tx.city.phoneByKey('key-p-1')), plain(changed));
      assert.equal(await tx.city.phone('p-none'), undefined);
      assert.equal(await tx.city.phoneByKey('none'), undefined);
    });
  });

  here('a nonce counts once for each phone, until it is dropped', async (store) => {
    await store.transaction(async (tx) => {
      assert.equal(await tx.city.useNonce('p-n', 'n-1', 100), true);
      assert.equal(await tx.city.useNonce('p-n', 'n-1', 101), false);
      assert.equal(await tx.city.useNonce('p-m', 'n-1', 101), true);
      await tx.city.dropNonces(101);
      assert.equal(await tx.city.useNonce('p-n', 'n-1', 102), true);
      assert.equal(await tx.city.useNonce('p-m', 'n-1', 102), false);
    });
  });

  here('passes are found by phone and by tag; a taken tag is not taken twice', async (store) => {
    await store.transaction(async (tx) => {
      await tx.city.lockResident('r-p', 1);
      await tx.city.addPhone(phone('p-p', 'r-p'));
      const a = pass({ phoneId: 'p-p', slot: 41, tag: 'aa', tagIndex: 1, reserve: true });
      const b = pass({ phoneId: 'p-p', slot: 41, tag: 'bb', tagIndex: 0 });
      const c = pass({ phoneId: 'p-p', slot: 40, tag: 'aa', tagIndex: 0 });
      assert.equal(await tx.city.addPasses([a, b, c]), 3);
      assert.equal(
        await tx.city.addPasses([{ ...a, tagIndex: 7 }, pass({ slot: 42, phoneId: 'p-p' })]),
        1,
      );
      assert.deepEqual(plain(await tx.city.passesOfPhone('p-p', [41, 40])), plain([c, b, a]));
      assert.deepEqual(plain(await tx.city.passes([a, { slot: 1, tag: 'aa' }])), plain([a]));
      await tx.city.dropPasses(41);
      assert.deepEqual(plain(await tx.city.passesOfPhone('p-p', [40, 41])), plain([b, a]));
      assert.deepEqual(await tx.city.passes([c]), []);
    });
  });

  here('revocations leave after their last slot, and the newest list is known', async (store) => {
    await store.transaction(async (tx) => {
      await tx.city.lockList();
      const row = { phoneId: 'x', fromSlot: 10, lastSlot: 20, seed: new Uint8Array(16).fill(2) };
      await tx.city.addRevocation(row);
      await tx.city.addRevocation({ ...row, lastSlot: 30 });
      await tx.city.addRevocation({ ...row, phoneId: 'y', seed: new Uint8Array(16).fill(1) });
      await tx.city.addRevocation({ ...row, phoneId: 'z', lastSlot: 19 });
      const ids = (await tx.city.revocations()).map((entry) => entry.phoneId);
      assert.deepEqual(ids, ['z', 'y', 'x']);
      assert.equal(await tx.city.dropRevocations(20), 1);
      assert.equal(await tx.city.dropRevocations(20), 0);
      assert.equal(await tx.city.newestList(), undefined);
      for (const number of [1, 3, 2]) await tx.city.addList({ number, made: 5, bytes: row.seed });
      assert.equal((await tx.city.newestList())?.number, 3);
    });
  });

  here('operators and terminals are kept', async (store) => {
    await store.transaction(async (tx) => {
      await tx.city.lockCatalogue();
      await tx.city.saveOperator({ id: '4201-b', name: 'old' });
      await tx.city.saveOperator({ id: '4201-b', name: '乙' });
      await tx.city.saveOperator({ id: '4201-a', name: '甲' });
      const operators = await tx.city.operators();
      assert.deepEqual(
        operators.map((row) => row.name),
        ['甲', '乙'],
      );
      await tx.city.saveTerminal(terminal);
      assert.deepEqual(await tx.city.terminals(), [terminal]);
      const changed = { ...terminal, direction: 'single', stop: null, revokedAt: 9 } as const;
      await tx.city.saveTerminal(changed);
      assert.deepEqual(await tx.city.terminals(), [changed]);
      assert.deepEqual(await tx.city.terminals(['4201-none']), []);
    });
  });

  here('taps are kept in order of arrival and filtered', async (store) => {
    await store.transaction(async (tx) => {
      await tx.city.lockOperators(['4201-op', '4201-op-2']);
      const one = tap({ number: 1, home: 'pending', charged: true });
      const two = tap({ number: 2, verdict: 'refuse', refusal: 'ALREADY_USED', charged: null });
      const odd = tap({ number: 3, exception: 'TAP_EVIDENCE_INVALID', field: 'code' });
      await tx.city.addTaps([one, two]);
      await tx.city.addTaps([odd]);
      const stored = await tx.city.taps({ terminal: one.terminal, limit: 9 });
      assert.deepEqual(
        stored.map((row) => row.number),
        [3, 2, 1],
      );
      const { sequence, ...rest } = stored[2] ?? { sequence: 0 };
      assert.deepEqual(rest, one);
      const older = await tx.city.taps({ before: sequence + 2, terminal: one.terminal, limit: 1 });
      assert.deepEqual(
        older.map((row) => row.number),
        [2],
      );
      const refused = await tx.city.taps({ verdict: 'refuse', terminal: one.terminal, limit: 9 });
      assert.deepEqual(
        refused.map((row) => row.number),
        [2],
      );
      const exceptions = await tx.city.taps({
        exceptionsOnly: true,
        terminal: one.terminal,
        limit: 9,
      });
      assert.deepEqual(
        exceptions.map((row) => row.number),
        [3],
      );
      const { terminal: id } = one;
      const hashes = await tx.city.tapHashes([
        { terminal: id, number: 3 },
        { terminal: id, number: 4 },
      ]);
      assert.deepEqual(hashes, [
        { terminal: id, number: 3, hash: 'h', exception: 'TAP_EVIDENCE_INVALID', field: 'code' },
      ]);
      assert.equal((await tx.city.tapTexts([one]))[0]?.text, one.text);
      const none = { key: null } as const;
      const accepted = (number: number) =>
        ({ terminal: id, number, home: 'accepted', key }) as const;
      const key = { journeyKey: 'aa', previousKey: null };
      await tx.city.setHome('3401', [{ terminal: id, number: 1, home: 'refused', ...none }]);
      await tx.city.setHome('4301', [{ ...accepted(1), ...none }]);
      const before = (await tx.city.taps({ terminal: id, limit: 9 })).map((row) => row.home);
      assert.deepEqual(before, ['none', 'none', 'pending'], 'none is accepted without a key');
      const keyed = await tx.city.setHome('4301', [accepted(1), accepted(2)]);
      const of = { terminal: id, number: 1, time: 100, fareGroup: '4201-transit' };
      assert.deepEqual(keyed, [{ ...of, ...key }]);
      const late = [{ terminal: id, number: 1, previousKey: 'bb' }];
      assert.deepEqual(await tx.city.setPreviousKey('3401', late), []);
      assert.deepEqual(await tx.city.setPreviousKey('4301', late), [
        { ...of, ...key, previousKey: 'bb' },
      ]);
      assert.deepEqual(await tx.city.setPreviousKey('4301', late), []);
      const homes = (await tx.city.taps({ terminal: id, limit: 9 })).map((row) => row.home);
      assert.deepEqual(homes, ['none', 'none', 'accepted']);
    });
    const again = store.transaction((tx) => tx.city.addTaps([tap({ number: 1 })]));
    await assert.rejects(again, 'a tap id must not be stored twice');
  });

  here('a presentation is charged once, whoever brings it', async (store) => {
    await store.transaction(async (tx) => {
      const charge = { issuer: '4301', tag: 'cc', codeTime: 15, terminal: '4201-g1', number: 1 };
      const other = { ...charge, terminal: '4201-g2' };
      const later = { ...other, codeTime: 30 };
      assert.deepEqual(await tx.city.addCharges([charge]), [charge]);
      assert.deepEqual(await tx.city.addCharges([other, later]), [later]);
      assert.deepEqual(await tx.city.addCharges([]), []);
    });
  });

  here('gaps and used tags are told per terminal and operator', async (store) => {
    await store.transaction(async (tx) => {
      const row = {
        terminal: '4201-gap',
        highest: 9,
        lastAt: 8,
        gaps: [{ first: 2, last: 4, noticedAt: 7 }],
      };
      await tx.city.saveProgress([
        row,
        { terminal: '4201-whole', highest: 3, lastAt: 8, gaps: [] },
      ]);
      assert.deepEqual(await tx.city.gaps(), [row]);
      await tx.city.saveProgress([{ ...row, gaps: [] }]);
      assert.deepEqual(await tx.city.progress(['4201-gap']), [{ ...row, gaps: [] }]);
      assert.deepEqual(await tx.city.gaps(), []);
      await tx.city.lockOperators(['4201-u', '4201-v']);
      await tx.city.addUsed([used, { ...used, operator: '4201-v' }, { ...used, tag: 'ee' }]);
      await tx.city.addUsed([{ ...used, tag: 'ff', time: 200 }]);
      const seen = await tx.city.used('4201-u', 1, 9);
      assert.deepEqual(
        seen.map((entry) => [entry.sequence, entry.tag]),
        [
          [2, 'ee'],
          [3, 'ff'],
        ],
      );
      await tx.city.dropUsed(200);
      assert.equal((await tx.city.used('4201-u', 0, 9)).length, 1);
      await tx.city.addUsed([used]);
      assert.deepEqual(
        (await tx.city.used('4201-u', 3, 9)).map((entry) => entry.sequence),
        [4],
      );
    });
  });

  here('trips and refused uploads are kept once', async (store) => {
    await store.transaction(async (tx) => {
      await tx.city.lockResident('r-t', 1);
      const trip = {
        terminal: '4201-g1',
        number: 5,
        hash: 'h',
        residentRef: 'r-t',
        host: '4201',
        time: 100,
        service: '4201-metro',
        shownPriceFen: 400,
        charged: true,
        direction: 'exit',
        stop: 'jianghan-road',
        class: 2,
        fareGroup: '4201-transit',
        edition: 3,
        head: 4,
        day: 0,
        key: 'aa',
        previousKey: null,
        text: '{"signed":"武"}',
      } as const;
      await tx.city.addTrips([trip, { ...trip, number: 6, time: 200, shownPriceFen: null }]);
      await tx.city.addTrips([{ ...trip, hash: 'other' }]);
      const trips = await tx.city.tripsOf('r-t', 9);
      assert.deepEqual(trips[1], trip);
      assert.equal(trips[0]?.number, 6);
      const earlier = await tx.city.tripsOf('r-t', 9, 200);
      assert.deepEqual(
        earlier.map(({ number }) => number),
        [5],
      );
      assert.deepEqual(await tx.city.tripHashes([trip]), [
        { terminal: '4201-g1', number: 5, hash: 'h', key: 'aa', previousKey: null },
      ]);
      const upload = { terminal: '4201-g1', number: 5, code: 'TAP_IN_FUTURE', field: null, at: 5 };
      await tx.city.addRefusedUploads([upload]);
      await tx.city.addRefusedUploads([
        { ...upload, at: 6 },
        { ...upload, code: 'X', at: 7 },
      ]);
      assert.deepEqual(
        (await tx.city.refusedUploads(9)).map((row) => row.at),
        [7, 5],
      );
    });
  });
}

function phone(phoneId: string, residentRef: string, boundAt = 10): PhoneRow {
  return {
    phoneId,
    residentRef,
    phoneKey: `key-${phoneId}`,
    boundAt,
    revokedAt: null,
    unboundAt: null,
    seed: new Uint8Array(16).fill(7),
    seedSlot: 3,
    lastIssuedSlot: null,
  };
}

function pass(row: Partial<PassRow>): PassRow {
  return {
    slot: 40,
    tag: '00112233445566778899',
    phoneId: 'p-1',
    deviceKey: 'device',
    tagIndex: 0,
    keyId: 1,
    reserve: false,
    bytes: new Uint8Array(118).fill(1),
    ...row,
  };
}

function tap(row: Partial<TapRow>): TapRow {
  return {
    terminal: '4201-taps',
    number: 1,
    operator: '4201-op',
    hash: 'h',
    time: 100,
    receivedAt: 110,
    service: '4201-metro',
    kind: 'scan',
    verdict: 'pass',
    refusal: null,
    assistedReason: null,
    issuer: '4301',
    charged: null,
    exception: null,
    field: null,
    home: 'none',
    shownPriceFen: 400,
    warned: false,
    direction: 'single',
    stop: null,
    class: 0,
    fareGroup: '4201-transit',
    edition: 1,
    head: 1,
    journeyKey: null,
    previousKey: null,
    text: '{"signed":"武"}',
    ...row,
  };
}

const used = {
  operator: '4201-u',
  terminal: '4201-g1',
  issuer: '4301',
  tag: 'dd',
  time: 100,
} as const;

const terminal: TerminalRow = {
  id: '4201-g1',
  operator: '4201-a',
  service: '4201-metro',
  keyId: 1,
  alg: 'ES256',
  key: 'A',
  direction: 'exit',
  stop: 'jianghan-road',
  registeredAt: 5,
  revokedAt: null,
};

/** Rows with bytes as hex: PostgreSQL answers Buffers, memory what it was given. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}
