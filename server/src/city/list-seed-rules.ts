import type { Benefit, ConcessionRule, LocalText, PartyId, Reduction } from '@tongyu/protocol';
import { words } from './list-seed-words.ts';

/** Concessions of the demonstration; each names itself a demo policy. */
const MEMBERS: readonly PartyId[] = ['3401', '3601', '4201', '4301'];

/** Before any date on which the demonstration is run, so that its rules hold from the start. */
const FROM = '2026-01-01';

const FREE: Benefit = { kind: 'price', priceFen: 0 };
const HALF: Benefit = { kind: 'share', permille: 500 };
const SEVEN_TENTHS: Benefit = { kind: 'share', permille: 700 };
const EIGHT_TENTHS: Benefit = { kind: 'share', permille: 800 };

/** From which class on a city's own seniors ride free or for half; the other members' likewise. */
type SeniorPolicy = { readonly free: number; readonly half: number | null };

const SENIORS: Readonly<Record<PartyId, SeniorPolicy>> = {
  '3401': { free: 3, half: 1 },
  '3601': { free: 2, half: null },
  '4201': { free: 3, half: 2 },
  '4202': { free: 3, half: null },
  '4301': { free: 2, half: 1 },
};

const AGES: Readonly<Record<number, string>> = { 1: '60', 2: '65', 3: '70' };

const STUDENTS = words('学生', '學生', 'Students');
const OWN_POLICY = words(
  '演示政策：本市优待办法',
  '示範政策：本市優待辦法',
  'Demo policy: the city’s own concessions',
);
const MUTUAL = words(
  '演示协议：四城优待互认',
  '示範協議：四城優待互認',
  'Demo agreement: four cities, mutual concessions',
);
const OPERATORS_OFFER = words(
  '演示政策：运营方优惠',
  '示範政策：營運方優惠',
  'Demo policy: the operator’s offer',
);

const SAME_CITY = words(
  '演示协议：成员城市居民同城价',
  '示範協議：成員城市居民同城價',
  'Demo agreement: one price for residents of all member cities',
);

/** Bus and metro of Wuhan count together: who changes within half an hour pays ¥1 less. */
export const WUHAN_TRANSFER: readonly Reduction[] = [
  { kind: 'transfer', withinMinutes: 30, lessFen: 100, funder: 'host' },
];

/** Nobody pays more than ¥15 a day in Nanchang's metro. */
export const NANCHANG_DAILY_CAP: readonly Reduction[] = [
  { kind: 'daily-cap', capFen: 1500, funder: 'operator' },
];

/**
 * Metro, bus and ferry: seniors of the other members ride as the city's own do, as the agreement
 * says. It is a rule of its own, so that either side can stop it for guests alone.
 */
export function transportRules(party: PartyId): readonly ConcessionRule[] {
  const { free, half } = SENIORS[party] ?? { free: 2, half: null };
  return [
    ...ownAndGuests(party, 'senior-free', free, FREE),
    ...(half === null ? [] : ownAndGuests(party, 'senior-half', half, HALF)),
    {
      ...rule('student', STUDENTS, 4),
      benefit: SEVEN_TENTHS,
      funder: { kind: 'operator' },
      agreement: OPERATORS_OFFER,
    },
    ...disabledAndVeterans(),
  ];
}

/** Sights: the same for residents of all members, and a price for them whoever they are. */
export function sightRules(): readonly ConcessionRule[] {
  const byOperator = { funder: { kind: 'operator' }, agreement: OPERATORS_OFFER } as const;
  return [
    {
      ...rule('senior-free', senior(2), 2),
      benefit: FREE,
      ...byOperator,
    },
    {
      ...rule('senior-half', senior(1), 1),
      benefit: HALF,
      ...byOperator,
    },
    {
      ...rule('member', words('成员城市居民', '成員城市居民', 'Residents of member cities'), 0),
      benefit: EIGHT_TENTHS,
      funder: { kind: 'operator' },
      agreement: SAME_CITY,
    },
    {
      ...rule('student', STUDENTS, 4),
      benefit: HALF,
      ...byOperator,
    },
    ...disabledAndVeterans(),
  ];
}

function disabledAndVeterans(): readonly ConcessionRule[] {
  const mutual = { benefit: FREE, funder: { kind: 'host' }, agreement: MUTUAL } as const;
  return [
    {
      ...rule('disability', words('残疾人', '身心障礙者', 'Disabled people'), 5),
      ...mutual,
      reciprocity: 'mutual',
    },
    {
      ...rule('veteran', words('退役军人', '退役軍人', 'Veterans'), 6),
      ...mutual,
      reciprocity: 'mutual',
    },
  ];
}

function ownAndGuests(
  party: PartyId,
  id: string,
  concessionClass: number,
  benefit: Benefit,
): readonly ConcessionRule[] {
  const locals = own(party, id, senior(concessionClass), concessionClass, benefit);
  const others = MEMBERS.filter((member) => member !== party);
  return [
    locals,
    {
      ...locals,
      name: guests(locals.name),
      id: `${id}-guest`,
      residences: others,
      reciprocity: 'mutual',
      agreement: MUTUAL,
    },
  ];
}

function guests({ zhCN, zhTW, en }: LocalText): LocalText {
  return words(
    `${zhCN}（成员城市来客）`,
    `${zhTW ?? zhCN}（成員城市來客）`,
    `${en ?? zhCN}, visiting`,
  );
}

function own(
  party: PartyId,
  id: string,
  name: LocalText,
  concessionClass: number,
  benefit: Benefit,
): ConcessionRule {
  return { ...rule(id, name, concessionClass), residences: [party], benefit };
}

/** The members that most rules share: all four cities' residents, on the host city's account. */
function rule(id: string, name: LocalText, concessionClass: number): ConcessionRule {
  return {
    id,
    name,
    class: concessionClass,
    residences: MEMBERS,
    benefit: FREE,
    funder: { kind: 'host' },
    reciprocity: 'unilateral',
    agreement: OWN_POLICY,
    from: FROM,
    until: null,
    perDay: null,
  };
}

function senior(concessionClass: number): LocalText {
  const age = AGES[concessionClass] ?? '60';
  return words(`${age} 岁以上长者`, `${age} 歲以上長者`, `Seniors of ${age} or more`);
}
