import type { Json } from '@tongyu/protocol';

/** Readers of answers; each throws, naming the place, when something else is there. */
export function member(value: Json, ...path: readonly (string | number)[]): Json {
  let at: Json | undefined = value;
  for (const name of path) {
    if (at === null || typeof at !== 'object') at = undefined;
    else at = (at as Readonly<Record<string | number, Json>>)[name];
    if (at === undefined) throw new Error(`the answer has no ${path.join('.')}`);
  }
  return at;
}

export function textAt(value: Json, ...path: readonly (string | number)[]): string {
  const found = member(value, ...path);
  if (typeof found !== 'string') throw new Error(`${path.join('.')} is no text`);
  return found;
}

export function numberAt(value: Json, ...path: readonly (string | number)[]): number {
  const found = member(value, ...path);
  if (typeof found !== 'number') throw new Error(`${path.join('.')} is no number`);
  return found;
}

export function listAt(value: Json, ...path: readonly (string | number)[]): readonly Json[] {
  const found = member(value, ...path);
  if (!Array.isArray(found)) throw new Error(`${path.join('.')} is no list`);
  return found as readonly Json[];
}
