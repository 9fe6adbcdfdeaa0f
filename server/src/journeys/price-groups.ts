import { claimOf, differsFrom, priceGroup, type GroupFacts, type GroupTap } from '@tongyu/domain';
import {
  canonicalJson,
  LONGEST_JOURNEY_SECONDS,
  type GroupClaim,
  type JourneyLine,
  type PartyId,
  type Repair,
  type TapId,
} from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { GroupId, GroupRow } from '../store/journey-tables.ts';
import { openCeilings, type Ceilings } from './ceilings.ts';
import { sendClaims, type ClaimToSend } from './send-claims.ts';
import {
  byTimeThenId,
  groupTapsOf,
  isOwnTap,
  keptTapOfHost,
  takenByDayBefore,
  type KeptTap,
} from './group-taps.ts';
import type { JourneyRoom } from './room.ts';
import { heldByLine, openTermsBook, type TermsBook } from './terms-book.ts';

/** So that no transaction takes long, and none of those that bring taps in has to wait for it. */
const GROUPS_PER_BATCH = 200;
const GROUPS_PER_TURN = 40;
/** What a claim may name of one group, and what a line may. */
const MAX_GROUP_TAPS = 500;
const MAX_LINE_TAPS = 50;
const MAX_REPAIRS = 100;

/**
 * Prices what came first of that which is due: lines, exceptions, ceilings and the claims to the
 * home cities are one transaction (JRN-4.3). Answers how many groups it looked at.
 */
export async function priceDue<Tx extends CityTables>(room: JourneyRoom<Tx>): Promise<number> {
  const { faults } = room.ports;
  const count = await room.store.transaction(async (tx) => {
    const now = room.ports.clock.now();
    const due = await tx.host.takeDue(now, GROUPS_PER_BATCH);
    if (due.length === 0) return 0;
    await priceRows(room, tx, due, now);
    faults.point('lines/before-commit');
    return due.length;
  });
  faults.point('lines/after-commit');
  if (count > 0) room.peers.kick();
  return count;
}

async function priceRows<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  due: readonly GroupRow[],
  now: number,
): Promise<void> {
  const facts = await loadFacts(room, tx, due);
  const ceilings = await openCeilings(tx, facts.book);
  const outcomes: GroupOutcome[] = [];
  for (const [i, group] of due.entries()) {
    if (i % GROUPS_PER_TURN === GROUPS_PER_TURN - 1) await room.ports.breathe();
    outcomes.push(priceOne(room, group, facts, ceilings, now));
  }
  await ceilings.save(tx);
  await saveOutcomes(tx, outcomes, now);
  const excluded = outcomes.flatMap((outcome) => outcome.excluded);
  for (const exception of ['GROUP_FULL', 'HOME_REFUSED'] as const) {
    const taps = excluded.filter((one) => one.exception === exception);
    if (taps.length > 0)
      await tx.host.exclude(
        taps.map(({ tap }) => keyOfId(tap.id)),
        exception,
      );
  }
  await markDayAfter(tx, facts.tapsOf, due);
  await sendClaims(
    room,
    tx,
    outcomes.flatMap(({ toSend }) => toSend),
    facts.book,
    now,
  );
}

type BatchFacts = {
  /** Of the due groups and of the groups of the day before theirs. */
  readonly tapsOf: (id: GroupId) => readonly KeptTap[];
  /** By the tap that they name: a repair goes with it from one day's group to another's. */
  readonly repairsOf: (home: PartyId, tap: TapId) => readonly Repair[];
  /** The last claims. */
  readonly before: ReadonlyMap<string, GroupClaim>;
  readonly book: TermsBook;
};

