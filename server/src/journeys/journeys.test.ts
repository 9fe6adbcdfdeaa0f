import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import {
  canonicalJson,
  type Entry,
  type JourneyLine,
  type Json,
  type PartyId,
} from '@tongyu/protocol';
import { at, DAY, HEADS, LATER, SERVICES } from '../../../tools/vectors/journey-region.ts';
import { silentLog } from '../ports/log.ts';
import { memoryCityTables } from '../store/city-memory.ts';
import { cityMigrations } from '../store/city-migrations.ts';
import { pgCityTables } from '../store/city-pg.ts';
import type { CityTables } from '../store/city-tables.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { createMemoryStore, createPgStore, type NodeStore } from '../store/node-store.ts';
import type { LineRow } from '../store/journey-tables.ts';
import { startTestPostgres, type TestPostgres } from '../store/test-postgres.ts';
import { rideIn, type TestJourneys, type TestMessage, type TestTap } from './testing/two-cities.ts';
import { ridesOf, type MakeStore } from './testing/wuhan-rides.ts';

const editionsOfWuhan = new Map([
  [3, SERVICES],
  [4, LATER],
]);
const { tap, wuhanAndChangsha } = ridesOf({ at, heads: HEADS, editions: editionsOfWuhan });

let postgres: TestPostgres;
let databases: Database[] = [];
before(async () => {
  postgres = await startTestPostgres();
});
after(async () => {
  await postgres.stop();
});

// Each keeps connections, of which a server has no more than a hundred.
afterEach(async () => {
  for (const database of databases) await database.close();
  databases = [];
});

