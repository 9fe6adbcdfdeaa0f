import { counterpartSuspensions, inHeadOrder, type Partner } from '@tongyu/domain';
import {
  activeMembers,
  canonicalJson,
  namedPart,
  neededEditions,
  type Part,
  type SignedEdition,
  type SignedHead,
  type Suspension,
} from '@tongyu/protocol';
import type { CatalogueView } from './catalogue-view.ts';
import { selfOf, type CatalogueRoom, type ListTables } from './room.ts';

/** A head holds no more (LIST-4.3). */
export const MAX_SUSPENSIONS = 2_500;

/**
 * All that this city's next head suspends: what its office closed or stopped, and for residences of
 * partners what they have stopped of the like (LIST-4.8). The latter is worked out from the heads
 * that are held and kept nowhere, so it ends when their word ends.
 */
export async function suspendedNow<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
): Promise<readonly Suspension[]> {
  const heads = await partnersHeads(room, tx, view);
  if (view.suspensions.length === 0 && heads.length === 0) return [];
  const needed = neededEditions(view.state.editions, room.ports.clock.now());
  const listed = new Set<string>();
  const followed: Suspension[] = [];
  for (const edition of needed) {
    const own = await partOf(room, tx, edition, selfOf(room));
    if (own === undefined) continue;
    for (const { id } of own.entries) listed.add(id);
    const partners: Partner[] = [];
    for (const { signed: head } of heads) {
      const part = await partOf(room, tx, edition, head.party);
      if (part !== undefined) partners.push({ part, head });
    }
    followed.push(...counterpartSuspensions(own, partners));
  }
  const asked = view.suspensions
    .filter(({ entry }) => listed.has(entry))
    .slice(0, MAX_SUSPENSIONS)
    .map(({ entry, rule, since, reason }) => ({ entry, rule, residence: null, since, reason }));
  const left = MAX_SUSPENSIONS - asked.length;
  return inHeadOrder([...asked, ...inHeadOrder(followed).slice(0, left)]);
}

/** Heads of other active members in which a rule is stopped for everybody. Mostly there is none. */
async function partnersHeads<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
): Promise<readonly SignedHead[]> {
  const self = selfOf(room);
  const stopping = view.state.heads.filter(
    ({ signed: { party, suspended } }) =>
      party !== self &&
      suspended.some(({ rule, residence }) => rule !== null && residence === null),
  );
  if (stopping.length === 0) return stopping;
  const root = (await room.trust.view(tx)).held?.root;
  const members = new Set(
    (root === undefined ? [] : activeMembers(root)).map(({ party }) => party),
  );
  return stopping.filter(({ signed: { party } }) => members.has(party));
}

async function partOf<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  { signed }: SignedEdition,
  party: string,
): Promise<Part | undefined> {
  const named = namedPart(signed, party);
  return named === undefined ? undefined : room.shelf.load(tx, named.hash);
}

/** Whether a head says of suspensions what a view would now. Long lists are compared once. */
const known = new WeakMap<CatalogueView, { readonly of: string; readonly isSaid: boolean }>();

export async function isSuspendedSaid<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
  head: SignedHead['signed'],
): Promise<boolean> {
  const needed = neededEditions(view.state.editions, room.ports.clock.now());
  const root = (await room.trust.view(tx)).held?.root.number ?? 0;
  const of = [root, ...needed.map(({ signed }) => signed.number)].join(' ');
  const before = known.get(view);
  if (before?.of === of) return before.isSaid;
  const suspended = await suspendedNow(room, tx, view);
  const isSaid = canonicalJson(suspended) === canonicalJson(head.suspended);
  known.set(view, { of, isSaid });
  return isSaid;
}
