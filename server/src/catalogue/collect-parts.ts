import {
  activeMembers,
  brokenEdition,
  documentHash,
  editionEnd,
  readShape,
  type Edition,
  type EditionId,
  type Root,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import { applied, refused, type PeerAnswer } from '../peers/types.ts';
import type { CandidateFault, Opening, Submission } from '../store/catalogue-tables.ts';
import { asJson, sendTo } from '../trust/send-trust.ts';
import { otherNodes } from '../trust/trust-view.ts';
import { openingOf, type CatalogueView } from './catalogue-view.ts';
import { fetchPartText, findPartFault, partBefore } from './check-parts.ts';
import { faultJson, newOpening, openedOf, submitShape } from './edition-messages.ts';
import { referenceOf } from './offer-catalogue.ts';
import { done, refuse, type CatalogueResult } from './refusals.ts';
import type { CatalogueRoom, ListTables } from './room.ts';
import { namedRoot } from './take-catalogue.ts';

/** The hub opens an edition and tells every node. One at a time. */
export async function openEdition<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
  asked: { readonly id: EditionId; readonly effectiveFrom: number | null },
): Promise<CatalogueResult<{ number: number }>> {
  const trust = await room.trust.view(tx);
  const { root } = trust;
  if (root === undefined || trust.held === undefined) return refuse('TRUST_MISSING');
  const live = view.openings.find(({ state }) => state === 'open' || state === 'frozen');
  if (live !== undefined) return refuse('EDITION_OPEN_ALREADY', { number: live.number });
  const newest = view.state.editions.at(-1);
  if (newest !== undefined && asked.id <= newest.signed.id) return refuse('EDITION_ID_TAKEN');
  const now = room.ports.clock.now();
  const { effectiveFrom } = asked;
  const isInTime =
    effectiveFrom === null
      ? now < editionEnd(asked.id)
      : effectiveFrom < editionEnd(asked.id) && effectiveFrom > (newest?.signed.effectiveFrom ?? 0);
  if (!isInTime) return refuse('EDITION_DATE');
  const last = view.openings.at(-1);
  const number = Math.max(last?.number ?? 0, newest?.signed.number ?? 0) + 1;
  const opened = {
    number,
    ...asked,
    root: { number: root.number, hash: documentHash(root) },
    previous: newest === undefined ? null : referenceOf(newest),
    opened: now,
  };
  const opening: Opening = {
    ...newOpening(opened, now),
    submissions: carriedParts(last, opened),
  };
  await room.views.saveOpening(tx, view, opening);
  const nodes = otherNodes(trust, 'hub');
  await sendTo(room.trust.room, tx, nodes, 'edition.open', asJson(openedOf(opening)));
  return done({ number });
}

/** Who does not hand in another part after a withdrawal stands by the one before. */
export function carriedParts(
  last: Opening | undefined,
  next: Pick<Opening, 'id' | 'root' | 'previous'>,
): readonly Submission[] {
  if (last?.state !== 'withdrawn' || last.id !== next.id) return [];
  if (last.root.hash !== next.root.hash || last.previous?.hash !== next.previous?.hash) return [];
  return last.submissions
    .filter(({ state }) => state === 'good')
    .map((one) => ({ ...one, carried: true }));
}

/** `part.submit`: the hub fetches the text by its hash before it says what it is worth. */
export async function takeSubmission<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  message: VerifiedPeerMessage,
): Promise<PeerAnswer> {
  const read = readShape(submitShape, message.body);
  if (!read.ok) return refused('MALFORMED', read.path);
  const { edition: number, hash, count } = read.value;
  const view = await room.views.load(tx);
  const opening = openingOf(view, number);
  if (opening === undefined) return refused('EDITION_UNKNOWN', 'edition');
  const { iss: party } = message;
  const root = await namedRoot(tx, opening.root);
  if (root?.parties.some((entry) => entry.party === party) !== true) {
    return refused('PARTY_UNKNOWN');
  }
  const known = opening.submissions.find((one) => one.party === party);
  if (known?.hash === hash && !known.carried) return applied();
  if (opening.state !== 'open') return refused('EDITION_NOT_OPEN', 'edition');
  const at = room.ports.clock.now();
  const given: Submission = {
    ...{ party, hash, count, at },
    ...{ state: 'given', fault: null, carried: false },
  };
  await room.views.saveOpening(tx, view, withSubmission(opening, given));
  return applied();
}

export function withSubmission(opening: Opening, submission: Submission): Opening {
  const others = opening.submissions.filter(({ party }) => party !== submission.party);
  const submissions = [...others, submission].sort((a, b) => (a.party < b.party ? -1 : 1));
  return { ...opening, submissions };
}