for (const kind of ['memory', 'PostgreSQL'] as const) {
  const here = (title: string, work: (world: TestJourneys) => Promise<void>): void => {
    void test(`${kind}: ${title}`, async () => {
      const stores = new Map<PartyId, NodeStore<CityTables>>();
      for (const party of ['4201', '4301']) stores.set(party, await storeOf(kind));
      await work(await wuhanAndChangsha((party) => stores.get(party) ?? fail()));
    });
  };

  here('a ride is claimed, computed again and accepted, with the same bytes', async (world) => {
    await rideIn(world, '4201', '4301', [
      tap('1 metro entry a 08:00'),
      tap('2 metro exit c 08:20'),
    ]);
    await world.settle();
    const lines = await hostLines(world);
    assert.deepEqual(lines.map(briefly), [['complete', 'accepted', 455]]);
    assert.deepEqual(texts(await homeLines(world, 'r-1')), texts(lines));
  });

  here('of a mixed day both cities have the same lines, and each tap one place', async (world) => {
    const taps = manyTaps();
    for (const [i, one] of taps.entries()) {
      await rideIn(world, '4201', '4301', [one]);
      if (i % 7 === 0) await world.settle();
    }
    world.now = at('34:00');
    await world.settle();
    const lines = await hostLines(world);
    assert(lines.length > 20);
    assert.deepEqual([...new Set(lines.map(({ state }) => state))], ['accepted']);
    const atHome = await Promise.all(RESIDENTS.map((one) => homeLines(world, one)));
    assert.deepEqual(texts(atHome.flat()).sort(), texts(lines).sort());
    const counts = await countAll(world);
    const inGroups = Object.values(counts.groupExceptions).reduce((sum, n) => sum + n, 0);
    assert.deepEqual(
      [counts.accepted, counts.pending, counts.unpriced, counts.doubled, counts.open],
      [taps.length, 0, 0, 0, 0],
    );
    assert.equal(counts.inLines + inGroups, taps.length);
    assert(inGroups > 0);
    const ends = await endState(world);
    // Once more from the beginning, in the opposite order and in one report.
    const other = await wuhanAndChangsha(await freshStores(kind));
    other.now = at('34:00');
    await rideIn(other, '4201', '4301', taps.toReversed());
    await other.settle();
    assert.deepEqual(await endState(other), ends);
  });

  here('one 分 more in a claim disputes that line and no other', async (world) => {
    await rideIn(world, '4201', '4301', [
      tap('1 bus single - 08:00'),
      tap('2 tram single - 09:00'),
    ]);
    await world.city('4201').journeys.price();
    const [claim] = world.messages.splice(0);
    assert(claim !== undefined);
    const text = JSON.stringify(claim.body);
    const body = JSON.parse(text.replace('"riderFen":205', '"riderFen":206')) as typeof claim.body;
    assert.notEqual(JSON.stringify(body), text);
    await world.carry({ ...claim, body });
    const lines = await hostLines(world);
    assert.deepEqual(
      lines.map(({ journey, state, reason, field }) => [journey, state, reason, field]).sort(),
      [
        ['4201-gate/1', 'disputed', 'LINE_DIFFERS', 'riderFen'],
        ['4201-gate/2', 'accepted', null, null],
      ],
    );
    const atHome = (await homeLines(world, 'r-1')).find(({ journey }) => journey === '4201-gate/1');
    assert.deepEqual(
      [lineOf(atHome?.text).riderFen, lineOf(atHome?.ours ?? '').riderFen],
      [206, 205],
    );
  });

  here(
    'claims that come twice, in reverse, a day late leave the same as any other',
    async (world) => {
      const rides = [
        tap('1 bus single - 08:00'),
        tap('2 metro entry a 08:30'),
        tap('3 metro exit c 08:50'),
        tap('4 bus single - 09:05', { resident: 'r-2' }),
      ];
      for (const ride of rides) {
        await rideIn(world, '4201', '4301', [ride]);
        await world.city('4201').journeys.price();
      }
      const claims = world.messages.splice(0);
      assert(claims.length >= 3);
      world.now += 86_400;
      for (const claim of claims.toReversed()) {
        await world.carry(claim);
        await world.carry(claim);
      }
      await world.settle();
      const reversed = await endState(world);
      assert(reversed.host.every(([, , state]) => state === 'accepted'));
      const other = await wuhanAndChangsha(await freshStores(kind));
      await rideIn(other, '4201', '4301', rides);
      await other.settle();
      assert.deepEqual(await endState(other), reversed);
    },
  );

  for (const order of ['entry first', 'exit first'] as const) {
    here(`a journey over 04:00 is yesterday's, ${order}`, async (world) => {
      world.now = at('28:30');
      const entry = tap('1 metro entry a 23:50');
      const exit = tap('2 metro exit c 28:05', { head: 14 });
      for (const one of order === 'entry first' ? [entry, exit] : [exit, entry]) {
        await rideIn(world, '4201', '4301', [one]);
        await world.settle();
      }
      const [line, ...more] = await hostLines(world);
      assert.deepEqual(
        [line?.state, lineOf(line?.text).taps, more.length],
        ['accepted', ['4201-gate/1', '4201-gate/2'], 0],
      );
      assert.deepEqual(texts(await homeLines(world, 'r-1')), [line?.text]);
      const counts = await countAll(world);
      assert.deepEqual([counts.inLines, counts.unpriced, counts.doubled], [2, 0, 0]);
    });
  }

  here('an exit goes back to its own day when yesterday’s ends without it', async (world) => {
    world.now = at('35:00');
    await rideIn(world, '4201', '4301', [tap('1 metro entry a 23:50')]);
    await rideIn(world, '4201', '4301', [tap('2 metro exit c 28:05')]);
    await world.settle();
    assert.deepEqual((await hostLines(world)).map(briefly), [['complete', 'accepted', 455]]);
    await rideIn(world, '4201', '4301', [tap('3 metro exit b 23:58')]);
    await world.city('4201').journeys.price();
    for (const message of world.messages.splice(0).reverse()) await world.carry(message);
    for (let hours = 0; hours < 3; hours++) {
      world.now += 3600;
      await world.settle();
    }
    const lines = await hostLines(world);
    assert.deepEqual(lines.map(briefly).sort(), [
      ['complete', 'accepted', 301],
      ['missing-entry', 'accepted', 600],
    ]);
    assert.deepEqual(texts(await homeLines(world, 'r-1')).sort(), texts(lines).sort());
    const counts = await countAll(world);
    assert.deepEqual([counts.inLines, counts.unpriced, counts.doubled], [3, 0, 0]);
  });

  here(
    'an open journey waits without a claim, and is closed when its time is over',
    async (world) => {
      await rideIn(world, '4201', '4301', [tap('1 metro entry a 08:00')]);
      assert.deepEqual(await world.settle(), []);
      assert.equal((await countAll(world)).open, 1);
      world.now = at('14:00');
      assert.deepEqual(await world.settle(), []);
      world.now = at('14:00:01');
      await world.settle();
      const [line] = await hostLines(world);
      assert.deepEqual(
        [line?.state, line?.journeyState, line?.riderFen],
        ['accepted', 'missing-exit', 600],
      );
    },
  );

  here(
    'a rider has the receipt before any claim, with the bytes that come later',
    async (world) => {
      world.now = at('30:00');
      await rideIn(world, '4201', '4301', [
        tap('1 bus single - 08:00'),
        tap('2 metro entry a 23:50'),
        tap('3 metro exit c 28:05'),
        tap('4 bus single - 28:30'),
        tap('5 bus single - 08:00', { resident: 'r-2' }),
      ]);
      const home = world.city('4301');
      for (const head of world.city('4201').heads.values()) home.hear(head);
      const groups = await home.journeys.residentGroups('r-1', 0);
      assert.deepEqual(
        groups.map(({ day, trips, claim }) => [day, trips.map(({ number }) => number), claim]),
        [
          [DAY + 1, [4], null],
          [DAY, [1, 2, 3], null],
        ],
      );
      assert.equal(groups[0]?.terms('4201-gate/4')?.entry.id, '4201-bus');
      await world.settle();
      const own = groups.flatMap(({ priced }) => priced.lines.map((line) => canonicalJson(line)));
      assert.deepEqual(own.sort(), texts(await homeLines(world, 'r-1')).sort());
      const later = await home.journeys.residentGroups('r-1', DAY);
      assert.deepEqual(
        later.map(({ claim, lines }) => [claim?.revision, lines.length]),
        [
          [1, 1],
          [1, 2],
        ],
      );
      assert.deepEqual(await home.journeys.residentGroups('r-9', 0), []);
    },
  );

  here('own residents go the same way without a message', async (world) => {
    await rideIn(world, '4201', '4201', [
      tap('1 metro entry a 08:00'),
      tap('2 metro exit c 08:20'),
      tap('3 bus single - 08:30', { class: 2 }),
    ]);
    assert.deepEqual(await world.settle(), []);
    const lines = await hostLines(world);
    assert.deepEqual(
      lines.map(({ state }) => state),
      ['accepted', 'accepted'],
    );
    const kept = await world.city('4201').store.read((tx) => tx.home.homeLinesOf('r-1', 0));
    assert.deepEqual(texts(kept).sort(), texts(lines).sort());
  });

  here('a rider tells a lost exit; a real one that comes later counts instead', async (world) => {
    await rideIn(world, '4201', '4301', [tap('1 metro entry a 08:00')]);
    world.now = at('15:00');
    await world.settle();
    const home = world.city('4301');
    const group = await home.store.read((tx) =>
      home.journeys.groupOfJourney(tx, 'r-1', '4201-gate/1'),
    );
    assert(group !== undefined);
    const repair = await home.store.transaction((tx) =>
      home.journeys.addRepair(tx, {
        ...{ host: '4201', key: group.key, residentRef: 'r-1', journey: '4201-gate/1' },
        ...{ kind: 'exit', stop: 'b', time: at('08:10'), class: null },
      }),
    );
    const again = [...world.messages];
    await world.settle();
    for (const message of again) await world.carry(message);
    await world.settle();
    assert.deepEqual((await hostLines(world)).map(briefly), [['repaired', 'accepted', 301]]);
    const [row] = await home.store.read((tx) => tx.home.homeRepairs([repair.id]));
    assert.equal(row?.outcome, 'accepted');
    await rideIn(world, '4201', '4301', [tap('2 metro exit c 08:20')]);
    await world.settle();
    assert.deepEqual((await hostLines(world)).map(briefly), [['complete', 'accepted', 455]]);
  });

  here('a host takes no repair that the home city may not make', async (world) => {
    await rideIn(world, '4201', '4301', [tap('1 bus single - 08:00')]);
    await world.settle();
    const fields = { stop: null, time: null, class: 2, at: at('10:00') };
    const repairs = [
      { ...fields, id: '4301-r-1', journey: '4201-gate/1', kind: 'class' },
      { ...fields, id: '4201-r-2', journey: '4201-gate/1', kind: 'class' },
      { ...fields, id: '4301-r-3', journey: '4201-gate/1', kind: 'waive', class: null },
      { ...fields, id: '4301-r-4', journey: '4201-gate/9', kind: 'class' },
      { ...fields, id: '4301-r-5', journey: '4201-gate/1', kind: 'class', at: at('09:00') + 9e5 },
      { ...fields, id: '4301-r-1', journey: '4201-gate/1', kind: 'class', class: 5 },
    ];
    const send = (from: PartyId, body: Json) =>
      world.carry({ from, to: '4201', type: 'journey.repair', body });
    const answer = await send('4301', { repairs });
    const { results } = answer.answer as { results: { refusal: string | null }[] };
    assert.deepEqual(
      results.map(({ refusal }) => refusal),
      [
        ...[null, 'REPAIR_NOT_ALLOWED', 'REPAIR_NOT_ALLOWED', 'JOURNEY_UNKNOWN'],
        ...['REPAIR_TOO_LATE', 'REPAIR_DIFFERS'],
      ],
    );
    assert.equal((await send('4301', { repairs: [] })).outcome, 'refused');
    const own = { ...fields, id: '4201-r-9', journey: '4201-gate/1', kind: 'class' };
    const foreign = await send('4201', { repairs: [own] });
    assert.match(JSON.stringify(foreign.answer), /JOURNEY_UNKNOWN/);
  });

  here('an objection is seen by the office; upheld it waives the fare', async (world) => {
    await rideIn(world, '4201', '4301', [
      tap('1 bus single - 08:00'),
      tap('2 tram single - 10:00'),
    ]);
    await world.settle();
    const [host, home] = [world.city('4201'), world.city('4301')];
    const { key = '' } = (await hostLines(world))[0] ?? {};
    for (const journey of ['4201-gate/1', '4201-gate/2'] as const) {
      await home.store.transaction((tx) =>
        home.journeys.addObjection(tx, {
          ...{ host: '4201', key, residentRef: 'r-1', journey, reason: 'wrong-price' },
        }),
      );
    }
    const messages = [...world.messages];
    await world.settle();
    for (const message of messages) await world.carry(message);
    const open = await host.journeys.objections(9);
    assert.deepEqual(
      open.map(({ decision }) => decision),
      [null, null],
    );
    for (const { id, journey } of open) {
      const decision = journey === '4201-gate/1' ? 'upheld' : 'rejected';
      const answered = await host.journeys.answerObjection(id, decision, 'wang');
      assert.equal(answered.ok, true);
      const twice = await host.journeys.answerObjection(id, 'upheld', 'wang');
      assert.equal(!twice.ok && twice.refusal.code, 'OBJECTION_DECIDED');
    }
    await world.settle();
    const lines = await hostLines(world);
    const fen = new Map(lines.map((line) => [line.journey, [line.state, line.riderFen]]));
    assert.deepEqual(fen.get('4201-gate/1'), ['accepted', 0]);
    assert.deepEqual(fen.get('4201-gate/2'), ['accepted', 200]);
    const kept = await home.store.read((tx) => tx.home.homeObjectionsOf('r-1'));
    assert.deepEqual(
      kept.map(({ decision }) => decision),
      ['upheld', 'rejected'],
    );
  });

  here(
    'a funder pays up to its ceiling; the rule is stopped, also after a crash',
    async (world) => {
      const editions = world.editions.get('4201');
      editions?.set(
        5,
        SERVICES.map((entry) => withCeiling(entry, 2_500)),
      );
      const sight = { edition: 5, service: '4201-sight', direction: 'single' } as const;
      const visits = [1, 2, 3].map((n) =>
        tap(`${String(n)} sight single - 0${String(n)}:00`, {
          ...sight,
          time: at(`1${String(n)}:00`),
        }),
      );
      world.now = at('20:00');
      await rideIn(world, '4201', '4301', visits.slice(0, 2));
      await world.settle();
      const host = world.city('4201');
      const ceiling = () => host.store.read((tx) => tx.host.ceilings());
      const used = async () => (await ceiling()).find(({ rule }) => rule === 'home-pays');
      assert.equal((await used())?.usedFen, 2_002);
      crashAt(world, 'lines/before-suspend');
      await rideIn(world, '4201', '4301', visits.slice(2));
      await assert.rejects(world.settle(), /crash/);
      assert.deepEqual([(await used())?.usedFen, (await used())?.toSuspend], [2_500, true]);
      assert.deepEqual(host.suspended, []);
      world.faults = { point: () => undefined };
      await world.settle();
      await world.settle();
      assert.deepEqual(
        host.suspended.map(({ entry, rule }) => [entry, rule]),
        [['4201-sight', 'home-pays']],
      );
      assert.equal((await used())?.toSuspend, false);
      const last = (await hostLines(world)).find(({ journey }) => journey === '4201-gate/3');
      const parts = lineOf(last?.text).parts.map(({ kind, fen, funder }) => [
        kind,
        fen,
        funder.kind,
      ]);
      assert.deepEqual(parts, [
        ['concession', 498, 'party'],
        ['over-ceiling', 503, 'host'],
      ]);
      assert.equal(last?.state, 'accepted');
      // A group that is priced again gives back first what it took.
      await host.store.transaction((tx) => tx.host.markDueAgain([last]));
      await world.settle();
      assert.equal((await used())?.usedFen, 2_500);
    },
  );

  here('a funding city accepts no more than it signed for', async (world) => {
    world.editions.get('4201')?.set(
      5,
      SERVICES.map((entry) => withCeiling(entry, 2_500)),
    );
    const visit = (n: number) =>
      tap(`${String(n)} sight single - 1${String(n)}:00`, {
        edition: 5,
        resident: `r-${String(n)}`,
      });
    world.now = at('20:00');
    await rideIn(world, '4201', '4301', [visit(1), visit(2), visit(3)]);
    const host = world.city('4201');
    // A host that forgets what it charged claims all of it.
    await host.journeys.price();
    const messages = world.messages.splice(0).map((message) => unfolded(message));
    for (const message of messages) await world.carry(message);
    const states = (await hostLines(world)).map(({ state, reason }) => [state, reason]);
    assert.deepEqual(states.sort(), [
      ['accepted', null],
      ['accepted', null],
      ['disputed', 'CEILING_EXCEEDED'],
    ]);
  });

  for (const point of ['lines/before-commit', 'lines/after-commit']) {
    here(`a crash at ${point} loses nothing and doubles nothing`, async (world) => {
      await rideIn(world, '4201', '4301', [tap('1 bus single - 08:00')]);
      crashAt(world, point);
      const sent = world.messages.length;
      await assert.rejects(world.city('4201').journeys.price(), /crash/);
      // Here a message is not taken back with its transaction, as the outbox does.
      if (point === 'lines/before-commit') world.messages.length = sent;
      assert.equal((await hostLines(world)).length, point.includes('after') ? 1 : 0);
      world.faults = { point: () => undefined };
      await world.settle();
      assert.deepEqual((await hostLines(world)).map(briefly), [['complete', 'accepted', 205]]);
    });
  }
}

