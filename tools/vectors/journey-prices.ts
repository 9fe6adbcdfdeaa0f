import { tap, SIGNATURES, type TapText } from './journey-region.ts';
import type { Table } from './journeys.ts';

/** JRN-3: what a journey costs, and who pays it. */

const senior = { class: 2 };
const single = (
  spec: string,
  parts: Partial<TapText> = {},
): { readonly taps: readonly TapText[] } => ({
  taps: [tap(spec, parts)],
});

export function addExceptions(table: Table): void {
  const bus = '1 bus single - 08:00';
  table('edition-unknown', single(bus, { edition: 5 }), '!1 TERMS_UNKNOWN');
  table('head-unknown', single(bus, { head: 99 }), '!1 TERMS_UNKNOWN');
  table('entry-unknown', single('1 nothing single - 08:00'), '!1 TERMS_UNKNOWN');
  table(
    'not-in-that-edition',
    single('1 ferry single - 08:00', { edition: 4 }),
    '!1 TERMS_UNKNOWN',
  );
  table('residence-not-admitted', single('1 club single - 08:00'), '!1 NO_PRICE');
  const zones = (from: string, to: string) => ({
    taps: [tap(`1 metro entry ${from} 08:00`), tap(`2 metro exit ${to} 08:30`)],
  });
  table('unknown-entry-stop', zones('x', 'c'), '!1 STOP_UNKNOWN; !2 STOP_UNKNOWN');
  table('unknown-exit-stop', zones('a', 'x'), '!1 STOP_UNKNOWN; !2 STOP_UNKNOWN');
  table('no-stop-at-all', zones('-', 'c'), '!1 STOP_UNKNOWN; !2 STOP_UNKNOWN');
  table('stop-unknown-and-no-exit', single('1 metro entry x 08:00'), '1 missing-exit 600 = 600');
  table('stop-where-there-are-none', single('1 bus single x 08:00'), '1 complete 205 = 205');
  table(
    'all-taps-of-the-journey',
    {
      taps: [
        ...[tap('9 metro entry a 08:00', { edition: 5 }), tap('10 metro entry a 08:01')],
        tap('8 metro exit c 08:30'),
      ],
    },
    '!8 TERMS_UNKNOWN; !9 TERMS_UNKNOWN; !10 TERMS_UNKNOWN',
  );
  table(
    'terms-of-the-first-tap',
    { taps: [tap('1 metro entry a 08:00'), tap('2 metro exit c 08:30', { edition: 5, head: 99 })] },
    '1-2 complete 455 = 455',
  );
  table(
    'beside-lines',
    {
      taps: [
        tap('1 bus single - 08:00'),
        tap('2 club single - 08:01'),
        tap('3 tram single - 08:02'),
      ],
    },
    '1 complete 205 = 205; 3 complete 200 = 100 + 100 transfer operator; !2 NO_PRICE',
  );
}

/** Rows: entry; columns: exit. */
export function addFares(table: Table): void {
  const fares: Readonly<Record<string, readonly number[]>> = {
    a: [200, 301, 455, 600, 600],
    b: [301, 200, 301, 600, 600],
    c: [455, 301, 200, 455, 600],
    e: [600, 600, 455, 200, 301],
    f: [600, 600, 600, 301, 200],
  };
  const stops = ['a', 'b', 'c', 'e', 'f'];
  for (const [from, row] of Object.entries(fares)) {
    for (const [i, fare] of row.entries()) {
      const to = stops[i] ?? '';
      const taps = [tap(`1 metro entry ${from} 08:00`), tap(`2 metro exit ${to} 08:30`)];
      const text = String(fare);
      table(`zones-${from}-${to}`, { taps }, `1-2 complete ${text} = ${text}`);
    }
  }
  table('zones-single', single('1 metro single a 08:00'), '1 complete 600 = 600');
  table(
    'ticket',
    single('1 sight single - 08:00', { class: 4 }),
    '1 complete 2001 = 0 + 2001 concession operator',
  );
  table('free', single('1 park single - 08:00', senior), '1 complete 0 = 0');
  table('flat-missing-exit', single('1 ferry entry - 08:00'), '1 missing-exit 405 = 405');
}

