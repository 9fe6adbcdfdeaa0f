import assert from 'node:assert/strict';
import test from 'node:test';
import {
  canonicalJson,
  linesClaimShape,
  PART_KINDS,
  readShape,
  type ConcessionRule,
  type JourneyLine,
  type Json,
  type Repair,
  type TapId,
} from '@tongyu/protocol';
import fc from 'fast-check';
import { claims } from '../../../tools/vectors/independent/claims.ts';
import { journeys } from '../../../tools/vectors/independent/journeys.ts';
import {
  at,
  DAY,
  GROUP,
  HEADS,
  KEY,
  LATER,
  SERVICES,
  SIGNATURES,
} from '../../../tools/vectors/journey-region.ts';
import { answerGroup } from './answer-group.ts';
import { claimOf, differsFrom } from './claim-of.ts';
import { headThen } from './head-then.ts';
import { priceGroup } from './price-group.ts';
import type { GroupFacts, GroupTap, JourneyTerms } from './types.ts';

/** What holds for every group, whatever its taps, repairs and ceilings are (JRN-2 to JRN-5). */

const entries = new Map(
  [
    ...SERVICES.map((entry) => [3, entry] as const),
    ...LATER.map((entry) => [4, entry] as const),
  ].map(([edition, entry]) => [`${String(edition)} ${entry.id}`, entry]),
);
const heads = new Map(HEADS.map((head) => [head.number, head]));

function termsOf(tap: GroupTap): JourneyTerms | undefined {
  const entry = entries.get(`${String(tap.edition)} ${tap.service}`);
  const head = heads.get(tap.head);
  if (entry === undefined || head === undefined) return undefined;
  return { entry, head, headThen: headThen(head, HEADS, tap.time) };
}

/** Few times, close together and at the borders, so that most taps have to do with each other. */
const times = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((step) => at('08:00') + 150 * step),
  fc.constantFrom(...['21:59:59', '22:00', '23:50', '27:59:59', '28:00', '28:05', '29:50'].map(at)),
);
const services = fc.constantFrom(
  'metro',
  'metro',
  'bus',
  'ferry',
  'tram',
  'sight',
  'capped',
  'club',
);

const taps: fc.Arbitrary<readonly GroupTap[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.integer({ min: 1, max: 60 }).map((n): TapId => `4201-gate-${String(n % 3)}/${n}`),
      ...{ time: times, service: services.map((name) => `4201-${name}`) },
      operator: fc.constant('4201-transit-co'),
      direction: fc.constantFrom('entry', 'entry', 'exit', 'exit', 'single'),
      stop: fc.constantFrom('a', 'a', 'c', 'x', null),
      class: fc.constantFrom(0, 2, 5, 6),
      shownFen: fc.constantFrom(0, 100, 300, 5_000),
      edition: fc.constantFrom(3, 3, 3, 4, 5),
      head: fc.constantFrom(11, 12, 13, 15, 99),
      carried: fc.constant(false),
    })
    .map((tap): GroupTap => ({
      ...tap,
      carried: tap.direction === 'exit' && tap.time >= at('28:00'),
    })),
  { selector: ({ id }) => id, maxLength: 14 },
);

const repairs: fc.Arbitrary<readonly Repair[]> = fc.uniqueArray(
  fc
    .record({
      number: fc.integer({ min: 1, max: 99 }),
      journey: fc.integer({ min: 1, max: 60 }).map((n): TapId => `4201-gate-${String(n % 3)}/${n}`),
      kind: fc.constantFrom('entry', 'exit', 'class', 'waive'),
      ...{ stop: fc.constantFrom('a', 'c', null), time: times, class: fc.constantFrom(2, 5) },
      at: fc.constantFrom(at('12:00'), at('30:00'), at('30:00') + 8 * 86_400),
    })
    .map(({ number, ...one }): Repair => {
      const hasEnd = one.kind === 'entry' || one.kind === 'exit';
      return {
        ...one,
        id: `${one.kind === 'waive' ? '4201' : '4301'}-r-${String(number)}`,
        stop: hasEnd ? one.stop : null,
        time: hasEnd ? one.time : null,
        class: one.kind === 'class' ? one.class : null,
      };
    }),
  { selector: ({ id }) => id, maxLength: 8 },
);

