import type { PartyId } from '@tongyu/protocol';
import type { SyntheticRecord } from '../classes/synthetic-provers.ts';

/**
 * Invented residents, labelled synthetic wherever they are shown. Their ID numbers name a region
 * that does not exist (00…) and end in a wrong check digit, so that no real person can be meant;
 * they are hashed with a salt and never stored. What the invented registers hold of them
 * (`classes/synthetic-provers.ts`) comes from here too.
 */
export type Persona = {
  readonly id: string;
  readonly name: string;
  readonly ageBand: 'child' | 'student' | 'adult' | 'senior';
  readonly note: PersonaNote;
  readonly idNumber: string;
  readonly record: SyntheticRecord;
};

export type PersonaNote =
  | 'synthetic: child of 12'
  | 'synthetic: university student'
  | 'synthetic: working adult'
  | 'synthetic: senior of 68'
  | 'synthetic: wheelchair user'
  | 'synthetic: foreign resident with a passport';

const KINDS = [
  { id: 'child', ageBand: 'child', note: 'synthetic: child of 12', born: '20140105' },
  { id: 'student', ageBand: 'student', note: 'synthetic: university student', born: '20060317' },
  { id: 'adult', ageBand: 'adult', note: 'synthetic: working adult', born: '19900721' },
  { id: 'senior', ageBand: 'senior', note: 'synthetic: senior of 68', born: '19580226' },
  { id: 'wheelchair', ageBand: 'adult', note: 'synthetic: wheelchair user', born: '19840912' },
  {
    id: 'foreign',
    ageBand: 'adult',
    note: 'synthetic: foreign resident with a passport',
    born: '19870530',
  },
] as const;

type Names = readonly [string, string, string, string, string, string];

const NAMES: Readonly<Record<PartyId, Names>> = {
  '4201': ['江小禾', '楚晓航', '汉明川', '黄鹤年', '武立行', 'Amara Testfield'],
  '4301': ['湘小米', '岳子衿', '麓清和', '沙延寿', '星自远', 'Lucas Probeman'],
  '3401': ['肥小豆', '庐思源', '巢静波', '皖长青', '徽致远', 'Noor Samplesen'],
  '3601': ['赣小满', '滕若水', '洪润泽', '昌松鹤', '章行健', 'Ines Mustermar'],
  '4202': ['磁小石', '黄知新', '铜安澜', '冶永年', '西塞平', 'Otto Exampleby'],
};

const OTHER_NAMES: Names = ['例小一', '例小二', '例小三', '例小四', '例小五', 'Exa Mple'];

export function personasOf(party: PartyId): readonly Persona[] {
  const names = NAMES[party] ?? OTHER_NAMES;
  return KINDS.map((kind, index) => ({
    id: `${party}-${kind.id}`,
    name: names[index] ?? kind.id,
    ageBand: kind.ageBand,
    note: kind.note,
    idNumber: withWrongCheckDigit(`00${party}${kind.born}00${String(index)}`),
    record: recordOf(kind),
  }));
}

function recordOf({ id, born }: (typeof KINDS)[number]): SyntheticRecord {
  return {
    born: `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`,
    isStudent: id === 'student',
    isDisabled: id === 'wheelchair',
    isVeteran: id === 'senior',
  };
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The digit of GB 11643 that would be right, moved on by one. */
function withWrongCheckDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return first17 + '10X98765432'.charAt(((sum % 11) + 1) % 11);
}
