import type {
  ConcessionRule,
  DateText,
  EditionId,
  Entry,
  Erratum,
  Head,
  LocalText,
  NamedPart,
  PartyId,
  Suspension,
} from '@tongyu/protocol';
import { treat } from '../entitlement/entitle.ts';
import { isHeadGood, suspensionsOf } from '../entitlement/suspensions.ts';
import type { Entitled, Entitlement, Quote, Rider } from '../entitlement/types.ts';
import type { FieldChange } from './difference.ts';
import { lastCheck, whyUnusable, type LastCheck, type Unusable } from './usable.ts';

/** An entry of the edition in force, with what its city has said of it since. */
export type ListedEntry = {
  readonly entry: Entry;
  /** The whole service is closed by its host; null when it is not. */
  readonly suspension: Suspension | null;
  readonly suspendedRules: readonly Suspension[];
  readonly checked: LastCheck;
  /** Why it is not "usable now"; empty when it is. */
  readonly unusable: readonly Unusable[];
  /** Whether the city's last word is younger than 72 h; gates let nobody in without one. */
  readonly isTold: boolean;
};

export function listedEntry(entry: Entry, head: Head | undefined, now: number): ListedEntry {
  const ofEntry = suspensionsOf(head, entry.id);
  return {
    entry,
    suspension: ofEntry.find(({ rule }) => rule === null) ?? null,
    suspendedRules: ofEntry.filter(({ rule }) => rule !== null),
    checked: lastCheck(entry, head),
    unusable: whyUnusable(entry, head, now),
    isTold: isHeadGood(head, now),
  };
}

/** One concession of an entry, and what its riders pay under it. */
export type RulePrice = {
  readonly rule: ConcessionRule;
  readonly quote: Quote | undefined;
  readonly state: 'holds' | 'to-come' | 'over' | 'suspended';
  /** For everybody. */
  readonly suspension: Suspension | null;
  /** For residents of single cities. */
  readonly stoppedFor: readonly PartyId[];
};

/** What others pay: each concession by itself, on a date. */
export function rulePrices(listed: ListedEntry, date: DateText): readonly RulePrice[] {
  const { entry, suspendedRules } = listed;
  return entry.rules.map((rule) => {
    const ofRule = suspendedRules.filter((one) => one.rule === rule.id);
    const suspension = ofRule.find(({ residence }) => residence === null) ?? null;
    const stoppedFor = ofRule.flatMap(({ residence }) => (residence === null ? [] : [residence]));
    const rider = { residence: rule.residences[0] ?? '', class: rule.class };
    const only = { ...entry, rules: [rule] };
    const treatment = treat({ entry: only, rider, date: rule.from, usesToday: () => 0 }, []);
    const quote = treatment.admitted ? treatment : undefined;
    return { rule, quote, state: stateOf(rule, suspension, date), suspension, stoppedFor };
  });
}

function stateOf(
  rule: ConcessionRule,
  suspension: Suspension | null,
  date: DateText,
): RulePrice['state'] {
  if (suspension !== null) return 'suspended';
  if (date < rule.from) return 'to-come';
  return rule.until !== null && date > rule.until ? 'over' : 'holds';
}

/** What a reader is told of one published edition. Times are Unix seconds. */
export type EditionFacts = {
  readonly id: EditionId;
  readonly number: number;
  readonly hash: string;
  readonly opened: number;
  readonly made: number;
  readonly effectiveFrom: number;
  readonly previous: { readonly id: EditionId | null; readonly hash: string } | null;
  readonly root: { readonly number: number; readonly hash: string };
  readonly parts: readonly NamedPart[];
  readonly entries: number;
  readonly signedBy: readonly PartyId[];
  readonly state: 'to-come' | 'in-force' | 'past';
  /** In force, and its half-year is over without a successor (LIST-3.8). */
  readonly isOverdue: boolean;
};