const groups: fc.Arbitrary<GroupFacts> = fc
  .record({
    ...{ taps, repairs, asOf: fc.constantFrom(at('09:00'), at('14:00'), at('40:00')) },
    left: fc.constantFrom(0, 700, 1_500, 100_000),
  })
  .map(({ left, ...group }) => ({
    ...{ host: '4201', home: '4301', key: KEY, fareGroup: GROUP, day: DAY },
    ...group,
    terms: termsOf,
    ceilingLeft: () => left,
  }));

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const accounted = (priced: ReturnType<typeof priceGroup>): readonly TapId[] => [
  ...priced.lines.flatMap((line) => line.taps),
  ...priced.exceptions.map(({ tap }) => tap),
  ...priced.open,
];

void test('JRN-2.1: the order and repetition of taps and repairs change nothing', () => {
  fc.assert(
    fc.property(groups, fc.integer(), fc.nat(), (facts, seed, pick) => {
      const turn = <T>(list: readonly T[]): readonly T[] => {
        const cut = list.length === 0 ? 0 : Math.abs(seed) % list.length;
        const turned = [...list.slice(cut), ...list.slice(0, cut)];
        return seed % 2 === 0 ? turned : turned.reverse();
      };
      const again = facts.taps.filter((_, i) => i % 3 === pick % 3);
      const told = facts.repairs.filter((_, i) => i % 3 === pick % 3);
      const other = {
        ...facts,
        taps: [...turn(facts.taps), ...again],
        repairs: [...turn(facts.repairs), ...told],
      };
      const claims = [facts, other].map((one) => canonicalJson(claimOf(one, priceGroup(one), 1)));
      assert.equal(claims[1], claims[0]);
    }),
    { numRuns: 2_000 },
  );
});

void test('JRN-2.7: every tap is in exactly one line, exception or open journey', () => {
  fc.assert(
    fc.property(groups, (facts) => {
      const priced = priceGroup(facts);
      const found = accounted(priced);
      assert.equal(new Set(found).size, found.length, 'none twice');
      assert.deepEqual([...found].sort(), [...priced.taps].sort());
      for (const { id, carried } of facts.taps) assert.ok(carried || priced.taps.includes(id), id);
    }),
    { numRuns: 2_000 },
  );
});

void test('JRN-2.6: exits that were passed over change nothing', () => {
  fc.assert(
    fc.property(groups, (facts) => {
      const priced = priceGroup(facts);
      const own = facts.taps.filter(({ id }) => priced.taps.includes(id));
      assert.equal(canonicalJson(priceGroup({ ...facts, taps: own })), canonicalJson(priced));
    }),
  );
});

void test('JRN-3.2: the rider and all funders together pay the full fare, in the one order', () => {
  fc.assert(
    fc.property(groups, (facts) => {
      for (const line of priceGroup(facts).lines) {
        const { parts, riderFen, fullFen, shownFen } = line;
        assert.equal(riderFen + sum(parts.map(({ fen }) => fen)), fullFen);
        assert.ok(0 <= riderFen && riderFen <= shownFen, 'JRN-3.9');
        assert.ok(parts.every(({ fen }) => fen > 0));
        const places = parts.map(({ kind }) => PART_KINDS.indexOf(kind));
        assert.ok(places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0)));
      }
    }),
    { numRuns: 2_000 },
  );
});

void test('JRN-3.6: no funder pays above what is left of a signature', () => {
  fc.assert(
    fc.property(groups, (facts) => {
      const asked: string[] = [];
      const ceilingLeft = (service: string, { funder }: ConcessionRule): number => {
        assert.ok(funder.kind === 'party');
        asked.push(`${service} ${funder.signature.signature}`);
        return 1_200;
      };
      const { lines } = priceGroup({ ...facts, ceilingLeft });
      const paid = (edition: number, party: string): number =>
        sum(
          lines
            .filter((line) => line.edition === edition)
            .flatMap(({ parts }) => parts)
            .filter(({ funder }) => funder.kind === 'party' && funder.party === party)
            .map(({ fen }) => fen),
        );
      for (const edition of [3, 4]) assert.ok(paid(edition, '4301') <= 1_200);
      assert.ok(paid(3, '3401') <= 1_200);
      const known: readonly string[] = Object.values(SIGNATURES);
      assert.ok(asked.every((one) => known.includes(one.split(' ')[1] ?? '')));
    }),
  );
});

