import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '@tongyu/protocol';
import type { CityList } from './city-list.ts';
import { byCategory, isFound, servicesHere, type ServicesHere } from './group-openings.ts';

const NOW = 1_795_750_000; // 2026-11-27
const HOUR = 3600;
const text = (zhCN: string, en: string | null = null) => ({ zhCN, zhTW: null, en });

/** A service of Wuhan for ¥4.00; its senior rule lets residents of Nanchang pay half. */
function entry(id: string, change: Partial<Entry> = {}): Entry {
  return {
    id: `4201-${id}`,
    name: text('武汉地铁', 'Wuhan Metro'),
    summary: text('轨道交通'),
    operator: { id: '4201-metro', name: text('运营方') },
    category: 'transport',
    lifeEvent: 'getting-around',
    audience: { residents: true, organisations: false },
    access: ['code', 'counter'],
    staffed: text('到柜台'),
    contact: { phone: null, url: null },
    places: [],
    admits: ['3601', '4201'],
    tariff: { kind: 'flat', priceFen: 400 },
    fareGroup: '4201-metro',
    reductions: [],
    rules: [
      {
        id: 'senior',
        name: text('长者'),
        class: 2,
        residences: ['3601'],
        benefit: { kind: 'share', permille: 500 },
        funder: { kind: 'operator' },
        reciprocity: 'mutual',
        agreement: text('演示协议'),
        from: '2026-01-01',
        until: null,
        perDay: null,
      },
    ],
    asks: [],
    assurance: 'none',
    source: { facts: 'public', terms: 'demo', text: text('演示'), url: null },
    checked: { by: text('某人'), on: '2026-11-01' },
    stage: 'live',
    ...change,
  };
}

function list(entries: readonly Entry[], change: Partial<CityList> = {}): CityList {
  return {
    party: '4201',
    cities: ['3601', '4201'],
    members: ['3601', '4201'],
    edition: { number: 1, id: '2026-H2', effectiveFrom: NOW - 1000, hash: 'a'.repeat(64) },
    head: { number: 3, time: NOW - HOUR, verified: [], suspended: [] },
    entries,
    errata: [],
    ...change,
  };
}

const visitor = { residence: '3601', class: 0 };
const senior = { residence: '3601', class: 2 };
const phoneOnly = entry('hotline', { access: ['phone'], admits: [], category: 'hotline' });

/** Where each entry came to stand, with its reasons. */
function sorted(here: ServicesHere): Readonly<Record<string, readonly string[]>> {
  const lines = Object.entries(here).flatMap(([group, services]) =>
    services.map(({ entry: { id }, reasons }) => [id.slice(5), [group, ...reasons]] as const),
  );
  return Object.fromEntries(lines);
}

test('a class pays by its rule, and the rule is named', () => {
  const metro = list([entry('metro')]);
  const [plain] = servicesHere(metro, visitor, NOW).open;
  assert.deepEqual([plain?.quote?.priceFen, plain?.quote?.rule], [400, null]);
  const [old] = servicesHere(metro, senior, NOW).open;
  assert.deepEqual([old?.quote?.priceFen, old?.quote?.rule?.id], [200, 'senior']);
});

test('each service stands under what the code does there, with every reason', () => {
  const since = NOW - HOUR;
  const head = {
    ...{ number: 3, time: NOW - HOUR, verified: [] },
    suspended: [{ entry: '4201-ferry', rule: null, residence: null, since, reason: text('大风') }],
  };
  const entries = [
    entry('metro'),
    entry('ferry'),
    phoneOnly,
    entry('group', {
      access: ['sign-in'],
      admits: [],
      audience: { residents: false, organisations: true },
    }),
    entry('local', { admits: ['4201'], rules: [] }),
  ];
  assert.deepEqual(sorted(servicesHere(list(entries, { head }), visitor, NOW)), {
    metro: ['open'],
    ferry: ['suspended', 'SUSPENDED'],
    hotline: ['others', 'NO_CODE_HERE'],
    group: ['others', 'NO_CODE_HERE', 'NOT_FOR_RESIDENTS'],
    local: ['others', 'RESIDENCE_NOT_ADMITTED'],
  });
});

