import {
  canonicalJson,
  documentHash,
  type Entry,
  type Head,
  type Part,
  type PartyId,
} from '@tongyu/protocol';
import type { Catalogue } from '../catalogue/types.ts';
import type { DraftChange } from '../store/draft-tables.ts';

/** What a draft is compared with: the city's part of the newest edition that its node holds. */
export type DraftBase = {
  /** Null before the first edition. */
  readonly edition: { readonly number: number; readonly id: string; readonly hash: string } | null;
  /** Rising by id. */
  readonly entries: readonly Entry[];
  readonly byId: ReadonlyMap<string, Entry>;
  /** The city's own head, which may know of later checks. */
  readonly head: Head | undefined;
};

export type ChangeKind = 'added' | 'changed' | 'removed';

const byIdOf = new WeakMap<Part, ReadonlyMap<string, Entry>>();

/**
 * The newest edition and not the one in force: an edition says what it changes against the one
 * before it, whether that has begun or not. Asked for outside of transactions.
 */
export async function loadBase(
  list: Pick<Catalogue, 'state' | 'part'>,
  party: PartyId,
): Promise<DraftBase> {
  const { editions, heads } = await list.state();
  const newest = editions.at(-1);
  const named = newest?.signed.parts.find((one) => one.party === party);
  const part = named === undefined ? undefined : await list.part(named.hash);
  const edition =
    newest === undefined
      ? null
      : { number: newest.signed.number, id: newest.signed.id, hash: documentHash(newest.signed) };
  return {
    edition,
    entries: part?.entries ?? [],
    byId: part === undefined ? new Map() : entriesById(part),
    head: heads.find(({ signed }) => signed.party === party)?.signed,
  };
}

function entriesById(part: Part): ReadonlyMap<string, Entry> {
  const known = byIdOf.get(part);
  if (known !== undefined) return known;
  const made = new Map(part.entries.map((entry) => [entry.id, entry]));
  byIdOf.set(part, made);
  return made;
}

export function isSame(a: Entry | null | undefined, b: Entry | null | undefined): boolean {
  if ((a ?? null) === (b ?? null)) return true;
  if (a === null || a === undefined || b === null || b === undefined) return false;
  return canonicalJson(a) === canonicalJson(b);
}

/** What a drafted change is against the base; undefined when the base says the same by now. */
export function kindOf(base: DraftBase, change: DraftChange | undefined): ChangeKind | undefined {
  if (change === undefined) return undefined;
  const before = base.byId.get(change.entry);
  if (isSame(before, change.after)) return undefined;
  if (before === undefined) return 'added';
  return change.after === null ? 'removed' : 'changed';
}

/** The entry as it is drafted; null when it is not there. */
export function draftedEntry(
  base: DraftBase,
  id: string,
  change: DraftChange | undefined,
): Entry | null {
  return change === undefined ? (base.byId.get(id) ?? null) : change.after;
}

/** One entry of base and draft together. */
export type DraftLine = {
  readonly id: string;
  /** As drafted; null when it is to be taken out. */
  readonly entry: Entry | null;
  readonly before: Entry | undefined;
  readonly kind: ChangeKind | undefined;
  /** Only where it counts. */
  readonly change: DraftChange | undefined;
};

/** Everything that the base or the draft has, rising by id. */
export function draftLines(base: DraftBase, changes: readonly DraftChange[]): readonly DraftLine[] {
  const byEntry = new Map(changes.map((change) => [change.entry, change]));
  const added = changes.filter(({ entry }) => !base.byId.has(entry)).map(({ entry }) => entry);
  const ids = [...base.byId.keys(), ...added].sort();
  return ids.flatMap((id): readonly DraftLine[] => {
    const kind = kindOf(base, byEntry.get(id));
    const change = kind === undefined ? undefined : byEntry.get(id);
    const before = base.byId.get(id);
    const entry = change === undefined ? (before ?? null) : change.after;
    return entry === null && before === undefined ? [] : [{ id, entry, before, kind, change }];
  });
}
