import { at, tap } from './journey-region.ts';
import type { Table } from './journeys.ts';

/** JRN-2: which taps make a journey. */
const entryA = tap('1 metro entry a 08:00');
const exitC = tap('2 metro exit c 08:30');

export function addPairs(table: Table): void {
  table('pair', { taps: [entryA, exitC] }, '1-2 complete 455 = 455');
  table('single', { taps: [tap('1 bus single - 08:00')] }, '1 complete 205 = 205');
  table(
    'singles-are-never-one',
    { taps: [tap('1 bus single - 08:00'), tap('2 bus single - 08:00:30')] },
    '1 complete 205 = 205; 2 complete 205 = 205',
  );
  table('no-exit', { taps: [entryA] }, '1 missing-exit 600 = 600');
  table('no-entry', { taps: [exitC] }, '2 missing-entry 600 = 600');
  const other = tap('2 ferry exit - 08:30');
  table(
    'exit-of-another-service',
    { taps: [entryA, other] },
    '1 missing-exit 600 = 600; 2 missing-entry 405 = 405',
  );
  table(
    'exit-of-another-service-in-between',
    { taps: [entryA, other, tap('3 metro exit c 08:40')] },
    '1-3 complete 455 = 455; 2 missing-entry 405 = 405',
  );
  table('longest', { taps: [entryA, tap('2 metro exit c 14:00')] }, '1-2 complete 455 = 455');
  table(
    'longer-than-longest',
    { taps: [entryA, tap('2 metro exit c 14:00:01')] },
    '1 missing-exit 600 = 600; 2 missing-entry 600 = 400 + 200 daily-cap host',
  );
  table(
    'reversed-arrival',
    { taps: [tap('2 metro exit c 08:30'), tap('1 metro entry a 08:00')] },
    '1-2 complete 455 = 455',
  );
  table(
    'exit-before-entry',
    { taps: [tap('1 metro entry a 08:30'), tap('2 metro exit c 08:00')] },
    '2 missing-entry 600 = 600; 1 missing-exit 600 = 400 + 200 daily-cap host',
  );
  table(
    'there-and-back',
    { taps: [entryA, exitC, tap('3 metro entry c 17:00'), tap('4 metro exit a 17:30')] },
    '1-2 complete 455 = 455; 3-4 complete 455 = 455',
  );
  table(
    'single-while-open',
    { taps: [entryA, tap('3 tram single - 08:10'), exitC] },
    '1-2 complete 455 = 455; 3 complete 200 = 200',
  );
  table(
    'entry-and-exit-without-stops',
    { taps: [tap('1 ferry entry - 08:00'), tap('2 ferry exit - 08:30')] },
    '1-2 complete 405 = 405',
  );
}

export function addAgain(table: Table): void {
  const b = tap('2 metro entry b 09:00');
  table(
    'two-entries',
    { taps: [entryA, b, tap('3 metro exit c 09:20')] },
    '1 missing-exit 600 = 600; 2-3 complete 301 = 301',
  );
  table(
    'entry-again',
    { taps: [entryA, tap('2 metro entry a 08:10'), tap('3 metro exit c 08:30')] },
    '1-2-3 complete 455 = 455',
  );
  table(
    'entry-again-too-late',
    { taps: [entryA, tap('2 metro entry a 08:10:01'), tap('3 metro exit c 08:30')] },
    '1 missing-exit 600 = 600; 2-3 complete 455 = 400 + 55 daily-cap host',
  );
  table(
    'entry-again-counts-from-the-first',
    {
      taps: [
        entryA,
        tap('2 metro entry a 08:06'),
        tap('3 metro entry a 08:12'),
        tap('4 metro exit c 08:30'),
      ],
    },
    '1-2 missing-exit 600 = 600; 3-4 complete 455 = 400 + 55 daily-cap host',
  );
  table(
    'entry-again-at-another-stop',
    { taps: [entryA, tap('2 metro entry b 08:01'), tap('3 metro exit c 08:30')] },
    '1 missing-exit 600 = 600; 2-3 complete 301 = 301',
  );
  table(
    'entry-again-in-another-service',
    { taps: [tap('1 ferry entry - 08:00'), tap('2 bus entry - 08:01')] },
    '1 missing-exit 405 = 405; 2 missing-exit 205 = 205',
  );
  table(
    'entry-again-after-a-single',
    { taps: [entryA, tap('2 tram single - 08:05'), tap('3 metro entry a 08:08')] },
    '1-3 missing-exit 600 = 600; 2 complete 200 = 200',
  );
  addExitAgain(table);
}

