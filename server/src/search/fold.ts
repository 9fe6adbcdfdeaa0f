// Writes texts and queries in one spelling: simplified characters, lower case, no accents, no
// full-width forms. What is equal for a reader is then equal for the index.
import HKVariantsRev from 'opencc-js/dict/HKVariantsRev';
import TSCharacters from 'opencc-js/dict/TSCharacters';
import TWVariantsRev from 'opencc-js/dict/TWVariantsRev';

/** A stretch of a text that is searched as one: Chinese characters, or a word of other letters. */
export type Run = { readonly han: boolean; readonly text: string };

const SEPARATOR = 0;
const HAN = 1;
const LETTER = 2;
/** Left out without ending a word: xi'an is xian, people's is peoples. */
const JOINER = 3;
const JOINERS = /['’ʼ]/g;

type Table = { readonly kinds: Uint8Array; readonly simplified: Uint16Array };

/** What each code unit is and how it is written; read when the first text is. */
let table: Table | undefined;

function readTable(): Table {
  const simplified = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
  const toSimplified = pairsOf(TSCharacters);
  // Taiwan and Hong Kong write some traditional characters in another way.
  for (const [local, standard] of [...pairsOf(TWVariantsRev), ...pairsOf(HKVariantsRev)]) {
    const plain = toSimplified.get(standard);
    if (plain !== undefined) simplified[local] = plain;
  }
  for (const [traditional, plain] of toSimplified) simplified[traditional] = plain;
  const kinds = Uint8Array.from({ length: 0x10000 }, (_, unit) => kindOf(unit));
  return { kinds, simplified };
}

function pairsOf(pairs: string): ReadonlyMap<number, number> {
  const units = new Map<number, number>();
  for (const pair of pairs.split('|')) {
    const [from = '', to = ''] = pair.split(' ');
    if (from.length === 1 && to.length === 1) units.set(from.charCodeAt(0), to.charCodeAt(0));
  }
  return units;
}

function kindOf(unit: number): number {
  const character = String.fromCharCode(unit);
  if (character.search(JOINERS) === 0) return JOINER;
  if (/\p{Script=Han}/u.test(character)) return HAN;
  return /[\p{L}\p{N}]/u.test(character) ? LETTER : SEPARATOR;
}

/** Texts that no rule of Unicode changes: most. */
const PLAIN = /^[\u0020-\u007e\u00b7\u2014\u3001\u3002\u3400-\u9fff\uff08\uff09\uff0c\uff1a]*$/;

export function splitRuns(text: string): readonly Run[] {
  const { kinds, simplified } = (table ??= readTable());
  const plain = PLAIN.test(text) ? text.toLowerCase() : foldForms(text);
  const runs: Run[] = [];
  let at = 0;
  while (at < plain.length) {
    const kind = kindAt(kinds, plain, at);
    let end = at + 1;
    if (kind === HAN) {
      while (kindAt(kinds, plain, end) === HAN) end++;
      runs.push({ han: true, text: simplify(plain, at, end, simplified) });
    } else if (kind === LETTER) {
      while (kindAt(kinds, plain, end) >= LETTER) end++;
      runs.push({ han: false, text: plain.slice(at, end).replace(JOINERS, '') });
    }
    at = end;
  }
  return runs;
}

/** Characters beyond the first 65,536 are two units; the index takes each for a character. */
function kindAt(kinds: Uint8Array, text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0xd840 || unit > 0xdfff) return kinds[unit] ?? SEPARATOR;
  if (unit <= 0xd8bf) return isSecondHalf(text.charCodeAt(at + 1)) ? HAN : SEPARATOR;
  const before = text.charCodeAt(at - 1);
  return isSecondHalf(unit) && before >= 0xd840 && before <= 0xd8bf ? HAN : SEPARATOR;
}

function isSecondHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function simplify(text: string, from: number, to: number, simplified: Uint16Array): string {
  let changed = '';
  let kept = from;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    if (simplified[unit] === unit) continue;
    changed += text.slice(kept, i) + String.fromCharCode(simplified[unit] ?? unit);
    kept = i + 1;
  }
  return changed + text.slice(kept, to);
}

/** ü is typed v; other accents and tone marks are left out. */
function foldForms(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/([ln])u([\u0300-\u0307\u0309-\u036f]*)\u0308/g, '$1v$2')
    .replace(/\p{M}+/gu, '');
}
