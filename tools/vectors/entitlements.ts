import {
  canonicalJson,
  documentText,
  type ConcessionRule,
  type Entry,
  type Head,
  type Json,
  type Suspension,
} from '@tongyu/protocol';
import {
  entryContent,
  headContent,
  ruleContent,
  suspension,
  zonesTariff,
} from './catalogue-region.ts';
import { treatment } from './independent/catalogue.ts';
import { listSigner, NOON, signed } from './region.ts';
import { VectorSet } from './vector-set.ts';

/** What is asked; an adult of 4301 on 1 March 2027 with a fresh head, unless said. */
type Asked = {
  readonly residence?: string;
  readonly class?: number;
  readonly date?: string;
  readonly now?: number | null;
  readonly fullFen?: number;
  readonly usesToday?: Readonly<Record<string, number>>;
};
type Told = Partial<Head> | null;

/** ENT, as tables of decisions. What is expected is computed by the words of the standard. */
export async function entitlementVectors(): Promise<VectorSet> {
  const stage = new Stage();
  await addReasons(stage);
  await addPairs(stage);
  await addPrices(stage);
  await addHeads(stage);
  return stage.set;
}

class Stage {
  readonly set = new VectorSet('entitlements');
  readonly #names = new Map<string, string>();

  async decide(id: string, clause: string, entry: Entry, told: Told, asked: Asked): Promise<void> {
    const head =
      told === null
        ? null
        : this.#document('head', documentText(await this.#head({ verified: [], ...told })));
    const input = {
      ...{ residence: '4301', class: 0, date: '2027-03-01', now: NOON },
      ...{ fullFen: null, usesToday: null },
      ...asked,
      entry: this.#document('entry', canonicalJson(entry)),
      head,
    };
    const { facts = {} } = treatment(input, this.set.documents);
    this.set.accept(id, clause, id, input, {}, facts as Readonly<Record<string, Json>>);
  }

  #head(parts: Partial<Head>) {
    return signed(headContent(parts), [listSigner('4201')]);
  }

  #document(kind: string, text: string): string {
    const name = this.#names.get(text) ?? `${kind} ${String(this.#names.size + 1)}`;
    this.#names.set(text, name);
    return this.set.document(name, text);
  }
}

const METRO = '4201-metro';
const withRules = (...rules: readonly ConcessionRule[]): Entry => entryContent({ rules });
const price = (priceFen: number): ConcessionRule['benefit'] => ({ kind: 'price', priceFen });

/** Each line of one table, with a word for the id. */
type Line<T> = readonly [word: string, value: T];

const residences: readonly Line<readonly string[]>[] = [
  ['named', ['3601', '4301']],
  ['not-named', ['3601']],
];
const classes: readonly Line<number>[] = [
  ['shown', 2],
  ['not-shown', 4],
];
const dates: readonly Line<string>[] = [
  ['before', '2027-01-31'],
  ['within', '2027-02-28'],
  ['after', '2027-03-01'],
];
const stops: readonly Line<readonly Suspension[]>[] = [
  ['open', [suspension('4201-museum', 'r'), suspension(METRO, 'other')]],
  ['stopped', [suspension(METRO, 'r')]],
  ['stopped-for-us', [suspension(METRO, 'r', '4301')]],
  ['stopped-for-others', [suspension(METRO, 'r', '3601')]],
  ['stopped-for-all-and-us', [suspension(METRO, 'r'), suspension(METRO, 'r', '4301')]],
];
type Daily = { readonly perDay: number | null; readonly usesToday?: Asked['usesToday'] };
const dailies: readonly Line<Daily>[] = [
  ['always', { perDay: null }],
  ['daily-open', { perDay: 2 }],
  ['daily-left', { perDay: 2, usesToday: { r: 1 } }],
  ['daily-used', { perDay: 2, usesToday: { r: 2 } }],
];
const ages: readonly Line<number | null>[] = [
  ['fresh', 0],
  ['old', 72 * 3600 + 1],
  ['no-head', null],
];

/** ENT-2: every reason with every other one. */
async function addReasons(stage: Stage): Promise<void> {
  for (const [named, places] of residences)
    for (const [shown, ruleClass] of classes)
      for (const [when, date] of dates)
        for (const [stopped, suspended] of stops)
          for (const [daily, { perDay, usesToday }] of dailies)
            for (const [age, seconds] of ages) {
              if (seconds === null && stopped !== 'open') continue;
              const rule = ruleContent({
                ...{ id: 'r', class: ruleClass, residences: places, perDay },
                ...{ from: '2027-02-01', until: '2027-02-28' },
              });
              const id = [named, shown, when, stopped, daily, age].join(' ');
              const told = seconds === null ? null : { suspended, time: NOON - seconds };
              const asked = { class: 2, date, ...(usesToday === undefined ? {} : { usesToday }) };
              await stage.decide(id, 'ENT-2.2', withRules(rule), told, asked);
            }
}