function addExitAgain(table: Table): void {
  const again = tap('3 metro exit c 08:40');
  table('exit-again', { taps: [entryA, exitC, again] }, '1-2-3 complete 455 = 455');
  table(
    'exit-again-too-late',
    { taps: [entryA, exitC, tap('3 metro exit c 08:40:01')] },
    '1-2 complete 455 = 455; 3 missing-entry 600 = 545 + 55 daily-cap host',
  );
  table(
    'exit-again-counts-from-the-first',
    { taps: [entryA, exitC, tap('3 metro exit c 08:36'), tap('4 metro exit c 08:42')] },
    '1-2-3 complete 455 = 455; 4 missing-entry 600 = 545 + 55 daily-cap host',
  );
  table(
    'exit-again-at-another-stop',
    { taps: [entryA, exitC, tap('3 metro exit b 08:31')] },
    '1-2 complete 455 = 455; 3 missing-entry 600 = 545 + 55 daily-cap host',
  );
  table(
    'exit-again-after-something-else',
    { taps: [entryA, exitC, tap('5 ferry entry - 08:31'), again] },
    [
      '1-2 complete 455 = 455',
      '5 missing-exit 405 = 405',
      '3 missing-entry 600 = 140 + 460 daily-cap host',
    ],
  );
  table(
    'exit-again-without-an-entry',
    { taps: [exitC, tap('3 metro exit c 08:31')] },
    '2-3 missing-entry 600 = 600',
  );
  table(
    'exit-again-of-another-service',
    { taps: [tap('1 ferry exit - 08:30'), tap('2 bus exit - 08:31')] },
    '1 missing-entry 405 = 405; 2 missing-entry 205 = 205',
  );
}

export function addOrder(table: Table): void {
  table(
    'equal-times-by-number',
    { taps: [tap('10 metro exit c 08:00'), tap('9 metro entry a 08:00')] },
    '9-10 complete 455 = 455',
  );
  table(
    'equal-times-by-number-turned',
    { taps: [tap('9 metro exit c 08:00'), tap('10 metro entry a 08:00')] },
    '9 missing-entry 600 = 600; 10 missing-exit 600 = 400 + 200 daily-cap host',
  );
  table(
    'equal-times-by-terminal',
    { taps: [tap('4201-gate/1 metro exit c 08:00'), tap('4201-door/2 metro entry a 08:00')] },
    '4201-door/2-1 complete 455 = 455',
  );
  table(
    'terminal-before-its-longer-namesake',
    { taps: [tap('4201-gate-2/1 metro exit c 08:00'), tap('4201-gate/2 metro entry a 08:00')] },
    '2-4201-gate-2/1 complete 455 = 455',
  );
  table('same-tap-twice', { taps: [exitC, entryA, entryA, exitC] }, '1-2 complete 455 = 455');
  table(
    'single-twice',
    { taps: [tap('1 bus single - 08:00'), tap('1 bus single - 08:00')] },
    '1 complete 205 = 205',
  );
  table(
    'late-entry-in-the-middle',
    {
      taps: [
        ...[entryA, exitC, tap('5 metro exit a 12:00')],
        ...[tap('4 metro entry c 11:30'), tap('3 ferry entry - 09:00')],
      ],
    },
    '1-2 complete 455 = 455; 3 missing-exit 405 = 405; 4-5 complete 455 = 140 + 315 daily-cap host',
  );
}

