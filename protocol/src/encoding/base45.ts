import type { Bytes } from './bytes.ts';

/**
 * Base45 (RFC 9285), strict (CODE-2.2): upper case only, no group above its range, no lone letter.
 * Lenient decoders gave other projects codes with several spellings and appended junk.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const pair = (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0);
    text += ALPHABET.charAt(pair % 45) + ALPHABET.charAt(Math.floor(pair / 45) % 45);
    text += ALPHABET.charAt(Math.floor(pair / 2025));
  }
  if (bytes.length % 2 === 1) {
    const last = bytes[bytes.length - 1] ?? 0;
    text += ALPHABET.charAt(last % 45) + ALPHABET.charAt(Math.floor(last / 45));
  }
  return text;
}

/** The bytes of a base45 text, or undefined when it is not the one spelling of its value. */
export function decodeBase45(text: string): Bytes | undefined {
  const tail = text.length % 3;
  if (tail === 1) return undefined;
  const whole = (text.length - tail) / 3;
  const bytes = new Uint8Array(whole * 2 + (tail === 2 ? 1 : 0));
  for (let group = 0; group < whole; group++) {
    const at = group * 3;
    const low = letterValue(text, at);
    const middle = letterValue(text, at + 1);
    const high = letterValue(text, at + 2);
    const pair = low + middle * 45 + high * 2025;
    if (low < 0 || middle < 0 || high < 0 || pair > 0xffff) return undefined;
    bytes[group * 2] = pair >>> 8;
    bytes[group * 2 + 1] = pair & 0xff;
  }
  if (tail === 2) {
    const low = letterValue(text, text.length - 2);
    const high = letterValue(text, text.length - 1);
    const last = low + high * 45;
    if (low < 0 || high < 0 || last > 0xff) return undefined;
    bytes[bytes.length - 1] = last;
  }
  return bytes;
}

function letterValue(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (VALUES[code] ?? -1) : -1;
}
