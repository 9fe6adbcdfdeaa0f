import { formatFen } from './dates.ts';
import type { Language } from './language.ts';
import { sayIn, type Message } from './messages.ts';
import { cityText } from './service-text.ts';
import { kitWords } from './words.ts';
import { listWords } from './list-words.ts';
import { memberWords, valueWords, wordedMembers } from './member-words.ts';

/** The path of a member in words, `优惠 · senior-65 · 价格`; ids stay as they are. */
export function fieldName(language: Language, path: string): string {
  const say = sayIn(language);
  return path
    .split(/[.[\]]+/)
    .filter((name) => name !== '')
    .map((name) => (isMember(name) ? say(memberWords[name]) : nameOfIndex(name)))
    .join(' · ');
}

/** Places in a list are counted from 1 by people. */
function nameOfIndex(name: string): string {
  return /^[0-9]+$/.test(name) && name.length < 4 ? String(Number(name) + 1) : name;
}

/** The name of a value that is one of a closed list; the value itself where it is none. */
export function wordOfValue(language: Language, value: string): string {
  const words: Readonly<Record<string, Message>> = { ...listWords, ...valueWords };
  const word = Object.hasOwn(words, value) ? words[value] : undefined;
  return word === undefined ? value : sayIn(language)(word);
}

function isMember(name: string): name is keyof typeof memberWords {
  return Object.hasOwn(memberWords, name);
}

/** One value in words, and its language where that is not the reader's. */
export function valueText(
  language: Language,
  path: string,
  value: string | number | boolean,
): { readonly text: string; readonly lang: string | undefined } {
  if (typeof value === 'boolean') {
    return { text: sayIn(language)(value ? kitWords.yes : kitWords.no), lang: undefined };
  }
  if (typeof value === 'number') {
    return { text: numberText(language, path, value), lang: undefined };
  }
  const member = path.split('.').at(-1) ?? '';
  if (['admits', 'residences', 'party'].includes(member)) {
    return { text: cityText(language, value), lang: undefined };
  }
  if (wordedMembers.has(member)) {
    return { text: wordOfValue(language, value), lang: undefined };
  }
  return { text: value, lang: languageOfText(path, value, language) };
}

function numberText(language: Language, path: string, value: number): string {
  if (path.endsWith('Fen')) return formatFen(language, value);
  if (path.endsWith('.class')) return wordOfValue(language, `class${String(value)}`);
  if (path.endsWith('E6')) return (value / 1_000_000).toFixed(6);
  return String(value);
}

function languageOfText(path: string, text: string, language: Language): string | undefined {
  if (path.endsWith('.zhTW')) return language === 'zh-TW' ? undefined : 'zh-TW';
  if (path.endsWith('.en')) return language === 'en' ? undefined : 'en';
  const isChinese = language !== 'zh-CN' && /\p{Script=Han}/u.test(text);
  return isChinese ? 'zh-CN' : undefined;
}
