import {
  acceptCatalogue,
  documentHash,
  rootOfEdition,
  runChecks,
  type CatalogueOffer,
  type CatalogueRefusal,
  type Edition,
  type PartyId,
  type Root,
  type SignedEdition,
  type SignedRoot,
} from '@tongyu/protocol';
import type { TrustTables } from '../store/trust-tables.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../trust/types.ts';
import type { CatalogueView } from './catalogue-view.ts';
import type { CatalogueRoom, ListTables } from './room.ts';

/** More than any region will have had between two editions. */
const MAX_ROOTS = 200;

export type TakenCatalogue = {
  readonly view: CatalogueView;
  readonly refusals: readonly TakenRefusal[];
  /** Good editions of the offer, rising, that wait for their parts. */
  readonly waiting: readonly WaitingEdition[];
};

export type TakenRefusal =
  | CatalogueRefusal
  | { readonly code: 'TRUST_MISSING' }
  | { readonly code: 'HEAD_IN_FUTURE'; readonly party: PartyId };
export type WaitingEdition = { readonly edition: SignedEdition; readonly root: Root };

/** The roots that this node has held, from a number on. */
export function rootsFrom(tx: TrustTables, number: number): Promise<readonly SignedRoot[]> {
  return tx.trust.rootsAfter(number - 1, MAX_ROOTS);
}

/** The root that an edition or opening names, if this node has held exactly that one. */
export async function namedRoot(
  tx: TrustTables,
  named: Edition['root'],
): Promise<Root | undefined> {
  const [root] = await tx.trust.rootsAfter(named.number - 1, 1);
  if (root?.signed.number !== named.number) return undefined;
  return documentHash(root.signed) === named.hash ? root.signed : undefined;
}

/**
 * The part of an offer that holds, saved in the caller's transaction (LIST-6.3), whoever brought
 * it. An edition counts only once its parts are here; what is in the table of parts was checked.
 */
export async function takeOffer<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
  offer: CatalogueOffer,
): Promise<TakenCatalogue> {
  const trust = (await room.trust.view(tx)).held;
  if (trust === undefined) return { view, refusals: [{ code: 'TRUST_MISSING' }], waiting: [] };
  const roots = [...(await ownRootsFor(tx, offer.editions)), ...offer.roots];
  // One head from a clock that is fast would keep its city from signing a later one (LIST-4.3).
  const latest = room.ports.clock.now() + CLOCK_TOLERANCE_SECONDS;
  const heads = offer.heads.filter(({ signed }) => signed.time <= latest);
  const early = offer.heads
    .filter(({ signed }) => signed.time > latest)
    .map(({ signed }) => ({ code: 'HEAD_IN_FUTURE', party: signed.party }) as const);
  const accept = (editions: readonly SignedEdition[]) =>
    runChecks(
      acceptCatalogue(trust, view.state, { ...offer, editions, heads, roots }),
      room.ports.verify,
    );
  let accepted = accept(offer.editions);
  const fresh = accepted.state.editions.filter((one) => !view.state.editions.includes(one));
  const complete = await firstComplete(room, tx, fresh);
  const refusals = [...accepted.refusals, ...early];
  const waiting = fresh.slice(complete).flatMap((edition) => {
    const root = rootOfEdition(edition.signed, trust.root, roots);
    return root === undefined ? [] : [{ edition, root }];
  });
  if (complete < fresh.length) accepted = accept(fresh.slice(0, complete));
  if (!accepted.changed) return { view, refusals, waiting };
  let next = await room.views.saveState(tx, view, accepted.state);
  for (const edition of fresh.slice(0, complete)) {
    const { number, id } = edition.signed;
    room.ports.log.info({ version: number }, `edition ${id} of the service list is here`);
    next = await closeOpenings(room, tx, next, edition);
  }
  return { view: next, refusals, waiting };
}

async function ownRootsFor(
  tx: TrustTables,
  editions: readonly SignedEdition[],
): Promise<readonly SignedRoot[]> {
  const oldest = Math.min(...editions.map(({ signed }) => signed.root.number));
  return editions.length === 0 ? [] : rootsFrom(tx, oldest);
}

/** How many of these editions, from the first on, have all their parts here. */
async function firstComplete<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  editions: readonly SignedEdition[],
): Promise<number> {
  for (const [i, { signed }] of editions.entries()) {
    for (const { party, hash, count } of signed.parts) {
      const facts = await room.shelf.factsOf(tx, hash);
      const isIt = facts?.party === party && facts.edition === signed.id;
      if (!isIt || facts.count !== count) return i;
    }
  }
  return editions.length;
}

/** What was open under its number is published; what was open below can be no more. */
async function closeOpenings<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
  { signed }: SignedEdition,
): Promise<CatalogueView> {
  const changedAt = room.ports.clock.now();
  let next = view;
  for (const opening of view.openings) {
    if (opening.state === 'published' || opening.number > signed.number) continue;
    const isIt = opening.number === signed.number;
    if (!isIt && opening.state === 'withdrawn') continue;
    const state = isIt ? ('published' as const) : ('withdrawn' as const);
    const edition = isIt ? signed : opening.edition;
    next = await room.views.saveOpening(tx, next, { ...opening, state, changedAt, edition });
  }
  return next;
}