/** An erratum with the edition that it stands beside. */
export type ListedErratum = Pick<
  Erratum,
  'party' | 'number' | 'time' | 'entry' | 'field' | 'correction'
> & { readonly edition: EditionId | null };

/** One change of an edition against the one before. */
export type ListedChange = {
  readonly party: PartyId;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly id: string;
  readonly name: LocalText;
  /** Null where the city's part gives none: against nothing, or a part that is not here. */
  readonly reason: LocalText | null;
  readonly fields: readonly FieldChange[];
};

export type ChangeCounts = {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
};

/** What somebody asks the list for. `text` is what they typed. */
export type ListQuery = {
  readonly text: string;
  readonly city: PartyId | null;
  readonly category: string | null;
  readonly audience: 'residents' | 'organisations' | null;
  readonly usable: boolean;
  readonly offset: number;
  readonly limit: number;
};

/** Why the list does not answer. */
export type ListRefusal =
  | 'QUERY_TOO_LONG'
  | 'QUERY_TOO_MANY_WORDS'
  | 'QUERY_TOO_BROAD'
  | 'PAGE_OUT_OF_RANGE'
  | 'FILTER_UNKNOWN';

/** What every public page of the list knows. */
export type PublicPage = {
  readonly now: number;
  readonly isDemo: boolean;
  /** Address of the site, without a slash at the end; permanent links begin with it. */
  readonly origin: string;
  /** Null before the first edition is in force. */
  readonly inForce: EditionFacts | null;
};

export type ListPage = PublicPage & {
  readonly query: ListQuery;
  readonly cities: readonly PartyId[];
  readonly result:
    | { readonly ok: true; readonly total: number; readonly entries: readonly ListedEntry[] }
    | { readonly ok: false; readonly refusal: ListRefusal };
};

export type EntryPage = PublicPage & {
  readonly listed: ListedEntry;
  readonly errata: readonly ListedErratum[];
  /** Null until somebody has said where they live. */
  readonly rider: Rider | null;
  readonly quote: Entitled | null;
  readonly prices: readonly RulePrice[];
};

/** Why a rider pays what they pay, rule by rule (ENT-4.2). */
export type ExplainPage = PublicPage & {
  readonly listed: ListedEntry;
  /** Null until somebody has said where they live. */
  readonly rider: Rider | null;
  /** False: the address names a residence or class that does not exist. */
  readonly isKnown: boolean;
  readonly treatment: Entitlement | null;
  /** Of the same rules, in the same order. */
  readonly prices: readonly RulePrice[];
};

export type EditionsPage = PublicPage & { readonly editions: readonly EditionFacts[] };

export type EditionPage = PublicPage & {
  readonly edition: EditionFacts;
  readonly counts: ChangeCounts;
  readonly errata: readonly ListedErratum[];
};

export type DifferencePage = PublicPage & {
  readonly edition: EditionFacts;
  readonly city: PartyId | null;
  readonly counts: ChangeCounts;
  readonly byCity: readonly (ChangeCounts & { readonly party: PartyId })[];
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
  readonly changes: readonly ListedChange[];
};

export type ReportPage = PublicPage & {
  /** The entry that it is about, or null: of a city, or of all. */
  readonly entry: { readonly id: string; readonly name: LocalText } | null;
  readonly city: PartyId | null;
  readonly cities: readonly PartyId[];
  readonly kind: 'error' | 'wish';
  readonly text: string;
  /** What was wrong with what they sent; null on the empty form. */
  readonly refusal: ReportRefusal | null;
};

export type ReportRefusal =
  'MALFORMED' | 'TEXT_MISSING' | 'TEXT_TOO_LONG' | 'ENTRY_UNKNOWN' | 'TOO_MANY' | 'DESK_CLOSED';

/** In UTF-16 units. */
export const MAX_REPORT_LENGTH = 500;

export type SentPage = PublicPage & { readonly reference: string };
