import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson, serviceDay, serviceDayDate, slotStart } from '@tongyu/protocol';
import type { TapRow } from '../store/city-tables.ts';
import type { LineRow } from '../store/journey-tables.ts';
import { HOME, MORNING } from './group-fixture.ts';
import { parityCsv } from './parity-csv.ts';
import { daysOf, type ParityReport, type Side } from './parity.ts';
import { testViews, type TestViews } from './view-fixture.ts';

const DAY = serviceDay(MORNING);
const SEED = 20_261_127;

/** A small generator: the same numbers for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Made = { readonly taps: readonly TapRow[]; readonly lines: readonly LineRow[] };

function make(seed: number): Made {
  const next = generator(seed);
  const pick = <T>(some: readonly T[]): T => some[next(some.length)] as T;
  const taps = Array.from({ length: 600 }, (_, i): TapRow => {
    const service = pick(['4301-metro', '4301-bus', '4301-sight']);
    const refusal = pick([null, null, null, 'KEY_REVOKED', 'NOT_ENTITLED', 'CODE_TOO_OLD']);
    const day = DAY - 3 + next(5);
    return {
      ...{ terminal: '4301-gate', number: i + 1, operator: service, hash: 'h' },
      ...{ time: slotStart({ day, slot: 0 }) + next(86_400), receivedAt: MORNING, service },
      ...{ kind: pick(['scan', 'scan', 'scan', 'assisted']), verdict: refusal ? 'refuse' : 'pass' },
      ...{ refusal, assistedReason: null, issuer: pick(['4301', '4201', '3401', null]) },
      ...{ charged: null, exception: null, field: null, home: 'none', shownPriceFen: null },
      ...{ warned: false, direction: 'single', stop: null, class: 0, fareGroup: null },
      ...{ edition: 1, head: 1, journeyKey: null, previousKey: null, text: '{}' },
    };
  });
  const lines = Array.from({ length: 400 }, (_, i): LineRow => {
    const service = pick(['4301-metro', '4301-bus']);
    const [concession, transfer] = [next(3) * 50, next(2) * 100];
    const parts = [
      { kind: 'concession', fen: concession },
      { kind: 'transfer', fen: transfer },
    ].filter(({ fen }) => fen > 0);
    return {
      ...{ home: pick(['4301', '4201', '3401']), key: 'k', journey: `4301-g/${i + 1}` as const },
      ...{ day: DAY - 3 + next(5), service, operator: service, journeyState: 'complete' },
      ...{ state: pick(['accepted', 'accepted', 'claimed', 'disputed']), reason: null },
      ...{ field: null, text: canonicalJson({ parts }), taps: [], fullFen: 400, class: 0 },
      ...{ riderFen: 400 - concession - transfer, revision: 1, updatedAt: MORNING },
      concessionFen: concession,
    };
  });
  return { taps, lines };
}

async function filled(made: Made): Promise<TestViews> {
  const test = testViews(MORNING);
  await test.room.store.transaction(async (tx) => {
    await tx.city.addTaps(made.taps);
    await tx.host.replaceLines([], made.lines, []);
  });
  return test;
}

async function report(at: TestViews, operator: string | null = null): Promise<ParityReport> {
  const range = { from: serviceDayDate(DAY - 2), to: serviceDayDate(DAY) };
  const result = await at.views.parity(range, operator);
  assert(result.ok);
  return result.value;
}

/** The same by walking all rows, for one service and some residences. */
function byHand(
  { taps, lines }: Made,
  service: string,
  isOf: (residence: string | null) => boolean,
): Side {
  const side = {
    ...{ taps: 0, refused: 0, refusals: {} as Record<string, number>, journeys: 0, fullFen: 0 },
    ...{ riderFen: 0, concessionFen: 0, disputed: 0 },
  };
  const isIn = (day: number): boolean => DAY - 2 <= day && day <= DAY;
  for (const row of taps) {
    const day = Math.floor((row.time + 4 * 3600) / 86_400);
    if (row.service !== service || !isOf(row.issuer) || !isIn(day) || row.kind !== 'scan') continue;
    side.taps += 1;
    if (row.refusal === null) continue;
    side.refused += 1;
    side.refusals[row.refusal] = (side.refusals[row.refusal] ?? 0) + 1;
  }
  for (const row of lines) {
    if (row.service !== service || !isOf(row.home) || !isIn(row.day)) continue;
    const { parts } = JSON.parse(row.text) as { parts: { kind: string; fen: number }[] };
    side.journeys += 1;
    side.fullFen += row.fullFen;
    side.riderFen += row.riderFen;
    for (const { kind, fen } of parts) if (kind === 'concession') side.concessionFen += fen;
    if (row.state === 'disputed') side.disputed += 1;
  }
  return side;
}

