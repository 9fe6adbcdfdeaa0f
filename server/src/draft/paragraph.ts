import { readShape, text, type Shape } from '@tongyu/protocol';

const PARAGRAPH = /^(?=[^]*\S)[^\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029]*$/u;

/** What a person writes to another: lines with something in them, no other control characters. */
export function paragraphShape(maxLength: number): Shape<string> {
  return text(maxLength, PARAGRAPH);
}

/** The text as it is kept: one kind of line end, nothing around it. Undefined when it is none. */
export function readParagraph(given: string, maxLength: number): string | undefined {
  const read = readShape(paragraphShape(maxLength), given.replaceAll('\r\n', '\n').trim());
  return read.ok ? read.value : undefined;
}
