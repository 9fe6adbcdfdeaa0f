import { answerGroup, priceGroup, type GroupFacts } from '@tongyu/domain';
import {
  canonicalJson,
  type GroupAnswer,
  type GroupClaim,
  type JourneyLine,
  type LinesClaim,
  type PartyId,
} from '@tongyu/protocol';
import type { CityTables, TripRow } from '../store/city-tables.ts';
import type { HomeGroupRow, HomeLineRow } from '../store/journey-tables.ts';
import {
  groupTapsOfClaim,
  isHeldAlready,
  refuseClaim,
  type ClaimFacts,
  type HeldClaim,
} from './examine-claim.ts';
import { keptTapOfHome, type KeptTap } from './group-taps.ts';
import { openPaid, type Paid } from './paid.ts';
import type { JourneyRoom } from './room.ts';
import { takeHeads } from './take-heads.ts';
import { heldByLine, openTermsBook } from './terms-book.ts';

const GROUPS_PER_TURN = 20;
/** The host's clock may be ahead of ours by this much (REF-5.1). */
const AHEAD_SECONDS = 120;

/**
 * The home city's look at claims (JRN-4.4): each group by itself, from its own trips, editions and
 * kept heads. What it finds is kept with the claim and answered. The answer stands on what the home
 * city holds and on no order in which claims came; where yesterday's group has a tap by now, the
 * host claims again.
 */
export async function answerClaims<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  host: PartyId,
  { groups, heads }: LinesClaim,
): Promise<readonly GroupAnswer[]> {
  const brought = await takeHeads(room, tx, host, heads);
  const facts = await loadFacts(room, tx, host, groups, brought);
  const paid = await openPaid(room.party, tx, host, facts.book);
  const looked = new Map<string, Looked>();
  const answers: GroupAnswer[] = [];
  const byDay = groups.map((claim, place) => ({ claim, place }));
  byDay.sort((a, b) => a.claim.day - b.claim.day || a.place - b.place);
  for (const [i, { claim, place }] of byDay.entries()) {
    if (i % GROUPS_PER_TURN === GROUPS_PER_TURN - 1) await room.ports.breathe();
    const held = facts.held.get(claim.key);
    if (held !== undefined && isHeldAlready(claim, held)) {
      answers[place] = held.answer;
      continue;
    }
    const refusal = refuseClaim(claim, facts);
    if (refusal !== undefined) {
      const newer = refusal === 'REVISION_OLDER' ? (held?.row.revision ?? null) : null;
      const { key, revision } = claim;
      answers[place] = { key, revision, refusal, held: newer, lines: [] };
      continue;
    }
    const found = lookAt(room.party, claim, facts, paid);
    answers[place] = found.held.answer;
    facts.held.set(claim.key, found.held);
    looked.set(claim.key, found);
  }
  await save(tx, [...looked.values()]);
  await paid.save(tx);
  return answers;
}

async function save(tx: CityTables, looked: readonly Looked[]): Promise<void> {
  if (looked.length === 0) return;
  const lines = looked.flatMap((one) => one.lines.map((line) => [line.journey, line] as const));
  await tx.home.saveHomeGroups(
    looked.map(({ held }) => held.row),
    [...new Map(lines).values()],
  );
}