async function loadFacts<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  tx: Tx,
  due: readonly GroupRow[],
): Promise<BatchFacts> {
  const tapsOf = new Map<string, KeptTap[]>();
  const load = async (ids: readonly GroupId[]): Promise<void> => {
    for (const id of ids) tapsOf.set(nameOf(id), []);
    for (const row of await tx.host.groupTaps(ids)) {
      tapsOf.get(nameOf(row))?.push(keptTapOfHost(row));
    }
  };
  await load(due);
  const daysBefore = due.flatMap((group): GroupId[] => {
    const taps = tapsOf.get(nameOf(group)) ?? [];
    const keys = taps.flatMap((tap) => (tap.key === group.key ? (tap.previousKey ?? []) : []));
    return [...new Set(keys)].map((key) => ({ home: group.home, key }));
  });
  const missing = daysBefore.filter((id) => !tapsOf.has(nameOf(id)));
  if (missing.length > 0) await load(missing);
  const keys = due.flatMap((group) =>
    (tapsOf.get(nameOf(group)) ?? []).map(({ key }) => ({ home: group.home, key })),
  );
  const repairs = await tx.host.repairsOf(uniqueGroups([...due, ...keys]));
  const byTap = Map.groupBy(repairs, ({ home, journey }) => `${home} ${journey}`);
  const before = new Map<string, GroupClaim>();
  for (const group of due) {
    if (group.claim !== null) before.set(nameOf(group), JSON.parse(group.claim) as GroupClaim);
  }
  const taps = [...tapsOf.values()].flat();
  const lines = [...before.values()].flatMap((claim) => claim.lines.map(heldByLine));
  return {
    tapsOf: (id) => tapsOf.get(nameOf(id)) ?? [],
    repairsOf: (home, tap) =>
      (byTap.get(`${home} ${tap}`) ?? []).map(({ text }) => JSON.parse(text) as Repair),
    before,
    book: await openTermsBook(room.list, tx, room.party, [...taps, ...lines]),
  };
}

type Excluded = {
  readonly tap: Pick<GroupTap, 'id'>;
  readonly exception: 'GROUP_FULL' | 'HOME_REFUSED';
};

export type GroupOutcome = {
  readonly group: GroupRow;
  readonly next: GroupRow;
  /** What it comes to now, claimed or not. */
  readonly claim: GroupClaim;
  readonly changed: boolean;
  readonly taps: ReadonlyMap<TapId, GroupTap>;
  readonly excluded: readonly Excluded[];
  readonly toSend: readonly ClaimToSend[];
};

function priceOne<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  group: GroupRow,
  batch: BatchFacts,
  ceilings: Ceilings,
  now: number,
): GroupOutcome {
  const { home, key, fareGroup, day } = group;
  const before = batch.before.get(nameOf(group));
  const { taps, excluded, mine } = tapsToPrice(group, batch, before);
  const repairs = mine.flatMap((tap) => batch.repairsOf(home, tap)).slice(0, MAX_REPAIRS);
  const share = ceilings.shareOf(before);
  const facts: GroupFacts = {
    ...{ host: room.party, home, key, fareGroup, day, asOf: now },
    ...{ taps, repairs, terms: (tap) => batch.book.terms(tap) },
    ceilingLeft: (service, rule) => share.left(service, rule),
  };
  const { priced, over } = priceInBounds(facts);
  excluded.push(...over.map((tap) => ({ tap, exception: 'GROUP_FULL' as const })));
  const claim = claimOf(facts, priced, group.revision + 1);
  ceilings.use(share, claim);
  const isNothing = before === undefined && priced.lines.length + priced.exceptions.length === 0;
  const isBehind = group.refusal === 'REVISION_OLDER';
  const changed = !isNothing && (isBehind || differsFrom(before, claim));
  const tapOf = new Map(taps.map((tap) => [tap.id, tap]));
  const openTimes = priced.open.map((id) => tapOf.get(id)?.time ?? now);
  const runsOut = openTimes.length === 0 ? null : Math.min(...openTimes) + LONGEST_JOURNEY_SECONDS;
  const base = { ...group, open: priced.open, lookAt: runsOut === null ? null : runsOut + 1 };
  if (!changed) {
    const again = group.tries > 0 && before !== undefined;
    const next = again ? { ...base, answered: false, refusal: null } : base;
    const toSend = again ? [{ group: next, claim: before, isAlone: true }] : [];
    return { group, next, claim, changed, taps: tapOf, excluded, toSend };
  }
  const text = canonicalJson(claim);
  const { revision } = claim;
  const next = {
    ...base,
    ...{ revision, claim: text, answered: false, refusal: null },
    tries: isBehind ? group.tries : 0,
  };
  const toSend = [{ group: next, claim, isAlone: false }];
  return { group, next, claim, changed, taps: tapOf, excluded, toSend };
}

/**
 * The taps that belong to the group: not those that yesterday's has, nor what its home city has put
 * under a key of another group, nor more than a claim can name; who was named before stays.
 */
