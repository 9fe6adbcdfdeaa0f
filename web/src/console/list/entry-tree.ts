import type { Json } from '@tongyu/protocol';

type Members = Readonly<Record<string, Json>>;

/** `places[0].name` in its steps. */
function stepsOf(path: string): readonly string[] {
  return path.match(/[^.[\]]+/g) ?? [];
}

/** What stands at a path of a form; undefined where nothing does. */
export function valueAt(tree: Json, path: string): Json | undefined {
  let at: Json | undefined = tree;
  for (const step of stepsOf(path)) {
    if (at === null || typeof at !== 'object') return undefined;
    at = Array.isArray(at) ? (at as readonly Json[])[Number(step)] : (at as Members)[step];
  }
  return at;
}

/** The tree with another value at a path; undefined takes an item out of its list. */
export function withValue(tree: Json, path: string, value: Json | undefined): Json {
  return replace(tree, stepsOf(path), value);
}

function replace(at: Json, steps: readonly string[], value: Json | undefined): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return value ?? null;
  if (Array.isArray(at)) {
    const items = at as readonly Json[];
    const index = Number(step);
    if (rest.length === 0 && value === undefined) return items.filter((_, i) => i !== index);
    return items.map((item, i) => (i === index ? replace(item, rest, value) : item));
  }
  const members = (at !== null && typeof at === 'object' ? at : {}) as Members;
  return { ...members, [step]: replace(members[step] ?? null, rest, value) };
}
