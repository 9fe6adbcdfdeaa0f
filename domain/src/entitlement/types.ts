import type { ConcessionRule, DateText, Entry, Head, PartyId } from '@tongyu/protocol';

/** Whose code is shown: where they live, and the class that the shown pass carries (CODE-3.7). */
export type Rider = {
  readonly residence: PartyId;
  /** 0 for none. */
  readonly class: number;
};

/** All that the treatment of one rider at one service stands on (ENT-1). */
export type EntitlementFacts = TreatmentFacts & {
  /** The host's newest head that is held; undefined for none. */
  readonly head: Head | undefined;
  /**
   * When it is looked at, to tell a head that is too old. Left out for a tap that was accepted: its
   * terminal held a good one.
   */
  readonly now?: number;
};

/** The same but for what the host has said since the edition. */
export type TreatmentFacts = {
  readonly entry: Entry;
  readonly rider: Rider;
  /** Date of the service day. */
  readonly date: DateText;
  /** The tariff of the journey; left out while it is not known how far one goes. */
  readonly fullFen?: number;
  /**
   * How many journeys of the day have used a rule up to now; left out where nobody can know, as at
   * a terminal. Then a rule with a daily number is `unknown`, not `no`.
   */
  readonly usesToday?: (ruleId: string) => number;
};

/** What a rider is treated to, and every reason for it. */
export type Entitlement = Entitled | NotEntitled;

/** The service has no price for this residence (LIST-1.5). */
export type NotEntitled = { readonly admitted: false; readonly findings: readonly RuleFinding[] };

export type Entitled = Quote & {
  readonly admitted: true;
  /** Every rule of the entry, in its order. */
  readonly findings: readonly RuleFinding[];
};

/** What one rider pays (ENT-3). */
export type Quote = {
  /** The most that may be asked. Nobody pays more than was shown. */
  readonly priceFen: number;
  /** The least: below `priceFen` where distance or a daily number decides. */
  readonly fromFen: number;
  /** The most without any concession. */
  readonly fullFen: number;
  /** The concession that makes the price; null for the full price. */
  readonly rule: ConcessionRule | null;
};

export type RuleFinding = {
  readonly rule: ConcessionRule;
  readonly standing: RuleStanding;
  /** All that stands against it or leaves it open; empty for `applied`. */
  readonly reasons: readonly RuleReason[];
};

export const RULE_STANDINGS = ['applied', 'fits', 'no', 'unknown'] as const;
export type RuleStanding = (typeof RULE_STANDINGS)[number];

/** The closed list of ENT-2, in the order in which reasons are listed. */
export const RULE_REASONS = [
  'RESIDENCE_NOT_NAMED',
  'CLASS_NOT_SHOWN',
  'NOT_YET',
  'ENDED',
  'SUSPENDED',
  /** For residents of this city only: a mutual rule that one side has stopped. */
  'SUSPENDED_FOR_RESIDENCE',
  'DAILY_NUMBER_USED',
  /** Unknown, not no: how often the rider has used it today is not known here. */
  'DAILY_NUMBER_OPEN',
  /** Unknown, not no: no head, or one too old to tell whether it is suspended. */
  'LIST_TOO_OLD',
  /** It fits, but another one or the full price is as low. */
  'NOT_LOWEST',
] as const;
export type RuleReason = (typeof RULE_REASONS)[number];