export function addConcessions(table: Table): void {
  const bus = '1 bus single - 08:00';
  table('senior', single(bus, senior), '1 complete 205 = 102 + 103 concession host');
  table('older-senior', single(bus, { class: 3 }), '1 complete 205 = 102 + 103 concession host');
  table('not-so-old', single(bus, { class: 1 }), '1 complete 205 = 205');
  table('no-class', single(bus), '1 complete 205 = 205');
  table(
    'rounded-down-by-zones',
    { taps: [tap('1 metro entry a 08:00', senior), tap('2 metro exit b 08:30', senior)] },
    '1-2 complete 301 = 150 + 151 concession host',
  );
  table(
    'missing-exit-with-concession',
    single('1 metro entry a 08:00', senior),
    '1 missing-exit 600 = 300 + 300 concession host',
  );
  table(
    'class-of-the-first-tap',
    { taps: [tap('1 metro entry a 08:00', senior), tap('2 metro exit b 08:30')] },
    '1-2 complete 301 = 150 + 151 concession host',
  );
  table(
    'class-of-the-second-tap',
    { taps: [tap('1 metro entry a 08:00'), tap('2 metro exit b 08:30', senior)] },
    '1-2 complete 301 = 301',
  );
  table(
    'rule-of-the-tap-edition',
    single(bus, { ...senior, edition: 4 }),
    '1 complete 305 = 274 + 31 concession host',
  );
  table(
    'each-by-its-own-edition',
    { taps: [tap(bus, senior), tap('2 bus single - 09:00', { ...senior, edition: 4 })] },
    '1 complete 205 = 102 + 103 concession host; 2 complete 305 = 274 + 31 concession host',
  );
  addSuspended(table);
  addDailyNumbers(table);
}

function addSuspended(table: Table): void {
  const bus = '1 bus single - 08:00';
  const heads = [11, 12, 13, 14];
  table(
    'suspended-when-it-was-shown',
    { ...single(bus, { ...senior, head: 13 }), heads },
    '1 complete 205 = 205',
  );
  table(
    'suspended-later',
    { ...single('1 bus single - 05:30', senior), heads },
    '1 complete 205 = 102 + 103 concession host',
  );
  table(
    'suspended-for-the-residence',
    { ...single(bus, { ...senior, head: 14 }), heads },
    '1 complete 205 = 205',
  );
  table(
    'suspended-for-another-residence',
    { ...single('1 ferry single - 08:00', { ...senior, head: 14 }), heads },
    '1 complete 405 = 202 + 203 concession host',
  );
}

function addDailyNumbers(table: Table): void {
  const fifth = (number: number, name = 'bus'): TapText =>
    tap(`${String(number)} ${name} single - 0${String(number)}:00`, { class: 5 });
  table(
    'twice-a-day',
    { taps: [4, 5, 6, 7].map((number) => fifth(number)) },
    [4, 5]
      .map((number) => `${String(number)} complete 205 = 10 + 195 concession host`)
      .concat(['6 complete 205 = 205', '7 complete 205 = 205'])
      .join('; '),
  );
  table('twice-a-day-by-time', { taps: [6, 4, 5].map((number) => fifth(number)) }, [
    '4 complete 205 = 10 + 195 concession host',
    '5 complete 205 = 10 + 195 concession host',
    '6 complete 205 = 205',
  ]);
  table(
    'twice-a-day-not-of-other-classes',
    { taps: [fifth(4), tap('5 bus single - 05:00', senior), fifth(6)] },
    [
      '4 complete 205 = 10 + 195 concession host',
      '5 complete 205 = 102 + 103 concession host',
      '6 complete 205 = 10 + 195 concession host',
    ],
  );
  table(
    'twice-a-day-not-of-other-services',
    { taps: [tap('3 tram single - 04:00', { class: 5 }), fifth(5), fifth(6)] },
    [
      '3 complete 200 = 200',
      '5 complete 205 = 10 + 195 concession host',
      '6 complete 205 = 10 + 195 concession host',
    ],
  );
}