const benefits: readonly Line<number>[] = [
  ['lowest', 100],
  ['lower', 200],
  ['as-full', 405],
  ['above-full', 500],
];
const standings: readonly Line<Partial<ConcessionRule>>[] = [
  ['fits', {}],
  ['no', { class: 4 }],
  ['unknown', { perDay: 1 }],
];

/** ENT-3: which of two counts, by their prices and standings. */
async function addPairs(stage: Stage): Promise<void> {
  const rules = standings.flatMap(([word, parts]) =>
    benefits.map(
      ([cost, fen]) => [`${word}-${cost}`, { class: 0, benefit: price(fen), ...parts }] as const,
    ),
  );
  for (const [first, one] of rules) {
    for (const [second, other] of rules) {
      const entry = withRules(
        ruleContent({ ...one, id: 'first' }),
        ruleContent({ ...other, id: 'second' }),
      );
      await stage.decide(`${first} ${second}`, 'ENT-3.2', entry, {}, {});
    }
  }
}

async function addPrices(stage: Stage): Promise<void> {
  const half = ruleContent({ id: 'half', class: 0 });
  const cap = ruleContent({ id: 'cap', class: 0, benefit: price(250) });
  const zones = entryContent({ tariff: zonesTariff, rules: [half, cap] });
  const at = (id: string, entry: Entry, asked: Asked): Promise<void> =>
    stage.decide(id, 'ENT-3.1', entry, {}, asked);
  await at('zones-as-a-range', zones, {});
  for (const fullFen of [0, 1, 200, 300, 499, 500, 501, 600]) {
    await at(`zones-for-${String(fullFen)}`, zones, { fullFen });
  }
  const free = entryContent({ tariff: { kind: 'free' }, rules: [half] });
  await at('free', free, {});
  const ticket = entryContent({ tariff: { kind: 'ticket', priceFen: 2_001 }, rules: [half] });
  await at('ticket', ticket, {});
  const daily = { ...half, perDay: 1 };
  await at('daily-of-zones', { ...zones, rules: [daily] }, {});
  await at('daily-of-zones-left', { ...zones, rules: [daily] }, { usesToday: {} });
  await at('daily-of-zones-used', { ...zones, rules: [daily] }, { usesToday: { half: 1 } });
  await at('daily-of-zones-used-more', { ...zones, rules: [daily] }, { usesToday: { half: 9 } });
  const both = { ...zones, rules: [daily, cap] };
  await at('daily-beside-a-cap', both, {});
  await at('daily-used-beside-a-cap', both, { usesToday: { half: 1 } });
  await at('not-admitted', zones, { residence: '5101' });
  await at('not-admitted-without-rules', withRules(), { residence: '4202', class: 3 });
  for (const shown of [0, 1, 2, 3, 4, 5, 6, 7, 65_535]) {
    const rules = [0, 1, 2, 3, 4, 5, 6].map((each) =>
      ruleContent({ id: `class-${String(each)}`, class: each, benefit: price(400 - each) }),
    );
    await at(`all-classes-shown-${String(shown)}`, withRules(...rules), { class: shown });
  }
}

/** LIST-4.5: borders of a head's life, and what a closed service says of its rules. */
async function addHeads(stage: Stage): Promise<void> {
  const entry = withRules(ruleContent({ id: 'r', class: 0, perDay: 3 }), ruleContent({ class: 0 }));
  const at = (id: string, told: Told, asked: Asked): Promise<void> =>
    stage.decide(id, 'ENT-2.1', entry, told, asked);
  const life = 72 * 3600;
  await at('head-of-its-last-second', { time: NOON - life }, {});
  await at('head-of-one-second-more', { time: NOON - life - 1 }, {});
  await at('old-head-of-an-accepted-tap', { time: NOON - life - 1 }, { now: null });
  await at('no-head-for-an-accepted-tap', null, { now: null });
  await at('head-ahead-of-the-clock', { time: NOON + 60 }, {});
  const closed = { suspended: [suspension(METRO)] };
  await at('whole-service-suspended', closed, {});
  const two = {
    suspended: [suspension(METRO, 'r', '3601'), suspension(METRO, 'senior-65', '4301')],
  };
  await at('one-stopped-for-us-one-for-others', two, {});
}
