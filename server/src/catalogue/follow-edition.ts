import { documentHash, readShape, type VerifiedPeerMessage } from '@tongyu/protocol';
import {
  applied,
  refused,
  type PeerAnswer,
  type ReceiptBody,
  type SentMessage,
} from '../peers/types.ts';
import type { CandidateFault, Opening } from '../store/catalogue-tables.ts';
import { openingOf } from './catalogue-view.ts';
import { carriedParts, withSubmission } from './collect-parts.ts';
import {
  newOpening,
  openedOfEdition,
  openShape,
  partAnswerShape,
  proposeShape,
  submitShape,
  withdrawShape,
} from './edition-messages.ts';
import { selfOf, type CatalogueRoom, type ListTables } from './room.ts';

/**
 * What a city hears from the hub of an edition that is being made. Messages may come twice and in
 * any order: a state only goes on, from open over frozen to its end.
 */

/** `edition.open`. */
export async function takeOpening<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  if (message.iss !== 'hub') return refused('NOT_HUB');
  const read = readShape(openShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const view = await room.views.load(tx);
  const known = openingOf(view, read.value.number);
  if (known !== undefined) {
    // The candidate came first: it does not say when the hub wants it in force.
    if (known.edition === null || known.effectiveFrom !== null) return applied();
    const { effectiveFrom } = read.value;
    await room.views.saveOpening(tx, view, { ...known, effectiveFrom });
    return applied();
  }
  const now = room.ports.clock.now();
  const last = view.openings.findLast(({ number }) => number < read.value.number);
  const submissions = carriedParts(last, read.value);
  await room.views.saveOpening(tx, view, { ...newOpening(read.value, now), submissions });
  return applied();
}

/** `edition.propose`: kept; the job fetches its parts and looks at all of it. */
export async function takeCandidate<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  if (message.iss !== 'hub') return refused('NOT_HUB');
  const read = readShape(proposeShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { edition } = read.value;
  const view = await room.views.load(tx);
  const now = room.ports.clock.now();
  const opening = openingOf(view, edition.number) ?? newOpening(openedOfEdition(edition), now);
  if (opening.edition !== null) {
    const isSame = documentHash(opening.edition) === documentHash(edition);
    return isSame ? applied() : refused('CANDIDATE_DIFFERS', 'edition');
  }
  if (opening.state !== 'open') return refused('EDITION_OVER', 'edition');
  const frozen: Opening = { ...opening, state: 'frozen', changedAt: now, edition };
  await room.views.saveOpening(tx, view, frozen);
  return applied();
}

/** `edition.withdraw`; it may overtake what it ends. */
export async function takeWithdrawal<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  if (message.iss !== 'hub') return refused('NOT_HUB');
  const read = readShape(withdrawShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { reason, ...opened } = read.value;
  const view = await room.views.load(tx);
  const changedAt = room.ports.clock.now();
  const opening = openingOf(view, opened.number) ?? newOpening(opened, changedAt);
  // All have signed what is published: nobody takes that back.
  if (opening.state === 'published') return refused('EDITION_OVER', 'number');
  if (opening.state === 'withdrawn') return applied();
  await room.views.saveOpening(tx, view, { ...opening, state: 'withdrawn', reason, changedAt });
  return applied();
}

/** `part.answer`: what the hub found when it looked at the own part. */
export async function takePartAnswer<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  if (message.iss !== 'hub') return refused('NOT_HUB');
  const read = readShape(partAnswerShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { number, hash, fault } = read.value;
  await judgeOwnPart(room, tx, number, hash, fault);
  return applied();
}

/** The receipt of an own `part.submit`: the hub did not even look at it. */
export async function takeSubmitReceipt<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  sent: SentMessage,
  receipt: ReceiptBody,
): Promise<void> {
  const read = readShape(submitShape, sent.body);
  if (receipt.outcome !== 'refused' || !read.ok) return;
  const fault = { code: receipt.refusal?.code ?? 'REFUSED' };
  await judgeOwnPart(room, tx, read.value.edition, read.value.hash, fault);
}

async function judgeOwnPart<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  number: number,
  hash: string,
  fault: CandidateFault | null,
): Promise<void> {
  const view = await room.views.load(tx);
  const opening = openingOf(view, number);
  const own = opening?.submissions.find(({ party }) => party === selfOf(room));
  if (opening === undefined || own?.hash !== hash || own.state !== 'given') return;
  const state = fault === null ? 'good' : 'faulty';
  await room.views.saveOpening(tx, view, withSubmission(opening, { ...own, state, fault }));
}
