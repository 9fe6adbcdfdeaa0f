import { canonicalJson, type Entry, type Json, type Part, type PartChange } from '@tongyu/protocol';

/** What changed between two lists of entries, each in rising order of id (LIST-3.7). */
export type Difference = {
  readonly added: readonly Entry[];
  readonly removed: readonly Entry[];
  readonly changed: readonly ChangedEntry[];
  readonly unchanged: number;
};

export type ChangedEntry = {
  readonly before: Entry;
  readonly after: Entry;
  readonly fields: readonly FieldChange[];
};

/** A member that differs; absent where one side has none. */
export type FieldChange = {
  /**
   * As in `rules.senior-65.benefit.priceFen`: things with an id are named by it. The path of a list
   * of such things stands for their order, and the values are then their ids.
   */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
};

export function differenceOf(before: readonly Entry[], after: readonly Entry[]): Difference {
  const earlier = new Map(before.map((entry) => [entry.id, entry]));
  const ids = new Set(after.map(({ id }) => id));
  const added: Entry[] = [];
  const changed: ChangedEntry[] = [];
  for (const entry of after) {
    const was = earlier.get(entry.id);
    if (was === undefined) added.push(entry);
    else if (was !== entry) {
      const fields = fieldChanges(was, entry);
      if (fields.length > 0) changed.push({ before: was, after: entry, fields });
    }
  }
  const removed = before.filter(({ id }) => !ids.has(id));
  return { added, removed, changed, unchanged: after.length - added.length - changed.length };
}

/** Members that differ between two entries, in the order of the later one's members. */
export function fieldChanges(before: Entry, after: Entry): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  compare('', before, after, changes);
  return changes;
}

function compare(path: string, before: Json, after: Json, changes: FieldChange[]): void {
  const [was, now] = [membersOf(before), membersOf(after)];
  if (was === undefined || now === undefined) {
    if (canonicalJson(before) !== canonicalJson(after)) changes.push({ path, before, after });
    return;
  }
  const names = [...now.keys(), ...[...was.keys()].filter((name) => !now.has(name))];
  for (const name of names) {
    const at = path === '' ? name : `${path}.${name}`;
    const [a, b] = [was.get(name), now.get(name)];
    if (a === undefined && b !== undefined) changes.push({ path: at, after: b });
    else if (a !== undefined && b === undefined) changes.push({ path: at, before: a });
    else if (a !== undefined && b !== undefined && a !== b) compare(at, a, b, changes);
  }
  if (!Array.isArray(before) || !Array.isArray(after)) return;
  const stayed = (from: Members, other: Members) => [...from.keys()].filter((id) => other.has(id));
  const [first, second] = [stayed(was, now), stayed(now, was)];
  if (first.some((id, i) => id !== second[i])) {
    changes.push({ path, before: first, after: second });
  }
}

type Members = ReadonlyMap<string, Json>;

/** The members to compare one by one: of an object, or of a list of things that have an id. */
function membersOf(value: Json): Members | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const items = value as readonly Json[];
  const ids = items.map((item) => (item as { readonly id?: Json } | null)?.id);
  if (items.length === 0 || !ids.every((id) => typeof id === 'string')) return undefined;
  return new Map(ids.map((id, i) => [id, items[i] ?? null]));
}

export type ChangesFault = {
  readonly code: 'CHANGE_UNEXPLAINED' | 'CHANGE_NOT_MADE';
  readonly entry: string;
};

/**
 * Whether a part gives a reason for each change against the one before, and for nothing else
 * (LIST-3.7). Undefined when it does.
 */
export function changesFault(before: Part | undefined, part: Part): ChangesFault | undefined {
  const made = madeChanges(before?.entries ?? [], part.entries);
  const given = new Map(part.changes.map(({ entry, kind }) => [entry, kind]));
  for (const [entry, kind] of made) {
    if (given.get(entry) !== kind) return { code: 'CHANGE_UNEXPLAINED', entry };
  }
  const idle = part.changes.find(({ entry }) => !made.has(entry));
  return idle === undefined ? undefined : { code: 'CHANGE_NOT_MADE', entry: idle.entry };
}

export function madeChanges(
  before: readonly Entry[],
  after: readonly Entry[],
): ReadonlyMap<string, PartChange['kind']> {
  const { added, removed, changed } = differenceOf(before, after);
  return new Map<string, PartChange['kind']>([
    ...added.map(({ id }) => [id, 'added'] as const),
    ...changed.map(({ after: { id } }) => [id, 'changed'] as const),
    ...removed.map(({ id }) => [id, 'removed'] as const),
  ]);
}