test('a city not heard for 72 h is no longer said to be open, and its price stands', () => {
  const metro = list([entry('metro'), phoneOnly]);
  const told = NOW - HOUR;
  const at = (now: number) => servicesHere(metro, visitor, now);
  assert.deepEqual(sorted(at(told + 72 * HOUR))['metro'], ['open']);
  const later = at(told + 72 * HOUR + 1);
  assert.deepEqual(sorted(later)['metro'], ['unsure', 'LIST_TOO_OLD']);
  assert.equal(later.unsure[0]?.quote?.priceFen, 400);
  assert.deepEqual(sorted(later)['hotline'], ['others', 'NO_CODE_HERE'], 'age closes no telephone');
  const unheard = servicesHere(list([entry('metro')], { head: null }), visitor, NOW);
  assert.deepEqual(sorted(unheard)['metro'], ['unsure', 'LIST_TOO_OLD']);
});

test('a concession that is stopped is named to who would have it, and to nobody else', () => {
  const stopped = {
    entry: '4201-metro',
    rule: 'senior',
    residence: null,
    since: NOW - 60,
    reason: text('对账'),
  };
  const head = { number: 3, time: NOW - HOUR, verified: [], suspended: [stopped] };
  const metro = list([entry('metro')], { head });
  const [old] = servicesHere(metro, senior, NOW).open;
  assert.deepEqual([old?.quote?.priceFen, old?.quote?.rule], [400, null]);
  assert.deepEqual(
    old?.stoppedRules.map(({ name, reason }) => [name.zhCN, reason.zhCN]),
    [['长者', '对账']],
  );
  assert.deepEqual(servicesHere(metro, visitor, NOW).open[0]?.stoppedRules, []);
});

test('codes of a city that is no member open nothing, and say why', () => {
  const here = servicesHere(list([entry('metro'), phoneOnly], { members: ['4201'] }), visitor, NOW);
  assert.deepEqual(sorted(here), {
    metro: ['others', 'HOME_NOT_MEMBER'],
    hotline: ['others', 'NO_CODE_HERE'],
  });
  assert.equal(here.others[0]?.quote, undefined);
});

test('an old check is marked and closes nothing; a later one in the head counts', () => {
  const old = entry('metro', { checked: { by: text('某人'), on: '2026-01-01' } });
  assert.equal(servicesHere(list([old]), visitor, NOW).open[0]?.unchecked, true);
  const verified = [{ entry: '4201-metro', on: '2026-11-26', by: text('别人') }];
  const head = { number: 4, time: NOW - HOUR, verified, suspended: [] };
  assert.equal(servicesHere(list([old], { head }), visitor, NOW).open[0]?.unchecked, false);
});

test('services stand by category in the order given, and empty categories are left out', () => {
  const { open } = servicesHere(
    list([entry('museum', { category: 'culture' }), entry('metro')]),
    visitor,
    NOW,
  );
  const groups = byCategory(open, ['transport', 'culture', 'tourism']);
  assert.deepEqual(
    groups.map(([category, found]) => [category, found.map((one) => one.entry.id)]),
    [
      ['transport', ['4201-metro']],
      ['culture', ['4201-museum']],
    ],
  );
});

test('every typed word has to stand somewhere in the entry, in any language and case', () => {
  const metro = entry('metro', { contact: { phone: '12345', url: null } });
  for (const wanted of ['地铁', 'wuhan METRO', 'metro 轨道', '123', '交通', '', '   ']) {
    assert.ok(isFound(metro, wanted, '交通 Transport'), wanted);
  }
  for (const wanted of ['地铁 公交', 'subway']) {
    assert.ok(!isFound(metro, wanted, '交通 Transport'), wanted);
  }
});

test('a daily number makes a range, and a concession that is stopped for us is told', () => {
  const [rule] = entry('metro').rules;
  assert(rule);
  const daily = entry('metro', { rules: [{ ...rule, class: 0, perDay: 2 }] });
  const rider = { residence: '3601', class: 0 };
  const [service] = servicesHere(list([daily]), rider, NOW).open;
  assert.deepEqual([service?.quote?.fromFen, service?.quote?.priceFen], [200, 400]);
  const stop = { entry: '4201-metro', rule: 'senior', since: NOW - HOUR, reason: text('协议到期') };
  const stopped = (...residences: readonly (string | null)[]) => {
    const suspended = residences.map((residence) => ({ ...stop, residence }));
    const head = { number: 3, time: NOW - HOUR, verified: [], suspended };
    const [found] = servicesHere(list([daily], { head }), rider, NOW).open;
    return [found?.quote?.fromFen, found?.stoppedRules.map(({ residence }) => residence)];
  };
  assert.deepEqual(stopped('3601'), [400, ['3601']]);
  assert.deepEqual(stopped('4301'), [200, []], 'for another city’s residents only');
  assert.deepEqual(stopped(null, '3601'), [400, [null]], 'told once');
});