async function loadFacts<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  host: PartyId,
  groups: readonly GroupClaim[],
  brought: Awaited<ReturnType<typeof takeHeads>>,
): Promise<ClaimFacts> {
  const keys = groups.map(({ key }) => key);
  const held = await loadHeld(tx, host, keys);
  const named = groups.flatMap(({ taps }) => taps);
  const before = [...held.values()].flatMap(({ claim }) => claim.taps);
  const rows = await tx.home.tripsByTap([...new Set([...named, ...before])]);
  const atHost = rows.filter((trip) => trip.host === host && trip.charged);
  const daysBefore = atHost.flatMap(({ previousKey }) => previousKey ?? []);
  const more = await loadHeld(
    tx,
    host,
    daysBefore.filter((key) => !held.has(key)),
  );
  for (const [key, one] of more) held.set(key, one);
  const lines = [...held.values()].flatMap(({ claim }) => claim.lines.map(heldByLine));
  const book = await openTermsBook(room.list, tx, host, [...atHost, ...lines], { brought });
  const keep = (trip: TripRow) => keptTapOfHome(trip, book.terms(trip)?.entry.operator.id ?? '');
  const trips = new Map(atHost.map(keep).map((tap) => [tap.id, tap]));
  const ofKey = new Map<string, KeptTap>();
  for (const tap of trips.values()) if (tap.previousKey !== null) ofKey.set(tap.previousKey, tap);
  for (const tap of trips.values()) ofKey.set(tap.key, tap);
  const unseen = keys.filter((key) => !ofKey.has(key)).map((key) => ({ host, key }));
  const others = unseen.length === 0 ? [] : await tx.home.tripsByKey(unseen);
  const residents = new Map<string, string>();
  for (const trip of [...others, ...atHost]) {
    for (const key of [trip.key, trip.previousKey ?? trip.key]) {
      residents.set(key, trip.residentRef);
      if (!ofKey.has(key)) ofKey.set(key, keep(trip));
    }
  }
  const repairIds = groups.flatMap(({ repairs }) => repairs.map(({ id }) => id));
  const repairs = repairIds.length === 0 ? [] : await tx.home.homeRepairs(repairIds);
  return {
    ...{ host, now: room.ports.clock.now(), trips, ofKey, held, book },
    residentOf: (key) => residents.get(key),
    repairs: new Map(repairs.map((row) => [row.id, row])),
  };
}

async function loadHeld(
  tx: CityTables,
  host: PartyId,
  keys: readonly string[],
): Promise<Map<string, HeldClaim>> {
  const rows =
    keys.length === 0 ? [] : await tx.home.homeGroups(keys.map((key) => ({ host, key })));
  return new Map(
    rows.map((row) => {
      const claim = JSON.parse(row.claim) as GroupClaim;
      return [row.key, { row, claim, answer: JSON.parse(row.answer) as GroupAnswer }];
    }),
  );
}

type Looked = { readonly held: HeldClaim; readonly lines: readonly HomeLineRow[] };

function lookAt(self: PartyId, claim: GroupClaim, facts: ClaimFacts, paid: Paid): Looked {
  const { host, now, book } = facts;
  const { key, fareGroup, day, repairs } = claim;
  const before = facts.held.get(key);
  const share = paid.shareOf(before);
  const asked: GroupFacts = {
    ...{ host, home: self, key, fareGroup, day, repairs },
    taps: groupTapsOfClaim(claim, facts),
    asOf: Math.min(claim.asOf, now + AHEAD_SECONDS),
    terms: (tap) => book.terms(tap),
    ceilingLeft: (service, rule) => share.left(service, rule),
  };
  const answer = answerGroup(claim, asked);
  paid.use(share, { claim, answer });
  const isGood = answer.lines.every(({ outcome }) => outcome === 'accepted');
  const own = isGood ? [] : priceGroup({ ...asked, ceilingLeft: () => MAX_LEFT }).lines;
  const residentRef = facts.residentOf(key);
  if (residentRef === undefined) throw new Error('a claim that was looked at is of a resident');
  const row: HomeGroupRow = {
    ...{ host, key, residentRef, fareGroup, day, revision: claim.revision, at: now },
    ...{ claim: canonicalJson(claim), answer: canonicalJson(answer) },
  };
  return { held: { row, claim, answer }, lines: linesOf(row, claim, answer, own) };
}

const MAX_LEFT = Number.MAX_SAFE_INTEGER;

/** Only lines of the group's own taps are kept: a host has no word in what it has no tap of. */
function linesOf(
  { host, key, residentRef, day, at }: HomeGroupRow,
  claim: GroupClaim,
  answer: GroupAnswer,
  own: readonly JourneyLine[],
): readonly HomeLineRow[] {
  const claimed = new Map(claim.lines.map((line) => [line.journey, line]));
  const ours = new Map(own.map((line) => [line.journey, line]));
  const taps = new Set(claim.taps);
  return answer.lines.flatMap(({ journey, outcome, reason, field }): HomeLineRow[] => {
    const line = claimed.get(journey) ?? ours.get(journey);
    const mine = ours.get(journey);
    if (line === undefined || !taps.has(journey)) return [];
    return [
      {
        ...{ host, key, journey, residentRef, day, service: line.service, at },
        text: canonicalJson(line),
        ours: outcome === 'accepted' || mine === undefined ? null : canonicalJson(mine),
        ...{ outcome, reason, field },
      },
    ];
  });
}