const RESIDENTS = ['r-1', 'r-2', 'r-3', 'r-4', 'r-5'];

/** A day with something of everything: pairs, repeats, lost ends, transfers, caps, no price. */
function manyTaps(): readonly TestTap[] {
  const taps: TestTap[] = [];
  let number = 0;
  const add = (spec: string, more: Partial<TestTap>): void => {
    taps.push(tap(`${String(++number)} ${spec}`, more));
  };
  for (const [i, resident] of RESIDENTS.entries()) {
    const who = { resident, class: i % 3 === 0 ? 2 : 0, head: 12 + (i % 3) };
    add('metro entry a 07:00', who);
    add('metro entry a 07:05', who);
    add('metro exit c 07:30', { ...who, shownFen: 300 });
    add('bus single - 07:40', who);
    add('bus single - 08:00', who);
    add('bus single - 12:00', { ...who, head: 11 });
    add('capped single - 13:00', who);
    add('sight single - 14:00', who);
    add('metro exit b 16:00', who);
    add('metro entry b 17:00', who);
    add('ferry single - 18:00', { ...who, edition: 3 });
    if (i === 2) add('club single - 19:00', who);
    if (i === 3) add('metro single x 19:30', { ...who, stop: 'x' });
    if (i === 4) add('bus single - 20:00', { ...who, edition: 4 });
    add('metro entry e 22:30', who);
    if (i !== 1) add('metro exit a 28:20', who);
    add('bus single - 29:00', who);
  }
  return taps;
}

