import {
  canonicalJson,
  type GroupAnswer,
  type GroupClaim,
  type GroupRefusal,
  type PartyId,
  type Repair,
  type TapId,
} from '@tongyu/protocol';
import type { HomeGroupRow, HomeRepairRow } from '../store/journey-tables.ts';
import {
  groupTapsOf,
  isCarriedTap,
  isOwnTap,
  takenByDayBefore,
  type KeptTap,
} from './group-taps.ts';
import type { TermsBook } from './terms-book.ts';

/** A claim that was looked at before, with what was answered. */
export type HeldClaim = {
  readonly row: HomeGroupRow;
  readonly claim: GroupClaim;
  readonly answer: GroupAnswer;
};

/** What the home city looks a claim up in. */
export type ClaimFacts = {
  readonly host: PartyId;
  readonly now: number;
  /** Trips at this host: charged ones, of the claims' taps and of what was held before. */
  readonly trips: ReadonlyMap<TapId, KeptTap>;
  /** Of a known key. */
  readonly residentOf: (key: string) => string | undefined;
  /** A trip of each key, whether a claim names it or not. */
  readonly ofKey: ReadonlyMap<string, KeptTap>;
  /** By key; also of the days before. Grows with each claim that is looked at. */
  readonly held: Map<string, HeldClaim>;
  readonly repairs: ReadonlyMap<string, HomeRepairRow>;
  readonly book: TermsBook;
};

/** Why the group is not looked at, the first reason that applies (JRN-4.4). */
export function refuseClaim(claim: GroupClaim, facts: ClaimFacts): GroupRefusal | undefined {
  if (!isKeyKnown(claim, facts)) return 'KEY_UNKNOWN';
  const held = facts.held.get(claim.key);
  if (held !== undefined && claim.revision <= held.row.revision) return 'REVISION_OLDER';
  if (!claim.taps.every((tap) => isTapOf(tap, claim, facts))) return 'TAP_UNKNOWN';
  if (!areCarriedOnesEnds(claim, facts)) return 'TAP_UNKNOWN';
  if (held !== undefined && isOneLost(held.claim, claim, facts)) return 'TAP_LOST';
  if (!claim.repairs.every((repair) => isRepairKnown(repair, claim, facts))) {
    return 'REPAIR_UNKNOWN';
  }
  const first = claim.lines.map(({ journey }) => facts.trips.get(journey));
  const isHeld = first.every((tap) => tap === undefined || facts.book.holds(tap));
  return isHeld ? undefined : 'TERMS_UNKNOWN';
}

/** Whether it is the claim that was answered already: then it gets the same answer. */
export function isHeldAlready(claim: GroupClaim, held: HeldClaim | undefined): boolean {
  return held?.row.revision === claim.revision && held.row.claim === canonicalJson(claim);
}

/** For this fare group and day; the taps' services must be of that fare group too (JRN-1.2). */
function isKeyKnown(claim: GroupClaim, { ofKey, trips, book }: ClaimFacts): boolean {
  const known = ofKey.get(claim.key);
  if (known === undefined) return false;
  if (!isOwnTap(known, claim) && !isCarriedTap(known, claim)) return false;
  return claim.taps.every((id) => {
    const tap = trips.get(id);
    const entry = tap === undefined ? undefined : book.terms(tap)?.entry;
    return entry === undefined || entry.fareGroup === claim.fareGroup;
  });
}

function isTapOf(id: TapId, claim: GroupClaim, { trips, held }: ClaimFacts): boolean {
  const tap = trips.get(id);
  if (tap === undefined) return false;
  if (isCarriedTap(tap, claim)) return true;
  if (!isOwnTap(tap, claim)) return false;
  const dayBefore = tap.previousKey === null ? undefined : held.get(tap.previousKey);
  return dayBefore?.claim.taps.includes(id) !== true;
}

/** A carried exit that ends nothing here belongs to the group of its own day (JRN-2.6). */
function areCarriedOnesEnds(claim: GroupClaim, facts: ClaimFacts): boolean {
  const taps = tapsOfClaim(claim, facts);
  const carried = taps.filter((tap) => isCarriedTap(tap, claim));
  if (carried.length === 0) return true;
  const taken = takenByDayBefore(taps, claim);
  return carried.every(({ id }) => taken.has(id));
}

/** A tap may only go where it may belong as well: from its own day to yesterday's, and back. */
function isOneLost(before: GroupClaim, claim: GroupClaim, { trips }: ClaimFacts): boolean {
  const named = new Set(claim.taps);
  return before.taps.some((id) => !named.has(id) && (trips.get(id)?.previousKey ?? null) === null);
}

/** The host makes waivers; everything else we have made ourselves. */
function isRepairKnown(repair: Repair, claim: GroupClaim, facts: ClaimFacts): boolean {
  if (repair.kind === 'waive') return repair.id.startsWith(`${facts.host}-r-`);
  const row = facts.repairs.get(repair.id);
  if (row?.host !== facts.host || !claim.taps.includes(repair.journey)) return false;
  return row.text === canonicalJson(repair);
}

export function tapsOfClaim(claim: GroupClaim, { trips }: ClaimFacts): readonly KeptTap[] {
  return claim.taps.map((id) => trips.get(id)).filter((tap) => tap !== undefined);
}

export function groupTapsOfClaim(claim: GroupClaim, facts: ClaimFacts) {
  return groupTapsOf(tapsOfClaim(claim, facts), claim);
}
