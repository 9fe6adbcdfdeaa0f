import type { GroupException, JourneyLine, Json, Repair, TapId } from '@tongyu/protocol';
import { claims } from './independent/claims.ts';
import { journeys } from './independent/journeys.ts';
import { at, repair, SIGNATURES, tap } from './journey-region.ts';
import { groupInput, type GroupText } from './journeys.ts';
import { VectorSet } from './vector-set.ts';

type Line = JourneyLine;
type Claimed = {
  readonly lines: readonly Line[];
  readonly exceptions: readonly GroupException[];
  readonly open: readonly TapId[];
  readonly taps: readonly TapId[];
};
type Spoil = (claimed: Claimed) => Claimed;
type Row = {
  readonly group: GroupText;
  /** What is left under the host's book, and under the home city's own. */
  readonly hostLeft?: Readonly<Record<string, number>>;
  readonly homeLeft?: Readonly<Record<string, number>>;
  /** What the host does wrong. */
  readonly spoil?: Spoil;
};
type Table = (id: string, row: Row, expected: string) => void;

const bus = tap('1 bus single - 08:00', { class: 2 });
const ride = [tap('2 metro entry a 09:00'), tap('3 metro exit c 09:30')];
const three: GroupText = { taps: [bus, ...ride, tap('4 ferry single - 12:00')] };

/** Changes the line at a place; `parts` may be a function of what is there. */
function withLine(place: number, change: (line: Line) => object): Spoil {
  return (claimed) => ({
    ...claimed,
    lines: claimed.lines.map((line, i) => (i === place ? { ...line, ...change(line) } : line)),
  });
}

/** The same for another journey, of one tap. */
function named(line: Line, journey: TapId): Line {
  return { ...line, journey, taps: [journey] };
}

function withPart(place: number, change: object): Spoil {
  return withLine(place, ({ parts }) => ({
    parts: parts.map((part, i) => (i === 0 ? { ...part, ...change } : part)),
  }));
}

/**
 * JRN-4.4, JRN-4.5: what the home city answers to what the host claims, whose lines are made from
 * the same facts and then spoiled. `1 2 4` are accepted lines by their first taps, `1?` a disputed
 * one with its reason and field.
 */
export function claimVectors(): VectorSet {
  const set = new VectorSet('claims');
  const wrong: string[] = [];
  const table: Table = (id, { group, hostLeft = {}, homeLeft = {}, spoil }, expected) => {
    const input = groupInput(set, group);
    const priced = journeys({ ...input, ceilings: hostLeft }, set.documents).facts as Claimed;
    const content = spoil === undefined ? priced : spoil(priced);
    const { key, fareGroup, day, asOf } = input;
    const repairs: readonly Repair[] = group.repairs ?? [];
    const claim = { ...content, key, fareGroup, day, asOf, repairs, revision: 2 };
    const asked = { ...input, ceilings: homeLeft, claim } as unknown as Record<string, Json>;
    const { facts } = claims(asked, set.documents);
    const found = inWords(facts as Answers);
    if (found !== expected) wrong.push(`${id}: ${found}, not ${expected}`);
    set.accept(
      id,
      'JRN-4.4',
      expected === '' ? 'nothing' : expected,
      asked,
      {},
      facts as Record<string, Json>,
    );
  };
  addAccepted(table);
  addDiffering(table);
  addMissing(table);
  addCeilings(table);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return set;
}

type Answers = {
  readonly lines: readonly { journey: string; reason: string | null; field: string | null }[];
};

function inWords({ lines }: Answers): string {
  return lines
    .map(({ journey, reason, field }) => {
      const number = journey.replace('4201-gate/', '');
      if (reason === null) return number;
      return `${number}? ${reason}${field === null ? '' : ` ${field}`}`;
    })
    .join(', ');
}

function addAccepted(table: Table): void {
  table('all-as-they-are', { group: three }, '1, 2, 4');
  table(
    'open-and-exceptions',
    {
      group: {
        taps: [bus, tap('2 club single - 09:00'), ...[tap('3 metro entry a 10:00')]],
        asOf: at('11:00'),
      },
    },
    '1',
  );
  table(
    'nothing-claimed-and-nothing-found',
    { group: { taps: [tap('1 club single - 09:00')] } },
    '',
  );
  const repaired = [repair('exit', 1, { stop: 'c', time: at('08:30') })];
  table('repaired', { group: { taps: [tap('1 metro entry a 08:00')], repairs: repaired } }, '1');
}

