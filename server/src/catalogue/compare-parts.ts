import { differenceOf, type FieldChange } from '@tongyu/domain';
import type { LocalText, Part, PartChange, PartyId } from '@tongyu/protocol';
import type { FeedbackCount } from './types.ts';

/** What an edition changes, city by city (LIST-3.7). */
export type Comparison = {
  readonly number: number;
  readonly id: string;
  /** The edition that it is compared with; null for the first. */
  readonly previous: { readonly number: number; readonly hash: string } | null;
  readonly parties: readonly PartyComparison[];
};

export type PartyComparison = {
  readonly party: PartyId;
  /** Null: nothing handed in yet. */
  readonly hash: string | null;
  readonly count: number;
  readonly unchanged: number;
  readonly added: readonly ComparedEntry[];
  readonly changed: readonly (ComparedEntry & { readonly fields: readonly FieldChange[] })[];
  readonly removed: readonly ComparedEntry[];
};

export type ComparedEntry = {
  readonly id: string;
  readonly name: LocalText;
  readonly reason: LocalText | null;
  /** What the public reported of it; null where nobody counts. */
  readonly feedback: FeedbackCount | null;
};

/** One city's part against the one before. */
export function compareParts(
  party: PartyId,
  before: Part | undefined,
  after: { readonly hash: string; readonly part: Part } | undefined,
  feedback: ReadonlyMap<string, FeedbackCount> | undefined,
): PartyComparison {
  if (after === undefined) {
    const nothing = { added: [], changed: [], removed: [] };
    return { party, hash: null, count: 0, unchanged: 0, ...nothing };
  }
  const { added, changed, removed, unchanged } = differenceOf(
    before?.entries ?? [],
    after.part.entries,
  );
  const reasons = new Map(
    after.part.changes.map(({ entry, kind, reason }) => [`${kind} ${entry}`, reason]),
  );
  const compared = (
    kind: PartChange['kind'],
    { id, name }: { readonly id: string; readonly name: LocalText },
  ): ComparedEntry => ({
    id,
    name,
    reason: reasons.get(`${kind} ${id}`) ?? null,
    feedback: feedback === undefined ? null : (feedback.get(id) ?? { errors: 0, wishes: 0 }),
  });
  return {
    party,
    hash: after.hash,
    count: after.part.entries.length,
    unchanged,
    added: added.map((entry) => compared('added', entry)),
    changed: changed.map(({ after: entry, fields }) => ({ ...compared('changed', entry), fields })),
    removed: removed.map((entry) => compared('removed', entry)),
  };
}
