import type { SearchRow } from '../server/src/search/index.ts';
import { CITIES, KINDS, NAMING, ROADS, SENTENCES, type Word } from './search-vocabulary.ts';

/** An entry, and its name as people would type it. */
export type SampleRow = SearchRow & { readonly name: Word };

/** The same rows for the same seed. */
export function sampleRows(count: number, seed: number): readonly SampleRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => sampleRow(i, random));
}

export type Random = (below: number) => number;

/** Mulberry32: enough to choose words. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export function oneOf<T>(list: readonly T[], random: Random): T {
  const chosen = list[random(list.length)];
  if (chosen === undefined) throw new RangeError('nothing to choose from');
  return chosen;
}

function sampleRow(i: number, random: Random): SampleRow {
  const city = oneOf(CITIES, random);
  const kind = oneOf(KINDS, random);
  const district = oneOf(city.districts, random);
  const brand = joined(oneOf(NAMING, random), oneOf(NAMING, random));
  const road = joined(joined(oneOf(NAMING, random), oneOf(NAMING, random)), oneOf(ROADS, random));
  const where = random(2) === 0 ? city : district;
  const name = joined(joined(where, brand), kind);
  const operator = joined(city, kind.operator);
  const phone = String(10_000_000 + random(80_000_000));
  const keyword = oneOf(kind.keywords, random);
  const sentences = [random(SENTENCES.length), random(SENTENCES.length)];
  const summary = (language: 'zhCN' | 'zhTW' | 'en'): string =>
    sentences
      .map((n) => SENTENCES[n]?.[language] ?? '')
      .join(language === 'en' ? ' ' : '')
      .replaceAll('{road}', road[language])
      .replaceAll('{name}', name[language]);
  const texts = (language: 'zhCN' | 'zhTW' | 'en'): readonly string[] => [
    name[language],
    operator[language],
    `${city[language]} ${district[language]} ${road[language]}`,
    keyword[language],
    phone,
    summary(language),
  ];
  return {
    id: `${city.party}-${String(i).padStart(7, '0')}`,
    party: city.party,
    category: kind.category,
    audience: random(3) === 0 ? ['residents', 'organisations'] : ['residents'],
    usable: random(4) > 0,
    zhCN: texts('zhCN'),
    zhTW: texts('zhTW'),
    en: texts('en'),
    name,
  };
}

function joined(first: Word, second: Word): Word {
  return {
    zhCN: first.zhCN + second.zhCN,
    zhTW: first.zhTW + second.zhTW,
    pinyin: `${first.pinyin} ${second.pinyin}`,
    en: `${first.en} ${second.en}`,
  };
}
