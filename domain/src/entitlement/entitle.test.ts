import assert from 'node:assert/strict';
import test from 'node:test';
import type { ConcessionRule, Entry, Suspension } from '@tongyu/protocol';
import fc from 'fast-check';
import {
  entryContent,
  headContent,
  ruleContent,
  suspension,
  zonesTariff,
} from '../../../tools/vectors/catalogue-region.ts';
import { NOON } from '../../../tools/vectors/region.ts';
import { entitle, priceWith } from './entitle.ts';
import { suspensionsOf } from './suspensions.ts';
import {
  RULE_REASONS,
  type Entitled,
  type Entitlement,
  type EntitlementFacts,
  type RuleReason,
} from './types.ts';

/** What holds for every rider, rule and head (ENT-2, ENT-3). */

const METRO = '4201-metro';
const RULES = ['a', 'b', 'c', 'd'];
const dates = fc.constantFrom('2027-02-28', '2027-03-01', '2027-03-02');
const benefits: fc.Arbitrary<ConcessionRule['benefit']> = fc.oneof(
  fc.record({ kind: fc.constant('price' as const), priceFen: fc.integer({ min: 0, max: 900 }) }),
  fc.record({ kind: fc.constant('share' as const), permille: fc.integer({ min: 0, max: 1000 }) }),
);
const ruleParts = fc.record({
  id: fc.constantFrom(...RULES),
  class: fc.integer({ min: 0, max: 6 }),
  residences: fc.subarray(['3401', '3601', '4301'], { minLength: 1 }),
  benefit: benefits,
  ...{ from: dates, until: fc.option(dates), perDay: fc.option(fc.integer({ min: 1, max: 3 })) },
});
const rules: fc.Arbitrary<readonly ConcessionRule[]> = fc
  .uniqueArray(ruleParts, { selector: ({ id }) => id, maxLength: 4 })
  .map((all) => all.map((parts) => ruleContent(parts)));
const tariffs: fc.Arbitrary<Entry['tariff']> = fc.constantFrom<Entry['tariff']>(
  ...[zonesTariff, { kind: 'free' } as const, { kind: 'flat', priceFen: 405 } as const],
);
const stops: fc.Arbitrary<readonly Suspension[]> = fc
  .array(fc.tuple(fc.constantFrom(...RULES), fc.option(fc.constantFrom('3401', '4301'))), {
    maxLength: 5,
  })
  .map((all) => all.map(([rule, residence]) => suspension(METRO, rule, residence)));
const heads = fc.record({ suspended: stops, time: fc.constantFrom(NOON, NOON - 72 * 3600 - 1) });

const factsOf: fc.Arbitrary<EntitlementFacts> = fc
  .record({
    ...{ rules, tariff: tariffs, date: dates },
    head: fc.option(heads, { nil: undefined }),
    rider: fc.record({
      residence: fc.constantFrom('3401', '3601', '4301', '5101'),
      class: fc.integer({ min: 0, max: 8 }),
    }),
    fullFen: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
    uses: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  })
  .map(({ rules, tariff, head, fullFen, uses, ...facts }) => ({
    ...facts,
    entry: entryContent({ rules, tariff }),
    head: head && headContent(head),
    now: NOON,
    ...(fullFen === undefined ? {} : { fullFen }),
    ...(uses === undefined ? {} : { usesToday: () => uses }),
  }));

function holds(check: (facts: EntitlementFacts, found: Entitlement) => void): void {
  fc.assert(
    fc.property(factsOf, (facts) => {
      check(facts, entitle(facts));
    }),
    { numRuns: 500 },
  );
}

/** The same with fewer or more facts; admitted as before. */
function again(facts: EntitlementFacts, parts: Partial<EntitlementFacts>): Entitled {
  const found = entitle({ ...facts, ...parts });
  assert.ok(found.admitted);
  return found;
}

void test('ENT-3: the price never is above the full one, nor below the least', () => {
  holds((facts, found) => {
    assert.equal(found.admitted, facts.entry.admits.includes(facts.rider.residence));
    if (!found.admitted) return;
    const { fromFen, priceFen, fullFen, rule } = found;
    assert.ok(0 <= fromFen && fromFen <= priceFen && priceFen <= fullFen);
    assert.ok([fromFen, priceFen, fullFen].every(Number.isSafeInteger));
    assert.equal(rule === null, priceFen === fullFen);
    if (rule !== null) assert.equal(priceFen, priceWith(rule, fullFen));
    for (const one of facts.entry.rules) assert.ok(priceWith(one, fullFen) <= fullFen);
    if (facts.fullFen !== undefined) assert.equal(fullFen, facts.fullFen);
  });
});