void test('a tap that arrives late leaves none of the former ones unaccounted for', () => {
  fc.assert(
    fc.property(groups, fc.nat(), (facts, pick) => {
      const late = facts.taps[pick % Math.max(1, facts.taps.length)];
      const before = priceGroup({ ...facts, taps: facts.taps.filter((tap) => tap !== late) });
      const after = new Set(accounted(priceGroup(facts)));
      const own = new Set(facts.taps.filter(({ carried }) => !carried).map(({ id }) => id));
      for (const id of before.taps) assert.ok(after.has(id) || !own.has(id), id);
    }),
    { numRuns: 1_000 },
  );
});

void test('JRN-4.4: the home city accepts every line that is right', () => {
  fc.assert(
    fc.property(groups, (facts) => {
      const claim = claimOf(facts, priceGroup(facts), 1);
      const { lines } = answerGroup(claim, { ...facts, ceilingLeft: () => 1_000_000 });
      assert.deepEqual(
        lines.map(({ journey, outcome }) => [journey, outcome]),
        claim.lines.map(({ journey }) => [journey, 'accepted']),
      );
      if (claim.taps.length === 0) return;
      assert.ok(readShape(linesClaimShape, { groups: [claim], heads: [] }).ok);
    }),
  );
});

const spoils: readonly ((line: JourneyLine) => JourneyLine)[] = [
  (line) => ({ ...line, riderFen: line.riderFen + 1 }),
  (line) => ({ ...line, fullFen: line.fullFen + 1 }),
  (line) => ({ ...line, class: line.class + 1 }),
  (line) => ({ ...line, taps: [...line.taps, '4201-gate-9/9'] }),
  (line) => ({ ...line, head: line.head + 1 }),
];

void test('JRN-4.4: a line that was changed is disputed, and no other one', () => {
  fc.assert(
    fc.property(groups, fc.nat(), fc.nat(), (facts, which, how) => {
      const right = claimOf(facts, priceGroup(facts), 1);
      if (right.lines.length === 0) return;
      const at = which % right.lines.length;
      const spoil = spoils[how % spoils.length] ?? assert.fail();
      const lines = right.lines.map((line, i) => (i === at ? spoil(line) : line));
      const claim = { ...right, lines };
      assert.ok(differsFrom(right, claim));
      const answers = answerGroup(claim, { ...facts, ceilingLeft: () => 1_000_000 }).lines;
      for (const [i, { outcome, reason }] of answers.entries()) {
        assert.equal(outcome, i === at ? 'disputed' : 'accepted');
        if (i === at) assert.equal(reason, 'LINE_DIFFERS');
      }
    }),
  );
});

void test('JRN-4.3: the same content as of later is no new revision', () => {
  fc.assert(
    fc.property(groups, (facts) => {
      const priced = priceGroup(facts);
      const claim = claimOf(facts, priced, 1);
      const later = claimOf({ ...facts, asOf: facts.asOf + 60 }, priced, 2);
      assert.ok(!differsFrom(claim, later));
      assert.ok(differsFrom(undefined, claim));
    }),
  );
});

/** Services and heads as documents, as the second computation reads them. */
const documents: Record<string, string> = {};
for (const [name, entry] of entries) documents[name] = canonicalJson(entry);
for (const head of HEADS) documents[`head ${String(head.number)}`] = canonicalJson(head);
const named = (edition: number): readonly string[] =>
  [...entries.keys()].filter((name) => name.startsWith(`${String(edition)} `));

