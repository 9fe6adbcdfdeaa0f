import type { SearchQuery } from '../server/src/search/index.ts';
import { oneOf, type Random, type SampleRow } from './search-rows.ts';

export type SampleQuery = { readonly kind: QueryKind; readonly query: SearchQuery };

/** What people type, and what hostile callers send. A plain database answers the first kinds. */
export const PLAIN_KINDS = ['two characters', 'more characters', 'English', 'digits'] as const;
const SOUND_KINDS = ['pinyin', 'initials', 'pinyin with a slip', 'English with a slip'] as const;
const OTHER_KINDS = ['two terms', 'filters only'] as const;

export type QueryKind =
  (typeof PLAIN_KINDS)[number] | (typeof SOUND_KINDS)[number] | (typeof OTHER_KINDS)[number];

export const QUERY_KINDS: readonly QueryKind[] = [...PLAIN_KINDS, ...SOUND_KINDS, ...OTHER_KINDS];

/** As many of each kind, made from the rows' own words; some with filters. */
export function sampleQueries(
  rows: readonly SampleRow[],
  each: number,
  random: Random,
): readonly SampleQuery[] {
  return QUERY_KINDS.flatMap((kind) =>
    Array.from({ length: each }, (_, i) => {
      const row = oneOf(rows, random);
      const text = textOf(kind, row, oneOf(rows, random), random);
      const filtered = kind === 'filters only' || i % 4 === 0;
      const filters = filtered ? { party: row.party, usable: true } : {};
      return { kind, query: { text, ...filters, offset: 0, limit: 20 } };
    }),
  );
}

function textOf(kind: QueryKind, row: SampleRow, other: SampleRow, random: Random): string {
  const name = random(2) === 0 ? row.name.zhCN : row.name.zhTW;
  const syllables = stretch(row.name.pinyin.split(' '), 2 + random(4), random);
  switch (kind) {
    case 'two characters':
      return stretch(name.split(''), 2, random).join('');
    case 'more characters':
      return stretch(name.split(''), 3 + random(4), random).join('');
    case 'English': {
      const word = oneOf(row.name.en.toLowerCase().split(' '), random);
      return random(2) === 0 ? word : word.slice(0, Math.max(3, word.length - 2));
    }
    case 'digits':
      return (row.zhCN[4] ?? '').slice(0, 3 + random(6));
    case 'pinyin':
      return syllables.join(random(2) === 0 ? '' : ' ');
    case 'initials':
      return stretch(row.name.pinyin.split(' '), 3 + random(3), random)
        .map((syllable) => syllable.charAt(0))
        .join('');
    case 'pinyin with a slip':
      return slipped(syllables.join(''), random);
    case 'English with a slip':
      return slipped(oneOf(row.name.en.toLowerCase().split(' '), random), random);
    case 'two terms': {
      const word = oneOf(other.name.en.split(' '), random);
      return `${stretch(name.split(''), 2, random).join('')} ${word}`;
    }
    case 'filters only':
      return '';
  }
}

function stretch<T>(list: readonly T[], length: number, random: Random): readonly T[] {
  const from = random(Math.max(1, list.length - length + 1));
  return list.slice(from, from + length);
}

function slipped(word: string, random: Random): string {
  const at = random(Math.max(1, word.length - 1));
  const [before, after] = [word.slice(0, at), word.slice(at + 1)];
  if (random(3) === 0) return before + after;
  if (random(2) === 0) return before + after.charAt(0) + word.charAt(at) + after.slice(1);
  return `${before}${String.fromCharCode(97 + random(26))}${after}`;
}

/** Up to 1,000 characters each. */
export function* hostileQueries(rows: readonly SampleRow[], random: Random): Generator<string> {
  const filled = (part: string): string => part.repeat(Math.floor(1_000 / part.length));
  const parts =
    '的 武 a 1 🚇 \ud800 .* ( \u0301 \u202e ﷺ wuhan xian ang zhong a- 武汉 地铁站 qwerty';
  for (const part of parts.split(' ')) yield filled(part);
  for (const [separator, length] of [
    ['', 1],
    ['', 2],
    ['', 3],
    [' ', 1],
    [' ', 2],
  ] as const) {
    yield pieces('abcdefghijklmnopqrstuvwxyz', length, separator, random);
    yield pieces('aeioung', length, separator, random);
    yield pieces('的一市中区公服务车武汉站地铁码', length, separator, random);
  }
  for (let i = 0; i < 26; i++) yield String.fromCharCode(97 + i);
  for (let i = 0; i < 26; i++) yield `${String.fromCharCode(97 + i)}h`;
  const names = (count: number, separator: string): string =>
    Array.from({ length: count }, () => oneOf(rows, random).name.pinyin.replaceAll(' ', ''))
      .map((name) => slipped(name, random).slice(0, 32))
      .join(separator)
      .slice(0, 1_000);
  for (let i = 0; i < 20; i++) yield names(16, ' ');
  for (let i = 0; i < 20; i++) yield names(40, '');
  yield '一码通域的居民码 身份证 无需另带证件 居民码可办理 凭一码通域 另带证件 通域的居民 可办理无需';
  yield 'yimatongyu jumin wuxu lingdai zhengjian banli tongcheng daiyu shenfenzheng chengyuan';
  yield 'd de di da do du s sh st se si z zh w wu wa';
  yield Array.from({ length: 1_000 }, () => String.fromCharCode(random(0x10000))).join('');
  yield Array.from({ length: 1_000 }, () => String.fromCharCode(0x4e00 + random(800))).join('');
  yield rows
    .slice(0, 100)
    .map((row) => row.name.zhCN)
    .join('')
    .slice(0, 1_000);
  yield rows
    .slice(0, 60)
    .map((row) => row.zhCN[5])
    .join('')
    .slice(0, 1_000);
}

/** At most sixteen different pieces, so that the query is searched, with as many as fit. */
function pieces(letters: string, length: number, separator: string, random: Random): string {
  const count = separator === '' ? Math.floor(1_000 / length) : 16;
  return Array.from({ length: count }, () =>
    Array.from({ length }, () => oneOf(letters.split(''), random)).join(''),
  ).join(separator);
}
