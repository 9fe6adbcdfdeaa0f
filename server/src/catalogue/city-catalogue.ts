import { documentHash } from '@tongyu/protocol';
import type { CatalogueMessageType, PeerHandlers, ReceiptHandlers } from '../peers/types.ts';
import type { Commit } from './catalogue-jobs.ts';
import { openingOf, type CatalogueView } from './catalogue-view.ts';
import { compareEdition } from './compare.ts';
import { firstPart } from './first-edition.ts';
import {
  takeCandidate,
  takeOpening,
  takePartAnswer,
  takeSubmitReceipt,
  takeWithdrawal,
} from './follow-edition.ts';
import type { CatalogueResult } from './refusals.ts';
import { selfOf, type CatalogueRoom, type ListTables } from './room.ts';
import { isHeadDue, signHead } from './sign-head.ts';
import { checkCandidate, objectTo, signOff } from './sign-off.ts';
import { submitPart } from './submit-part.ts';
import type { Catalogue, CityCatalogue } from './types.ts';
import { addErratum, confirmCheck, restore, suspend } from './watch-entries.ts';

type CityTypes = 'edition.open' | 'part.answer' | 'edition.propose' | 'edition.withdraw';

export function cityHandlers<T extends ListTables>(
  room: CatalogueRoom<T>,
): Pick<PeerHandlers<T>, Extract<CatalogueMessageType, CityTypes>> {
  return {
    'edition.open': (tx, message) => takeOpening(room, tx, message),
    'part.answer': (tx, message) => takePartAnswer(room, tx, message),
    'edition.propose': (tx, message) => takeCandidate(room, tx, message),
    'edition.withdraw': (tx, message) => takeWithdrawal(room, tx, message),
  };
}

export function cityReceipts<T extends ListTables>(room: CatalogueRoom<T>): ReceiptHandlers<T> {
  return {
    'part.submit': (tx, sent, receipt) => takeSubmitReceipt(room, tx, sent, receipt),
  };
}

export function cityActs<T extends ListTables>(
  room: CatalogueRoom<T>,
  commit: Commit<T>,
): Omit<CityCatalogue<T>, keyof Catalogue | 'openings'> {
  return {
    compare: (number) => compareEdition(room, number),
    submitPart: (tx, number, part) => submitPart(room, tx, number, part),
    kick() {
      room.trust.kick();
    },
    signOff: (number, hash, by) => commit((tx) => signOff(room, tx, number, hash, by)),
    objectTo: (number, hash, reason, by) =>
      commit((tx) => objectTo(room, tx, number, hash, reason, by)),
    suspend: (asked, by) => commit((tx) => suspend(room, tx, asked, by)),
    restore: (asked, by) => commit((tx) => restore(room, tx, asked, by)),
    confirmCheck: (check, by) => commit((tx) => confirmCheck(room, tx, check, by)),
    addErratum: (erratum) => commit((tx) => addErratum(room, tx, erratum)),
  };
}

/** What a city does by itself: it looks at candidates and signs its head, but signs nothing off. */
export async function keepCity<T extends ListTables>(
  room: CatalogueRoom<T>,
  commit: Commit<T>,
  view: CatalogueView,
): Promise<void> {
  for (const opening of view.openings) {
    if (opening.state === 'frozen' && opening.check === 'not yet') {
      await checkCandidate(room, view, opening);
    }
    await goFirst(room, commit, opening.number);
  }
  if (await room.store.read((tx) => isHeadDue(room, tx, view))) {
    await commit(async (tx) => signHead(room, tx, await room.views.load(tx)));
  }
}

/** In a demonstration the first edition, and only that, is submitted and signed by itself. */
async function goFirst<T extends ListTables>(
  room: CatalogueRoom<T>,
  commit: Commit<T>,
  number: number,
): Promise<void> {
  const { firstEntries } = room.config;
  if (firstEntries === undefined) return;
  const self = selfOf(room);
  const isOwn = ({ party }: { readonly party: string }): boolean => party === self;
  const view = await room.store.read((tx) => room.views.load(tx));
  const opening = openingOf(view, number);
  if (opening?.previous !== null) return;
  if (opening.state === 'open' && !opening.submissions.some(isOwn)) {
    const part = firstPart(self, opening.id, firstEntries);
    if (part.entries.length === 0) return;
    const given = await commit((tx) => submitPart(room, tx, number, part));
    logRefusal(room, given, 'the first part is not handed in');
  }
  const { edition, state, check, answers } = opening;
  if (edition !== null && state === 'frozen' && check === 'good' && !answers.some(isOwn)) {
    const signed = await commit((tx) => signOff(room, tx, number, documentHash(edition), null));
    logRefusal(room, signed, 'the first edition is not signed');
  }
}

function logRefusal<T extends ListTables>(
  room: CatalogueRoom<T>,
  result: CatalogueResult<unknown>,
  message: string,
): void {
  if (result.ok) return;
  room.ports.log.warn({ refusal: result.refusal.code }, message);
}
