import { tap, type TapText } from './journey-region.ts';
import type { Table } from './journeys.ts';

/** JRN-3.7 to JRN-3.9: what depends on the other journeys of the day, and on the screens. */

const senior = { class: 2 };
const metro = [tap('1 metro entry a 08:00'), tap('2 metro exit c 08:30')];
const ride = '1-2 complete 455 = 455';

export function addTransfers(table: Table): void {
  const then = (id: string, spec: string, expected: string, parts: Partial<TapText> = {}): void => {
    table(id, { taps: [...metro, tap(spec, parts)] }, `${ride}; ${expected}`);
  };
  then('transfer', '3 bus single - 08:40', '3 complete 205 = 105 + 100 transfer operator');
  then('transfer-at-once', '3 bus single - 08:30', '3 complete 205 = 105 + 100 transfer operator');
  then(
    'transfer-at-the-last',
    '3 bus single - 09:00',
    '3 complete 205 = 105 + 100 transfer operator',
  );
  then('transfer-too-late', '3 bus single - 09:00:01', '3 complete 205 = 205');
  then('transfer-in-a-service-without', '3 ferry single - 08:40', '3 complete 405 = 405');
  then(
    'transfer-after-the-concession',
    '3 bus single - 08:40',
    '3 complete 205 = 2 + 103 concession host + 100 transfer operator',
    senior,
  );
  then(
    'transfer-at-most-what-is-left',
    '3 bus single - 08:40',
    '3 complete 205 = 0 + 195 concession host + 10 transfer operator',
    { class: 5 },
  );
  then('transfer-before-it-ended', '3 bus single - 08:10', '3 complete 205 = 205');
  addTransfersBetween(table);
}

function addTransfersBetween(table: Table): void {
  const bus = tap('1 bus single - 08:00');
  table(
    'transfer-in-the-same-service',
    { taps: [bus, tap('2 bus single - 08:10')] },
    '1 complete 205 = 205; 2 complete 205 = 205',
  );
  table(
    'transfer-from-a-single',
    { taps: [bus, tap('2 tram single - 08:30')] },
    '1 complete 205 = 205; 2 complete 200 = 100 + 100 transfer operator',
  );
  table(
    'transfer-to-a-ride',
    { taps: [bus, tap('2 metro entry a 08:30'), tap('3 metro exit c 09:30')] },
    '1 complete 205 = 205; 2-3 complete 455 = 355 + 100 transfer operator',
  );
  table(
    'transfer-to-a-ride-without-exit',
    { taps: [bus, tap('2 metro entry a 08:30')] },
    '1 complete 205 = 205; 2 missing-exit 600 = 500 + 100 transfer operator',
  );
  table(
    'transfer-to-an-exit-alone',
    { taps: [bus, tap('2 metro exit c 08:30')] },
    '1 complete 205 = 205; 2 missing-entry 600 = 600',
  );
  table(
    'transfer-from-a-ride-without-exit',
    { taps: [tap('1 metro entry a 08:00'), tap('2 bus single - 08:10')] },
    '1 missing-exit 600 = 600; 2 complete 205 = 205',
  );
  table(
    'transfer-from-an-exit-alone',
    { taps: [tap('1 metro exit a 08:00'), tap('2 bus single - 08:10')] },
    '1 missing-entry 600 = 600; 2 complete 205 = 205',
  );
  table(
    'transfer-only-from-the-line-before',
    { taps: [...metro, tap('3 bus single - 08:35'), tap('4 bus single - 08:40')] },
    `${ride}; 3 complete 205 = 105 + 100 transfer operator; 4 complete 205 = 205`,
  );
  table(
    'transfer-again-and-again',
    { taps: [bus, tap('2 tram single - 08:10'), tap('3 bus single - 08:20')] },
    [
      '1 complete 205 = 205',
      '2 complete 200 = 100 + 100 transfer operator',
      '3 complete 205 = 105 + 100 transfer operator',
    ],
  );
}