function addDiffering(table: Table): void {
  const differs = (id: string, field: string, spoil: Spoil): void => {
    table(`differs-${id}`, { group: three, spoil }, `1? LINE_DIFFERS ${field}, 2, 4`);
  };
  const change = (id: string, field: string, parts: object): void => {
    differs(
      id,
      field,
      withLine(0, () => parts),
    );
  };
  differs(
    'one-fen',
    'riderFen',
    withLine(0, ({ riderFen }) => ({ riderFen: riderFen + 1 })),
  );
  differs(
    'one-fen-less',
    'riderFen',
    withLine(0, ({ riderFen }) => ({ riderFen: riderFen - 1 })),
  );
  change('full-fare', 'fullFen', { fullFen: 206 });
  change('shown', 'shownFen', { shownFen: 1 });
  change('class', 'class', { class: 3 });
  change('day', 'day', { day: 1 });
  change('edition', 'edition', { edition: 4 });
  change('head', 'head', { head: 13 });
  change('fare-group', 'fareGroup', { fareGroup: '4201-x' });
  change('host', 'host', { host: '4202' });
  change('home', 'home', { home: '3401' });
  change('key', 'key', { key: 'f'.repeat(32) });
  change('operator', 'operator', { operator: '4201-x' });
  change('service', 'service', { service: '4201-x' });
  change('state', 'state', { state: 'missing-exit' });
  change('begin', 'from', { from: null });
  change('begin-time', 'from.time', { from: { time: at('08:01'), stop: null } });
  change('begin-stop', 'from.stop', { from: { time: at('08:00'), stop: 'a' } });
  change('end', 'to', { to: { time: at('08:30'), stop: null } });
  change('more-taps', 'taps', { taps: ['4201-gate/1', '4201-gate/2'] });
  change('other-tap', 'taps.0', { taps: ['4201-gate/9'] });
  change('no-parts', 'parts', { parts: [] });
  differs('part-fen', 'parts.0.fen', withPart(0, { fen: 104 }));
  differs('part-kind', 'parts.0.kind', withPart(0, { kind: 'transfer' }));
  differs('part-rule', 'parts.0.rule', withPart(0, { rule: 'x' }));
  differs('part-without-rule', 'parts.0.rule', withPart(0, { rule: null }));
  differs('funder', 'parts.0.funder.kind', withPart(0, { funder: { kind: 'operator' } }));
  differs(
    'funder-is-home',
    'parts.0.funder.kind',
    withPart(0, { funder: { kind: 'party', party: '4301' } }),
  );
  differs(
    'first-in-order-of-names',
    'class',
    withLine(0, () => ({ riderFen: 1, class: 3, type: 'x' })),
  );
  table(
    'differs-twice',
    {
      group: three,
      spoil: (claimed) => {
        const first = withLine(0, () => ({ riderFen: 0 }))(claimed);
        return withLine(2, () => ({ fullFen: 1 }))(first);
      },
    },
    '1? LINE_DIFFERS riderFen, 2, 4? LINE_DIFFERS fullFen',
  );
  table(
    'differs-in-the-party',
    {
      group: { taps: [tap('1 sight single - 08:00')] },
      spoil: withPart(0, { funder: { kind: 'party', party: '3401' } }),
    },
    '1? LINE_DIFFERS parts.0.funder.party',
  );
}

function addMissing(table: Table): void {
  table(
    'a-line-is-missing',
    { group: three, spoil: (claimed) => ({ ...claimed, lines: claimed.lines.slice(1) }) },
    '2, 4, 1? LINE_MISSING',
  );
  table(
    'all-lines-are-missing',
    { group: three, spoil: (claimed) => ({ ...claimed, lines: [] }) },
    '1? LINE_MISSING, 2? LINE_MISSING, 4? LINE_MISSING',
  );
  table(
    'exception-in-place-of-a-line',
    {
      group: three,
      spoil: (claimed) => ({
        ...claimed,
        lines: claimed.lines.slice(0, 2),
        exceptions: [{ tap: '4201-gate/4', reason: 'NO_PRICE' }],
      }),
    },
    '1, 2, 4? LINE_MISSING',
  );
  table(
    'line-in-place-of-an-exception',
    {
      group: { taps: [bus, tap('2 club single - 09:00')] },
      spoil: ({ lines, ...claimed }) => ({
        ...{ ...claimed, exceptions: [] },
        lines: [...lines, ...lines.map((line) => named(line, '4201-gate/2'))],
      }),
    },
    '1, 2? LINE_NOT_FOUND',
  );
  table(
    'line-of-an-open-journey',
    {
      group: { taps: [bus, tap('2 metro entry a 09:00')], asOf: at('10:00') },
      spoil: ({ lines, ...claimed }) => ({
        ...{ ...claimed, open: [] },
        lines: [...lines, ...lines.map((line) => named(line, '4201-gate/2'))],
      }),
    },
    '1, 2? LINE_NOT_FOUND',
  );
  table(
    'paired-twice',
    {
      group: { taps: ride },
      spoil: ({ lines, ...claimed }) => ({
        ...claimed,
        lines: [
          ...lines,
          ...lines.map((line) => ({
            ...named(line, '4201-gate/3'),
            ...{ state: 'missing-entry' as const, from: null },
          })),
        ],
      }),
    },
    '2, 3? LINE_NOT_FOUND',
  );
  table(
    'not-paired',
    {
      group: { taps: ride },
      spoil: withLine(0, () => ({
        state: 'missing-exit',
        taps: ['4201-gate/2'],
        to: null,
        fullFen: 600,
        riderFen: 600,
      })),
    },
    '2? LINE_DIFFERS fullFen',
  );
  table(
    'lines-in-another-order',
    { group: three, spoil: (claimed) => ({ ...claimed, lines: [...claimed.lines].reverse() }) },
    '4, 2, 1',
  );
}