void test('ENT-2.2: every rule has one standing, and it is told by its reasons', () => {
  const open: readonly RuleReason[] = ['DAILY_NUMBER_OPEN', 'LIST_TOO_OLD'];
  holds((facts, { findings }) => {
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      facts.entry.rules,
    );
    for (const { standing, reasons } of findings) {
      const order = reasons.map((reason) => RULE_REASONS.indexOf(reason));
      assert.deepEqual(
        order,
        [...new Set(order)].sort((a, b) => a - b),
      );
      const against = reasons.filter((one) => one !== 'NOT_LOWEST' && !open.includes(one));
      const told =
        against.length > 0 ? 'no' : reasons.some((one) => open.includes(one)) ? 'unknown' : 'fits';
      assert.equal(standing === 'applied' ? 'fits' : standing, told);
      assert.equal(reasons.length === 0, standing === 'applied');
      assert.equal(reasons.includes('NOT_LOWEST'), standing === 'fits');
    }
    assert.ok(findings.filter(({ standing }) => standing === 'applied').length <= 1);
  });
});

void test('ENT-2.1: a suspension is one reason more, and takes none of the others away', () => {
  holds((facts) => {
    const reasonsWith = (suspended: readonly Suspension[]) =>
      entitle({ ...facts, head: headContent({ suspended }) }).findings.map(({ reasons }) =>
        reasons.filter((reason) => reason !== 'NOT_LOWEST'),
      );
    const all = facts.entry.rules.map(({ id }) => suspension(METRO, id));
    const without = reasonsWith([]);
    for (const [i, reasons] of reasonsWith(all).entries()) {
      assert.deepEqual(
        reasons.filter((reason) => reason !== 'SUSPENDED'),
        without[i],
      );
      assert.ok(reasons.includes('SUSPENDED'));
    }
  });
});

void test('LIST-4.2: a suspension never lowers a price, for all or for one residence', () => {
  holds((facts, found) => {
    if (!found.admitted) return;
    const free = again(facts, {
      head: facts.head && headContent({ time: facts.head.time, suspended: [] }),
    });
    assert.ok(free.priceFen <= found.priceFen && free.fromFen <= found.fromFen);
    const others = suspensionsOf(facts.head, METRO).filter(
      ({ residence }) => residence !== null && residence !== facts.rider.residence,
    );
    const forOthers = again(facts, {
      head: facts.head && headContent({ time: facts.head.time, suspended: others }),
    });
    assert.deepEqual(forOthers, free, 'what is stopped for others alone changes nothing');
  });
});

void test('ENT-3.2: what is unknown never makes the asked price lower than what is certain', () => {
  holds((facts, found) => {
    if (!found.admitted) return;
    const certain = facts.entry.rules.filter((_, i) => found.findings[i]?.standing !== 'unknown');
    const without = again(facts, { entry: { ...facts.entry, rules: certain } });
    assert.equal(without.priceFen, found.priceFen);
    assert.equal(without.rule, found.rule);
    assert.ok(found.fromFen <= without.fromFen);
  });
});

void test('ENT-3.3: what is asked in the end lies between the least and the most', () => {
  holds((facts, found) => {
    const { usesToday, fullFen, ...before } = facts;
    if (!found.admitted) return;
    const { fromFen, priceFen } = again(before, {});
    const [low, high] = [
      again(before, { usesToday: () => 3 }),
      again(before, { usesToday: () => 0 }),
    ];
    for (const end of [low, high]) {
      assert.ok(fromFen <= end.fromFen && end.priceFen <= priceFen);
    }
    assert.ok(usesToday === undefined || fullFen === undefined || found.priceFen <= found.fullFen);
  });
});

void test('LIST-2.2: a rule more never raises a price, and who is older never pays more', () => {
  holds((facts, found) => {
    if (!found.admitted) return;
    const [, ...fewer] = facts.entry.rules;
    const without = again(facts, { entry: { ...facts.entry, rules: fewer } });
    assert.ok(found.priceFen <= without.priceFen && found.fromFen <= without.fromFen);
    const prices = [0, 1, 2, 3].map(
      (age) => again(facts, { rider: { ...facts.rider, class: age } }).priceFen,
    );
    assert.deepEqual(
      [...prices].sort((a, b) => b - a),
      prices,
    );
  });
});

void test('LIST-4.4: a head is looked at whole, in whatever order its suspensions stand', () => {
  const suspended = [suspension(METRO, 'b'), suspension('4201-museum'), suspension(METRO)];
  const head = headContent({ suspended });
  assert.deepEqual(suspensionsOf(head, METRO), [suspended[0], suspended[2]]);
  assert.deepEqual(suspensionsOf(head, '4201-museum'), [suspended[1]]);
  assert.deepEqual(suspensionsOf(head, '4201-met'), []);
});