export function addCaps(table: Table): void {
  const day = (...hours: readonly number[]): readonly TapText[] =>
    hours.map((hour) => tap(`${String(hour)} capped single - ${String(hour)}:00`));
  const full = (hour: number): string => `${String(hour)} complete 400 = 400`;
  table('cap', { taps: day(10, 12, 14, 16) }, [
    full(10),
    full(12),
    '14 complete 400 = 200 + 200 daily-cap host',
    '16 complete 400 = 0 + 400 daily-cap host',
  ]);
  table(
    'cap-exactly-reached',
    { taps: [tap('1 tram single - 08:00'), ...day(10, 12), tap('2 capped single - 13:00')] },
    `1 complete 200 = 200; ${full(10)}; ${full(12)}; 2 complete 400 = 0 + 400 daily-cap host`,
  );
  table(
    'cap-counts-other-services',
    { taps: [tap('1 ferry single - 08:00'), tap('2 ferry single - 09:00'), ...day(10)] },
    '1 complete 405 = 405; 2 complete 405 = 405; 10 complete 400 = 190 + 210 daily-cap host',
  );
  table(
    'cap-already-passed-elsewhere',
    { taps: [tap('1 sight single - 08:00', { class: 1 }), ...day(10)] },
    '1 complete 2001 = 1000 + 1001 concession 4301; 10 complete 400 = 0 + 400 daily-cap host',
  );
  const ferries = [5, 6, 7].map((hour) =>
    tap(`${String(hour)} ferry single - 0${String(hour)}:00`),
  );
  table('cap-takes-not-more-than-is-left', { taps: [...ferries, ...day(10)] }, [
    '5 complete 405 = 405',
    '6 complete 405 = 405',
    '7 complete 405 = 405',
    '10 complete 400 = 0 + 400 daily-cap host',
  ]);
  table(
    'cap-does-not-hold-where-there-is-none',
    { taps: [...day(10, 12), tap('1 ferry single - 14:00')] },
    `${full(10)}; ${full(12)}; 1 complete 405 = 405`,
  );
  table(
    'cap-after-the-transfer',
    {
      taps: [
        tap('1 ferry single - 08:00'),
        tap('2 ferry single - 08:20'),
        tap('3 metro entry a 08:40'),
        tap('4 metro exit b 09:00'),
      ],
    },
    [
      '1 complete 405 = 405',
      '2 complete 405 = 405',
      '3-4 complete 301 = 190 + 100 transfer operator + 11 daily-cap host',
    ],
  );
  table(
    'cap-by-what-riders-pay',
    {
      taps: [
        tap('1 ferry single - 08:00', senior),
        tap('2 ferry single - 09:00', senior),
        ...day(10),
      ],
    },
    [
      '1 complete 405 = 202 + 203 concession host',
      '2 complete 405 = 202 + 203 concession host',
      '10 complete 400 = 400',
    ],
  );
}

export function addShown(table: Table): void {
  const shown = (id: string, fen: number, expected: string, klass = 0): void => {
    const taps = [tap('1 bus single - 08:00', { shownFen: fen, class: klass })];
    table(`shown-${id}`, { taps }, expected);
  };
  shown('as-much', 205, '1 complete 205 = 205');
  shown('one-less', 204, '1 complete 205 = 204 + 1 shown host');
  shown('nothing', 0, '1 complete 205 = 0 + 205 shown host');
  shown('more', 206, '1 complete 205 = 205');
  shown(
    'less-than-the-concession',
    100,
    '1 complete 205 = 100 + 103 concession host + 2 shown host',
    2,
  );
  shown('more-than-the-concession', 103, '1 complete 205 = 102 + 103 concession host', 2);
  const ride = (first: number, second: number) => ({
    taps: [
      tap('1 metro entry a 08:00', { shownFen: first }),
      tap('2 metro exit c 08:30', { shownFen: second }),
    ],
  });
  table('shown-least-first', ride(300, 400), '1-2 complete 455 = 300 + 155 shown host');
  table('shown-least-last', ride(400, 300), '1-2 complete 455 = 300 + 155 shown host');
  table(
    'shown-after-transfer-and-cap',
    {
      taps: [
        ...[tap('1 ferry single - 08:00'), tap('2 ferry single - 08:20')],
        ...[tap('3 metro entry a 08:40', { shownFen: 150 }), tap('4 metro exit b 09:00')],
      ],
    },
    [
      '1 complete 405 = 405',
      '2 complete 405 = 405',
      '3-4 complete 301 = 150 + 100 transfer operator + 11 daily-cap host + 40 shown host',
    ],
  );
  table(
    'shown-counts-for-the-cap',
    {
      taps: [
        tap('1 ferry single - 08:00', { shownFen: 0 }),
        ...[tap('2 capped single - 09:00'), tap('3 capped single - 10:00')],
        tap('4 capped single - 11:00'),
      ],
    },
    [
      '1 complete 405 = 0 + 405 shown host',
      '2 complete 400 = 400',
      '3 complete 400 = 400',
      '4 complete 400 = 200 + 200 daily-cap host',
    ],
  );
}