/** Head 11 is two days old; 13 to 15 suspend. */
export function addAged(table: Table): void {
  const bus = '1 bus single - 08:00';
  const aged = (
    id: string,
    spec: string,
    heads: readonly number[],
    expected: string,
    klass = 2,
  ) => {
    table(id, { ...single(spec, { class: klass, head: 11 }), heads }, expected);
  };
  aged('aged-nothing-suspended', bus, [11, 12], '1 complete 205 = 102 + 103 concession host');
  const ferry = '1 ferry single - 08:00';
  aged('aged-of-another-residence', ferry, [11, 14], '1 complete 405 = 202 + 203 concession host');
  const sight = '1 sight single - 08:00';
  aged('aged-no-later-head', sight, [11], '1 complete 2001 = 1000 + 1001 concession 4301', 0);
  aged(
    'aged-later-head-of-others',
    sight,
    [11, 14],
    '1 complete 2001 = 1000 + 1001 concession 4301',
    0,
  );
  aged('aged-rule-suspended', sight, [11, 15], '1 complete 2001 = 1000 + 1001 concession host', 0);
  aged('aged-service-suspended', bus, [11, 15], '1 complete 205 = 102 + 103 concession host');
  aged(
    'aged-suspended-after-the-tap',
    '1 sight single - 07:29:59',
    [11, 15],
    '1 complete 2001 = 1000 + 1001 concession 4301',
    0,
  );
  aged(
    'aged-suspended-at-the-tap',
    '1 sight single - 07:30',
    [11, 15],
    '1 complete 2001 = 1000 + 1001 concession host',
    0,
  );
  aged(
    'aged-operator-rule-stays',
    sight,
    [11, 15],
    '1 complete 2001 = 0 + 2001 concession operator',
    4,
  );
  aged(
    'aged-whole-sight-suspended',
    sight,
    [11, 16],
    '1 complete 2001 = 1000 + 1001 concession host',
    0,
  );
  aged(
    'aged-newest-of-many-in-any-order',
    sight,
    [11, 16, 14],
    '1 complete 2001 = 1000 + 1001 concession host',
    0,
  );
  addNotAged(table);
}

function addNotAged(table: Table): void {
  const sight = '1 sight single - 08:00';
  table(
    'suspended-in-the-head-that-was-held',
    { ...single(sight, { head: 16 }), heads: [11, 16] },
    '1 complete 2001 = 1000 + 1001 concession 4301',
  );
  table(
    'a-day-old',
    { ...single('1 sight single - 29:00', { head: 12 }), heads: [12, 15] },
    '1 complete 2001 = 1000 + 1001 concession 4301',
  );
  table(
    'a-second-more-than-a-day-old',
    { ...single('1 sight single - 29:00:01', { head: 12 }), heads: [12, 15] },
    '1 complete 2001 = 1000 + 1001 concession host',
  );
  table(
    'not-aged',
    { ...single(sight, { head: 12 }), heads: [12, 15] },
    '1 complete 2001 = 1000 + 1001 concession 4301',
  );
  table(
    'aged-takes-nothing-from-the-ceiling',
    {
      taps: [tap(sight, { head: 11 }), tap('2 sight single - 07:00', { head: 12 })],
      ...{ heads: [11, 12, 15], ceilings: { [SIGNATURES.home]: 1_001 } },
    },
    '2 complete 2001 = 1000 + 1001 concession 4301; 1 complete 2001 = 1000 + 1001 concession host',
  );
}

export function addCeilings(table: Table): void {
  const sight = single('1 sight single - 08:00');
  const left = (id: string, fen: number, parts: string): void => {
    const ceilings = { [SIGNATURES.home]: fen };
    table(`ceiling-${id}`, { ...sight, ceilings }, `1 complete 2001 = 1000${parts}`);
  };
  left('enough', 1_001, ' + 1001 concession 4301');
  left('one-short', 1_000, ' + 1000 concession 4301 + 1 over-ceiling host');
  left('one-left', 1, ' + 1 concession 4301 + 1000 over-ceiling host');
  left('none-left', 0, ' + 1001 over-ceiling host');
  left('below-none', -500, ' + 1001 over-ceiling host');
  const visits = [1, 2, 3].map((number) =>
    tap(`${String(number)} sight single - 0${String(number + 7)}:00`),
  );
  table('ceiling-over-the-day', { taps: visits, ceilings: { [SIGNATURES.home]: 1_500 } }, [
    '1 complete 2001 = 1000 + 1001 concession 4301',
    '2 complete 2001 = 1000 + 499 concession 4301 + 502 over-ceiling host',
    '3 complete 2001 = 1000 + 1001 over-ceiling host',
  ]);
  const [first, second] = [
    tap('1 sight single - 08:00'),
    tap('2 sight single - 09:00', { edition: 4 }),
  ];
  table(
    'ceiling-of-each-signature',
    { taps: [first, second], ceilings: { [SIGNATURES.home]: 1_001, [SIGNATURES.anew]: 1_001 } },
    '1 complete 2001 = 1000 + 1001 concession 4301; 2 complete 2001 = 1000 + 1001 concession 4301',
  );
  table(
    'ceiling-of-a-third-city',
    { ...single('1 sight single - 08:00', { class: 6 }), ceilings: { [SIGNATURES.other]: 1_500 } },
    '1 complete 2001 = 1 + 1500 concession 3401 + 500 over-ceiling host',
  );
}
