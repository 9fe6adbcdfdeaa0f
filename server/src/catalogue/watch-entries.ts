import {
  dateAt,
  documentHash,
  EMPTY_CATALOGUE_OFFER,
  signContent,
  type Entry,
  type Erratum,
  type LocalText,
} from '@tongyu/protocol';
import type { SuspensionRow } from '../store/catalogue-tables.ts';
import { ownSigner } from '../trust/own-section.ts';
import { asJson, sendToAll } from '../trust/send-trust.ts';
import type { CatalogueView } from './catalogue-view.ts';
import { done, refuse, type CatalogueResult } from './refusals.ts';
import { selfOf, type CatalogueRoom, type ListTables } from './room.ts';
import { ownListKey, ownParts, signHead } from './sign-head.ts';
import { MAX_SUSPENSIONS } from './suspended-now.ts';
import { takeOffer } from './take-catalogue.ts';
import type { ErratumAsked, SuspensionAsked } from './types.ts';

/** The own entries of that id, in the editions in force and to come. */
async function findOwn<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
  id: string,
): Promise<readonly Entry[]> {
  const parts = await ownParts(room, tx, view);
  return parts.flatMap(({ entries }) => entries.filter((entry) => entry.id === id));
}

/** By whom a rule is stopped when what a funder signed for is used up (LIST-4.9). */
const BY_CEILING = 'ceiling';

/**
 * Closes an entry or stops a rule; the head that says so is signed in the same transaction. Whoever
 * counts what a ceiling bears may say so again: what is stopped already stays as it is.
 */
export async function suspend<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  { entry, rule, reason }: SuspensionAsked,
  by: string,
): Promise<CatalogueResult<{ since: number }>> {
  const view = await room.views.load(tx);
  const entries = await findOwn(room, tx, view, entry);
  if (entries.length === 0) return refuse('ENTRY_UNKNOWN', { entry });
  const hasRule = entries.some(({ rules }) => rules.some(({ id }) => id === rule));
  if (rule !== null && !hasRule) return refuse('RULE_UNKNOWN', { entry, field: `rules.${rule}` });
  const open = openSuspension(view, entry, rule);
  if (open !== undefined) {
    return by === BY_CEILING ? done({ since: open.since }) : refuse('ALREADY_SUSPENDED', { entry });
  }
  if (view.suspensions.length >= MAX_SUSPENSIONS) return refuse('SUSPENSIONS_FULL', { entry });
  const earlier = await tx.catalogue.suspensionsOf(entry);
  const last = earlier.filter((row) => row.rule === rule).at(-1)?.since ?? 0;
  const since = Math.max(room.ports.clock.now(), last + 1);
  const row: SuspensionRow = { entry, rule, since, reason, by, lifted: null };
  await signHead(room, tx, await room.views.saveSuspension(tx, view, row));
  return done({ since });
}

export async function restore<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  { entry, rule, reason }: SuspensionAsked,
  by: string,
): Promise<CatalogueResult<{ at: number }>> {
  const view = await room.views.load(tx);
  const row = openSuspension(view, entry, rule);
  if (row === undefined) return refuse('NOT_SUSPENDED', { entry });
  const at = room.ports.clock.now();
  const lifted = { ...row, lifted: { at, reason, by } };
  await signHead(room, tx, await room.views.saveSuspension(tx, view, lifted));
  return done({ at });
}

function openSuspension(
  view: CatalogueView,
  entry: string,
  rule: string | null,
): SuspensionRow | undefined {
  return view.suspensions.find((row) => row.entry === entry && row.rule === rule);
}

export async function confirmCheck<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  { entry, by }: { readonly entry: string; readonly by: LocalText },
  author: string,
): Promise<CatalogueResult<{ on: string }>> {
  const view = await room.views.load(tx);
  if ((await findOwn(room, tx, view, entry)).length === 0)
    return refuse('ENTRY_UNKNOWN', { entry });
  const at = room.ports.clock.now();
  const on = dateAt(at);
  await signHead(room, tx, await room.views.addCheck(tx, view, { entry, on, by, at, author }));
  return done({ on });
}

/** A dated correction beside a published edition (LIST-5), signed with the list key. */
export async function addErratum<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  { edition, entry, field, correction }: ErratumAsked,
): Promise<CatalogueResult<{ number: number }>> {
  const self = selfOf(room);
  const view = await room.views.load(tx);
  const published = view.state.editions.find(({ signed }) => signed.number === edition)?.signed;
  if (published === undefined) return refuse('EDITION_UNKNOWN');
  const named = published.parts.find(({ party }) => party === self);
  const part = named === undefined ? undefined : await room.shelf.load(tx, named.hash);
  if (part?.entries.some(({ id }) => id === entry) !== true)
    return refuse('ENTRY_UNKNOWN', { entry });
  const time = room.ports.clock.now();
  const own = await ownListKey(room, tx, time);
  if (own === undefined) return refuse('TRUST_MISSING');
  const numbers = view.state.errata.filter(({ signed }) => signed.party === self);
  const number = Math.max(0, ...numbers.map(({ signed }) => signed.number)) + 1;
  const erratum: Erratum = {
    ...{ type: 'tongyu.erratum', party: self, number, time },
    ...{ edition: { number: edition, hash: documentHash(published) }, entry, field, correction },
  };
  const signer = ownSigner(room.trust.room, own.key);
  const signature = await signContent(erratum, self, own.key.keyId, signer);
  const signed = { signed: erratum, signatures: [signature] };
  const offer = { ...EMPTY_CATALOGUE_OFFER, errata: [signed] };
  const taken = await takeOffer(room, tx, view, offer);
  const [refusal] = taken.refusals;
  if (refusal !== undefined) return refuse(refusal.code);
  const trust = await room.trust.view(tx);
  await sendToAll(room.trust.room, tx, trust, 'erratum.publish', { erratum: asJson(signed) });
  return done({ number });
}
