import { utf8, type Bytes } from './bytes.ts';

/**
 * Signed files and messages travel as canonical JSON (RFC 8785) and in no other spelling
 * (TRUST-1.2).
 * Numbers are integers within ±(2^53−1), so that RFC 8785's number rule is plain decimal.
 */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export const MAX_JSON_DEPTH = 12;

/** Commas and colons in one text: a service file of 2,500 entries has half as many. */
export const MAX_JSON_VALUES = 100_000;

/** Throws (a defect) on values that the standard cannot carry: fractions, NaN, lone surrogates. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('text with a lone surrogate has no JSON form');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('only safe integers are carried');
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // RFC 8785 §3.2.3 sorts by UTF-16 code units, which is what `<` on strings does.
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  const members = keys.map((key) => `${canonicalJson(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

export function canonicalBytes(value: Json): Bytes {
  return utf8(canonicalJson(value));
}

/**
 * The value of a canonical JSON text, or undefined. Length, depth and count are checked before
 * anything is
 * allocated; comparing with the re-encoded value refuses duplicate keys, unsorted keys, spaces,
 * other spellings of numbers and text, in one rule (TRUST-1.2).
 *
 * @param maxLength in UTF-16 units
 */
export function parseCanonicalJson(text: string, maxLength: number): Json | undefined {
  if (text.length > maxLength || tooMuch(text)) return undefined;
  try {
    const value = JSON.parse(text) as Json;
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined; // SyntaxError, or a number or text that canonicalJson cannot carry
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Deeper or with more values than any document of the standard. */
function tooMuch(text: string): boolean {
  let depth = 0;
  let values = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inText) {
      if (code === 0x5c) i++;
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) inText = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_JSON_DEPTH) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
    else if (code === 0x2c || code === 0x3a) {
      if (++values > MAX_JSON_VALUES) return true;
    }
  }
  return false;
}
