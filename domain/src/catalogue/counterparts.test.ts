import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConcessionRule, Entry, Head, Part, PartyId, Suspension } from '@tongyu/protocol';
import { counterpartSuspensions, inHeadOrder } from './counterparts.ts';

const words = (zhCN: string) => ({ zhCN, zhTW: null, en: null });
const AGREEMENT = { zhCN: '互认协议', zhTW: '互認協議', en: 'Agreement' };

function rule(own: Partial<ConcessionRule> = {}): ConcessionRule {
  return {
    ...{ id: 'guest', name: words('来客'), class: 2, residences: ['3401', '4201', '4301'] },
    ...{ benefit: { kind: 'share', permille: 500 }, funder: { kind: 'operator' } },
    ...{ reciprocity: 'mutual', agreement: AGREEMENT, from: '2026-01-01' },
    ...{ until: null, perDay: null, ...own },
  };
}

function part(party: PartyId, rules: Readonly<Record<string, readonly ConcessionRule[]>>): Part {
  const entries = Object.entries(rules).map(([name, own]) => {
    const category = name === 'museum' ? 'culture' : 'transport';
    return { id: `${party}-${name}`, category, rules: own } as unknown as Entry;
  });
  return { type: 'tongyu.part', party, edition: '2026-H2', entries, changes: [] };
}

function stop(entry: string, own: Partial<Suspension> = {}): Suspension {
  return { entry, rule: 'guest', residence: null, since: 100, reason: words('停'), ...own };
}

function head(party: PartyId, ...suspended: Suspension[]): Head {
  const base = { type: 'tongyu.head', number: 1, time: 100, edition: null, verified: [] } as const;
  return { ...base, party, suspended };
}

const own = part('4201', { metro: [rule({ id: 'mine' })] });
const theirs = part('4301', { metro: [rule()] });

const namedBy = (mine: Part, other: Part, ...suspended: Suspension[]): readonly string[] =>
  counterpartSuspensions(mine, [{ part: other, head: head(other.party, ...suspended) }]).map(
    (one) => [one.entry, one.rule, one.residence, one.since].join(' '),
  );

test('the counterpart is stopped for the partner’s residents, since then, for that reason', () => {
  assert.deepEqual(
    counterpartSuspensions(own, [{ part: theirs, head: head('4301', stop('4301-metro')) }]),
    [{ entry: '4201-metro', rule: 'mine', residence: '4301', since: 100, reason: words('停') }],
  );
});

test('only a mutual rule that is stopped for everybody is followed', () => {
  const named = (...suspended: Suspension[]) => namedBy(own, theirs, ...suspended);
  assert.deepEqual(named(), []);
  assert.deepEqual(named(stop('4301-metro', { residence: '4201' })), [], 'it follows another');
  assert.deepEqual(named(stop('4301-metro', { rule: null })), [], 'a closed service is no rule');
  assert.deepEqual(named(stop('4301-metro', { rule: 'other' })), []);
  assert.deepEqual(named(stop('4301-bus')), []);
  const alone = part('4301', { metro: [rule({ reciprocity: 'unilateral' })] });
  assert.deepEqual(namedBy(own, alone, stop('4301-metro')), []);
  const self = part('4201', { metro: [rule()] });
  assert.deepEqual(namedBy(self, self, stop('4201-metro')), [], 'no city follows itself');
});

test('rules are of the like by agreement, class, category and residences', () => {
  const cases: readonly (readonly [Partial<ConcessionRule>, Partial<ConcessionRule>, number])[] = [
    [{}, {}, 1],
    [{ benefit: { kind: 'price', priceFen: 0 }, funder: { kind: 'host' } }, {}, 1],
    [{ class: 3 }, {}, 0],
    [{ agreement: { ...AGREEMENT, en: 'Another' } }, {}, 0],
    [{ agreement: { ...AGREEMENT, zhTW: null } }, {}, 0],
    [{ reciprocity: 'unilateral' }, {}, 0],
    [{ residences: ['3401', '4201'] }, {}, 0],
    [{}, { residences: ['3401', '4301'] }, 0],
  ];
  for (const [mine, other, count] of cases) {
    const [left, right] = [
      part('4201', { metro: [rule(mine)] }),
      part('4301', { metro: [rule(other)] }),
    ];
    assert.equal(namedBy(left, right, stop('4301-metro')).length, count, JSON.stringify(mine));
  }
  const museum = part('4201', { bus: [rule()], museum: [rule()] });
  assert.deepEqual(namedBy(museum, theirs, stop('4301-metro')), ['4201-bus guest 4301 100']);
});

test('several of a kind make one counterpart, since the earliest', () => {
  const many = part('4301', { bus: [rule()], metro: [rule()] });
  const suspended = [stop('4301-bus', { since: 9 }), stop('4301-metro', { since: 7 })];
  assert.deepEqual(namedBy(own, many, ...suspended), ['4201-metro mine 4301 7']);
  assert.deepEqual(namedBy(own, many, ...suspended.reverse()), ['4201-metro mine 4301 7']);
});

test('a head’s order is by entry, rule and residence, what is for all before', () => {
  const mixed = [
    stop('4201-metro', { residence: '4301' }),
    stop('4201-metro', { residence: '4301', since: 5 }),
    stop('4201-metro', { residence: '3401' }),
    stop('4201-metro'),
    stop('4201-metro', { rule: null }),
    stop('4201-bus'),
  ];
  assert.deepEqual(
    inHeadOrder(mixed).map((one) => [one.entry, one.rule, one.residence, one.since]),
    [
      ['4201-bus', 'guest', null, 100],
      ['4201-metro', null, null, 100],
      ['4201-metro', 'guest', null, 100],
      ['4201-metro', 'guest', '3401', 100],
      ['4201-metro', 'guest', '4301', 100],
    ],
  );
});