export function addOpen(table: Table): void {
  const seen = (id: string, clock: string, expected: string): void => {
    table(id, { taps: [entryA], asOf: at(clock) }, expected);
  };
  seen('open-at-once', '08:00', '?1');
  seen('open-before-it-was', '07:59', '?1');
  seen('open-for-six-hours', '14:00', '?1');
  seen('open-no-longer', '14:00:01', '1 missing-exit 600 = 600');
  table(
    'two-open',
    { taps: [entryA, tap('2 metro entry b 09:00')], asOf: at('10:00') },
    '1 missing-exit 600 = 600; ?2',
  );
  table(
    'open-twice',
    { taps: [entryA, tap('2 metro entry a 08:05')], asOf: at('14:00') },
    '?1; ?2',
  );
  table(
    'open-beside-lines',
    { taps: [entryA, tap('2 tram single - 08:10')], asOf: at('10:00') },
    '2 complete 200 = 200; ?1',
  );
  table('exit-is-never-open', { taps: [exitC], asOf: at('08:30') }, '2 missing-entry 600 = 600');
}

const late = tap('1 metro entry a 23:50');
const carried = (spec: string): ReturnType<typeof tap> => tap(spec, { carried: true });
const carriedExit = carried('2 metro exit c 28:05');

/** The end of the service day: 04:00 is written 28:00. */
export function addBorder(table: Table): void {
  table('carried', { taps: [late, carriedExit], asOf: at('40:00') }, '1-2 complete 455 = 455');
  table(
    'carried-without-entry',
    { taps: [tap('1 bus single - 23:50'), carriedExit] },
    '1 complete 205 = 205',
  );
  table(
    'carried-from-22',
    { taps: [tap('1 metro entry a 22:00'), carried('2 metro exit c 28:00')] },
    '1-2 complete 455 = 455',
  );
  table(
    'carried-from-before-22',
    {
      taps: [tap('1 metro entry a 21:59:59'), carried('2 metro exit c 27:59:59')],
      asOf: at('28:00'),
    },
    '1 missing-exit 600 = 600',
  );
  table(
    'carried-too-late',
    { taps: [late, carried('2 metro exit c 29:50:01')], asOf: at('29:51') },
    '1 missing-exit 600 = 600',
  );
  table(
    'carried-at-the-last',
    { taps: [late, carried('2 metro exit c 29:50')] },
    '1-2 complete 455 = 455',
  );
  table(
    'carried-of-another-service',
    { taps: [late, carried('2 ferry exit - 28:05')], asOf: at('28:10') },
    '?1',
  );
  addCarriedAgain(table);
}

function addCarriedAgain(table: Table): void {
  table(
    'carried-again',
    { taps: [late, carriedExit, carried('3 metro exit c 28:06')] },
    '1-2-3 complete 455 = 455',
  );
  table(
    'carried-again-at-another-stop',
    { taps: [late, carriedExit, carried('3 metro exit b 28:06')] },
    '1-2 complete 455 = 455',
  );
  table(
    'carried-again-behind-an-own-exit',
    { taps: [late, tap('2 metro exit c 27:59:59'), carried('3 metro exit c 28:05')] },
    '1-2-3 complete 455 = 455',
  );
  table(
    'carried-behind-an-exit-without-entry',
    { taps: [tap('2 metro exit c 27:59:59'), carried('3 metro exit c 28:05')] },
    '2 missing-entry 600 = 600',
  );
  table(
    'carried-again-from-before-22',
    {
      taps: [
        tap('1 metro entry a 21:59:59'),
        tap('2 metro exit c 27:59'),
        carried('3 metro exit c 28:05'),
      ],
    },
    '1-2 complete 455 = 455',
  );
  table(
    'carried-passed-over-is-nothing-in-between',
    {
      taps: [
        late,
        tap('2 metro exit c 27:59'),
        carried('3 metro exit b 28:01'),
        carried('4 metro exit c 28:05'),
      ],
    },
    '1-2-4 complete 455 = 455',
  );
  table(
    'carried-entry',
    { taps: [late, carried('2 metro entry c 28:05')], asOf: at('28:10') },
    '?1',
  );
  table('carried-single', { taps: [carried('2 bus single - 28:05')] }, '');
  table('carried-alone', { taps: [carriedExit] }, '');
  table(
    'own-exit-of-the-early-morning',
    { taps: [tap('1 metro entry a 04:10'), tap('2 metro exit c 04:40')] },
    '1-2 complete 455 = 455',
  );
}
