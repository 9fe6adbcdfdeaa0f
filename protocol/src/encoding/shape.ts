import { fromBase64Url, type Bytes } from './bytes.ts';
import type { Json } from './canonical-json.ts';

/**
 * Strict shapes of JSON values: every member named, none extra, every length and range bounded.
 * A shape returns the typed value, or throws `ShapeError` with the path; `readShape` turns that
 * into a value, so nothing untyped leaves this file.
 */
export type Shape<T> = (value: Json | undefined, path: string) => T;

class ShapeError extends Error {
  readonly path: string;
  constructor(path: string) {
    super(path);
    this.path = path;
  }
}

export type ShapeResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly path: string };

export function readShape<T>(shape: Shape<T>, value: Json | undefined): ShapeResult<T> {
  try {
    return { ok: true, value: shape(value, '') };
  } catch (error) {
    if (error instanceof ShapeError) return { ok: false, path: error.path };
    throw error;
  }
}

export function integer(min: number, max: number): Shape<number> {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new ShapeError(path);
    if (value < min || value > max) throw new ShapeError(path);
    return value;
  };
}

/** @param pattern must match the whole text; without it, control characters are refused */
export function text(maxLength: number, pattern?: RegExp): Shape<string> {
  return (value, path) => {
    if (typeof value !== 'string' || value.length > maxLength) throw new ShapeError(path);
    if (!value.isWellFormed()) throw new ShapeError(path);
    if (pattern === undefined ? hasControl(value) : !pattern.test(value))
      throw new ShapeError(path);
    return value;
  };
}

function hasControl(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

export function oneOf<const T extends string>(...choices: readonly T[]): Shape<T> {
  return (value, path) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new ShapeError(path);
    return found;
  };
}

export function flag(): Shape<boolean> {
  return (value, path) => {
    if (typeof value !== 'boolean') throw new ShapeError(path);
    return value;
  };
}

/** A shape whose members must fit each other; `fault` names the one that does not, if any. */
export function where<T>(shape: Shape<T>, fault: (value: T) => string | undefined): Shape<T> {
  return (value, path) => {
    const read = shape(value, path);
    const member = fault(read);
    if (member !== undefined) throw new ShapeError(`${path}.${member}`);
    return read;
  };
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => (value === null ? null : shape(value, path));
}

/** base64url text of exactly `length` bytes; the value stays text, as it is signed as text. */
export function base64Url(length: number): Shape<string> {
  return (value, path) => {
    if (typeof value !== 'string' || value.length > 2 * length) throw new ShapeError(path);
    if (fromBase64Url(value)?.length !== length) throw new ShapeError(path);
    return value;
  };
}

export function list<T>(item: Shape<T>, minLength: number, maxLength: number): Shape<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ShapeError(path);
    const items = value as readonly Json[];
    if (items.length < minLength || items.length > maxLength) throw new ShapeError(path);
    return items.map((entry, i) => item(entry, `${path}[${String(i)}]`));
  };
}

/** An object used as a dictionary; keys must match the pattern. */
export function dictionary<T>(
  key: RegExp,
  item: Shape<T>,
  maxSize: number,
): Shape<Readonly<Record<string, T>>> {
  return (value, path) => {
    const members = Object.entries(asObject(value, path));
    if (members.length > maxSize) throw new ShapeError(path);
    const out: Record<string, T> = {};
    for (const [name, member] of members) {
      if (!key.test(name)) throw new ShapeError(`${path}.${name.slice(0, 20)}`);
      out[name] = item(member, `${path}.${name}`);
    }
    return out;
  };
}

type Members<S> = { readonly [K in keyof S]: S[K] extends Shape<infer T> ? T : never };

/**
 * Every member of `shapes` must be there, and no other. They are read in the order of `shapes`, and
 * stand in what comes back in the order of their names, which then is spelled without sorting.
 */
export function object<S extends Readonly<Record<string, Shape<unknown>>>>(
  shapes: S,
): Shape<Members<S>> {
  const names = Object.keys(shapes);
  const inOrder: Readonly<Record<string, unknown>> = Object.fromEntries(
    [...names].sort().map((name) => [name, undefined]),
  );
  return (value, path) => {
    const members = asObject(value, path);
    for (const name of Object.keys(members)) {
      if (!Object.hasOwn(shapes, name)) throw new ShapeError(`${path}.${name.slice(0, 20)}`);
    }
    const out: Record<string, unknown> = { ...inOrder };
    for (const name of names) {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      out[name] = shapes[name]?.(member, `${path}.${name}`);
    }
    return out as Members<S>;
  };
}

function asObject(value: Json | undefined, path: string): Readonly<Record<string, Json>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new ShapeError(path);
  }
  return value as Readonly<Record<string, Json>>;
}

/** The bytes of a text that a `base64Url` shape has checked. */
export function bytesOf(checked: string): Bytes {
  const bytes = fromBase64Url(checked);
  if (bytes === undefined) throw new TypeError('text was not checked as base64url');
  return bytes;
}
