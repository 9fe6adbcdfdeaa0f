import {
  activeMembers,
  brokenEdition,
  documentHash,
  signContent,
  type Edition,
  type Root,
} from '@tongyu/protocol';
import type {
  CandidateFault,
  EditionAnswer,
  Opening,
  Submission,
} from '../store/catalogue-tables.ts';
import { ownRootSigner, ROOT_KEY_ID } from '../trust/own-section.ts';
import { asJson, sendTo } from '../trust/send-trust.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../trust/types.ts';
import { openingOf, type CatalogueView } from './catalogue-view.ts';
import { checkAllParts, partBefore } from './check-parts.ts';
import { isFault } from './collect-parts.ts';
import { faultText } from './edition-messages.ts';
import { withAnswer } from './publish-edition.ts';
import { done, refuse, type CatalogueResult } from './refusals.ts';
import { selfOf, type CatalogueRoom, type ListTables } from './room.ts';
import { namedRoot } from './take-catalogue.ts';

/**
 * Looks at a candidate, all of it, before an office may sign it: its own form, what it follows, the
 * own part as it was handed in, and every other part (LIST-3.6, LIST-3.7). A fault is answered as
 * an objection at once. What cannot be had now is looked at again later.
 */
export async function checkCandidate<T extends ListTables>(
  room: CatalogueRoom<T>,
  view: CatalogueView,
  opening: Opening,
): Promise<void> {
  const { edition } = opening;
  if (edition === null) return;
  const self = selfOf(room);
  const root = await room.store.read((tx) => namedRoot(tx, edition.root));
  if (root === undefined || !isMember(root, self)) return; // the root may still come
  let fault = contentFault(view, opening, edition, root, self, room.ports.clock.now());
  if (fault === undefined) {
    const previous = view.state.editions.at(-1)?.signed;
    const members = activeMembers(root).map(({ party }) => party);
    const checked = await checkAllParts(
      room,
      root,
      edition,
      (party) => [...new Set(['hub', party, ...members])].filter((node) => node !== self),
      (party) => room.store.read((tx) => partBefore(room, tx, previous, party)),
    );
    if (checked.kind === 'missing') return;
    if (checked.kind === 'faulty') fault = checked.fault;
    else {
      await room.store.transaction(async (tx) => {
        for (const part of checked.texts) await tx.catalogue.addPart(part);
      });
    }
  }
  room.ports.faults.point('catalogue/candidate-looked-at');
  await room.store.transaction((tx) => saveFindings(room, tx, edition, fault));
  room.trust.kick();
}

function isMember(root: Root, party: string): boolean {
  return activeMembers(root).some((member) => member.party === party);
}

/** What is wrong with the candidate itself, before any part is looked at. */
function contentFault(
  view: CatalogueView,
  opening: Opening,
  edition: Edition,
  root: Root,
  self: string,
  now: number,
): CandidateFault | undefined {
  const broken = brokenEdition(root, edition);
  if (broken !== undefined) return { code: 'EDITION_FORM', ...broken };
  const follows = followsFault(view, edition);
  if (follows !== undefined) return follows;
  const isAsOpened =
    edition.id === opening.id &&
    edition.root.hash === opening.root.hash &&
    edition.opened === opening.opened;
  if (!isAsOpened) return { code: 'EDITION_FORM' };
  if (edition.made > now + CLOCK_TOLERANCE_SECONDS) return { code: 'EDITION_IN_FUTURE' };
  const own = edition.parts.find(({ party }) => party === self);
  const given = ownSubmission(view, opening, self);
  return own?.hash === given?.hash ? undefined : { code: 'PART_NOT_OURS', party: self };
}

/** What this city handed in last for this id: a withdrawn edition's part is carried on. */
function ownSubmission(
  view: CatalogueView,
  opening: Opening,
  self: string,
): Submission | undefined {
  return view.openings
    .filter(({ id, number }) => id === opening.id && number <= opening.number)
    .flatMap(({ submissions }) => submissions.filter(({ party }) => party === self))
    .at(-1);
}

/** Whether it follows the newest edition that this node holds. */
function followsFault({ state }: CatalogueView, edition: Edition): CandidateFault | undefined {
  const newest = state.editions.at(-1)?.signed;
  if (newest === undefined) {
    return edition.previous === null ? undefined : { code: 'EDITION_PREVIOUS' };
  }
  if (edition.number <= newest.number) return { code: 'EDITION_OLDER' };
  if (edition.previous?.hash !== documentHash(newest)) return { code: 'EDITION_PREVIOUS' };
  const isLater =
    edition.id > newest.id &&
    edition.effectiveFrom > newest.effectiveFrom &&
    edition.root.number >= newest.root.number;
  return isLater ? undefined : { code: 'EDITION_FORM' };
}

