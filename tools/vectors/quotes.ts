import { canonicalJson, type ConcessionRule, type Entry, type Json } from '@tongyu/protocol';
import { entryContent, ruleContent, zonesTariff } from './catalogue-region.ts';
import { VectorSet } from './vector-set.ts';

/** Who asks, and when: an adult of 4301 on 1 March 2027 with nothing suspended, unless said. */
type Asked = {
  readonly residence?: string;
  readonly class?: number;
  readonly date?: string;
  readonly suspended?: readonly string[];
};
type Found = {
  readonly priceFen: number;
  readonly fromFen?: number;
  readonly rule?: string | null;
};

type Stage = {
  readonly price: (id: string, entry: Entry, asked: Asked, found: Found) => void;
  readonly refuse: (id: string, entry: Entry, asked: Asked) => void;
};

/** LIST-2.2: the price for a rider, as a table of decisions. */
export function quoteVectors(): VectorSet {
  const set = new VectorSet('quotes');
  const names = new Map<string, string>();
  const nameOf = (entry: Entry): string => {
    const text = canonicalJson(entry);
    const name = names.get(text) ?? `entry ${String(names.size + 1)}`;
    names.set(text, name);
    return set.document(name, text);
  };
  const inputOf = (entry: Entry, asked: Asked): Json => ({
    ...{ residence: '4301', class: 0, date: '2027-03-01', suspended: [] },
    ...asked,
    entry: nameOf(entry),
  });
  const stage: Stage = {
    price: (id, entry, asked, { priceFen, fromFen = priceFen, rule = null }) => {
      const facts = { priceFen, fromFen, fullFen: fullOf(entry), rule };
      set.accept(id, 'LIST-2.2', id, inputOf(entry, asked), {}, facts);
    },
    refuse: (id, entry, asked) => {
      set.refuse(id, 'LIST-2.2', id, inputOf(entry, asked), {}, 'NOT_ENTITLED');
    },
  };
  addTariffs(stage);
  addClasses(stage);
  addDates(stage);
  addBenefits(stage);
  addChoices(stage);
  addResidences(stage);
  return set;
}

function fullOf({ tariff }: Entry): number {
  if (tariff.kind === 'free') return 0;
  return tariff.kind === 'zones' ? (tariff.pricesFen.at(-1) ?? 0) : tariff.priceFen;
}

const withRules = (...rules: readonly ConcessionRule[]): Entry => entryContent({ rules });
const price = (priceFen: number): ConcessionRule['benefit'] => ({ kind: 'price', priceFen });
const share = (permille: number): ConcessionRule['benefit'] => ({ kind: 'share', permille });
const everybody = (id: string, benefit: ConcessionRule['benefit']): ConcessionRule =>
  ruleContent({ id, class: 0, benefit });

function addTariffs({ price: quote }: Stage): void {
  quote('flat-full', entryContent(), {}, { priceFen: 405 });
  const free = entryContent({ tariff: { kind: 'free' } });
  quote('free', free, {}, { priceFen: 0 });
  quote('free-with-a-rule', free, { class: 2 }, { priceFen: 0 });
  const ticket = entryContent({ tariff: { kind: 'ticket', priceFen: 2_001 } });
  quote('ticket', ticket, {}, { priceFen: 2_001 });
  quote('ticket-half', ticket, { class: 2 }, { priceFen: 1_000, rule: 'senior-65' });
  const zones = entryContent({ tariff: zonesTariff });
  quote('zones', zones, {}, { priceFen: 600, fromFen: 200 });
  quote('zones-half', zones, { class: 2 }, { priceFen: 300, fromFen: 100, rule: 'senior-65' });
  const capped = { ...zones, rules: [everybody('cap', price(250))] };
  quote('zones-capped', capped, {}, { priceFen: 250, fromFen: 200, rule: 'cap' });
  const one = entryContent({ tariff: { ...zonesTariff, pricesFen: [300] } });
  quote('one-zone-price', one, {}, { priceFen: 300 });
  quote('no-rules', withRules(), { class: 2 }, { priceFen: 405 });
}

/** Rows: class of the rule; columns: class that is shown. */
function addClasses({ price: quote }: Stage): void {
  const fits: Readonly<Record<number, readonly number[]>> = {
    0: [0, 1, 2, 3, 4, 5, 6, 7, 65_535],
    1: [1, 2, 3],
    2: [2, 3],
    3: [3],
    4: [4],
    5: [5],
    6: [6],
  };
  for (const [ruleClass, shown] of Object.entries(fits)) {
    const entry = withRules(ruleContent({ id: 'r', class: Number(ruleClass) }));
    for (const rider of [0, 1, 2, 3, 4, 5, 6, 7, 65_535]) {
      const found = shown.includes(rider) ? { priceFen: 202, rule: 'r' } : { priceFen: 405 };
      quote(`class-${ruleClass}-shown-${String(rider)}`, entry, { class: rider }, found);
    }
  }
}

