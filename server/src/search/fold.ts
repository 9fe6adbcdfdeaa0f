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
  if (/['’ʼ]/.test(character)) return JOINER;
  if (/\p{Script=Han}/u.test(character)) return HAN;
  return /[\p{L}\p{N}]/u.test(character) ? LETTER : SEPARATOR;
}

/** Texts that no rule of Unicode changes: most. */
const PLAIN = /^[\u0020-\u007e\u00b7\u2014\u3001\u3002\u3400-\u9fff\uff08\uff09\uff0c\uff1a]*$/;

export function splitRuns(text: string): readonly Run[] {
  const { kinds, simplified } = (table ??= readTable());
  const plain = PLAIN.test(text) ? text.toLowerCase() : foldForms(text);
  const runs: Run[] = [];
  let kind = SEPARATOR;
  let run = '';
  for (let i = 0; i < plain.length; i++) {
    const unit = plain.charCodeAt(i);
    const pair = isRareHan(unit, plain.charCodeAt(i + 1));
    const next = pair ? HAN : (kinds[unit] ?? SEPARATOR);
    if (next === JOINER && kind === LETTER) continue;
    if (next !== kind && run !== '') {
      runs.push({ han: kind === HAN, text: run });
      run = '';
    }
    kind = next;
    if (pair) run += plain.slice(i, ++i + 1);
    else if (next === HAN) run += String.fromCharCode(simplified[unit] ?? unit);
    else if (next === LETTER) run += plain.charAt(i);
  }
  if (run !== '') runs.push({ han: kind === HAN, text: run });
  return runs;
}

/** ü is typed v; other accents and tone marks are left out. */
function foldForms(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/([ln])u([\u0300-\u0307\u0309-\u036f]*)\u0308/g, '$1v$2')
    .replace(/\p{M}+/gu, '');
}

/** Characters beyond the first 65,536 stand as two units; the index takes each for a character. */
function isRareHan(unit: number, following: number): boolean {
  return unit >= 0xd840 && unit <= 0xd8bf && following >= 0xdc00 && following <= 0xdfff;
}
