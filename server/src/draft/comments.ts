import {
  entryFault,
  entryIdShape,
  entryShape,
  findParty,
  nullable,
  object,
  oneOf,
  readShape,
  text,
  type Entry,
  type PartyId,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import type { FieldChange } from '@tongyu/domain';
import {
  applied,
  refused,
  type PeerAnswer,
  type ReceiptBody,
  type SentMessage,
} from '../peers/types.ts';
import type { CommentRow } from '../store/draft-tables.ts';
import { draftedEntry, isSame, loadBase } from './draft-base.ts';
import { changesBetween } from './draft-views.ts';
import { paragraphShape, readParagraph } from './paragraph.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';
import { done, refuse, type DraftResult } from './refusals.ts';
import { readReason, writeOne } from './write-draft.ts';

/** Characters of a comment or an answer, in UTF-16 units. */
export const MAX_COMMENT = 1_000;
/** A city that sends more without waiting for answers is turned away. */
export const MAX_OPEN_COMMENTS = 500;
const SHOWN = 500;

export type CommentAsked = {
  readonly party: PartyId;
  readonly entry: string;
  readonly kind: CommentRow['kind'];
  readonly text: string;
  /** An entry in form; null for a comment. */
  readonly proposed: Entry | null;
};

/** Tells another city what is wrong with an entry of its, or how it should be. */
export async function sendComment<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  asked: CommentAsked,
  by: string,
): Promise<DraftResult<CommentRow>> {
  const { party, entry, kind, proposed } = asked;
  const said = readParagraph(asked.text, MAX_COMMENT);
  if (said === undefined) return refuse('TEXT_INVALID', { field: 'text' });
  if (!entry.startsWith(`${party}-`)) return refuse('ENTRY_FOREIGN', { field: 'entry' });
  if ((kind === 'proposal') !== (proposed !== null)) {
    return refuse('ENTRY_INVALID', { field: 'proposed' });
  }
  const fault = proposed === null ? undefined : proposalFault(party, entry, proposed);
  if (fault !== undefined) return refuse(fault.code, { field: fault.field });
  const { clock, rng } = room.ports;
  const sent = await room.store.transaction(async (tx): Promise<DraftResult<CommentRow>> => {
    const root = await room.trust.root(tx);
    if (root === undefined) return refuse('NOT_FOUNDED');
    const other = findParty(root, party);
    if (party === room.party || other === undefined || other.rootKeys.length === 0) {
      return refuse('PARTY_UNKNOWN', { field: 'party' });
    }
    const row: CommentRow = {
      ...{ direction: 'sent', party, id: rng.id(), entry, kind, text: said, proposed },
      ...{ at: clock.now(), author: by, state: 'open', answer: null, refusal: null },
    };
    await tx.draft.saveComment(row);
    const body = { id: row.id, entry, kind, text: said, proposed };
    await room.peers.send(tx, { to: party, type: 'entry.comment', body });
    return done(row);
  });
  room.peers.kick();
  return sent;
}

function proposalFault(party: PartyId, id: string, entry: Entry) {
  if (entry.id !== id) return { code: 'ID_DIFFERS', field: 'proposed.id' } as const;
  return entryFault(party, entry);
}

const idShape = text(64, /^[0-9A-Za-z._-]{8,64}$/);
const commentShape = object({
  id: idShape,
  entry: entryIdShape,
  kind: oneOf('comment', 'proposal'),
  text: paragraphShape(MAX_COMMENT),
  proposed: nullable(entryShape),
});

/** `entry.comment` at the city whose entry it is: kept for its office, changes nothing. */
export async function takeComment<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  tx: Tx,
  message: Pick<VerifiedPeerMessage, 'iss' | 'body'>,
): Promise<PeerAnswer> {
  const read = readShape(commentShape, message.body);
  if (!read.ok) return refused('MALFORMED', `body${read.path}`);
  const { id, entry, kind, text: said, proposed } = read.value;
  if (message.iss === 'hub') return refused('PARTY_UNKNOWN', 'iss');
  if (!entry.startsWith(`${room.party}-`)) return refused('ENTRY_FOREIGN', 'entry');
  if ((kind === 'proposal') !== (proposed !== null)) return refused('MALFORMED', 'body.proposed');
  const fault = proposed === null ? undefined : proposalFault(room.party, entry, proposed);
  if (fault !== undefined) return refused(fault.code, fault.field);
  const row: CommentRow = {
    ...{ direction: 'received', party: message.iss, id, entry, kind, text: said, proposed },
    ...{ at: room.ports.clock.now(), author: null, state: 'open', answer: null, refusal: null },
  };
  const known = await tx.draft.comment(row);
  if (known !== undefined) {
    const isSaidAgain = known.entry === entry && known.kind === kind && known.text === said;
    return isSaidAgain && isSame(known.proposed, proposed) ? applied() : refused('ID_TAKEN', 'id');
  }
  if ((await tx.draft.countOpenComments(message.iss)) >= MAX_OPEN_COMMENTS) {
    return refused('COMMENTS_FULL');
  }
  await tx.draft.saveComment(row);
  return applied();
}