function addDates({ price: quote }: Stage): void {
  const from = '2027-02-01';
  const [full, half] = [{ priceFen: 405 }, { priceFen: 202, rule: 'senior-65' }];
  const bounded = withRules(ruleContent({ from, until: '2027-02-28' }));
  const endless = withRules(ruleContent({ from }));
  quote('day-before-the-first', bounded, { class: 2, date: '2027-01-31' }, full);
  quote('first-day', bounded, { class: 2, date: from }, half);
  quote('last-day', bounded, { class: 2, date: '2027-02-28' }, half);
  quote('day-after-the-last', bounded, { class: 2, date: '2027-03-01' }, full);
  quote('without-end', endless, { class: 2, date: '2099-12-31' }, half);
  quote('without-end-before', endless, { class: 2, date: '2026-12-31' }, full);
}

function addBenefits({ price: quote }: Stage): void {
  const of = (id: string, benefit: ConcessionRule['benefit'], priceFen: number): void => {
    const rule = priceFen === 405 ? null : 'r';
    quote(`benefit-${id}`, withRules(everybody('r', benefit)), {}, { priceFen, rule });
  };
  of('free', price(0), 0);
  of('price', price(100), 100);
  of('price-one-less', price(404), 404);
  of('price-as-full', price(405), 405);
  of('price-above-full', price(1_000), 405);
  of('nothing', share(0), 0);
  of('one-thousandth', share(1), 0);
  of('rounded-down', share(500), 202);
  of('rounded-down-by-almost-one', share(997), 403);
  of('almost-all', share(999), 404);
  of('all', share(1000), 405);
}

function addChoices({ price: quote }: Stage): void {
  const [a, b] = [everybody('a', price(300)), everybody('b', share(500))];
  quote('lowest-last', withRules(a, b), {}, { priceFen: 202, rule: 'b' });
  quote('lowest-first', withRules(b, a), {}, { priceFen: 202, rule: 'b' });
  const equal = everybody('c', price(202));
  quote('equal-earlier', withRules(b, equal), {}, { priceFen: 202, rule: 'b' });
  quote('equal-earlier-turned', withRules(equal, b), {}, { priceFen: 202, rule: 'c' });
  quote('suspended', withRules(b), { suspended: ['b'] }, { priceFen: 405 });
  const suspended = ['b', 'nowhere'];
  quote('suspended-second-best', withRules(a, b), { suspended }, { priceFen: 300, rule: 'a' });
  quote('suspended-both', withRules(a, b), { suspended: ['a', 'b'] }, { priceFen: 405 });
  const senior = ruleContent({ id: 'old', class: 3, benefit: price(350) });
  quote('young-rule-is-better', withRules(senior, b), { class: 3 }, { priceFen: 202, rule: 'b' });
  const zones = entryContent({
    ...{ tariff: zonesTariff },
    rules: [everybody('cap', price(300)), everybody('half', share(500))],
  });
  quote('range-by-its-upper-end', zones, {}, { priceFen: 300, fromFen: 100, rule: 'cap' });
  const cheaper = {
    ...zones,
    rules: [everybody('half', share(500)), everybody('cap', price(150))],
  };
  const found = { priceFen: 150, fromFen: 100, rule: 'cap' };
  quote('least-by-another-rule', cheaper, {}, found);
  const daily = withRules({ ...b, perDay: 2 });
  quote('daily-number', daily, {}, { priceFen: 405, fromFen: 202 });
  const both = withRules(a, { ...b, perDay: 2 });
  quote('daily-number-and-another', both, {}, { priceFen: 300, fromFen: 202, rule: 'a' });
  const dearer = withRules(b, { ...a, perDay: 2 });
  quote('daily-number-that-is-dearer', dearer, {}, { priceFen: 202, rule: 'b' });
  const gone = withRules({ ...b, perDay: 2 });
  quote('daily-number-suspended', gone, { suspended: ['b'] }, { priceFen: 405 });
}

function addResidences({ price: quote, refuse }: Stage): void {
  const guests = withRules(ruleContent({ class: 0, residences: ['3601', '4301'], id: 'guests' }));
  quote('residence-of-the-rule', guests, { residence: '3601' }, { priceFen: 202, rule: 'guests' });
  quote('residence-of-no-rule', guests, { residence: '4201' }, { priceFen: 405 });
  refuse('residence-not-admitted', guests, { residence: '4202' });
  refuse('residence-unknown', guests, { residence: '5101' });
  const only = entryContent({ admits: ['4301'], rules: [] });
  quote('own-residents-not', only, { residence: '4301' }, { priceFen: 405 });
  refuse('own-residents-not-admitted', only, { residence: '4201' });
  const noCode = entryContent({ access: ['counter'], admits: [], rules: [] });
  refuse('no-code', noCode, {});
  refuse('no-code-with-class', noCode, { class: 2, residence: '4201' });
}