async function saveFindings<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  edition: Edition,
  fault: CandidateFault | undefined,
): Promise<void> {
  const view = await room.views.load(tx);
  const opening = openingOf(view, edition.number);
  if (opening?.state !== 'frozen' || opening.check !== 'not yet') return;
  const looked = { ...opening, check: fault ?? ('good' as const) };
  const after = await room.views.saveOpening(tx, view, looked);
  if (fault === undefined) return;
  const { log } = room.ports;
  log.warn({ version: edition.number, refusal: fault.code }, 'a candidate has a fault');
  await answerHub(room, tx, after, looked, { reason: faultText(fault), by: null });
}

/**
 * Signs a candidate in the name of the city. The number and content are recorded before there is a
 * signature: for one number never a second content, and never below what was signed before.
 */
export async function signOff<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  number: number,
  hash: string,
  by: string | null,
): Promise<CatalogueResult<{ hash: string }>> {
  const self = selfOf(room);
  await tx.catalogue.lockOpening(number);
  const view = await room.views.load(tx);
  const found = answerable(view, number, hash);
  if (!found.ok) return found;
  const { opening, edition } = found.value;
  const own = opening.answers.find(({ party }) => party === self);
  if (own !== undefined && own.signature !== null) return done({ hash });
  if (opening.state !== 'frozen') return refuse('EDITION_OVER');
  if (opening.check === 'not yet') return refuse('CANDIDATE_UNCHECKED');
  if (isFault(opening.check)) return refuse('CANDIDATE_FAULTY', factsOf(opening.check));
  const root = await namedRoot(tx, edition.root);
  if (root === undefined || !isMember(root, self)) return refuse('NOT_MEMBER');
  const newest = view.state.editions.at(-1)?.signed;
  if (newest !== undefined && newest.id >= edition.id) return refuse('EDITION_ID_TAKEN');
  const follows = followsFault(view, edition);
  if (follows !== undefined) return refuse('CANDIDATE_FAULTY');
  const signed = await tx.catalogue.signOffs();
  const same = signed.find((row) => row.number === number);
  const isHigher = signed.every((row) => row.number < number);
  if (same === undefined ? !isHigher : same.hash !== hash) return refuse('EDITION_OTHER_SIGNED');
  const signedAt = room.ports.clock.now();
  await tx.catalogue.recordSignOff({ number, id: edition.id, hash, signedAt });
  room.ports.faults.point('catalogue/after-sign-recorded');
  const signer = ownRootSigner(room.trust.room);
  const signature = await signContent(edition, self, ROOT_KEY_ID, signer);
  await answerHub(room, tx, view, opening, { signature, by });
  return done({ hash });
}

/** The office says no, and why. It may still sign the same content later. */
export async function objectTo<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  number: number,
  hash: string,
  reason: string,
  by: string,
): Promise<CatalogueResult<{ hash: string }>> {
  const view = await room.views.load(tx);
  const found = answerable(view, number, hash);
  if (!found.ok) return found;
  const { opening, edition } = found.value;
  const own = opening.answers.find(({ party }) => party === selfOf(room));
  if (own !== undefined && own.signature !== null) return refuse('EDITION_SIGNED');
  if (opening.state !== 'frozen') return refuse('EDITION_OVER');
  const root = await namedRoot(tx, edition.root);
  if (root === undefined || !isMember(root, selfOf(room))) return refuse('NOT_MEMBER');
  await answerHub(room, tx, view, opening, { reason, by });
  return done({ hash });
}

function answerable(
  view: CatalogueView,
  number: number,
  hash: string,
): CatalogueResult<{ opening: Opening; edition: Edition }> {
  const opening = openingOf(view, number);
  if (opening === undefined) return refuse('EDITION_UNKNOWN');
  const { edition } = opening;
  if (edition === null) {
    return refuse(opening.state === 'withdrawn' ? 'EDITION_OVER' : 'EDITION_NOT_FROZEN');
  }
  return documentHash(edition) === hash ? done({ opening, edition }) : refuse('CANDIDATE_DIFFERS');
}

function factsOf({ party, entry, field }: CandidateFault): Omit<CandidateFault, 'code'> {
  return {
    ...(party === undefined ? {} : { party }),
    ...(entry === undefined ? {} : { entry }),
    ...(field === undefined ? {} : { field }),
  };
}

async function answerHub<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
  opening: Opening,
  given: Pick<EditionAnswer, 'by'> & Partial<Pick<EditionAnswer, 'signature' | 'reason'>>,
): Promise<void> {
  const { number, edition } = opening;
  if (edition === null) return;
  const { signature = null, reason = null, by } = given;
  const hash = documentHash(edition);
  const at = room.ports.clock.now();
  const answer: EditionAnswer = { party: selfOf(room), hash, at, signature, reason, by };
  await room.views.saveOpening(tx, view, withAnswer(opening, answer));
  const body = { number, hash, reason, signature: signature === null ? null : asJson(signature) };
  await sendTo(room.trust.room, tx, ['hub'], 'edition.answer', body);
}
