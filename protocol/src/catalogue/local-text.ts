import { nullable, object, text, type Shape } from '../encoding/shape.ts';

/**
 * A text in the list's three languages (LIST-1.3). Chinese is always there; what is null was not
 * translated, and is shown as missing, never filled by a machine.
 */
export type LocalText = {
  readonly zhCN: string;
  readonly zhTW: string | null;
  readonly en: string | null;
};

const NOT_BLANK = /^(?=.*\S)[^\u0000-\u001f\u007f\u2028\u2029]*$/u;

/** One line of text with something in it; no control characters but the bidirectional ones. */
export function lineShape(maxLength: number): Shape<string> {
  return text(maxLength, NOT_BLANK);
}

/** @param maxLength of the Chinese texts, in UTF-16 units; English may have twice as many */
export function localTextShape(maxLength: number): Shape<LocalText> {
  const chinese = lineShape(maxLength);
  return object({
    zhCN: chinese,
    zhTW: nullable(chinese),
    en: nullable(lineShape(2 * maxLength)),
  });
}