type Line = { readonly text: string };
const texts = (lines: readonly Line[]): string[] => lines.map(({ text }) => text);
const lineOf = (text: string | undefined) => JSON.parse(text ?? 'null') as JourneyLine;
const briefly = (line: Pick<LineRow, 'journeyState' | 'state' | 'riderFen'>) => [
  line.journeyState,
  line.state,
  line.riderFen,
];

function homeLines(world: TestJourneys, resident: string) {
  return world.city('4301').store.read((tx) => tx.home.homeLinesOf(resident, 0));
}

function countAll(world: TestJourneys) {
  return world.city('4201').journeys.countTaps(at('00:00'), at('60:00'));
}

/** What both cities hold in the end, without how they came to it. */
async function endState(world: TestJourneys) {
  const lines = await hostLines(world);
  const atHome = await Promise.all(RESIDENTS.map((one) => homeLines(world, one)));
  return {
    host: lines.map(({ journey, text, state }) => [journey, text, state] as const).sort(),
    home: atHome
      .flat()
      .map(({ text, outcome }) => [text, outcome] as const)
      .sort(),
  };
}

function crashAt(world: TestJourneys, where: string): void {
  world.faults = {
    point: (name) => {
      if (name === where) throw new Error(`crash at ${name}`);
    },
  };
}