/** The receipt of a comment: one that was not taken in will get no answer. */
export async function takeCommentReceipt(
  tx: OfficeTables,
  { to, body }: Pick<SentMessage, 'to' | 'body'>,
  receipt: Pick<ReceiptBody, 'outcome' | 'refusal'>,
): Promise<void> {
  if (receipt.outcome === 'applied') return;
  const { id } = body as { readonly id: string };
  const row = await tx.draft.comment({ direction: 'sent', party: to, id });
  if (row?.state !== 'open') return;
  const refusal = receipt.refusal?.code ?? 'REFUSED';
  await tx.draft.saveComment({ ...row, state: 'refused', refusal });
}

export type CommentAnswered = {
  readonly outcome: 'taken' | 'declined' | 'answered';
  readonly text: string;
  /** Of the change, when a proposal is taken. */
  readonly reason: unknown;
  /** The revision that the editor saw, when a proposal is taken; left out for none so far. */
  readonly expect: number | undefined;
};

/**
 * The owner's answer. Taking a proposal drafts it, as an act of the owner's editor: whoever
 * proposed it has changed nothing.
 */
export async function answerComment<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  key: { readonly party: PartyId; readonly id: string },
  given: CommentAnswered,
  by: string,
): Promise<DraftResult<CommentRow>> {
  const said = readParagraph(given.text, MAX_COMMENT);
  if (said === undefined) return refuse('TEXT_INVALID', { field: 'text' });
  const base = await loadBase(room.list, room.party);
  const answered = await room.store.transaction(async (tx): Promise<DraftResult<CommentRow>> => {
    const row = await tx.draft.comment({ direction: 'received', ...key });
    if (row === undefined) return refuse('COMMENT_UNKNOWN');
    if (row.state !== 'open') return refuse('ANSWERED_ALREADY', { by: row.answer?.by ?? null });
    if (given.outcome === 'taken' && row.proposed !== null) {
      const reason = readReason(given.reason);
      if (!reason.ok) return reason;
      const written = await writeOne(room, tx, base, {
        ...{ id: row.entry, after: row.proposed, reason: reason.value },
        ...{ act: 'taken', by, expect: given.expect ?? 0 },
      });
      if (!written.ok) return written;
    }
    const answer = { text: said, by, at: room.ports.clock.now() };
    const after: CommentRow = { ...row, state: given.outcome, answer };
    await tx.draft.saveComment(after);
    const body = { id: row.id, text: said, outcome: given.outcome };
    await room.peers.send(tx, { to: row.party, type: 'entry.comment-answer', body });
    return done(after);
  });
  room.peers.kick();
  return answered;
}

const answerShape = object({
  id: idShape,
  text: paragraphShape(MAX_COMMENT),
  outcome: oneOf('taken', 'declined', 'answered'),
});

/** `entry.comment-answer` at the city that asked; the answer of anybody but the owner is none. */
export async function takeCommentAnswer<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  tx: Tx,
  message: Pick<VerifiedPeerMessage, 'iss' | 'body'>,
): Promise<PeerAnswer> {
  const read = readShape(answerShape, message.body);
  if (!read.ok) return refused('MALFORMED', `body${read.path}`);
  const { id, text: said, outcome } = read.value;
  const row = await tx.draft.comment({ direction: 'sent', party: message.iss, id });
  if (row === undefined) return refused('COMMENT_UNKNOWN', 'id');
  if (row.answer !== null) {
    const isSame = row.answer.text === said && row.state === outcome;
    return isSame ? applied() : refused('ANSWERED_ALREADY', 'id');
  }
  const answer = { text: said, by: null, at: room.ports.clock.now() };
  await tx.draft.saveComment({ ...row, state: outcome, answer, refusal: null });
  return applied();
}

/** A received proposal says what it would change in the draft as it is now. */
export type CommentView = CommentRow & { readonly changes: readonly FieldChange[] };

export type Comments = {
  readonly received: readonly CommentView[];
  readonly sent: readonly CommentView[];
};

export async function listComments<Tx extends OfficeTables>(
  { list, party, store }: DraftRoom<Tx>,
  openOnly: boolean,
): Promise<Comments> {
  const base = await loadBase(list, party);
  return store.read(async ({ draft }) => {
    const view = async (row: CommentRow): Promise<CommentView> => {
      if (row.direction === 'sent' || row.proposed === null) return { ...row, changes: [] };
      const now = draftedEntry(base, row.entry, await draft.change(row.entry));
      return { ...row, changes: changesBetween(now, row.proposed) };
    };
    const views = async (direction: CommentRow['direction']): Promise<readonly CommentView[]> => {
      const made: CommentView[] = [];
      for (const row of await draft.comments(direction, openOnly, SHOWN))
        made.push(await view(row));
      return made;
    };
    return { received: await views('received'), sent: await views('sent') };
  });
}
