import type { Repair } from '@tongyu/protocol';
import { at, repair, tap, type TapText } from './journey-region.ts';
import type { Table } from './journeys.ts';

/** JRN-5: what is put right afterwards, and what is not. */

const entry = tap('1 metro entry a 08:00');
const exit = tap('2 metro exit c 08:30');
const REPAIRED = '1 repaired 455 = 455';
const UNREPAIRED = '1 missing-exit 600 = 600';
const end = (stop: string | null, clock: string): Partial<Repair> => ({ stop, time: at(clock) });

export function addEnds(table: Table): void {
  const mend = (id: string, parts: Partial<Repair>, expected: string): void => {
    const repairs = [repair('exit', 1, { ...end('c', '08:30'), at: at('14:30'), ...parts })];
    table(`exit-${id}`, { taps: [entry], repairs }, expected);
  };
  mend('repaired', {}, REPAIRED);
  mend('at-another-stop', end('b', '08:30'), '1 repaired 301 = 301');
  mend('at-the-same-stop', end('a', '08:30'), '1 repaired 200 = 200');
  mend('stop-unknown', end('x', '08:30'), UNREPAIRED);
  mend('stop-missing', end(null, '08:30'), UNREPAIRED);
  mend('one-second-later', end('c', '08:00:01'), REPAIRED);
  mend('not-later', end('c', '08:00'), UNREPAIRED);
  mend('earlier', end('c', '07:30'), UNREPAIRED);
  mend('six-hours-later', end('c', '14:00'), REPAIRED);
  mend('more-than-six-hours-later', end('c', '14:00:01'), UNREPAIRED);
  mend('told-at-once', { at: at('08:30') }, REPAIRED);
  mend('told-before', { at: at('08:29:59') }, UNREPAIRED);
  mend('told-after-seven-days', { at: at('08:00') + 604_800 }, REPAIRED);
  mend('told-too-late', { at: at('08:00') + 604_801 }, UNREPAIRED);
  mend('by-another-city', { id: '3401-r-1' }, UNREPAIRED);
  mend('by-the-host', { id: '4201-r-1' }, UNREPAIRED);
  mend('of-another-tap', { journey: '4201-gate/7' }, UNREPAIRED);
  const open = { taps: [entry], asOf: at('09:00') };
  const given = (parts: Partial<Repair>): readonly Repair[] => [
    repair('exit', 1, { ...end('c', '08:30'), at: at('09:00'), ...parts }),
  ];
  table('open-repaired', { ...open, repairs: given({}) }, REPAIRED);
  table('open-not-repaired', { ...open, repairs: given(end('x', '08:30')) }, '?1');
  table(
    'exit-of-a-whole-journey',
    { taps: [entry, exit], repairs: given(end('b', '08:10')) },
    '1-2 complete 455 = 455',
  );
  table(
    'exit-of-an-exit',
    { taps: [exit], repairs: [repair('exit', 2, end('c', '08:40'))] },
    '2 missing-entry 600 = 600',
  );
  table(
    'exit-of-a-single',
    { taps: [tap('1 bus single - 08:00')], repairs: given(end(null, '08:30')) },
    '1 complete 205 = 205',
  );
  table(
    'exit-where-there-are-no-stops',
    { taps: [tap('1 ferry entry - 08:00')], repairs: given(end(null, '08:30')) },
    '1 repaired 405 = 405',
  );
  table(
    'exit-at-a-stop-where-there-are-none',
    { taps: [tap('1 ferry entry - 08:00')], repairs: given({}) },
    '1 missing-exit 405 = 405',
  );
  table(
    'exit-with-terms-unknown',
    { taps: [tap('1 metro entry a 08:00', { edition: 5 })], repairs: given({}) },
    '!1 TERMS_UNKNOWN',
  );
  table(
    'open-with-terms-unknown',
    { taps: [tap('1 metro entry a 08:00', { edition: 5 })], asOf: at('09:00'), repairs: given({}) },
    '?1',
  );
  addEntries(table);
}

function addEntries(table: Table): void {
  const mend = (id: string, parts: Partial<Repair>, expected: string): void => {
    const repairs = [repair('entry', 2, { ...end('a', '08:00'), ...parts })];
    table(`entry-${id}`, { taps: [exit], repairs }, expected);
  };
  const [repaired, unrepaired] = ['2 repaired 455 = 455', '2 missing-entry 600 = 600'];
  mend('repaired', {}, repaired);
  mend('at-another-stop', end('b', '08:00'), '2 repaired 301 = 301');
  mend('stop-unknown', end('x', '08:00'), unrepaired);
  mend('stop-missing', end(null, '08:00'), unrepaired);
  mend('one-second-earlier', end('a', '08:29:59'), repaired);
  mend('not-earlier', end('a', '08:30'), unrepaired);
  mend('six-hours-earlier', end('a', '02:30'), repaired);
  mend('more-than-six-hours-earlier', end('a', '02:29:59'), unrepaired);
  mend('told-too-late', { at: at('08:30') + 604_801 }, unrepaired);
  mend('told-before', { at: at('07:59:59') }, unrepaired);
  mend('by-the-host', { id: '4201-r-1' }, unrepaired);
  table(
    'entry-of-an-entry',
    { taps: [entry], repairs: [repair('entry', 1, end('a', '07:30'))] },
    UNREPAIRED,
  );
  const before = tap('1 bus single - 07:50');
  table(
    'entry-repaired-and-transfer',
    { taps: [before, exit], repairs: [repair('entry', 2, end('a', '08:00'))] },
    '1 complete 205 = 205; 2 repaired 455 = 355 + 100 transfer operator',
  );
  table(
    'exit-repaired-and-transfer',
    {
      taps: [entry, tap('3 bus single - 08:40')],
      repairs: [repair('exit', 1, end('c', '08:30'))],
    },
    '1 repaired 455 = 455; 3 complete 205 = 105 + 100 transfer operator',
  );
}

