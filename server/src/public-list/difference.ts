import type { Entry, Part, PartyId, SignedEdition } from '@tongyu/protocol';
import { differenceOf, type ChangeCounts, type ListedChange } from '@tongyu/domain';
import type { Breathe } from '../ports/breathe.ts';
import type { ListView } from './list-view.ts';
import type { PublicSource } from './types.ts';

/** An edition against the one before it, entry by entry in the order of their ids. */
export type EditionDifference = {
  readonly counts: ChangeCounts;
  readonly byCity: readonly (ChangeCounts & { readonly party: PartyId })[];
  readonly changes: readonly ListedChange[];
};

/** Entries that are compared without a breath. */
const SLICE = 100;
/** Differences that are kept: of the edition in force, the next and some that somebody looks up. */
const KEPT = 4;

/**
 * Compares an edition with the one before it, once; both are published and never change.
 * The first edition is compared with nothing. Undefined while a part or the edition before is
 * missing here.
 */
export function createDifferences(
  source: PublicSource,
  breathe: Breathe,
): (view: ListView, hash: string) => Promise<EditionDifference | undefined> {
  const kept = new Map<string, Promise<EditionDifference | undefined>>();
  return async (view, hash) => {
    const known = kept.get(hash);
    if (known !== undefined) return known;
    const at = view.editions.findIndex((edition) => edition.hash === hash);
    const edition = view.signedEditions[at];
    if (edition === undefined) return undefined;
    const before = view.signedEditions.find(
      ({ signed }) => signed.number === edition.signed.previous?.number,
    );
    if (before === undefined && edition.signed.previous !== null) return undefined;
    const made = compareEditions(source, breathe, before, edition);
    kept.set(hash, made);
    if (kept.size > KEPT) kept.delete([...kept.keys()][0] ?? '');
    const forget = (): void => {
      if (kept.get(hash) === made) kept.delete(hash);
    };
    made.then((difference) => {
      if (difference === undefined) forget();
    }, forget);
    return made;
  };
}

async function compareEditions(
  source: PublicSource,
  breathe: Breathe,
  before: SignedEdition | undefined,
  after: SignedEdition,
): Promise<EditionDifference | undefined> {
  const hashOf = (edition: SignedEdition | undefined, party: PartyId): string | undefined =>
    edition?.signed.parts.find((named) => named.party === party)?.hash;
  const parties = [...(before?.signed.parts ?? []), ...after.signed.parts];
  const byCity: (ChangeCounts & { party: PartyId })[] = [];
  const changes: ListedChange[] = [];
  for (const party of [...new Set(parties.map((named) => named.party))].sort()) {
    const was = await partFrom(source, hashOf(before, party));
    const now = await partFrom(source, hashOf(after, party));
    if (was === 'missing' || now === 'missing') return undefined;
    const found = await compareParts(was, now, party, breathe);
    byCity.push({ party, ...found.counts });
    changes.push(...found.changes);
  }
  return { counts: byCity.reduce(sum, NONE), byCity, changes };
}

/** Undefined for a city that has no part in the edition. */
async function partFrom(
  source: PublicSource,
  hash: string | undefined,
): Promise<Part | 'missing' | undefined> {
  if (hash === undefined) return undefined;
  return (await source.part(hash)) ?? 'missing';
}

const NONE: ChangeCounts = { added: 0, changed: 0, removed: 0, unchanged: 0 };

function sum(a: ChangeCounts, b: ChangeCounts): ChangeCounts {
  return {
    added: a.added + b.added,
    changed: a.changed + b.changed,
    removed: a.removed + b.removed,
    unchanged: a.unchanged + b.unchanged,
  };
}

type Compared = { readonly counts: ChangeCounts; readonly changes: readonly ListedChange[] };

async function compareParts(
  was: Part | undefined,
  now: Part | undefined,
  party: PartyId,
  breathe: Breathe,
): Promise<Compared> {
  const reasons = new Map((now?.changes ?? []).map(({ entry, reason }) => [entry, reason]));
  const changes: ListedChange[] = [];
  const listed = (kind: ListedChange['kind'], entry: Entry): Omit<ListedChange, 'fields'> => {
    return { party, kind, id: entry.id, name: entry.name, reason: reasons.get(entry.id) ?? null };
  };
  let counts = NONE;
  for (const [before, after] of slices(was?.entries ?? [], now?.entries ?? [])) {
    const found = differenceOf(before, after);
    const [added, changed, removed] = [found.added, found.changed, found.removed];
    changes.push(
      ...added.map((entry) => ({ ...listed('added', entry), fields: [] })),
      ...changed.map((one) => ({ ...listed('changed', one.after), fields: one.fields })),
      ...removed.map((entry) => ({ ...listed('removed', entry), fields: [] })),
    );
    counts = sum(counts, {
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      unchanged: found.unchanged,
    });
    await breathe();
  }
  return { counts, changes: changes.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Both lists, in rising order of id, cut at the same ids. */
function* slices(
  before: readonly Entry[],
  after: readonly Entry[],
): Generator<readonly [readonly Entry[], readonly Entry[]]> {
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const ends = [before[i + SLICE]?.id, after[j + SLICE]?.id].filter((id) => id !== undefined);
    const end = ends.sort()[0];
    const stop = (entries: readonly Entry[], from: number): number => {
      if (end === undefined) return entries.length;
      let to = from;
      while (to < entries.length && (entries[to]?.id ?? end) < end) to++;
      return to;
    };
    const [nextI, nextJ] = [stop(before, i), stop(after, j)];
    yield [before.slice(i, nextI), after.slice(j, nextJ)];
    [i, j] = [nextI, nextJ];
  }
}
