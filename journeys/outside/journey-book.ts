// One city's book of journeys, kept as taps come in: what the project's own rules make of them.
import {
  headThen,
  priceGroup,
  type GroupFacts,
  type GroupTap,
  type JourneyTerms,
  type PricedGroup,
} from '@tongyu/domain';
import {
  parseCode,
  serviceDay,
  tapId,
  toHex,
  type ConcessionRule,
  type Entry,
  type Head,
  type PartyId,
  type Repair,
  type Tap,
  type TapId,
} from '@tongyu/protocol';
import { isEarlyExit, isLateEntry, journeyKey } from '../../server/src/journeys/journey-key.ts';
import type { RawTap, Records } from './many-taps.ts';

export type Book = {
  /** Taps in any order; each group that they change is priced again, from all that is there. */
  take(taps: readonly ChargedTap[]): void;
  repair(repairs: readonly Repair[]): void;
  readonly groups: ReadonlyMap<string, BookGroup>;
};

export type BookGroup = { readonly facts: GroupFacts; readonly priced: PricedGroup };

/** A tap that counts, and whose it is. */
export type ChargedTap = {
  readonly tap: Tap;
  readonly home: PartyId;
  readonly ref: string;
  readonly class: number;
};

type CeilingLeft = (key: string, service: string, rule: ConcessionRule) => number;

type Group = {
  readonly host: PartyId;
  readonly home: PartyId;
  readonly ref: string;
  readonly fareGroup: string;
  readonly day: number;
  readonly key: string;
  readonly own: Map<TapId, GroupTap>;
  readonly carried: Map<TapId, GroupTap>;
  readonly repairs: Repair[];
  result: BookGroup | undefined;
};

type GroupName = Pick<Group, 'host' | 'home' | 'ref' | 'fareGroup'>;

function nameOf({ home, ref, fareGroup }: GroupName, day: number): string {
  return `${home} ${ref} ${fareGroup} ${String(day)}`;
}

export function createBook(records: Records, ceilingLeft: CeilingLeft): Book {
  const list = readLists(records);
  const groups = new Map<string, Group>();
  const results = new Map<string, BookGroup>();
  const groupOf = new Map<TapId, Group>();
  const secrets = new Map(
    Object.entries(records.homes).map(([home, { secret }]) => [home, Buffer.from(secret, 'hex')]),
  );
  const peek = (like: GroupName, day: number): Group | undefined => groups.get(nameOf(like, day));
  const find = (like: GroupName, day: number): Group => {
    const known = peek(like, day);
    if (known !== undefined) return known;
    const { host, home, ref, fareGroup } = like;
    const name = { residentRef: ref, fareGroup, day };
    const key = journeyKey(secrets.get(home) ?? new Uint8Array(), name);
    const [own, carried] = [new Map<TapId, GroupTap>(), new Map<TapId, GroupTap>()];
    const fresh = { host, home, ref, fareGroup, day, key, own, carried, repairs: [] };
    const group: Group = { ...fresh, result: undefined };
    groups.set(nameOf(like, day), group);
    return group;
  };
  const price = (group: Group): void => {
    const { host, home, key, fareGroup, day, own, carried, repairs } = group;
    const before = peek(group, day - 1)?.result?.priced.taps ?? [];
    const mine = [...own.values()].filter(({ id }) => !before.includes(id));
    const facts: GroupFacts = {
      ...{ host, home, key, fareGroup, day, asOf: records.asOf, terms: list.terms },
      taps: [...mine, ...carried.values()],
      repairs,
      ceilingLeft: (service, rule) => ceilingLeft(key, service, rule),
    };
    group.result = { facts, priced: priceGroup(facts) };
    if (facts.taps.length > 0) results.set(key, group.result);
    else results.delete(key);
  };
  const priceAll = (changed: ReadonlySet<Group>): void => {
    for (const group of [...changed].sort((a, b) => a.day - b.day)) {
      price(group);
      const next = peek(group, group.day + 1);
      if (group.carried.size > 0 && next !== undefined && !changed.has(next)) price(next);
    }
  };
  const put = (charged: ChargedTap): readonly Group[] => {
    const { tap, home, ref } = charged;
    const host = tap.terminal.slice(0, 4);
    const like = { host, home, ref, fareGroup: list.fareGroupOf(tap) };
    const group = find(like, serviceDay(tap.time));
    const groupTap = groupTapOf(charged, list.entryOf(tap));
    group.own.set(groupTap.id, groupTap);
    groupOf.set(groupTap.id, group);
    const [before, next] = [peek(like, group.day - 1), peek(like, group.day + 1)];
    const carry = (to: Group | undefined, from: Group | undefined): void => {
      if (to === undefined || from === undefined) return;
      if (![...to.own.values()].some(isLateEntry)) return;
      for (const exit of [...from.own.values()].filter(isEarlyExit)) {
        to.carried.set(exit.id, { ...exit, carried: true });
      }
    };
    carry(before, group);
    carry(group, next);
    return before === undefined ? [group] : [before, group];
  };
  return {
    groups: results,
    take(taps) {
      priceAll(new Set(taps.flatMap(put)));
    },
    repair(repairs) {
      const changed = new Set<Group>();
      for (const repair of repairs) {
        const own = groupOf.get(repair.journey);
        if (own === undefined) continue;
        const before = peek(own, own.day - 1);
        for (const group of before?.carried.has(repair.journey) === true ? [own, before] : [own]) {
          group.repairs.push(repair);
          changed.add(group);
        }
      }
      priceAll(changed);
    },
  };
}

