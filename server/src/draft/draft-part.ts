import type { EditionId, Part, PartyId } from '@tongyu/protocol';
import type { DraftChange } from '../store/draft-tables.ts';
import { draftLines, loadBase, type DraftBase } from './draft-base.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';
import { done, refuse, type DraftResult } from './refusals.ts';

/** At most so many entries are named in one refusal. */
const NAMED = 20;

/**
 * The city's part of an edition as it is drafted (LIST-3.3): all entries, and a reason for every
 * one that differs from the edition before. Refused naming the entries that lack one.
 */
export function draftPart(
  party: PartyId,
  edition: EditionId,
  base: DraftBase,
  changes: readonly DraftChange[],
): DraftResult<Part> {
  const lines = draftLines(base, changes);
  const unexplained = lines.filter(
    ({ kind, change }) => kind !== undefined && (change?.reason.zhCN ?? '').trim() === '',
  );
  if (unexplained.length > 0) {
    const entries = unexplained.slice(0, NAMED).map(({ id }) => id);
    return refuse('REASON_MISSING', { entries: entries.join(' '), count: unexplained.length });
  }
  return done({
    type: 'tongyu.part',
    party,
    edition,
    entries: lines.flatMap(({ entry }) => (entry === null ? [] : [entry])),
    changes: lines.flatMap(({ id, kind, change }) =>
      kind === undefined || change === undefined
        ? []
        : [{ entry: id, kind, reason: change.reason }],
    ),
  });
}

export type HandedIn = { readonly hash: string; readonly count: number };

/** Hands the draft in for an open edition; again replaces what was handed in before. */
export async function submitDraft<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  number: number,
): Promise<DraftResult<HandedIn>> {
  const opened = await room.list.opened(number);
  if (opened === undefined) return refuse('EDITION_UNKNOWN');
  const base = await loadBase(room.list, room.party);
  const handedIn = await room.store.transaction(async (tx): Promise<DraftResult<HandedIn>> => {
    const part = draftPart(room.party, opened.id, base, await tx.draft.changes());
    if (!part.ok) return part;
    const submitted = await room.list.submit(tx, number, part.value);
    if (!submitted.ok) return refuse('PART_REFUSED', submitted.why);
    return done({ hash: submitted.hash, count: part.value.entries.length });
  });
  room.peers.kick();
  return handedIn;
}
