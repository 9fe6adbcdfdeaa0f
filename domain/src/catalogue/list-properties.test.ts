import assert from 'node:assert/strict';
import test from 'node:test';
import {
  canonicalJson,
  parsePart,
  type ConcessionRule,
  type Entry,
  type Json,
  type Part,
} from '@tongyu/protocol';
import fc from 'fast-check';
import {
  entryContent,
  partContent,
  placeContent,
  ruleContent,
  suspension,
  words,
  zonesTariff,
} from '../../../tools/vectors/catalogue-region.ts';
import { changesFault, differenceOf, fieldChanges, madeChanges } from './difference.ts';
import type { Quote, Rider } from '../entitlement/types.ts';
import { quoteFor } from './quote.ts';

/** What holds for every list and every rider (LIST-2.2, LIST-3.7). */

const dates = fc.constantFrom('2027-01-01', '2027-02-28', '2027-03-01', '2027-06-30');
const residences = fc.subarray(['3401', '3601', '4201', '4301'], { minLength: 1 });
const benefits: fc.Arbitrary<ConcessionRule['benefit']> = fc.oneof(
  fc.record({ kind: fc.constant('price' as const), priceFen: fc.integer({ min: 0, max: 900 }) }),
  fc.record({ kind: fc.constant('share' as const), permille: fc.integer({ min: 0, max: 1000 }) }),
);
const rules: fc.Arbitrary<readonly ConcessionRule[]> = fc.uniqueArray(
  fc
    .record({
      ...{ id: fc.constantFrom('a', 'b', 'c', 'd'), class: fc.integer({ min: 0, max: 6 }) },
      ...{ residences, benefit: benefits, from: dates, until: fc.option(dates) },
    })
    .map((parts) => ruleContent(parts)),
  { selector: ({ id }) => id, maxLength: 4 },
);
const tariffs: fc.Arbitrary<Entry['tariff']> = fc.constantFrom(
  zonesTariff,
  { ...zonesTariff, stops: [...zonesTariff.stops].reverse() },
  ...([{ kind: 'free' }, { kind: 'flat', priceFen: 405 }] as const),
  { kind: 'ticket', priceFen: 405 } as const,
);
const places = fc.subarray([placeContent(), placeContent({ id: 'b', hours: [] })]);
const entryParts = fc.record({
  ...{ rules, tariff: tariffs, places },
  name: fc.constantFrom(words('甲'), words('甲', { en: 'A' }), words('乙')),
  access: fc.constantFrom<Entry['access']>(['code'], ['code', 'phone']),
});
const riders: fc.Arbitrary<Rider> = fc.record({
  residence: fc.constantFrom('3401', '4201', '4301', '4202'),
  class: fc.integer({ min: 0, max: 8 }),
});
const stops = fc.record({
  rule: fc.constantFrom('a', 'b', 'c', 'd'),
  residence: fc.option(fc.constantFrom('3401', '4301')),
});
const suspensions = fc
  .array(stops, { maxLength: 4 })
  .map((all) => all.map(({ rule, residence }) => suspension('4201-metro', rule, residence)));

