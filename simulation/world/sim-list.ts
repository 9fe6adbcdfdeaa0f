import {
  fundingOf,
  signatureInput,
  toBase64Url,
  type ConcessionRule,
  type Direction,
  type Entry,
  type LocalText,
  type PartyId,
  type Reduction,
} from '@tongyu/protocol';
import { seedEntries } from '../../server/src/city/list-seeds.ts';
import type { Dice } from '../kernel/dice.ts';
import { fakeKeyStore } from '../kernel/fake-signers.ts';

/** Where the gates of a metro stand; the last zone is far out. */
export const STOPS = ['a', 'b', 'c', 'far'] as const;

/** What a gate is for, and where it stands. */
export type Place = {
  readonly service: 'metro' | 'bus' | 'museum';
  readonly direction: Direction;
  readonly stop: string | null;
};

/** The first gate of a city lets people in, the second out, as far as they are of a metro. */
export function drawPlace(dice: Dice, index: number): Place {
  const direction = dice.pick(DIRECTIONS[Math.min(index, DIRECTIONS.length - 1)] ?? []);
  if (direction !== 'single') return { service: 'metro', direction, stop: dice.pick(STOPS) };
  return { service: dice.pick(['bus', 'bus', 'museum']), direction, stop: null };
}

const DIRECTIONS: readonly (readonly Direction[])[] = [
  ['entry', 'entry', 'entry', 'single'],
  ['exit', 'exit', 'exit', 'single'],
  ['entry', 'exit', 'single', 'single'],
];

/** What a home city makes its journey keys with. */
export function journeySecretOf(party: PartyId): Uint8Array {
  return new Uint8Array(33).fill(Number(party) % 251);
}

const RESIDENCES: readonly PartyId[] = ['3401', '3601', '4201', '4301'];
/** Who pays for others' residents, by host. */
const FUNDER: Readonly<Record<PartyId, PartyId>> = {
  '3401': '4201',
  '3601': '4301',
  '4301': '3601',
};
const ROOT_KEY = { keyId: 1, name: 'root-1' } as const;

const named = (zhCN: string): LocalText => ({ zhCN, zhTW: null, en: null });

const TRANSFER: Reduction = { kind: 'transfer', withinMinutes: 30, lessFen: 101, funder: 'host' };
const CAP: Reduction = { kind: 'daily-cap', capFen: 700, funder: 'operator' };

/**
 * What a city of a simulated region offers: few services, so that a seed stays cheap, with every
 * kind of tariff, funder and reduction, and prices whose shares have to be rounded.
 */
export function simEntries(party: PartyId): readonly Entry[] {
  const model = seedEntries(party, '2026-11-24').find(({ access }) => access.includes('code'));
  if (model === undefined) return [];
  const line = `${party}-transit`;
  const bus: Entry = {
    ...serviceOf(model, 'bus'),
    tariff: { kind: 'flat', priceFen: 199 },
    fareGroup: line,
    rules: [senior('senior', 2, 335), ...RULES],
    reductions: [TRANSFER, CAP],
  };
  const metro: Entry = {
    ...serviceOf(model, 'metro'),
    tariff: {
      kind: 'zones',
      stops: STOPS.map((id, i) => ({ id, name: named(`站 ${id}`), zone: i === 3 ? 7 : i })),
      pricesFen: [201, 303, 405, 507],
    },
    fareGroup: line,
    rules: [senior('senior', 1, 501), ...RULES],
    reductions: [TRANSFER, CAP],
  };
  const museum: Entry = {
    ...serviceOf(model, 'museum'),
    tariff: { kind: 'ticket', priceFen: 2_001 },
    rules: [{ ...rule('first', 0), perDay: 1, benefit: { kind: 'price', priceFen: 1_500 } }],
  };
  return [bus, metro, museum].map(withFunded);
}

function serviceOf(model: Entry, id: string): Entry {
  const own = `${model.id.slice(0, 4)}-${id}`;
  const operator = { id: own, name: named(id) };
  const plain = { places: [], rules: [], reductions: [], fareGroup: own };
  return { ...model, ...plain, id: own, name: named(id), operator };
}

function rule(id: string, concessionClass: number): ConcessionRule {
  return {
    id,
    name: named(id),
    class: concessionClass,
    residences: RESIDENCES,
    benefit: { kind: 'price', priceFen: 0 },
    funder: { kind: 'host' },
    reciprocity: 'unilateral',
    agreement: named('模拟'),
    from: '2026-01-01',
    until: null,
    perDay: null,
  };
}

function senior(id: string, concessionClass: number, permille: number): ConcessionRule {
  return { ...rule(id, concessionClass), benefit: { kind: 'share', permille } };
}

const RULES: readonly ConcessionRule[] = [
  {
    ...rule('student', 4),
    benefit: { kind: 'share', permille: 701 },
    funder: { kind: 'operator' },
  },
  { ...rule('veteran', 6), perDay: 2 },
];

/** The city that pays for people with a disability signs for each service by itself. */
function withFunded(entry: Entry): Entry {
  const host = entry.id.slice(0, 4);
  const party = FUNDER[host];
  if (party === undefined) return entry;
  const ceilingFen = 1_000_000;
  const unsigned = { by: party, keyId: ROOT_KEY.keyId, signature: '' };
  const funded: ConcessionRule = {
    ...rule('funded', 5),
    until: '2027-12-31',
    funder: { kind: 'party', party, ceilingFen, signature: unsigned },
  };
  const content = fundingOf(entry, funded);
  if (content === undefined) return entry;
  const bytes = fakeKeyStore(party).signer(ROOT_KEY.name, 'ES256').sign(signatureInput(content));
  if (bytes instanceof Promise) throw new TypeError('a simulated signature is made at once');
  const signature = { ...unsigned, signature: toBase64Url(bytes) };
  const funder = { kind: 'party', party, ceilingFen, signature } as const;
  return { ...entry, rules: [...entry.rules, { ...funded, funder }] };
}
