// How characters are read: which syllables each character has, and which pairs of neighbouring
// characters sound like which pairs of syllables.
import { pinyin } from 'pinyin-pro';
import { lowerBound } from './postings.ts';
import { syllablesOf, type SyllableRange, type Syllables } from './syllables.ts';

export type Sounds = {
  readonly syllables: Syllables;
  /** Readings of a character: `readings[readingStart[unit]]` up to the next unit's. */
  readonly readingStart: Uint32Array;
  readonly readings: Uint16Array;
  /** The characters of a syllable: `unitsSounding[soundingStart[syllable]]` up to the next's. */
  readonly soundingStart: Uint32Array;
  readonly unitsSounding: Uint16Array;
  /** `first * 1024 + second`, ascending; second is 0 where the run of characters ends. */
  readonly keys: Uint32Array;
  /** For each key the pair's place, `place * 2`, plus 1 if this is not how the pair is read. */
  readonly pairs: Uint32Array;
  /** 1 where some pair is read so, at `first * (count + 1) + second`. */
  readonly follows: Uint8Array;
};

const OPTIONS = { toneType: 'none', type: 'array', v: true } as const;
const SECOND = 1_024;
const PAIRS_PER_SLICE = 512;

/**
 * Every reading of a character counts (长: chang, zhang); the one that it has in the pair counts
 * as exact (长沙: chang). Works on the pairs that stand in the index, not on every text.
 */
export function* readSounds(pairKeys: Uint32Array): Generator<undefined, Sounds> {
  const spelled = new Map<number, readonly string[]>();
  for (const [i, key] of pairKeys.entries()) {
    if (i % PAIRS_PER_SLICE === 0) yield;
    const unit = key >>> 16;
    if (!spelled.has(unit)) spelled.set(unit, spellingsOf(unit));
  }
  const syllables = syllablesOf([...spelled.values()].flat());
  const byUnit = new Map<number, readonly number[]>();
  for (const [unit, spellings] of spelled) byUnit.set(unit, spellings.map(syllables.numberOf));
  // Sorted as one number each: the sounds first, then the pair. 2^20 * 2^30 is below 2^53.
  const entries: number[] = [];
  const follows = new Uint8Array((syllables.count + 1) * (syllables.count + 1));
  for (const [place, key] of pairKeys.entries()) {
    if (place % PAIRS_PER_SLICE === 0) yield;
    const firsts = byUnit.get(key >>> 16) ?? [];
    const seconds = (key & 0xffff) === 0 ? [0] : (byUnit.get(key & 0xffff) ?? []);
    const ambiguous = firsts.length > 1 || (seconds.length > 1 && (key & 0xffff) !== 0);
    const usual = ambiguous ? usualReading(key, syllables) : undefined;
    for (const first of firsts) {
      for (const second of seconds) {
        const unusual =
          usual !== undefined && (usual[0] !== first || (usual[1] !== second && second !== 0));
        follows[first * (syllables.count + 1) + second] = 1;
        entries.push((first * SECOND + second) * 2 ** 30 + place * 2 + (unusual ? 1 : 0));
      }
    }
  }
  const sorted = Float64Array.from(entries).sort();
  yield;
  return {
    syllables,
    ...readingTable(byUnit),
    ...unitTable(byUnit, syllables.count),
    keys: Uint32Array.from(sorted, (entry) => Math.floor(entry / 2 ** 30)),
    pairs: Uint32Array.from(sorted, (entry) => entry % 2 ** 30),
    follows,
  };
}

/** lü is typed lv, and often lu. */
function spellingsOf(unit: number): readonly string[] {
  const all = pinyin(String.fromCharCode(unit), { ...OPTIONS, multiple: true })
    .map((spelling) => spelling.replaceAll('ü', 'v'))
    .filter((spelling) => /^[a-z]*[aeiouv][a-z]*$/.test(spelling));
  const typed = all.filter((spelling) => spelling.includes('v')).map((s) => s.replace('v', 'u'));
  return [...new Set([...all, ...typed])];
}

function usualReading(key: number, syllables: Syllables): readonly number[] {
  const second = key & 0xffff;
  const text = String.fromCharCode(key >>> 16) + (second === 0 ? '' : String.fromCharCode(second));
  return pinyin(text, OPTIONS).map((s) => syllables.numberOf(s.replaceAll('ü', 'v')));
}

/** How a character by itself is read; 0 if nothing in the index sounds so. */
export function usualSyllable(sounds: Sounds, unit: number): number {
  return sounds.syllables.numberOf(spellingsOf(unit)[0] ?? '');
}

function readingTable(
  byUnit: ReadonlyMap<number, readonly number[]>,
): Pick<Sounds, 'readingStart' | 'readings'> {
  const readingStart = new Uint32Array(0x10001);
  const readings: number[] = [];
  for (let unit = 0; unit < 0x10000; unit++) {
    readingStart[unit] = readings.length;
    readings.push(...(byUnit.get(unit) ?? []));
  }
  readingStart[0x10000] = readings.length;
  return { readingStart, readings: Uint16Array.from(readings) };
}

function unitTable(
  byUnit: ReadonlyMap<number, readonly number[]>,
  count: number,
): Pick<Sounds, 'soundingStart' | 'unitsSounding'> {
  const units: number[][] = Array.from({ length: count + 1 }, () => []);
  for (const [unit, readings] of byUnit) for (const reading of readings) units[reading]?.push(unit);
  const soundingStart = new Uint32Array(count + 2);
  for (const [i, list] of units.entries()) {
    soundingStart[i + 1] = (soundingStart[i] ?? 0) + list.length;
  }
  return { soundingStart, unitsSounding: Uint16Array.from(units.flat()) };
}

/** All pairs read as a syllable of the first range followed by one of the second, if given. */
export function pairsSounding(
  sounds: Sounds,
  first: SyllableRange,
  second: SyllableRange | undefined,
): readonly number[] {
  const found: number[] = [];
  const { keys, pairs } = sounds;
  for (let syllable = first.from; syllable < first.to; syllable++) {
    const from = lowerBound(keys, syllable * SECOND + (second?.from ?? 0));
    const to = second === undefined ? (syllable + 1) * SECOND : syllable * SECOND + second.to;
    for (let i = from; (keys[i] ?? Infinity) < to; i++) found.push(pairs[i] ?? 0);
  }
  return found;
}

export function canFollow(sounds: Sounds, first: number, second: SyllableRange): boolean {
  const row = first * (sounds.syllables.count + 1);
  for (let i = second.from; i < second.to; i++) if (sounds.follows[row + i] === 1) return true;
  return false;
}

export function hasReading(sounds: Sounds, unit: number, range: SyllableRange): boolean {
  const end = sounds.readingStart[unit + 1] ?? 0;
  for (let i = sounds.readingStart[unit] ?? 0; i < end; i++) {
    const reading = sounds.readings[i] ?? 0;
    if (reading >= range.from && reading < range.to) return true;
  }
  return false;
}
