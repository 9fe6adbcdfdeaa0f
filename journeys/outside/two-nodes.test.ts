// The rooms of three city nodes over memory stores, with messages that come twice and in between:
// host and home city end with the lines that the outside program computes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  canonicalJson,
  type Entry,
  type JourneyLine,
  type LineFunder,
  type LinePart,
  type Repair,
} from '@tongyu/protocol';
import {
  rideIn,
  testJourneys,
  type TestJourneys,
  type TestTap,
} from '../../server/src/journeys/testing/two-cities.ts';
import { memoryCityTables } from '../../server/src/store/city-memory.ts';
import type { CityTables } from '../../server/src/store/city-tables.ts';
import { createMemoryStore } from '../../server/src/store/node-store.ts';
import { rollDice } from '../../tools/testing/mutate-input.ts';
import { computeLines } from './compute-lines.mjs';
import { chargedTaps, type ChargedTap } from './journey-book.ts';
import { makeRecords, type Records } from './many-taps.ts';
import { HOMES, HOSTS } from './two-cities-list.ts';

const TAPS = 3_000;
const BATCHES = 8;
const ALL = 1_000_000;

async function openCities(records: Records): Promise<TestJourneys> {
  const world = await testJourneys(records.asOf, HOMES, () =>
    createMemoryStore<CityTables>(memoryCityTables),
  );
  for (const { number, parts } of records.editions) {
    for (const { party, entries } of parts) {
      const known = world.editions.get(party) ?? new Map<number, readonly Entry[]>();
      world.editions.set(party, known.set(number, entries));
    }
  }
  for (const { signed } of records.heads) {
    const city = world.city(signed.party);
    city.heads.set(signed.number, await city.sign(signed));
  }
  return world;
}

function entryOf(editions: Records['editions'], number: number, id: string): Entry | undefined {
  const entries = editions[number - 1]?.parts.flatMap((part) => part.entries);
  return entries?.find((entry) => entry.id === id);
}

function testTapOf({ tap, ref, class: shown }: ChargedTap, { editions }: Records): TestTap {
  const { terminal, number, time, service, direction, stop, held, shownPriceFen } = tap;
  const entry = entryOf(editions, held.editionNumber, service);
  return {
    ...{ terminal, number, time, service, direction, stop, resident: ref, class: shown },
    ...{ shownFen: shownPriceFen ?? 0, edition: held.editionNumber, head: held.headNumber },
    ...{ fareGroup: entry?.fareGroup ?? '', operator: entry?.operator.id ?? '' },
  };
}

/** A home city keeps a repair and sends it, whatever the host knows by then. */
async function repairIn(
  world: TestJourneys,
  repair: Repair,
  taps: ReadonlyMap<string, ChargedTap>,
) {
  const about = taps.get(repair.journey);
  const { kind } = repair;
  if (about === undefined || kind === 'waive') return;
  const { home, tap, ref } = about;
  const host = tap.terminal.slice(0, 4);
  await world.city(home).store.transaction((tx) =>
    tx.home.saveHomeRepair({
      ...{ id: repair.id, host, key: '0'.repeat(32), residentRef: ref, journey: repair.journey },
      ...{ kind, text: canonicalJson(repair), at: repair.at, outcome: 'sent', refusal: null },
    }),
  );
  world.messages.push({
    from: home,
    to: host,
    type: 'journey.repair',
    body: { repairs: [repair] },
  });
}

async function live(world: TestJourneys, records: Records, below: (end: number) => number) {
  const charged = [...chargedTaps(records)].sort(() => below(3) - 1);
  const taps = new Map(
    charged.map((one) => [`${one.tap.terminal}/${String(one.tap.number)}`, one]),
  );
  const size = Math.ceil(charged.length / BATCHES);
  for (let at = 0; at < charged.length; at += size) {
    const batch = charged.slice(at, at + size);
    for (const host of HOSTS) {
      for (const home of HOMES) {
        const mine = batch.filter((one) => one.home === home && one.tap.terminal.startsWith(host));
        const some = mine.map((one) => testTapOf(one, records));
        if (some.length > 0) await rideIn(world, host, home, some);
      }
    }
    for (const { journeys } of HOSTS.map((host) => world.city(host))) await journeys.price();
    // Some of what is under way comes now, and all of it later once more.
    for (const message of [...world.messages].filter(() => below(3) === 0)) {
      await world.carry(message);
    }
    if (at > 0) await world.settle();
  }
  for (const repair of records.repairs) await repairIn(world, repair, taps);
  await world.settle();
}

/** Ceilings are the host's book: what is above goes back to its funder here (JRN-4.5). */
function folded(text: string, { editions }: Records): string {
  const line = JSON.parse(text) as JourneyLine;
  const over = line.parts.find(({ kind }) => kind === 'over-ceiling');
  if (over === undefined) return text;
  const rest = line.parts.filter((part) => part !== over);
  const [first] = rest;
  const rules = entryOf(editions, line.edition, line.service)?.rules ?? [];
  const funder = rules.find(({ id }) => id === over.rule)?.funder;
  assert.ok(funder?.kind === 'party');
  const payer: LineFunder = { kind: 'party', party: funder.party };
  const parts: LinePart[] =
    first?.kind === 'concession'
      ? [{ ...first, fen: first.fen + over.fen }, ...rest.slice(1)]
      : [{ ...over, kind: 'concession', funder: payer }, ...rest];
  return canonicalJson({ ...line, parts });
}

void test('three city nodes end with the lines of the outside program', async (t) => {
  const dice = rollDice();
  t.diagnostic(`seed ${String(dice.seed)}: set TONGYU_SEED to see it again`);
  const made = makeRecords(TAPS, dice);
  const repairs = made.repairs.filter(({ kind }) => kind !== 'waive');
  const records = { ...made, repairs, ceilings: [] };
  const world = await openCities(records);
  await live(world, records, dice.below);
  const { groups } = computeLines([records]);
  for (const host of HOSTS) {
    const mine = groups.filter((group) => group.host === host);
    const { store } = world.city(host);
    const rows = await store.read((tx) => tx.host.lines({ limit: ALL }));
    const expected = mine.flatMap(({ lines }) => lines).sort();
    assert.ok(expected.length > TAPS / 10);
    assert.deepEqual(rows.map(({ text }) => folded(text, records)).sort(), expected);
    assert.deepEqual([...new Set(rows.map(({ state }) => state))], ['accepted']);
  }
  for (const home of HOMES) {
    const { store } = world.city(home);
    const rows = await store.read((tx) => tx.home.homeLines({ limit: ALL }));
    const expected = groups.filter((group) => group.home === home).flatMap(({ lines }) => lines);
    assert.deepEqual(rows.map(({ text }) => folded(text, records)).sort(), expected.sort());
    assert.ok(rows.every(({ outcome }) => outcome === 'accepted'));
  }
});
