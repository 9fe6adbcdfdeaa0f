import assert from 'node:assert/strict';
import {
  currentKeys,
  documentText,
  EMPTY_CATALOGUE_OFFER,
  neededEditions,
  sectionOf,
  serviceDay,
  signContent,
  utf8,
  type Head,
  type HeldTrust,
  type Part,
  type SectionKey,
  type SignedHead,
  type Verification,
} from '@tongyu/protocol';
import { ownSigner } from '../trust/own-section.ts';
import { asJson, sendToAll } from '../trust/send-trust.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../trust/types.ts';
import type { CatalogueView } from './catalogue-view.ts';
import { referenceOf } from './offer-catalogue.ts';
import { selfOf, type CatalogueRoom, type ListTables } from './room.ts';
import { isSuspendedSaid, suspendedNow } from './suspended-now.ts';
import { takeOffer } from './take-catalogue.ts';

/** A longer head does not fit into an envelope; nodes pull that one. */
const MAX_HEAD_BYTES_IN_MESSAGE = 2_800_000;
const MAX_LISTED = 2_500;

export function ownHead<T extends ListTables>(
  room: CatalogueRoom<T>,
  view: CatalogueView,
): SignedHead | undefined {
  const self = selfOf(room);
  return view.state.heads.find(({ signed }) => signed.party === self);
}

/** This city's parts of the editions in force and to come. */
export async function ownParts<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
): Promise<readonly Part[]> {
  const self = selfOf(room);
  const needed = neededEditions(view.state.editions, room.ports.clock.now());
  const parts: Part[] = [];
  for (const { signed } of needed) {
    const named = signed.parts.find(({ party }) => party === self);
    const part = named === undefined ? undefined : await room.shelf.load(tx, named.hash);
    if (part !== undefined) parts.push(part);
  }
  return parts;
}

/** The list key that everybody who checks the head will find. */
export async function ownListKey<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  time: number,
): Promise<{ readonly trust: HeldTrust; readonly key: SectionKey } | undefined> {
  const trust = (await room.trust.view(tx)).held;
  const section = trust === undefined ? undefined : sectionOf(trust, selfOf(room));
  if (trust === undefined || section === undefined) return undefined;
  const key = currentKeys(section, 'list', serviceDay(time)).at(-1);
  return key === undefined ? undefined : { trust, key };
}

/** Whether something in the head would be another, or it is a day old. Cheap. */
export async function isHeadDue<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
): Promise<boolean> {
  const newest = view.state.editions.at(-1);
  const self = selfOf(room);
  if (newest?.signed.parts.some(({ party }) => party === self) !== true) return false;
  const head = ownHead(room, view)?.signed;
  if (head?.edition?.number !== newest.signed.number) return true;
  const age = room.ports.clock.now() - head.time;
  if (age >= room.config.settings.headSeconds || age < -CLOCK_TOLERANCE_SECONDS) return true;
  return !(await isSuspendedSaid(room, tx, view, head));
}

/**
 * Signs the next head and sends it to all (LIST-4.2); answers the view as it was when there is
 * nothing to say, since no edition names this city or its section is in no bundle yet.
 */
export async function signHead<T extends ListTables>(
  room: CatalogueRoom<T>,
  tx: T,
  view: CatalogueView,
): Promise<CatalogueView> {
  const self = selfOf(room);
  const before = ownHead(room, view)?.signed;
  const now = room.ports.clock.now();
  // A clock that was far ahead has made a head that nobody took: what follows it is of today.
  const wasAhead = before !== undefined && before.time > now + CLOCK_TOLERANCE_SECONDS;
  // A clock that was set back a little must not make a head that others refuse as older.
  const time = wasAhead ? now : Math.max(now, before?.time ?? 0);
  const own = await ownListKey(room, tx, time);
  const newest = view.state.editions.at(-1);
  if (own === undefined || newest === undefined) return view;
  const parts = await ownParts(room, tx, view);
  const head: Head = {
    type: 'tongyu.head',
    party: self,
    number: (before?.number ?? 0) + 1,
    time,
    edition: referenceOf(newest),
    verified: verificationsOf(view, parts),
    suspended: await suspendedNow(room, tx, view),
  };
  room.ports.faults.point('catalogue/before-head-signed');
  const signature = await signContent(
    head,
    self,
    own.key.keyId,
    ownSigner(room.trust.room, own.key),
  );
  const signed: SignedHead = { signed: head, signatures: [signature] };
  const offer = { ...EMPTY_CATALOGUE_OFFER, heads: [signed] };
  const others = view.state.heads.filter(({ signed: one }) => one.party !== self);
  const held = wasAhead ? { ...view, state: { ...view.state, heads: others } } : view;
  const taken = await takeOffer(room, tx, held, offer);
  assert(taken.refusals.length === 0, `an own head holds: ${taken.refusals[0]?.code ?? ''}`);
  if (utf8(documentText(signed)).length <= MAX_HEAD_BYTES_IN_MESSAGE) {
    const trust = await room.trust.view(tx);
    await sendToAll(room.trust.room, tx, trust, 'head.publish', { head: asJson(signed) });
  }
  return taken.view;
}

/** Checks that are newer than what a part says of the entry itself. */
function verificationsOf(view: CatalogueView, parts: readonly Part[]): readonly Verification[] {
  const said = new Map<string, string>();
  for (const { entries } of parts) {
    for (const { id, checked } of entries) {
      const known = said.get(id);
      if (known === undefined || checked.on < known) said.set(id, checked.on);
    }
  }
  return view.checks
    .filter(({ entry, on }) => on > (said.get(entry) ?? on))
    .slice(0, MAX_LISTED)
    .map(({ entry, on, by }) => ({ entry, on, by }));
}