function inputOf(facts: GroupFacts, left: number): Readonly<Record<string, unknown>> {
  const signatures = Object.values(SIGNATURES).map((signature) => [signature, left] as const);
  return {
    ...facts,
    ...{ editions: { 3: named(3), 4: named(4) }, ceilings: Object.fromEntries(signatures) },
    heads: HEADS.map(({ number }) => `head ${String(number)}`),
  };
}

void test('a second computation, made from the standard alone, finds the same lines', () => {
  fc.assert(
    fc.property(groups, fc.constantFrom(0, 700, 1_500, 100_000), (group, left) => {
      const facts = { ...group, ceilingLeft: () => left };
      const { facts: other } = journeys(inputOf(facts, left), documents);
      assert.equal(canonicalJson(priceGroup(facts)), canonicalJson(other as Json));
    }),
    { numRuns: 2_000 },
  );
});

void test('a second computation gives the same answers to what the host claims', () => {
  const lefts = fc.constantFrom(0, 700, 1_500, 100_000);
  fc.assert(
    fc.property(groups, lefts, lefts, fc.nat(), fc.nat(), (group, host, home, which, how) => {
      const right = claimOf(group, priceGroup({ ...group, ceilingLeft: () => host }), 1);
      const spoil = spoils[how % (2 * spoils.length)];
      const lines = right.lines.flatMap((line, i) => {
        if (i !== which % right.lines.length || spoil === undefined) return [line];
        return which % 5 === 0 ? [] : [spoil(line)];
      });
      const claim = { ...right, lines };
      const facts = { ...group, ceilingLeft: () => home };
      const { facts: other } = claims({ ...inputOf(facts, home), claim }, documents);
      assert.equal(canonicalJson(answerGroup(claim, facts)), canonicalJson(other as Json));
    }),
    { numRuns: 1_000 },
  );
});

/** Counts how often a member of a tap is looked at. */
function counted(facts: GroupFacts): { readonly facts: GroupFacts; readonly looks: () => number } {
  let looks = 0;
  const watched = facts.taps.map(
    (tap) =>
      new Proxy(tap, {
        get: (target, name) => {
          looks++;
          return Reflect.get(target, name) as unknown;
        },
      }),
  );
  return { facts: { ...facts, taps: watched }, looks: () => looks };
}

/** A rider who goes to and fro all day, with singles in between and a repair now and then. */
function busyDay(count: number): GroupFacts {
  const directions = ['entry', 'exit', 'single'] as const;
  const taps = Array.from({ length: count }, (_, i): GroupTap => {
    const direction = directions[i % 3] ?? 'single';
    return {
      ...{ id: `4201-gate/${i + 1}`, time: at('04:00') + i, direction },
      service: direction === 'single' ? '4201-sight' : '4201-metro',
      ...{ operator: '4201-transit-co', stop: i % 2 === 0 ? 'a' : 'c', class: 0 },
      ...{ shownFen: 5_000, edition: 3, head: 12, carried: false },
    };
  });
  const repairs = taps
    .filter((_, i) => i % 7 === 0)
    .map((tap): Repair => {
      const none = { stop: null, time: null, class: null, at: at('20:00') };
      return { id: `4201-r-${tap.id.slice(10)}`, journey: tap.id, kind: 'waive', ...none };
    });
  const group = { host: '4201', home: '4301', key: KEY, fareGroup: GROUP, day: DAY };
  return { ...group, taps, repairs, asOf: at('30:00'), terms: termsOf, ceilingLeft: () => 9_000 };
}

void test('eight times the taps take little more than eight times the steps', () => {
  const looksOf = (count: number): number => {
    const { facts, looks } = counted(busyDay(count));
    let asked = 0;
    const terms = (tap: GroupTap) => {
      asked++;
      return termsOf(tap);
    };
    const priced = priceGroup({ ...facts, terms });
    assert.equal(priced.taps.length, count);
    assert.ok(asked <= count, 'the terms of a journey are looked up once');
    const claim = claimOf(facts, priced, 1);
    answerGroup(claim, facts);
    return looks();
  };
  const ratio = looksOf(8_000) / looksOf(1_000);
  assert.ok(ratio < 10, `${String(ratio)} times as many`);
});