function groupTapOf({ tap, class: shownClass }: ChargedTap, entry: Entry | undefined): GroupTap {
  const { time, service, direction, stop, shownPriceFen, held } = tap;
  return {
    ...{ id: tapId(tap), time, service, direction, stop, carried: false },
    operator: entry?.operator.id ?? '',
    class: shownClass,
    shownFen: shownPriceFen ?? 0,
    edition: held.editionNumber,
    head: held.headNumber,
  };
}

function readLists({ editions, heads }: Records) {
  const entries = new Map<string, Entry>();
  for (const { number, parts } of editions) {
    for (const entry of parts.flatMap((part) => part.entries)) {
      entries.set(`${String(number)} ${entry.id}`, entry);
    }
  }
  const headsOf = Map.groupBy(
    heads.map(({ signed }) => signed),
    ({ party }) => party,
  );
  const entryOf = ({ service, held }: Pick<Tap, 'service' | 'held'>): Entry | undefined =>
    entries.get(`${String(held.editionNumber)} ${service}`);
  const terms = (tap: GroupTap): JourneyTerms | undefined => {
    const mine: readonly Head[] = headsOf.get(tap.service.slice(0, 4)) ?? [];
    const entry = entries.get(`${String(tap.edition)} ${tap.service}`);
    const head = mine.find(({ number }) => number === tap.head);
    if (entry === undefined || head === undefined) return undefined;
    return { entry, head, headThen: headThen(head, mine, tap.time) };
  };
  return { entryOf, terms, fareGroupOf: (tap: Tap) => entryOf(tap)?.fareGroup ?? '' };
}

/** TAP-3.5 and the cut-off of JRN-4.6, over the taps in the order in which they were stored. */
export function chargedTaps({ taps, homes, asOf }: Records): readonly ChargedTap[] {
  const seen = new Set<string>();
  return taps.flatMap(({ tap: { signed }, stored, answered }: RawTap) => {
    const parsed = parseCode(signed.code ?? '');
    if (!parsed.ok) return [];
    const { pass, time } = parsed.code;
    const tag = toHex(pass.tag);
    const presentation = `${signed.terminal.slice(0, 4)} ${pass.issuer} ${tag} ${String(time)}`;
    const isFirst = !seen.has(presentation);
    seen.add(presentation);
    const ref = homes[pass.issuer]?.residents[tag];
    const isInTime = stored - signed.time <= CUT_OFF_SECONDS;
    const isAnswered = answered !== null && answered - signed.time <= CUT_OFF_SECONDS;
    if (!isFirst || !isInTime || !isAnswered || ref === undefined || asOf === 0) return [];
    return [{ tap: signed, home: pass.issuer, ref, class: pass.class }];
  });
}

const CUT_OFF_SECONDS = 10 * 86_400;