function tapsToPrice(
  group: GroupRow,
  batch: BatchFacts,
  before: GroupClaim | undefined,
): TapsToPrice {
  const kept = batch.tapsOf(group);
  const taken = new Set<TapId>();
  for (const key of new Set(kept.map(({ previousKey }) => previousKey))) {
    if (key === null || key === group.key) continue;
    const dayBefore = { key, fareGroup: group.fareGroup, day: group.day - 1 };
    const { home } = group;
    for (const id of takenByDayBefore(batch.tapsOf({ home, key }), dayBefore)) taken.add(id);
  }
  const excluded: Excluded[] = kept
    .filter((tap) => tap.key === group.key && !isOwnTap(tap, group))
    .map((tap) => ({ tap, exception: 'HOME_REFUSED' }));
  const named = new Set(before?.taps);
  const all = groupTapsOf(kept, group)
    .filter((tap) => tap.carried || !taken.has(tap.id))
    .toSorted((a, b) => Number(named.has(b.id)) - Number(named.has(a.id)) || byTimeThenId(a, b));
  const full = all.slice(MAX_GROUP_TAPS).filter(({ carried }) => !carried);
  for (const tap of full) excluded.push({ tap, exception: 'GROUP_FULL' });
  const taps = all.slice(0, MAX_GROUP_TAPS);
  const carried = taps.some((tap) => tap.carried) ? takenByDayBefore(kept, group) : NONE;
  const mine = taps.filter((tap) => !tap.carried || carried.has(tap.id)).map(({ id }) => id);
  return { taps, excluded, mine };
}

const NONE: ReadonlySet<TapId> = new Set();

type TapsToPrice = {
  /** With carried ones that may end nothing here. */
  readonly taps: readonly GroupTap[];
  readonly excluded: Excluded[];
  /** Without them. */
  readonly mine: readonly TapId[];
};

/** Who taps at a gate more often than a line can name is counted so far and no further. */
function priceInBounds(facts: GroupFacts) {
  const over: GroupTap[] = [];
  let { taps } = facts;
  for (;;) {
    const priced = priceGroup({ ...facts, taps });
    const more = new Set(priced.lines.flatMap((line) => line.taps.slice(MAX_LINE_TAPS)));
    if (more.size === 0) return { priced, over };
    over.push(...taps.filter(({ id }) => more.has(id)));
    taps = taps.filter(({ id }) => !more.has(id));
  }
}

async function saveOutcomes(
  tx: CityTables,
  outcomes: readonly GroupOutcome[],
  now: number,
): Promise<void> {
  await tx.host.saveGroups(outcomes.map(({ next }) => next));
  const changed = outcomes.filter((outcome) => outcome.changed);
  if (changed.length === 0) return;
  await tx.host.replaceLines(
    changed.map(({ group }) => group),
    changed.flatMap(({ group: { home, key }, claim }) =>
      claim.lines.map((line) => ({
        ...{ home, key, journey: line.journey, day: line.day, service: line.service },
        ...{ operator: line.operator, journeyState: line.state, state: 'claimed' as const },
        ...{ reason: null, field: null, text: canonicalJson(line), taps: line.taps },
        ...{ fullFen: line.fullFen, riderFen: line.riderFen, class: line.class },
        concessionFen: concessionOf(line),
        ...{ revision: claim.revision, updatedAt: now },
      })),
    ),
    changed.flatMap(({ group: { home, key }, claim, taps }) =>
      claim.exceptions.map(({ tap, reason }) => {
        const { service = '', operator = '', time = 0 } = taps.get(tap) ?? {};
        return { home, key, tap, reason, service, operator, time, at: now };
      }),
    ),
  );
}

function concessionOf({ parts }: JourneyLine): number {
  const ofRule = parts.filter(({ kind }) => kind === 'concession' || kind === 'over-ceiling');
  return ofRule.reduce((sum, { fen }) => sum + fen, 0);
}

/** Exits that a due group may have taken or left are looked at again where they are from. */
async function markDayAfter(
  tx: CityTables,
  tapsOf: BatchFacts['tapsOf'],
  due: readonly GroupRow[],
): Promise<void> {
  const names = new Set(due.map(nameOf));
  const after = new Map<string, GroupId>();
  for (const group of due) {
    for (const { key } of tapsOf(group)) {
      const id = { home: group.home, key };
      if (key !== group.key && !names.has(nameOf(id))) after.set(nameOf(id), id);
    }
  }
  if (after.size > 0) await tx.host.markDueAgain([...after.values()]);
}

function uniqueGroups(ids: readonly GroupId[]): readonly GroupId[] {
  return [...new Map(ids.map((id) => [nameOf(id), id])).values()];
}

function nameOf({ home, key }: GroupId): string {
  return `${home} ${key}`;
}

function keyOfId(id: TapId): { readonly terminal: string; readonly number: number } {
  const [terminal = '', number] = id.split('/');
  return { terminal, number: Number(number) };
}