/** Fetches and checks what was handed in; what cannot be had now is tried again later. */
export async function checkSubmissions<T extends ListTables>(
  room: CatalogueRoom<T>,
  view: CatalogueView,
  opening: Opening,
): Promise<void> {
  const root = await room.store.read((tx) => namedRoot(tx, opening.root));
  if (root === undefined) return;
  for (const given of opening.submissions) {
    if (given.state !== 'given') continue;
    const { party, hash, count } = given;
    const text = await fetchPartText(room, hash, [party]);
    room.ports.faults.point('catalogue/part-fetched');
    if (text === undefined) continue;
    const previous = view.state.editions.at(-1)?.signed;
    const before = await room.store.read((tx) => partBefore(room, tx, previous, party));
    const named = { party, hash, count };
    const fault = await findPartFault(room, root, opening.id, named, text, before);
    await room.store.transaction(async (tx) => {
      const now = await room.views.load(tx);
      const current = openingOf(now, opening.number);
      const same = current?.submissions.find((one) => one.party === party);
      if (current === undefined || same?.hash !== hash || same.state !== 'given') return;
      if (fault === undefined) await tx.catalogue.addPart({ hash, party, text });
      const judged: Submission = {
        ...same,
        state: fault === undefined ? 'good' : 'faulty',
        fault: fault ?? null,
      };
      await room.views.saveOpening(tx, now, withSubmission(current, judged));
      await tellParty(room, tx, opening.number, judged);
    });
    room.trust.kick();
  }
}

async function tellParty<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  number: number,
  { party, hash, fault }: Submission,
): Promise<void> {
  const body = { number, hash, fault: fault === null ? null : faultJson(fault) };
  await sendTo(room.trust.room, tx, [party], 'part.answer', body);
}

/**
 * Whether the candidate can be made without anybody's click: all members have handed in since the
 * opening, and observers with a node too or have had their time.
 */
export function isCollected(
  opening: Opening,
  root: Root,
  now: number,
  graceSeconds: number,
): boolean {
  if (opening.state !== 'open' || !opening.submissions.some(({ carried }) => !carried))
    return false;
  if (opening.submissions.some(({ state }) => state === 'given')) return false;
  const good = opening.submissions.filter(({ state }) => state === 'good');
  const hasGood = (party: string): boolean => good.some((one) => one.party === party);
  if (!activeMembers(root).every(({ party }) => hasGood(party))) return false;
  const withNode = root.parties.filter(({ rootKeys }) => rootKeys.length > 0);
  if (withNode.every(({ party }) => hasGood(party))) return true;
  return now - Math.max(...good.map(({ at }) => at)) >= graceSeconds;
}

/** Makes the candidate of the parts that are good, and asks the members to sign it. */
export async function freezeEdition<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  number: number,
): Promise<CatalogueResult<{ hash: string }>> {
  const locked = await tx.catalogue.lockOpening(number);
  const view = await room.views.load(tx);
  const opening = openingOf(view, number);
  if (locked === undefined || opening === undefined) return refuse('EDITION_UNKNOWN');
  if (opening.state === 'frozen' && opening.edition !== null) {
    return done({ hash: documentHash(opening.edition) });
  }
  if (opening.state !== 'open') return refuse('EDITION_NOT_OPEN');
  const root = await namedRoot(tx, opening.root);
  if (root === undefined) return refuse('EDITION_ROOT_UNKNOWN');
  const good = opening.submissions.filter(({ state }) => state === 'good');
  const missing = activeMembers(root)
    .map(({ party }) => party)
    .filter((party) => !good.some((one) => one.party === party));
  if (missing.length > 0) return refuse('PART_MISSING', { missing });
  const made = Math.max(room.ports.clock.now(), opening.opened);
  const before = view.state.editions.at(-1)?.signed.effectiveFrom ?? 0;
  const edition: Edition = {
    type: 'tongyu.edition',
    number,
    id: opening.id,
    previous: opening.previous,
    root: opening.root,
    opened: opening.opened,
    made,
    effectiveFrom: opening.effectiveFrom ?? Math.max(made, before + 1),
    parts: good.map(({ party, hash, count }) => ({ party, hash, count })),
  };
  const broken = brokenEdition(root, edition);
  if (broken !== undefined) return refuse('EDITION_FORM', broken);
  const changedAt = room.ports.clock.now();
  const frozen: Opening = { ...opening, state: 'frozen', changedAt, edition, check: 'good' };
  await room.views.saveOpening(tx, view, frozen);
  await sendTo(room.trust.room, tx, membersOf(root), 'edition.propose', {
    edition: asJson(edition),
  });
  return done({ hash: documentHash(edition) });
}

export function membersOf(root: Root): readonly string[] {
  return activeMembers(root).map(({ party }) => party);
}

/** The candidate, or the collecting, is over; the next one has another number. */
export async function withdrawEdition<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  number: number,
  reason: string,
): Promise<CatalogueResult<{ number: number }>> {
  const locked = await tx.catalogue.lockOpening(number);
  const view = await room.views.load(tx);
  const opening = openingOf(view, number);
  if (locked === undefined || opening === undefined) return refuse('EDITION_UNKNOWN');
  if (opening.state === 'withdrawn') return done({ number });
  if (opening.state === 'published') return refuse('EDITION_OVER');
  const changedAt = room.ports.clock.now();
  await room.views.saveOpening(tx, view, { ...opening, state: 'withdrawn', reason, changedAt });
  const nodes = otherNodes(await room.trust.view(tx), 'hub');
  const body = asJson({ ...openedOf(opening), reason });
  await sendTo(room.trust.room, tx, nodes, 'edition.withdraw', body);
  return done({ number });
}

export function isFault(check: Opening['check']): check is CandidateFault {
  return typeof check === 'object';
}
