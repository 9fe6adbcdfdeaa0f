import {
  concernsResidence,
  suspensionsOf,
  treat,
  whatOpens,
  type ClosedBecause,
  type Entitled,
  type Opening,
  type Rider,
} from '@tongyu/domain';
import {
  serviceDay,
  serviceDayDate,
  type Category,
  type ConcessionRule,
  type Entry,
  type Head,
  type LocalText,
  type Suspension,
} from '@tongyu/protocol';
import type { CityList } from './city-list.ts';

/** Why a code opens nothing here; the last one is about the holder's city, not the service. */
export type Reason = ClosedBecause | 'HOME_NOT_MEMBER';

export type ServiceHere = {
  readonly entry: Entry;
  /** The price for this holder; undefined where the code opens nothing whatever the day. */
  readonly quote: Entitled | undefined;
  readonly reasons: readonly Reason[];
  readonly unchecked: boolean;
  readonly suspension: Suspension | undefined;
  /** Concessions of this holder that the city has stopped for now. */
  readonly stoppedRules: readonly (Suspension & { readonly name: LocalText })[];
};

export type ServicesHere = {
  readonly open: readonly ServiceHere[];
  /** Would open, but what this phone holds of the city is too old to tell. */
  readonly unsure: readonly ServiceHere[];
  readonly suspended: readonly ServiceHere[];
  readonly others: readonly ServiceHere[];
};

/** All services of a city for one holder, by what the code does there. */
export function servicesHere(list: CityList, rider: Rider, now: number): ServicesHere {
  const head = headOf(list);
  const isMember = list.members.includes(rider.residence);
  const all = whatOpens(list.entries, head, rider, now).map((opening) =>
    serviceHere(opening, head, rider, isMember, now),
  );
  const isUnsure = ({ reasons }: ServiceHere): boolean =>
    reasons.length === 1 && reasons[0] === 'LIST_TOO_OLD';
  const isSuspended = ({ suspension }: ServiceHere): boolean => suspension !== undefined;
  return {
    open: all.filter(({ reasons }) => reasons.length === 0),
    unsure: all.filter(isUnsure),
    suspended: all.filter(isSuspended),
    others: all.filter((one) => one.reasons.length > 0 && !isUnsure(one) && !isSuspended(one)),
  };
}

function serviceHere(
  { entry, closed, unchecked }: Opening,
  head: Head | undefined,
  rider: Rider,
  isMember: boolean,
  now: number,
): ServiceHere {
  const takesCodes = entry.access.includes('code');
  const date = serviceDayDate(serviceDay(now));
  const isFor = isMember && takesCodes && entry.audience.residents;
  const ofEntry = suspensionsOf(head, entry.id);
  const treatment = treat({ entry, rider, date }, ofEntry);
  // A service without codes is not closed to them by its age or by where somebody lives.
  const reasons: Reason[] = takesCodes
    ? [...closed, ...(isMember ? [] : (['HOME_NOT_MEMBER'] as const))]
    : closed.filter((reason) => reason !== 'LIST_TOO_OLD');
  return {
    entry,
    quote: isFor && treatment.admitted ? treatment : undefined,
    reasons,
    unchecked,
    suspension: ofEntry.find(({ rule }) => rule === null),
    stoppedRules: stoppedRules(ofEntry, entry, rider, date),
  };
}

/** Each once, though it may be stopped for everybody and for the holder's city as well. */
function stoppedRules(
  ofEntry: readonly Suspension[],
  entry: Entry,
  rider: Rider,
  date: string,
): ServiceHere['stoppedRules'] {
  const forHolder = ofEntry.filter((one) => concernsResidence(one, rider.residence));
  return entry.rules.flatMap((rule) => {
    const found = forHolder.find((one) => one.rule === rule.id);
    if (found === undefined || !concerns(entry, rule, rider, date)) return [];
    return [{ ...found, name: rule.name }];
  });
}

/** Whether the rule would be the rider's price if it stood alone and were not stopped. */
function concerns(entry: Entry, rule: ConcessionRule, rider: Rider, date: string): boolean {
  const only = { entry: { ...entry, rules: [rule] }, rider, date, usesToday: () => 0 };
  const treatment = treat(only, []);
  return treatment.admitted && treatment.rule === rule;
}

/** The parts of a head that decisions read, as a head. */
export function headOf({ party, head, edition }: CityList): Head | undefined {
  if (head === null) return undefined;
  const { number, hash } = edition;
  return { type: 'tongyu.head', party, edition: { number, hash }, ...head };
}

/** Services by category, in the order of `categories`; empty ones are left out. */
export function byCategory(
  services: readonly ServiceHere[],
  categories: readonly Category[],
): readonly (readonly [Category, readonly ServiceHere[]])[] {
  return categories
    .map((each) => [each, services.filter(({ entry }) => entry.category === each)] as const)
    .filter(([, found]) => found.length > 0);
}

/** Whether every word that was typed stands in the entry's texts, in whatever language. */
export function isFound(entry: Entry, wanted: string, categoryWords: string): boolean {
  const texts = [entry.name, entry.summary, entry.operator.name];
  const all = texts.flatMap(({ zhCN, zhTW, en }) => [zhCN, zhTW ?? '', en ?? '']);
  const place = [...all, categoryWords, entry.contact.phone ?? ''].join(' ').toLowerCase();
  const words = wanted.toLowerCase().split(/\s+/u).filter(Boolean);
  return words.every((word) => place.includes(word));
}