export function addOtherRepairs(table: Table): void {
  const bus = [tap('1 bus single - 08:00')];
  const half = '1 complete 205 = 102 + 103 concession host';
  const mend = (
    id: string,
    parts: readonly Partial<Repair>[],
    expected: string,
    taps = bus,
  ): void => {
    const repairs = parts.map(({ kind = 'class', ...others }) => repair(kind, 1, others));
    table(id, { taps, repairs }, expected);
  };
  mend('class-repaired', [{ class: 2 }], half);
  mend('class-repaired-to-another', [{ class: 1 }], '1 complete 205 = 205');
  mend(
    'class-in-place-of-a-shown-one',
    [{ class: 5 }],
    '1 complete 205 = 10 + 195 concession host',
    [tap('1 bus single - 08:00', { class: 2 })],
  );
  mend('class-told-after-seven-days', [{ class: 2, at: at('08:00') + 604_800 }], half);
  mend('class-told-too-late', [{ class: 2, at: at('08:00') + 604_801 }], '1 complete 205 = 205');
  mend('class-by-the-host', [{ class: 2, id: '4201-r-1' }], '1 complete 205 = 205');
  mend(
    'class-but-no-more-than-shown',
    [{ class: 2 }],
    '1 complete 205 = 100 + 103 concession host + 2 shown host',
    [tap('1 bus single - 08:00', { shownFen: 100 })],
  );
  mend('waived', [{ kind: 'waive' }], '1 complete 205 = 0 + 205 waived operator');
  mend(
    'waived-long-after',
    [{ kind: 'waive', at: at('08:00') + 90 * 86_400 }],
    '1 complete 205 = 0 + 205 waived operator',
  );
  mend('waived-by-the-home-city', [{ kind: 'waive', id: '4301-r-1' }], '1 complete 205 = 205');
  mend(
    'waived-after-the-concession',
    [{ class: 2 }, { kind: 'waive' }],
    '1 complete 205 = 0 + 103 concession host + 102 waived operator',
  );
  mend(
    'waived-after-shown',
    [{ kind: 'waive' }],
    '1 complete 205 = 0 + 105 shown host + 100 waived operator',
    [tap('1 bus single - 08:00', { shownFen: 100 })],
  );
  mend('waived-nothing', [{ kind: 'waive' }], '1 complete 0 = 0', [tap('1 park single - 08:00')]);
  mend(
    'first-by-time-counts',
    [
      { class: 1, id: '4301-r-1', at: at('20:01') },
      { class: 2, id: '4301-r-2', at: at('20:00') },
    ],
    half,
  );
  mend(
    'first-by-id-counts',
    [
      { class: 1, id: '4301-r-B' },
      { class: 2, id: '4301-r-A' },
    ],
    half,
  );
  mend(
    'first-by-id-by-characters',
    [
      { class: 1, id: '4301-r-9' },
      { class: 2, id: '4301-r-10' },
    ],
    half,
  );
  mend('same-repair-twice', [{ class: 2 }, { class: 2 }], half);
  addLaterTaps(table, bus);
}

/** A real tap beats a repair, and a repair stays with the tap that it names. */
function addLaterTaps(table: Table, bus: readonly TapText[]): void {
  const told = repair('exit', 1, end('b', '08:10'));
  table(
    'real-exit-beats-the-repair',
    { taps: [entry, exit], repairs: [told] },
    '1-2 complete 455 = 455',
  );
  table(
    'first-valid-counts',
    { taps: [entry], repairs: [repair('exit', 1, { ...end('x', '08:10'), id: '4301-r-0' }), told] },
    '1 repaired 301 = 301',
  );
  table(
    'repair-goes-with-its-tap',
    { taps: [entry, exit], repairs: [repair('class', 2, { class: 2 })] },
    '1-2 complete 455 = 227 + 228 concession host',
  );
  table(
    'waived-with-its-tap',
    { taps: [entry, exit], repairs: [repair('waive', 2, {})] },
    '1-2 complete 455 = 0 + 455 waived operator',
  );
  table(
    'repairs-of-two-taps',
    {
      taps: [entry, exit],
      repairs: [
        repair('class', 2, { class: 1, id: '4301-r-1' }),
        repair('class', 1, { class: 2, id: '4301-r-2', at: at('19:00') }),
      ],
    },
    '1-2 complete 455 = 227 + 228 concession host',
  );
  table(
    'repairs-of-two-taps-by-their-time',
    {
      taps: [entry, exit],
      repairs: [
        repair('class', 1, { class: 1, id: '4301-r-1' }),
        repair('class', 2, { class: 2, id: '4301-r-2', at: at('19:00') }),
      ],
    },
    '1-2 complete 455 = 227 + 228 concession host',
  );
  table(
    'others-stay-as-they-are',
    { taps: [...bus, tap('2 bus single - 10:00')], repairs: [repair('waive', 1, {})] },
    '1 complete 205 = 0 + 205 waived operator; 2 complete 205 = 205',
  );
  table(
    'waived-counts-nothing-for-the-cap',
    {
      taps: [8, 10, 12, 14].map((hour) =>
        tap(`${String(hour)} capped single - ${String(hour)}:00`),
      ),
      repairs: [repair('waive', 8, {})],
    },
    [
      '8 complete 400 = 0 + 400 waived operator',
      '10 complete 400 = 400',
      '12 complete 400 = 400',
      '14 complete 400 = 200 + 200 daily-cap host',
    ],
  );
}
