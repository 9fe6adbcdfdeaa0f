import { changesFault } from '@tongyu/domain';
import { canonicalJson, MAX_PART_LENGTH, partFault, runChecks, type Part } from '@tongyu/protocol';
import type { Submission } from '../store/catalogue-tables.ts';
import { sendTo } from '../trust/send-trust.ts';
import { openingOf } from './catalogue-view.ts';
import { partBefore } from './check-parts.ts';
import { withSubmission } from './collect-parts.ts';
import { hashOfPartText } from './part-shelf.ts';
import { done, refuse, type CatalogueResult } from './refusals.ts';
import { selfOf, type CatalogueRoom, type ListTables } from './room.ts';
import { namedRoot } from './take-catalogue.ts';

/** Checks the own part as everybody will, keeps its text, and tells the hub where it lies. */
export async function submitPart<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  number: number,
  part: Part,
): Promise<CatalogueResult<{ hash: string }>> {
  const party = selfOf(room);
  const view = await room.views.load(tx);
  const opening = openingOf(view, number);
  if (opening === undefined) return refuse('EDITION_UNKNOWN');
  if (opening.state !== 'open') return refuse('EDITION_NOT_OPEN');
  if (part.party !== party || part.edition !== opening.id) return refuse('PART_DIFFERS', { party });
  const root = await namedRoot(tx, opening.root);
  if (root === undefined) return refuse('EDITION_ROOT_UNKNOWN');
  const text = canonicalJson(part);
  if (text.length > MAX_PART_LENGTH) return refuse('PART_TOO_LARGE', { party });
  const hash = hashOfPartText(text);
  const read = room.shelf.read(hash, text);
  if (!read.ok) return refuse(read.refusal.code, { party, ...fieldOf(read.refusal) });
  const fault = runChecks(partFault(root, read.part), room.ports.verify);
  if (fault !== undefined) return { ok: false, refusal: fault };
  const previous = view.state.editions.at(-1)?.signed;
  const before = await partBefore(room, tx, previous, party);
  const change = changesFault(before.part, read.part);
  if (change !== undefined) return refuse(change.code, { party, entry: change.entry });
  const known = opening.submissions.find((one) => one.party === party);
  if (known?.hash === hash && known.state !== 'faulty') return done({ hash });
  await tx.catalogue.addPart({ hash, party, text });
  const count = read.part.entries.length;
  const given: Submission = {
    ...{ party, hash, count, at: room.ports.clock.now() },
    ...{ state: 'given', fault: null, carried: false },
  };
  await room.views.saveOpening(tx, view, withSubmission(opening, given));
  await sendTo(room.trust.room, tx, ['hub'], 'part.submit', { edition: number, hash, count });
  return done({ hash });
}

function fieldOf({ field }: { readonly field?: string }): { readonly field?: string } {
  return field === undefined ? {} : { field };
}
