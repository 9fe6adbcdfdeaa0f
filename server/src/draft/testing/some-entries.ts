import fc from 'fast-check';
import {
  ACCESS_WAYS,
  CATEGORIES,
  DATA_KINDS,
  LIFE_EVENTS,
  type ConcessionRule,
  type Entry,
  type LocalText,
  type Place,
  type Reduction,
  type Tariff,
} from '@tongyu/protocol';

/** Letters that files and spreadsheets stumble over. */
const letter = fc.constantFrom(
  ...['武', '汉', 'a', 'Z', '0', ' ', ',', '"', ';', "'", '=', '+', '-', '@', '＝', '\\', '{'],
  ...['|', '\u202e', '\u2066', '<b>', '&', '㐀', '𠮷', '%', '\u00a0'],
);
const line = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(letter, { minLength: 1, maxLength: 6 })
    .map((letters) => letters.join('').slice(0, maxLength))
    .filter((text) => /\S/.test(text) && text.isWellFormed());
const orNull = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some, { nil: null });
const words = (maxLength: number): fc.Arbitrary<LocalText> =>
  fc.record({
    zhCN: line(maxLength),
    zhTW: orNull(line(maxLength)),
    en: orNull(line(maxLength)),
  });
const name = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
const price = fc.integer({ min: 0, max: 10_000_000 });

const tariff: fc.Arbitrary<Tariff> = fc.oneof(
  fc.constant({ kind: 'free' } as const),
  fc.record({ kind: fc.constantFrom('flat', 'ticket'), priceFen: price }) as fc.Arbitrary<Tariff>,
  fc.record({
    kind: fc.constant('zones' as const),
    stops: fc.uniqueArray(
      fc.record({ id: name, name: words(60), zone: fc.integer({ min: 0, max: 99 }) }),
      { selector: ({ id }) => id, minLength: 2, maxLength: 4 },
    ),
    pricesFen: fc
      .array(price, { minLength: 1, maxLength: 4 })
      .map((prices) => prices.sort((a, b) => a - b)),
  }),
);

const places: fc.Arbitrary<readonly Place[]> = fc.uniqueArray(
  fc.record({
    id: name,
    name: words(60),
    address: orNull(words(120)),
    position: orNull(
      fc.record({
        latitudeE6: fc.integer({ min: -90_000_000, max: 90_000_000 }),
        longitudeE6: fc.integer({ min: -180_000_000, max: 180_000_000 }),
      }),
    ),
    hours: fc.array(
      fc.record({
        days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        fromMinute: fc.integer({ min: 0, max: 1439 }),
        toMinute: fc.integer({ min: 1440, max: 1440 }),
      }),
      { maxLength: 2 },
    ),
  }),
  { selector: ({ id }) => id, maxLength: 3 },
);

const rules = (admits: readonly string[]): fc.Arbitrary<readonly ConcessionRule[]> =>
  fc.uniqueArray(
    fc.record({
      id: name,
      name: words(60),
      class: fc.integer({ min: 0, max: 6 }),
      residences: fc.subarray([...admits], { minLength: 1 }),
      benefit: fc.oneof(
        fc.record({ kind: fc.constant('price' as const), priceFen: price }),
        fc.record({
          kind: fc.constant('share' as const),
          permille: fc.integer({ min: 0, max: 1000 }),
        }),
      ),
      funder: fc.record({ kind: fc.constantFrom('operator', 'host') }),
      reciprocity: fc.constantFrom('unilateral', 'mutual'),
      agreement: words(120),
      from: fc.constant('2026-07-01'),
      until: fc.constantFrom(null, '2026-07-01', '2027-12-31'),
      perDay: fc.constantFrom(null, 1, 3),
    }),
    { selector: ({ id }) => id, maxLength: 3 },
  );

const reductions = (): fc.Arbitrary<readonly Reduction[]> =>
  fc
    .tuple(
      fc.option(
        fc.record({
          kind: fc.constant('transfer' as const),
          withinMinutes: fc.integer({ min: 1, max: 360 }),
          lessFen: price,
          funder: fc.constantFrom('operator', 'host'),
        }),
      ),
      fc.option(
        fc.record({
          kind: fc.constant('daily-cap' as const),
          capFen: price,
          funder: fc.constantFrom('operator', 'host'),
        }),
      ),
    )
    .map((both) => both.filter((one) => one !== null));

const CITIES = ['3401', '3601', '4201', '4301'];

const entryOf = (id: string, admits: readonly string[]): fc.Arbitrary<Entry> =>
  fc.record({
    id: fc.constant(id),
    name: words(60),
    summary: words(400),
    operator: fc.record({ id: name.map((own) => `4201-${own}`), name: words(60) }),
    category: fc.constantFrom(...CATEGORIES),
    lifeEvent: fc.constantFrom(...LIFE_EVENTS),
    audience: fc.constantFrom(
      { residents: true, organisations: false },
      { residents: false, organisations: true },
      { residents: true, organisations: true },
    ),
    access:
      admits.length === 0
        ? fc.subarray(ACCESS_WAYS.slice(1), { minLength: 1 })
        : fc.subarray(ACCESS_WAYS.slice(1)).map((ways) => [ACCESS_WAYS[0], ...ways]),
    staffed: words(200),
    contact: fc.record({
      phone: fc.constantFrom(null, '12345', '+86 27 1', '0 -1'),
      url: fc.constantFrom(null, 'https://example.com/a?b=1,2&c=%22'),
    }),
    places,
    admits: fc.constant(admits),
    tariff,
    fareGroup: name.map((own) => `4201-${own}`),
    rules: admits.length === 0 ? fc.constant([]) : rules(admits),
    reductions: reductions(),
    asks: fc.uniqueArray(fc.record({ data: fc.constantFrom(...DATA_KINDS), why: words(200) }), {
      selector: ({ data }) => data,
      maxLength: 2,
    }),
    assurance: fc.constantFrom('none', 'low', 'substantial', 'high'),
    source: fc.record({
      facts: fc.constantFrom('document', 'public', 'invented'),
      terms: fc.constantFrom('official', 'demo'),
      text: words(200),
      url: fc.constant(null),
    }),
    checked: fc.record({ by: words(60), on: fc.constant('2026-11-01') }),
    stage: fc.constantFrom('pilot', 'live'),
  });

/** A few entries of 武汉 with everything that the form allows. */
export const someEntries: fc.Arbitrary<readonly Entry[]> = fc
  .uniqueArray(fc.constantFrom('4201-a', '4201-b', '4201-c', '4201-d'), { maxLength: 3 })
  .chain((ids) =>
    fc.tuple(...ids.map((id) => fc.subarray(CITIES).chain((admits) => entryOf(id, admits)))),
  );