const visits = [1, 2, 3].map((n) => tap(`${String(n)} sight single - 1${String(n)}:00`));
const one = { taps: visits.slice(0, 1) };
/** What is left of the home city's signature, by the one book or the other. */
const left = (fen: number): Readonly<Record<string, number>> => ({ [SIGNATURES.home]: fen });

function addCeilings(table: Table): void {
  const ceiling = (id: string, row: Row, expected: string): void => {
    table(`ceiling-${id}`, row, expected);
  };
  ceiling('host-divides', { group: one, hostLeft: left(400), homeLeft: left(400) }, '1');
  ceiling('host-bears-all', { group: one, hostLeft: left(0), homeLeft: left(0) }, '1');
  ceiling(
    'host-bears-more-than-it-must',
    { group: one, hostLeft: left(400), homeLeft: left(5_000) },
    '1',
  );
  ceiling(
    'home-has-less',
    { group: one, hostLeft: left(400), homeLeft: left(399) },
    '1? CEILING_EXCEEDED',
  );
  ceiling('home-has-nothing', { group: one, homeLeft: left(0) }, '1? CEILING_EXCEEDED');
  ceiling('just-enough', { group: one, homeLeft: left(1_001) }, '1');
  ceiling('one-short', { group: one, homeLeft: left(1_000) }, '1? CEILING_EXCEEDED');
  ceiling(
    'added-up',
    { group: { taps: visits }, homeLeft: left(2_002) },
    '1, 2, 3? CEILING_EXCEEDED',
  );
  ceiling(
    'a-smaller-one-still-fits',
    { group: { taps: visits }, hostLeft: left(2_500), homeLeft: left(1_600) },
    '1, 2? CEILING_EXCEEDED, 3',
  );
  ceiling(
    'disputed-lines-draw-nothing',
    { group: { taps: visits }, homeLeft: left(2_002), spoil: withLine(0, () => ({ riderFen: 1 })) },
    '1? LINE_DIFFERS riderFen, 2, 3',
  );
  ceiling(
    'each-signature',
    {
      group: {
        taps: [tap('1 sight single - 11:00'), tap('2 sight single - 12:00', { edition: 4 })],
      },
      homeLeft: { [SIGNATURES.home]: 1_001, [SIGNATURES.anew]: 1_001 },
    },
    '1, 2',
  );
  ceiling(
    'of-a-third-city-is-not-ours',
    {
      group: { taps: [tap('1 sight single - 11:00', { class: 6 })] },
      homeLeft: { [SIGNATURES.other]: 0 },
    },
    '1',
  );
  addDivided(table);
}

/** The concession and what is above the ceiling, as the host divides them. */
function addDivided(table: Table): void {
  const divided = (fens: readonly [number, number]): Spoil =>
    withLine(0, ({ parts }) => ({
      parts: parts.map((part, i) => ({ ...part, fen: fens[i] ?? 0 })),
    }));
  const half: Row = { group: one, hostLeft: left(400), homeLeft: left(5_000) };
  table(
    'ceiling-sum-too-high',
    { ...half, spoil: divided([401, 601]) },
    '1? LINE_DIFFERS parts.0.fen',
  );
  table(
    'ceiling-sum-too-low',
    { ...half, spoil: divided([400, 600]) },
    '1? LINE_DIFFERS parts.0.fen',
  );
  table(
    'ceiling-part-of-nothing',
    { ...half, spoil: divided([0, 1_001]) },
    '1? LINE_DIFFERS parts',
  );
  table('ceiling-over-nothing', { ...half, spoil: divided([1_001, 0]) }, '1? LINE_DIFFERS parts');
  table(
    'ceiling-over-more-than-all',
    { ...half, spoil: divided([1, 1_002]) },
    '1? LINE_DIFFERS parts',
  );
  table(
    'ceiling-over-without-a-party',
    {
      group: { taps: [bus] },
      spoil: withPart(0, { kind: 'over-ceiling' }),
    },
    '1? LINE_DIFFERS parts.0.kind',
  );
}
