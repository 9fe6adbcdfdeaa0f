import {
  entryIdShape,
  findParty,
  nullable,
  object,
  oneOf,
  readShape,
  text,
  timeShape,
  type PartyId,
  type Root,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import { applied, refused, type PeerAnswer } from '../peers/types.ts';
import type { Clock } from '../ports/clock.ts';
import type { Rng } from '../ports/rng.ts';
import type { FeedbackRow, FeedbackTables } from '../store/feedback-tables.ts';
import type { NodeStore } from '../store/node-store.ts';
import { paragraphShape, readParagraph } from './paragraph.ts';
import type { OfficePeers } from './ports.ts';
import { done, refuse, type DraftResult } from './refusals.ts';

/** Characters of a report, in UTF-16 units. */
export const MAX_REPORT = 500;
/** A node keeps so many, and none for longer than this. */
export const MAX_REPORTS = 20_000;
const REPORT_LIFE_SECONDS = 400 * 86_400;
const MAX_TIMES = 1_000_000;
const SHOWN = 500;

/** What the hub's public form hands over: no name, no address, nothing of who wrote it. */
export type FeedbackAsked = {
  /** Null: about no entry, a service that is missing. */
  readonly entry: string | null;
  readonly kind: FeedbackRow['kind'];
  readonly text: string;
  /** Of a wish without an entry, the city that it is for; null for none. */
  readonly party?: PartyId | null;
};

export type FeedbackTaken = {
  readonly id: string;
  /** False: somebody has said the same before. */
  readonly isNew: boolean;
};

export type FeedbackRoom<Tx extends FeedbackTables> = {
  readonly ports: { readonly clock: Clock; readonly rng: Rng };
  readonly store: NodeStore<Tx>;
  readonly root: (tx: Tx) => Promise<Root | undefined>;
  readonly peers: OfficePeers<Tx>;
};

/**
 * Takes a report of the public at the hub and tells the city whose entry it is. The same words
 * about the same entry are kept once and counted. How often one may write is for the form.
 */
export async function addFeedback<Tx extends FeedbackTables>(
  room: FeedbackRoom<Tx>,
  asked: FeedbackAsked,
): Promise<DraftResult<FeedbackTaken>> {
  const said = readParagraph(asked.text, MAX_REPORT);
  if (said === undefined) return refuse('TEXT_INVALID', { field: 'text' });
  const { entry, kind } = asked;
  if (entry !== null && !readShape(entryIdShape, entry).ok) return refuse('ENTRY_UNKNOWN');
  const party = entry === null ? (asked.party ?? null) : entry.slice(0, 4);
  const now = room.ports.clock.now();
  const taken = await room.store.transaction(async (tx): Promise<DraftResult<FeedbackTaken>> => {
    const root = await room.root(tx);
    if (root === undefined) return refuse('NOT_FOUNDED');
    const owner = party === null ? undefined : findParty(root, party);
    if (party !== null && owner === undefined) return refuse('PARTY_UNKNOWN');
    await tx.feedback.dropBefore(now - REPORT_LIFE_SECONDS);
    const same = await tx.feedback.reportLike({ party, entry, kind, text: said });
    if (same?.state === 'open') {
      const times = Math.min(same.times + 1, MAX_TIMES);
      await tx.feedback.saveReport({ ...same, times });
      return done({ id: same.id, isNew: false });
    }
    if ((await tx.feedback.countReports()) >= MAX_REPORTS) return refuse('FEEDBACK_FULL');
    const id = room.ports.rng.id();
    const row: FeedbackRow = {
      ...{ id, party, entry, kind, text: said, times: 1, at: now, state: 'open', answer: null },
    };
    await tx.feedback.saveReport(row);
    if (party !== null && (owner?.rootKeys.length ?? 0) > 0) {
      const body = { id, entry, kind, text: said, at: now };
      await room.peers.send(tx, { to: party, type: 'feedback.forward', body });
    }
    return done({ id, isNew: true });
  });
  room.peers.kick();
  return taken;
}

const forwardShape = object({
  id: text(64, /^[0-9A-Za-z._-]{8,64}$/),
  entry: nullable(entryIdShape),
  kind: oneOf('error', 'wish'),
  text: paragraphShape(MAX_REPORT),
  at: timeShape,
});

/** `feedback.forward` at the city: from the hub only, about own entries or about none. */
export async function takeFeedback(
  self: PartyId,
  clock: Clock,
  tx: FeedbackTables,
  message: Pick<VerifiedPeerMessage, 'iss' | 'body'>,
): Promise<PeerAnswer> {
  const read = readShape(forwardShape, message.body);
  if (!read.ok) return refused('MALFORMED', `body${read.path}`);
  const report = read.value;
  if (message.iss !== 'hub') return refused('FEEDBACK_FOREIGN', 'iss');
  if (report.entry?.startsWith(`${self}-`) === false) return refused('FEEDBACK_FOREIGN', 'entry');
  if ((await tx.feedback.report(report.id)) !== undefined) return applied();
  await tx.feedback.dropBefore(clock.now() - REPORT_LIFE_SECONDS);
  if ((await tx.feedback.countReports()) >= MAX_REPORTS) return refused('FEEDBACK_FULL');
  const more = { party: self, times: 1, state: 'open', answer: null } as const;
  await tx.feedback.saveReport({ ...report, ...more });
  return applied();
}

/** The office that it belongs to notes what became of it. */
export async function answerFeedback<Tx extends FeedbackTables>(
  room: Pick<FeedbackRoom<Tx>, 'ports' | 'store'>,
  id: string,
  given: string,
  by: string,
): Promise<DraftResult<FeedbackRow>> {
  const said = readParagraph(given, MAX_REPORT);
  if (said === undefined) return refuse('TEXT_INVALID', { field: 'text' });
  return room.store.transaction(async (tx): Promise<DraftResult<FeedbackRow>> => {
    const row = await tx.feedback.report(id);
    if (row === undefined) return refuse('FEEDBACK_UNKNOWN');
    if (row.state !== 'open') return refuse('ANSWERED_ALREADY', { by: row.answer?.by ?? null });
    const answer = { text: said, by, at: room.ports.clock.now() };
    const after: FeedbackRow = { ...row, state: 'answered', answer };
    await tx.feedback.saveReport(after);
    return done(after);
  });
}

export async function listFeedback<Tx extends FeedbackTables>(
  store: NodeStore<Tx>,
  openOnly: boolean,
): Promise<readonly FeedbackRow[]> {
  return store.read(({ feedback }) => feedback.reports(openOnly, SHOWN));
}

/** The hub's side: its public form, its console. */
export type HubFeedback = {
  add(asked: FeedbackAsked): Promise<DraftResult<FeedbackTaken>>;
  list(openOnly: boolean): Promise<readonly FeedbackRow[]>;
  /** Only what belongs to no city: the others are answered by their owner. */
  answer(id: string, text: string, by: string): Promise<DraftResult<FeedbackRow>>;
};

export function createHubFeedback<Tx extends FeedbackTables>(room: FeedbackRoom<Tx>): HubFeedback {
  return {
    add: (asked) => addFeedback(room, asked),
    list: (openOnly) => listFeedback(room.store, openOnly),
    async answer(id, said, by) {
      const row = await room.store.read(({ feedback }) => feedback.report(id));
      if (row !== undefined && row.party !== null) return refuse('FEEDBACK_UNKNOWN');
      return answerFeedback(room, id, said, by);
    },
  };
}
