import type { Json } from '@tongyu/protocol';

/** The path of the first value in which two JSON values differ, such as `body.taps[2].time`. */
export function firstDifference(a: Json, b: Json, path = ''): string | undefined {
  if (a === b) return undefined;
  if (isContainer(a) && isContainer(b) && Array.isArray(a) === Array.isArray(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    if (!Array.isArray(a)) names.sort();
    for (const name of names) {
      const [was, now] = [memberOf(a, name), memberOf(b, name)];
      const at = Array.isArray(a) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
      if (was === undefined || now === undefined) return at;
      const found = firstDifference(was, now, at);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return path;
}

type Container = Extract<Json, object>;

function isContainer(value: Json): value is Container {
  return value !== null && typeof value === 'object';
}

function memberOf(value: Container, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? (value as Record<string, Json>)[name] : undefined;
}
