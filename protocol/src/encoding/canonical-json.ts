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

/**
 * Throws (a defect) on values that the standard cannot carry: fractions, NaN, lone surrogates. This
 * runs for every hash, every signature and every document that comes in. What has been read from a
 * canonical text has its names in order already, and then JSON.stringify spells as RFC 8785 does.
 */
export function canonicalJson(value: Json): string {
  return isInOrder(value) ? JSON.stringify(value) : spelled(value);
}

/** Whether names are in order and texts and numbers such as can be carried, throughout. */
function isInOrder(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (value === undefined) return false;
  if (value === null || typeof value !== 'object') return true;
  if (isList(value)) {
    for (const member of value) if (!isInOrder(member)) return false;
    return true;
  }
  let before: string | undefined;
  for (const name of Object.keys(value)) {
    if (before !== undefined && name <= before) return false;
    if (!name.isWellFormed() || !isInOrder(value[name])) return false;
    before = name;
  }
  return true;
}

function spelled(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('only safe integers are carried');
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (isList(value)) return listText(value);
  return objectText(value);
}

function listText(values: readonly Json[]): string {
  let text = '[';
  for (const value of values) {
    if (text.length > 1) text += ',';
    text += spelled(value);
  }
  return `${text}]`;
}

function objectText(value: Readonly<Record<string, Json>>): string {
  let text = '{';
  for (const name of sortedNames(value)) {
    if (text.length > 1) text += ',';
    text += `${quoted(name)}:${spelled(value[name] ?? null)}`;
  }
  return `${text}}`;
}

/** RFC 8785 §3.2.3 sorts by UTF-16 code units, which is what `<` on strings does. */
function sortedNames(value: Readonly<Record<string, Json>>): readonly string[] {
  const names = Object.keys(value);
  const isSorted = names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name);
  return isSorted ? names : names.sort((a, b) => (a < b ? -1 : 1));
}

/** Texts that are spelled as they are. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('text with a lone surrogate has no JSON form');
  return JSON.stringify(text);
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
  if (typeof value === 'string') return quotedUntil(value, text, at);
  if (value === null || typeof value !== 'object') return after(spelled(value), text, at);
  let end = at;
  if (isList(value)) {
    for (const member of value) {
      if (text.charCodeAt(end) !== (end === at ? OPEN_LIST : COMMA)) return -1;
      end = spelledUntil(member, text, end + 1);
      if (end < 0) return end;
    }
    return end === at ? after('[]', text, at) : after(']', text, end);
  }
  for (const name of sortedNames(value)) {
    if (text.charCodeAt(end) !== (end === at ? OPEN_OBJECT : COMMA)) return -1;
    end = quotedUntil(name, text, end + 1);
    if (end < 0 || text.charCodeAt(end) !== COLON) return -1;
    end = spelledUntil(value[name] ?? null, text, end + 1);
    if (end < 0) return end;
  }
  return end === at ? after('{}', text, at) : after('}', text, end);
}

/** The same for a text, whose quoted form is put together only where it has to be. */
function quotedUntil(value: string, text: string, at: number): number {
  if (!PLAIN.test(value)) return after(quoted(value), text, at);
  const end = at + 1 + value.length;
  const isThere = text.charCodeAt(at) === QUOTE && text.startsWith(value, at + 1);
  return isThere && text.charCodeAt(end) === QUOTE ? end + 1 : -1;
}

function after(piece: string, text: string, at: number): number {
  return text.startsWith(piece, at) ? at + piece.length : -1;
}

const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Deeper, with more values or with more names than any document of the standard. */
function tooMuch(text: string, maxValues: number): boolean {
  let depth = 0;
  let values = 0;
  let names = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = endOfText(text, i);
      if (text.charCodeAt(i + 1) === COLON) names++;
      else if (++values > maxValues) return true;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (++depth > MAX_JSON_DEPTH || ++values > maxValues) return true;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth--;
    else if (code === COMMA || code === COLON) {
      if (++values > maxValues) return true;
    }
  }
  return names > MAX_JSON_NAMES && hasTooManyNames(text);
}

/** Told apart only where the names of members, counted with repetition, are too many. */
function hasTooManyNames(text: string): boolean {
  const names = new Set<string>();
  for (let start = text.indexOf('"'); start >= 0;) {
    const end = endOfText(text, start);
    const isName = text.charCodeAt(end + 1) === COLON;
    if (isName && names.add(text.slice(start, end)).size > MAX_JSON_NAMES) return true;
    start = text.indexOf('"', end + 1);
  }
  return false;
}

/** Where the closing quotation mark of the text that begins at `start` stands. */
function endOfText(text: string, start: number): number {
  const next = text.indexOf('"', start + 1);
  if (next < 0) return text.length;
  if (text.charCodeAt(next - 1) !== BACKSLASH) return next;
  let i = start + 1;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i++;
    else if (code === QUOTE) break;
  }
  return i;
}
