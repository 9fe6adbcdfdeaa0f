import type { Entry, PartyId } from '@tongyu/protocol';
import type { OfficeMessageType, PeerHandlers, ReceiptHandlers } from '../peers/types.ts';
import type { CommentRow } from '../store/draft-tables.ts';
import type { FeedbackRow } from '../store/feedback-tables.ts';
import * as comments from './comments.ts';
import { loadBase } from './draft-base.ts';
import { submitDraft, type HandedIn } from './draft-part.ts';
import * as views from './draft-views.ts';
import { exportCsv, exportJson, type DraftFile } from './export-draft.ts';
import { answerFeedback, listFeedback, takeFeedback } from './feedback.ts';
import { listFundings, viewed, type FundingAsk, type Fundings } from './funding-view.ts';
import * as funding from './funding.ts';
import { forgetPublished } from './forget-published.ts';
import { importDraft, type ImportAsked, type ImportReport } from './import-draft.ts';
import { placeGranted } from './place-funding.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';
import { refuse, type DraftResult } from './refusals.ts';
import { readReason, writeOne, type Wanted, type Written } from './write-draft.ts';

/** A city's office at work on its part of the list, as its routes and peers call it. */
export type Draft<Tx extends OfficeTables = OfficeTables> = {
  /** A job: rules that were signed come into the draft, what is published leaves it. */
  keep(): Promise<void>;

  list(filter: views.DraftFilter): Promise<views.DraftPage>;
  show(id: string): Promise<DraftResult<views.DraftedEntry>>;
  history(id: string): Promise<readonly views.HistoryView[]>;
  put(id: string, entry: Entry, edit: Edit): Promise<DraftResult<Written>>;
  remove(id: string, edit: Edit): Promise<DraftResult<Written>>;
  revert(id: string, edit: Edit): Promise<DraftResult<Written>>;
  submit(edition: number): Promise<DraftResult<HandedIn>>;
  import(bytes: Uint8Array, asked: ImportAsked): Promise<DraftResult<ImportReport>>;
  exportCsv(): Promise<string>;
  exportJson(): Promise<DraftFile>;

  comments(openOnly: boolean): Promise<comments.Comments>;
  sendComment(asked: comments.CommentAsked, by: string): Promise<DraftResult<CommentRow>>;
  answerComment(
    key: { readonly party: PartyId; readonly id: string },
    answer: comments.CommentAnswered,
    by: string,
  ): Promise<DraftResult<CommentRow>>;

  fundings(): Promise<Fundings>;
  askFunding(
    asked: Parameters<typeof funding.askFunding>[1],
    by: string,
  ): Promise<DraftResult<FundingAsk>>;
  answerFunding(
    hash: string,
    decision: Parameters<typeof funding.answerFunding>[2],
    by: string,
  ): Promise<DraftResult<FundingAsk>>;

  feedback(openOnly: boolean): Promise<readonly FeedbackRow[]>;
  answerFeedback(id: string, text: string, by: string): Promise<DraftResult<FeedbackRow>>;

  readonly handlers: Pick<PeerHandlers<Tx>, OfficeMessageType>;
  readonly receipts: ReceiptHandlers<Tx>;
};

/** Who changes an entry, why, and which revision of it that person saw. */
export type Edit = { readonly reason: unknown; readonly expect: number; readonly by: string };

/** What routes call: all but the peers' side. */
export type DraftFace = Omit<Draft, 'handlers' | 'receipts' | 'keep'>;

export function createDraft<Tx extends OfficeTables>(room: DraftRoom<Tx>): Draft<Tx> {
  const { store, ports, party } = room;
  const forget = forgetPublished(room);
  const write = async (
    id: string,
    after: Wanted['after'],
    act: 'put' | 'remove' | 'revert',
    edit: Edit,
  ): Promise<DraftResult<Written>> => {
    const reason = readReason(edit.reason);
    if (!reason.ok) return reason;
    const base = await loadBase(room.list, party);
    const { by, expect } = edit;
    const wanted = { id, after, reason: reason.value, act, by, expect };
    return store.transaction((tx) => writeOne(room, tx, base, wanted));
  };
  return {
    async keep() {
      await placeGranted(room);
      await forget();
    },
    list: (filter) => views.listDraft(room, filter),
    show: (id) => views.showEntry(room, id),
    history: (id) => views.showHistory(room, id),
    put: (id, entry, edit) =>
      entry.id === id
        ? write(id, entry, 'put', edit)
        : Promise.resolve(refuse('ID_DIFFERS', { field: 'entry.id' })),
    remove: (id, edit) => write(id, null, 'remove', edit),
    revert: (id, edit) => write(id, 'base', 'revert', edit),
    submit: (edition) => submitDraft(room, edition),
    import: (bytes, asked) => importDraft(room, bytes, asked),
    exportCsv: () => exportCsv(room),
    exportJson: () => exportJson(room),
    comments: (openOnly) => comments.listComments(room, openOnly),
    sendComment: (asked, by) => comments.sendComment(room, asked, by),
    answerComment: (key, answer, by) => comments.answerComment(room, key, answer, by),
    fundings: () => listFundings(room),
    askFunding: (asked, by) => viewed(funding.askFunding(room, asked, by)),
    answerFunding: (hash, decision, by) => viewed(funding.answerFunding(room, hash, decision, by)),
    feedback: (openOnly) => listFeedback(store, openOnly),
    answerFeedback: (id, text, by) => answerFeedback(room, id, text, by),
    handlers: {
      'entry.comment': (tx, message) => comments.takeComment(room, tx, message),
      'entry.comment-answer': (tx, message) => comments.takeCommentAnswer(room, tx, message),
      'feedback.forward': (tx, message) => takeFeedback(party, ports.clock, tx, message),
      'funding.ask': (tx, message) => funding.takeFundingAsk(room, tx, message),
      'funding.answer': (tx, message) => funding.takeFundingAnswer(room, tx, message),
    },
    receipts: {
      'entry.comment': comments.takeCommentReceipt,
      'funding.ask': funding.takeFundingReceipt,
    },
  };
}
