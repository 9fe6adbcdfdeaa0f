/** The text of an uploaded file, or why it is none. */
export type DecodedFile =
  | { readonly ok: true; readonly text: string; readonly encoding: 'utf-8' | 'gb18030' }
  | {
      readonly ok: false;
      readonly code: 'FILE_EMPTY' | 'FILE_UTF16' | 'FILE_NUL' | 'FILE_ENCODING';
    };

/**
 * Reads UTF-8, with or without its mark, and GB18030, which Chinese office programs write. Almost
 * every broken UTF-8 file could be read as GB18030 too, as nonsense: so a file that is UTF-8 but
 * for some bytes is refused instead.
 */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  if (bytes.length === 0) return { ok: false, code: 'FILE_EMPTY' };
  const [first, second] = bytes;
  const isMarked16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isMarked16 || looksLikeUtf16(bytes)) return { ok: false, code: 'FILE_UTF16' };
  if (bytes.includes(0)) return { ok: false, code: 'FILE_NUL' };
  const utf8 = decode('utf-8', bytes);
  if (utf8 !== undefined) return { ok: true, text: utf8, encoding: 'utf-8' };
  if (isAlmostUtf8(bytes)) return { ok: false, code: 'FILE_ENCODING' };
  const gb18030 = decode('gb18030', bytes);
  return gb18030 === undefined
    ? { ok: false, code: 'FILE_ENCODING' }
    : { ok: true, text: gb18030, encoding: 'gb18030' };
}

function decode(encoding: 'utf-8' | 'gb18030', bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined; // TypeError: not in that encoding
  }
}

/** Without its mark: headings are ASCII, so that every other one of the first bytes is 0. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64);
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  return Math.max(...zeros) > head.length / 4;
}

const REPLACEMENT = '\ufffd';

function isAlmostUtf8(bytes: Uint8Array): boolean {
  let broken = 0;
  let good = 0;
  for (const letter of new TextDecoder('utf-8').decode(bytes)) {
    if (letter === REPLACEMENT) broken++;
    else if (letter > '\u07ff') good++; // three bytes or more in order: no accident
  }
  return good > broken;
}
