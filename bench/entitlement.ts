import { entitle, type EntitlementFacts, type Rider } from '@tongyu/domain';
import type { ConcessionRule, Entry, Head, Suspension } from '@tongyu/protocol';
import {
  entryContent,
  headContent,
  ruleContent,
  suspension,
} from '../tools/vectors/catalogue-region.ts';
import { NOON } from '../tools/vectors/region.ts';
import { measure, microsecondsOf } from './measure.ts';
import type { Row } from './report.ts';

const GROUP = 'The treatment of a rider, with every reason of 8 rules';
const DATE = '2027-03-01';
const PER_ROUND = 200_000;
/** As many as a head can hold, of other entries. */
const SUSPENSIONS = 2_490;

/**
 * Beside a loop that only finds the price, with the entry's suspensions at hand. The engine also
 * says of each rule whether it applies, and all that stands against it.
 */
export async function benchEntitlement(): Promise<readonly Row[]> {
  const entry = entryContent({ rules: rulesOfEight() });
  const head = headContent({ suspended: suspendedOf(entry.id, 0) });
  const full = headContent({ suspended: suspendedOf(entry.id, SUSPENSIONS) });
  const riders = ['3401', '3601', '4201', '4301'].flatMap((residence) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((shown) => ({ residence, class: shown })),
  );
  const facts = (of: Head): readonly EntitlementFacts[] =>
    riders.map((rider) => ({ entry, head: of, rider, date: DATE, now: NOON }));
  const [few, many] = [facts(head), facts(full)];
  const ofEntry = head.suspended.filter((one) => one.entry === entry.id);
  let sum = 0;
  const engine = (all: readonly EntitlementFacts[], i: number): void => {
    const one = all[i % all.length];
    const found = one && entitle(one);
    sum += found?.admitted === true ? found.priceFen : 0;
  };
  const loop = (i: number): void => {
    const rider = riders[i % riders.length];
    sum -= rider === undefined ? 0 : lowestPrice(entry, ofEntry, rider, DATE);
  };
  for (const i of riders.keys()) {
    engine(few, i);
    loop(i);
  }
  if (sum !== 0) throw new Error('the loop finds other prices than the engine');
  const timesPerRound = PER_ROUND;
  const timings = await measure([
    { name: 'engine', timesPerRound, run: (i) => engine(few, i) },
    { name: 'loop', timesPerRound, run: (i) => loop(i) },
    { name: 'many', timesPerRound, run: (i) => engine(many, i) },
  ]);
  const of = (name: string): number => microsecondsOf(timings, name);
  const perSecond = (name: string): number => 1e6 / of(name);
  return [
    { ...row('decisions per second and core', perSecond('engine')), ...atLeast(200_000) },
    row('a loop that finds the price alone', perSecond('loop')),
    { group: GROUP, name: 'engine / loop', value: of('engine') / of('loop'), unit: 'ratio' },
    { ...row('with a head that suspends 2,500 things', perSecond('many')), ...atLeast(200_000) },
  ];
}

function row(name: string, value: number): Row {
  return { group: GROUP, name, value, unit: 'per s' };
}

function atLeast(goal: number): Pick<Row, 'goal' | 'goalIsMinimum'> {
  return { goal, goalIsMinimum: true };
}

function rulesOfEight(): readonly ConcessionRule[] {
  const residences = ['3401', '3601', '4201', '4301'];
  return Array.from({ length: 8 }, (_, i) =>
    ruleContent({
      ...{ id: `rule-${String(i)}`, class: i % 7, residences: residences.slice(i % 4) },
      benefit: { kind: 'share', permille: 900 - 100 * i },
      ...{ until: i % 2 === 0 ? null : '2027-06-30', perDay: i === 5 ? 2 : null },
    }),
  );
}

function suspendedOf(entry: string, others: number): readonly Suspension[] {
  return [
    ...Array.from({ length: others }, (_, i) => suspension(`4201-bus-${String(10_000 + i)}`, 'r')),
    ...[suspension(entry, 'rule-2'), suspension(entry, 'rule-3', '4301')],
    suspension(entry, 'rule-4', '3601'),
  ];
}

/** By hand: nothing is collected, nothing is explained. */
function lowestPrice(
  { admits, tariff, rules }: Entry,
  suspended: readonly Suspension[],
  { residence, class: shown }: Rider,
  date: string,
): number {
  if (!admits.includes(residence) || tariff.kind === 'zones' || tariff.kind === 'free') return 0;
  let lowest = tariff.priceFen;
  for (const { id, class: wanted, residences, benefit, from, until, perDay } of rules) {
    if (wanted !== 0 && wanted !== shown && !(wanted < shown && shown <= 3)) continue;
    if (!residences.includes(residence) || perDay !== null) continue;
    if (date < from || (until !== null && date > until)) continue;
    const isOut = suspended.some(
      (one) => one.rule === id && (one.residence === null || one.residence === residence),
    );
    if (isOut || benefit.kind === 'price') continue;
    lowest = Math.min(lowest, Math.floor((tariff.priceFen * benefit.permille) / 1000));
  }
  return lowest;
}