function withCeiling(entry: Entry, ceilingFen: number): Entry {
  const rules = entry.rules.map((rule) =>
    rule.funder.kind === 'party' ? { ...rule, funder: { ...rule.funder, ceilingFen } } : rule,
  );
  return { ...entry, rules };
}

/** As if there were no ceiling in the host's book. */
function unfolded(message: TestMessage): TestMessage {
  const body = JSON.parse(JSON.stringify(message.body)) as { groups: { lines: Folded[] }[] };
  for (const line of body.groups.flatMap(({ lines }) => lines)) {
    const over = line.parts.find(({ kind }) => kind === 'over-ceiling');
    if (over === undefined) continue;
    const funder = { kind: 'party', party: '4301' };
    const all = line.parts.filter(({ rule }) => rule !== null);
    const fen = all.reduce((sum, part) => sum + part.fen, 0);
    line.parts = [{ kind: 'concession', rule: over.rule, funder, fen }];
  }
  return { ...message, body };
}

type Folded = {
  parts: { kind: string; rule: string | null; funder: { kind: string }; fen: number }[];
};

async function freshStores(kind: 'memory' | 'PostgreSQL'): Promise<MakeStore> {
  const stores = [await storeOf(kind), await storeOf(kind)];
  return (party) => stores[party === '4201' ? 0 : 1] ?? fail();
}

function fail(): never {
  throw new Error('no such store');
}

let made = 0;

async function storeOf(kind: 'memory' | 'PostgreSQL'): Promise<NodeStore<CityTables>> {
  if (kind === 'memory') return createMemoryStore(memoryCityTables);
  const name = `journeys_${String(++made)}`;
  const admin = await openDatabase({
    connection: postgres.connection,
    migrations: [],
    log: silentLog,
  });
  const client = await admin.connect();
  await client.query(`create database ${name}`);
  client.release();
  await admin.close();
  const connection = { ...postgres.connection, database: name };
  const database = await openDatabase({
    ...{ connection, migrations: cityMigrations, log: silentLog, maxConnections: 2 },
  });
  databases.push(database);
  return createPgStore(database, pgCityTables);
}

async function hostLines(world: TestJourneys): Promise<readonly LineRow[]> {
  return world.city('4201').store.read((tx) => tx.host.lines({ limit: 100 }));
}
