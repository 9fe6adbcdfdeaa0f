import {
  serviceDay,
  type ConcessionRule,
  type Direction,
  type Entry,
  type Head,
  type PartyId,
  type Reduction,
  type Repair,
  type TapId,
  type ZoneTariff,
} from '@tongyu/protocol';
import { entryContent, headContent, ruleContent, suspension, words } from './catalogue-region.ts';
import { NOON } from './region.ts';

/** A fare group of 4201 and a resident of 4301 with their day, for the vectors of JRN. */

export const DAY = serviceDay(NOON);
export const KEY = '0123456789abcdef0123456789abcdef';
export const GROUP = '4201-transit';

/** A time of the service day; hours from 24 on are those of the next calendar day. */
export function at(clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return NOON + (hours - 12) * 3600 + minutes * 60 + seconds;
}

/** Structure of `GroupTap`, as the vectors spell it. */
export type TapText = {
  readonly id: TapId;
  readonly time: number;
  readonly service: string;
  readonly operator: string;
  readonly direction: Direction;
  readonly stop: string | null;
  readonly class: number;
  readonly shownFen: number;
  readonly edition: number;
  readonly head: number;
  readonly carried: boolean;
};

/**
 * `1 metro entry a 08:00`: number, service, direction, stop (`-` for none), time. A slash in the
 * first word names another terminal: `4201-x/1`.
 */
export function tap(spec: string, parts: Partial<TapText> = {}): TapText {
  const [number = '', service = '', direction = '', stop = '-', clock = ''] = spec.split(' ');
  return {
    id: (number.includes('/') ? number : `4201-gate/${number}`) as TapId,
    time: at(clock),
    service: `4201-${service}`,
    operator: '4201-transit-co',
    direction: direction as Direction,
    stop: stop === '-' ? null : stop,
    ...{ class: 0, shownFen: 100_000, edition: 3, head: 12, carried: false },
    ...parts,
  };
}

export function repair(kind: Repair['kind'], tapNumber: number, parts: Partial<Repair>): Repair {
  const by = kind === 'waive' ? '4201' : '4301';
  return {
    id: `${by}-r-1`,
    journey: `4201-gate/${tapNumber}`,
    kind,
    ...{ stop: null, time: null, class: null, at: at('20:00') },
    ...parts,
  };
}

const stop = (id: string, zone: number): ZoneTariff['stops'][number] => ({
  ...{ id, zone },
  name: words(id),
});

export const metroTariff: ZoneTariff = {
  kind: 'zones',
  stops: [stop('a', 0), stop('b', 1), stop('c', 2), stop('e', 4), stop('f', 5)],
  pricesFen: [200, 301, 455, 600],
};

export const rule = (id: string, parts: Partial<ConcessionRule>): ConcessionRule =>
  ruleContent({ id, ...parts });
export const share = (permille: number): ConcessionRule['benefit'] => ({ kind: 'share', permille });
export const price = (priceFen: number): ConcessionRule['benefit'] => ({ kind: 'price', priceFen });

/** 86 characters that have the form of a signature; nobody looks at it here. */
const signature = (letter: string): string => `${letter.repeat(85)}A`;
export const SIGNATURES = { home: signature('H'), anew: signature('N'), other: signature('O') };

export function funded(party: PartyId, name: keyof typeof SIGNATURES): ConcessionRule['funder'] {
  const signed = { by: party, keyId: 1, signature: SIGNATURES[name] };
  return { kind: 'party', party, ceilingFen: 1_000_000, signature: signed };
}

const TRANSFER: Reduction = {
  kind: 'transfer',
  ...{ withinMinutes: 30, lessFen: 100, funder: 'operator' },
};
const CAP: Reduction = { kind: 'daily-cap', capFen: 1_000, funder: 'host' };

export function service(name: string, parts: Partial<Entry>): Entry {
  return entryContent({
    id: `4201-${name}`,
    operator: { id: '4201-transit-co', name: words('示例运营方') },
    fareGroup: GROUP,
    rules: [],
    ...parts,
  });
}

const senior = rule('senior-65', { benefit: share(500) });
const endDate = { until: '2027-06-30' };

/** What edition 3 has: one service for each thing that a rule can do. */
export const SERVICES: readonly Entry[] = [
  service('metro', { tariff: metroTariff, rules: [senior], reductions: [TRANSFER, CAP] }),
  service('bus', {
    tariff: { kind: 'flat', priceFen: 205 },
    rules: [senior, rule('twice', { class: 5, benefit: price(10), perDay: 2 })],
    reductions: [TRANSFER, CAP],
  }),
  service('ferry', { tariff: { kind: 'flat', priceFen: 405 }, rules: [senior] }),
  service('tram', { tariff: { kind: 'flat', priceFen: 200 }, reductions: [TRANSFER] }),
  service('capped', { tariff: { kind: 'flat', priceFen: 400 }, reductions: [CAP] }),
  service('sight', {
    tariff: { kind: 'ticket', priceFen: 2_001 },
    rules: [
      rule('home-pays', {
        class: 0,
        benefit: share(500),
        funder: funded('4301', 'home'),
        ...endDate,
      }),
      rule('other-pays', {
        class: 6,
        benefit: price(1),
        funder: funded('3401', 'other'),
        ...endDate,
      }),
      rule('operator-pays', { class: 4, benefit: price(0), funder: { kind: 'operator' } }),
    ],
  }),
  service('park', { tariff: { kind: 'free' }, rules: [senior] }),
  service('club', { admits: ['4201'], tariff: { kind: 'flat', priceFen: 300 } }),
];

/** Edition 4: dearer, the concession smaller, and the funder has signed anew. */
export const LATER: readonly Entry[] = [
  service('bus', {
    tariff: { kind: 'flat', priceFen: 305 },
    rules: [rule('senior-65', { benefit: share(900) })],
  }),
  service('sight', {
    tariff: { kind: 'ticket', priceFen: 2_001 },
    rules: [
      rule('home-pays', {
        class: 0,
        benefit: share(500),
        funder: funded('4301', 'anew'),
        ...endDate,
      }),
    ],
  }),
];

const stopped = (
  name: string,
  ruleId: string | null,
  residence: PartyId | null = null,
): Head['suspended'][number] => ({ ...suspension(`4201-${name}`, ruleId), residence });

/** Heads of the host: what each one suspends. The first is two days older. */
export const HEADS: readonly Head[] = [
  headContent({ number: 11, time: at('10:00') - 2 * 86_400 }),
  headContent({ number: 12, time: at('05:00') }),
  headContent({ number: 13, time: at('06:00'), suspended: [stopped('bus', 'senior-65')] }),
  headContent({
    ...{ number: 14, time: at('07:00') },
    suspended: [
      stopped('bus', 'senior-65', '4301'),
      stopped('ferry', 'senior-65', '3401'),
      stopped('sight', 'home-pays', '3401'),
    ],
  }),
  headContent({
    ...{ number: 15, time: at('07:30') },
    suspended: [stopped('bus', null), stopped('sight', 'home-pays')],
  }),
  headContent({ number: 16, time: at('07:45'), suspended: [stopped('sight', null)] }),
];