/** Up to five entries with ids from few, so that two lists share some. */
const entries: fc.Arbitrary<readonly Entry[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), entryParts), {
    selector: ([id]) => id,
    maxLength: 5,
  })
  .map((all) =>
    all
      .map(([id, parts]) => entryContent({ ...parts, id: `4201-${id}` }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );

const same = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b);

void test('LIST-2.2: nobody pays more than the full price, nor less by a suspension', () => {
  fc.assert(
    fc.property(entryParts, suspensions, riders, dates, (parts, suspended, rider, date) => {
      const entry = entryContent(parts);
      const quote = quoteFor(entry, suspended, rider, date);
      if (rider.residence === '4202') {
        assert.equal(quote, undefined);
        return;
      }
      assert.ok(quote);
      assert.ok(0 <= quote.fromFen && quote.fromFen <= quote.priceFen);
      assert.ok(quote.priceFen <= quote.fullFen);
      assert.ok(Number.isSafeInteger(quote.priceFen) && Number.isSafeInteger(quote.fromFen));
      assert.equal(quote.rule === null, quote.priceFen === quote.fullFen);
      const isOut = (id: string): boolean =>
        suspended.some(
          (one) => one.rule === id && (one.residence ?? rider.residence) === rider.residence,
        );
      assert.ok(quote.rule === null || !isOut(quote.rule.id));
      const free = quoteFor(entry, [], rider, date);
      assert.ok(free && free.priceFen <= quote.priceFen);
      const others = entry.rules.filter(({ id }) => !isOut(id));
      const without = quoteFor({ ...entry, rules: others }, [], rider, date);
      assert.ok(without);
      const bare = (of: Quote) => [of.priceFen, of.fromFen, of.fullFen, of.rule];
      assert.deepEqual(bare(without), bare(quote));
    }),
  );
});

void test('LIST-2.2: who is older never pays more', () => {
  fc.assert(
    fc.property(entryParts, riders, dates, (parts, rider, date) => {
      const prices = [0, 1, 2, 3].map(
        (age) => quoteFor(entryContent(parts), [], { ...rider, class: age }, date)?.priceFen ?? 0,
      );
      assert.deepEqual(
        [...prices].sort((a, b) => b - a),
        prices,
      );
    }),
  );
});

void test('LIST-3.7: two entries are the same exactly when no member differs', () => {
  fc.assert(
    fc.property(entryParts, entryParts, (a, b) => {
      const [before, after] = [entryContent(a), entryContent(b)];
      const changes = fieldChanges(before, after);
      assert.equal(changes.length === 0, same(before, after));
      const paths = changes.map(({ path }) => path);
      assert.equal(new Set(paths).size, paths.length, 'each member once');
      const back = fieldChanges(after, before).map(({ path }) => path);
      assert.deepEqual([...back].sort(), [...paths].sort());
      for (const change of changes) {
        assert.ok(!same(change.before ?? null, change.after ?? null), change.path);
      }
    }),
    { numRuns: 500 },
  );
});

void test('LIST-3.7: each entry is counted once, and its kind is told by the two lists', () => {
  fc.assert(
    fc.property(entries, entries, (before, after) => {
      const { added, removed, changed, unchanged } = differenceOf(before, after);
      assert.equal(added.length + changed.length + unchanged, after.length);
      assert.equal(removed.length + changed.length + unchanged, before.length);
      for (const one of changed) assert.ok(!same(one.before, one.after));
      const isEmpty = added.length + removed.length + changed.length === 0;
      assert.equal(isEmpty, same(before, after));
      const back = differenceOf(after, before);
      assert.deepEqual([back.removed, back.added], [added, removed]);
      assert.deepEqual(
        back.changed.map((one) => one.after.id),
        changed.map((one) => one.after.id),
      );
    }),
  );
});

void test('LIST-3.7: with a reason for each change a part is good, with one less it is not', () => {
  const partOf = (list: readonly Entry[], changes: Part['changes']): Part =>
    partContent('4201', { entries: list, changes });
  fc.assert(
    fc.property(entries, entries, fc.nat(), (before, after, pick) => {
      const was = partOf(before, []);
      const changes = [...madeChanges(before, after)]
        .map(([entry, kind]) => ({ entry, kind, reason: words('理由') }))
        .sort((a, b) => (a.entry < b.entry ? -1 : 1));
      const now = partOf(after, changes);
      assert.equal(changesFault(was, now), undefined);
      assert.ok(parsePart(canonicalJson(now)).ok);
      const missing = changes[pick % Math.max(1, changes.length)]?.entry;
      const fewer = changes.filter(({ entry }) => entry !== missing);
      const fault = changesFault(was, partOf(after, fewer));
      if (missing === undefined) assert.equal(fault, undefined);
      else assert.deepEqual(fault, { code: 'CHANGE_UNEXPLAINED', entry: missing });
    }),
  );
});
