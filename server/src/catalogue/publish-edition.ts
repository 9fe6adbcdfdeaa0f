import {
  documentHash,
  EMPTY_CATALOGUE_OFFER,
  findParty,
  missingSigners,
  readShape,
  runChecks,
  signatureCheck,
  type Edition,
  type SignedEdition,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import { applied, refused, type PeerAnswer } from '../peers/types.ts';
import type { EditionAnswer, Opening } from '../store/catalogue-tables.ts';
import { asJson, sendToAll } from '../trust/send-trust.ts';
import { openingOf } from './catalogue-view.ts';
import { membersOf } from './collect-parts.ts';
import { answerShape } from './edition-messages.ts';
import { done, refuse, type CatalogueResult } from './refusals.ts';
import type { CatalogueRoom, ListTables } from './room.ts';
import { namedRoot, takeOffer } from './take-catalogue.ts';

/** `edition.answer`: a member's sign-off, or why not. */
export async function takeAnswer<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const read = readShape(answerShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { number, hash, signature, reason } = read.value;
  const { iss: party } = message;
  const view = await room.views.load(tx);
  const opening = openingOf(view, number);
  if (opening === undefined) return refused('EDITION_UNKNOWN', 'number');
  const { edition } = opening;
  if (edition === null || documentHash(edition) !== hash)
    return refused('CANDIDATE_DIFFERS', 'hash');
  const root = await namedRoot(tx, opening.root);
  if (root === undefined || !membersOf(root).includes(party)) return refused('NOT_MEMBER');
  if (signature !== null) {
    const keys = findParty(root, party)?.rootKeys ?? [];
    const key = keys.find((entry) => entry.keyId === signature.keyId);
    const isGood =
      signature.by === party &&
      key !== undefined &&
      room.ports.verify(signatureCheck(edition, signature, key));
    if (!isGood) return refused('SIGNATURE_INVALID', 'signature');
  }
  const known = opening.answers.find((answer) => answer.party === party);
  // A signature that was given stays: an objection of before it may come late.
  if (opening.state !== 'frozen' || (known !== undefined && known.signature !== null))
    return applied();
  const at = room.ports.clock.now();
  const answer = { party, hash, at, signature, reason, by: null };
  await room.views.saveOpening(tx, view, withAnswer(opening, answer));
  return applied();
}

export function withAnswer(opening: Opening, answer: EditionAnswer): Opening {
  const others = opening.answers.filter(({ party }) => party !== answer.party);
  const answers = [...others, answer].sort((a, b) => (a.party < b.party ? -1 : 1));
  return { ...opening, answers };
}

/** The candidate with the signatures that have come in. */
export function signedSoFar(opening: Opening, edition: Edition): SignedEdition {
  const hash = documentHash(edition);
  const signatures = opening.answers.flatMap((answer) =>
    answer.hash === hash && answer.signature !== null ? [answer.signature] : [],
  );
  return { signed: edition, signatures };
}

/**
 * Publishes a candidate that every member has signed: taken here and sent to all in one
 * transaction. Of two that click at the same moment the second is told that it is done.
 */
export async function publishEdition<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  number: number,
  hash: string,
): Promise<CatalogueResult<{ hash: string; already: boolean }>> {
  const locked = await tx.catalogue.lockOpening(number);
  const view = await room.views.load(tx);
  const opening = openingOf(view, number);
  if (locked === undefined || opening === undefined) return refuse('EDITION_UNKNOWN');
  const { edition, state } = opening;
  if (state === 'withdrawn') return refuse('EDITION_OVER');
  if (state === 'open' || edition === null) return refuse('EDITION_NOT_FROZEN');
  if (documentHash(edition) !== hash) return refuse('CANDIDATE_DIFFERS');
  if (state === 'published') return done({ hash, already: true });
  const root = await namedRoot(tx, edition.root);
  if (root === undefined) return refuse('EDITION_ROOT_UNKNOWN');
  const signed = signedSoFar(opening, edition);
  const missing = runChecks(missingSigners(root, signed), room.ports.verify);
  if (missing.length > 0) return refuse('EDITION_UNSIGNED', { missing });
  const offer = { ...EMPTY_CATALOGUE_OFFER, editions: [signed] };
  const taken = await takeOffer(room, tx, view, offer);
  const [refusal] = taken.refusals;
  if (refusal !== undefined) {
    const party = 'party' in refusal ? refusal.party : undefined;
    return refuse(refusal.code, party === undefined ? {} : { party });
  }
  if (taken.waiting.length > 0) return refuse('PART_MISSING');
  const trust = await room.trust.view(tx);
  await sendToAll(room.trust.room, tx, trust, 'edition.publish', { edition: asJson(signed) });
  room.ports.faults.point('catalogue/before-publish-commit');
  return done({ hash, already: false });
}
