import { formatFen } from '../../kit/dates.ts';
import type { Language } from '../../kit/language.ts';
import { sayIn } from '../../kit/messages.ts';
import { kitWords } from '../../kit/words.ts';
import { memberWords } from './member-words.ts';

/** The path of a member in words, `优惠 · senior-65 · 价格`; ids stay as they are. */
export function fieldName(language: Language, path: string): string {
  const say = sayIn(language);
  return path
    .split('.')
    .map((name) => (isMember(name) ? say(memberWords[name]) : name))
    .join(' · ');
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
    const isMoney = path.endsWith('Fen');
    return { text: isMoney ? formatFen(language, value) : String(value), lang: undefined };
  }
  return { text: value, lang: languageOfText(path, value, language) };
}

function languageOfText(path: string, text: string, language: Language): string | undefined {
  if (path.endsWith('.zhTW')) return language === 'zh-TW' ? undefined : 'zh-TW';
  if (path.endsWith('.en')) return language === 'en' ? undefined : 'en';
  const isChinese = language !== 'zh-CN' && /\p{Script=Han}/u.test(text);
  return isChinese ? 'zh-CN' : undefined;
}