test(`the report is what a walk over all rows counts (seed ${String(SEED)})`, async () => {
  const made = make(SEED);
  const { from, to, services } = await report(await filled(made));
  assert.deepEqual([from, to], [serviceDayDate(DAY - 2), serviceDayDate(DAY)]);
  assert.deepEqual(
    services.map(({ service, name }) => [service, name?.zhCN]),
    [
      ['4301-bus', '长沙公交'],
      ['4301-metro', '长沙地铁'],
      ['4301-sight', '岳麓书院'],
    ],
  );
  for (const { service, locals, visitors, byResidence, unread } of services) {
    assert.deepEqual(
      locals,
      byHand(made, service, (one) => one === HOME),
    );
    assert.deepEqual(
      visitors,
      byHand(made, service, (one) => one !== HOME && one !== null),
    );
    assert.deepEqual(
      unread,
      byHand(made, service, (one) => one === null),
    );
    assert.deepEqual(Object.keys(byResidence), ['3401', '4201', '4301']);
    for (const [residence, side] of Object.entries(byResidence)) {
      assert.deepEqual(
        side,
        byHand(made, service, (one) => one === residence),
      );
    }
  }
});

test('an operator’s account is told of its own services alone', async () => {
  const here = await filled(make(SEED));
  const all = await report(here);
  const own = await report(here, '4301-bus');
  assert.deepEqual(
    own.services,
    all.services.filter(({ operator }) => operator === '4301-bus'),
  );
  assert.deepEqual((await report(here, '4301-nobody')).services, []);
});

test('dates that do not exist, in the wrong order or too far apart are refused', async () => {
  const at = testViews(MORNING);
  const odd = [
    ['2026-02-30', '2026-03-01'],
    ['2026-11-02', '2026-11-01'],
    ['2026-01-01', '2026-04-03'],
    ['2026-13-01', '2026-13-02'],
  ] as const;
  for (const [from, to] of odd) {
    const result = await at.views.parity({ from, to }, null);
    assert(!result.ok, from);
    assert.equal(result.refusal.code, 'RANGE_ODD');
  }
  assert.equal((await at.views.parity({ from: '2026-01-01', to: '2026-04-02' }, null)).ok, true);
  assert.deepEqual(daysOf({}, 100), { fromDay: 94, toDay: 100 });
  assert.deepEqual(daysOf({ to: serviceDayDate(100) }, 200), { fromDay: 94, toDay: 100 });
});

test('the table has a row for each service and residence, and no cell is a formula', async () => {
  const { services, ...range } = await report(await filled(make(SEED)));
  const [first] = services;
  assert(first !== undefined);
  const hostile = { zhCN: '=HYPERLINK("http://x","y")', zhTW: null, en: null };
  const table = parityCsv(HOME, { ...range, services: [{ ...first, name: hostile }] });
  assert(table.startsWith('\ufefffrom,to,service,'));
  const rows = table.slice(1).split('\r\n');
  assert.equal(
    rows.length,
    1 + 4 + 1,
    'head, three residences and unread, and the last line’s end',
  );
  const width = rows[0]?.split(',').length;
  assert.equal(width, 16);
  assert(table.includes(`"'=HYPERLINK(""http://x"",""y"")"`));
  assert.doesNotMatch(table, /(^|,|\r\n)"?[=+@-]/m);
  const own = first.byResidence[HOME];
  assert(rows.some((row) => row.includes(`,${HOME},长沙,local,${String(own?.taps)},`)));
});
