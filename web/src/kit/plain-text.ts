import type { LocalText } from '@tongyu/protocol';
import type { Language } from './language.ts';

/** Characters that turn or hide the direction of the text around them. */
const directing = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text from outside as it is: a character that would turn its neighbours round is shown by its
 * number instead, e.g. [U+202E].
 */
export function visibleText(text: string): string {
  return text.replace(directing, (mark) => `[U+${hexOf(mark)}]`);
}

function hexOf(mark: string): string {
  return mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** A text in the reader's language, or the Chinese one and so marked where there is none. */
export type ReadText = {
  readonly text: string;
  /** Language of the text where it is not the reader's. */
  readonly lang: 'zh-CN' | undefined;
};

/** Nothing is translated here: what a city has not written in a language is missing in it. */
export function readText(language: Language, { zhCN, zhTW, en }: LocalText): ReadText {
  const own = { 'zh-CN': zhCN, 'zh-TW': zhTW, en }[language];
  return own === null
    ? { text: visibleText(zhCN), lang: 'zh-CN' }
    : { text: visibleText(own), lang: undefined };
}
