import { utf8, type Bytes } from './bytes.ts';

/**
 * Signed files and messages travel as canonical JSON (RFC 8785) and in no other spelling
 * (TRUST-1.2).
 * Numbers are integers within ±(2^53−1), so that RFC 8785's number rule is plain decimal.
 */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export const MAX_JSON_DEPTH = 12;

/**
 * Commas, colons and opening brackets outside texts, and texts that are no names, together; where
 * a document's own limit is no other.
 */
export const MAX_JSON_VALUES = 100_000;

/**
 * Different names of members in one text; all documents of the standard together have some 150.
 * Without a limit a text of many names would take the parser ten times as long as another.
 */
export const MAX_JSON_NAMES = 1_000;

/** Throws (a defect) on values that the standard cannot carry: fractions, NaN, lone surrogates. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('text with a lone surrogate has no JSON form');
    return quoted(value);
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('only safe integers are carried');
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (isList(value)) return listText(value);
  return objectText(value);
}

/** Text by text: this runs for every hash, every signature and every document that comes in. */
function listText(values: readonly Json[]): string {
  let text = '[';
  for (const value of values) {
    if (text.length > 1) text += ',';
    text += canonicalJson(value);
  }
  return `${text}]`;
}

function objectText(value: Readonly<Record<string, Json>>): string {
  let text = '{';
  for (const name of sortedNames(value)) {
    if (text.length > 1) text += ',';
    if (!name.isWellFormed()) throw new TypeError('a name with a lone surrogate has no JSON form');
    text += `${quoted(name)}:${canonicalJson(value[name] ?? null)}`;
  }
  return `${text}}`;
}

/** RFC 8785 §3.2.3 sorts by UTF-16 code units, which is what `<` on strings does. */
function sortedNames(value: Readonly<Record<string, Json>>): readonly string[] {
  const names = Object.keys(value);
  const isSorted = names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name);
  return isSorted ? names : names.sort((a, b) => (a < b ? -1 : 1));
}

const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
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
 * @param maxValues counted as `MAX_JSON_VALUES` says
 */
export function parseCanonicalJson(
  text: string,
  maxLength: number,
  maxValues: number = MAX_JSON_VALUES,
): Json | undefined {
  if (text.length > maxLength || tooMuch(text, maxValues)) return undefined;
  try {
    const value = JSON.parse(text) as Json;
    return spelledUntil(value, text, 0) === text.length ? value : undefined;
  } catch {
    return undefined; // SyntaxError, or a number or text that canonicalJson cannot carry
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/**
 * Where the canonical spelling of a value ends in a text that has it from `at` on; else -1. What
 * `canonicalJson(value)` would say, without writing it: a bad text ends at its first difference.
 */
function spelledUntil(value: Json, text: string, at: number): number {
  if (value === null || typeof value !== 'object') return after(canonicalJson(value), text, at);
  if (isList(value)) {
    let end = after('[', text, at);
    for (const [i, member] of value.entries()) {
      if (end >= 0 && i > 0) end = after(',', text, end);
      if (end < 0) return end;
      end = spelledUntil(member, text, end);
    }
    return end < 0 ? end : after(']', text, end);
  }
  let end = after('{', text, at);
  for (const [i, name] of sortedNames(value).entries()) {
    if (end >= 0 && i > 0) end = after(',', text, end);
    if (end < 0) return end;
    end = after(`${canonicalJson(name)}:`, text, end);
    if (end >= 0) end = spelledUntil(value[name] ?? null, text, end);
  }
  return end < 0 ? end : after('}', text, end);
}

function after(piece: string, text: string, at: number): number {
  return text.startsWith(piece, at) ? at + piece.length : -1;
}

/** Deeper, with more values or with more names than any document of the standard. */
function tooMuch(text: string, maxValues: number): boolean {
  const names = new Set<string>();
  let depth = 0;
  let values = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) {
      const start = i;
      i = endOfText(text, i);
      if (text.charCodeAt(i + 1) !== 0x3a) values++;
      else if (names.add(text.slice(start, i)).size > MAX_JSON_NAMES) return true;
      if (values > maxValues) return true;
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_JSON_DEPTH || ++values > maxValues) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
    else if (code === 0x2c || code === 0x3a) {
      if (++values > maxValues) return true;
    }
  }
  return false;
}

/** Where the closing quotation mark of the text that begins at `start` stands. */
function endOfText(text: string, start: number): number {
  let i = start + 1;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x22) break;
  }
  return i;
}
