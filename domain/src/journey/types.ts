import type {
  ConcessionRule,
  Direction,
  Entry,
  GroupException,
  Head,
  JourneyKey,
  JourneyLine,
  PartyId,
  Repair,
  TapId,
} from '@tongyu/protocol';

/** An accepted and charged tap of one rider, as pairing sees it (JRN-2). */
export type GroupTap = {
  readonly id: TapId;
  readonly time: number;
  readonly service: string;
  readonly operator: string;
  readonly direction: Direction;
  readonly stop: string | null;
  /** Of the shown pass. */
  readonly class: number;
  readonly shownFen: number;
  /** What its terminal held. */
  readonly edition: number;
  readonly head: number;
  /**
   * An exit of the next service day before 07:00 that the home city offered by its previous key: it
   * belongs here only if it ends a journey that began here (JRN-2.6).
   */
  readonly carried: boolean;
};

/** The list as one tap's terminal held it. */
export type JourneyTerms = {
  readonly entry: Entry;
  /** The host's head that the terminal held. */
  readonly head: Head;
  /**
   * The host's newest head at the time of the tap; the same, unless the held one was more than 24 h
   * old then. What it had suspended by then, the host bears (JRN-3.5).
   */
  readonly headThen: Head;
};

/** All that a group's lines stand on. The same facts make the same lines, in whatever order. */
export type GroupFacts = {
  readonly host: PartyId;
  readonly home: PartyId;
  readonly key: JourneyKey;
  readonly fareGroup: string;
  readonly day: number;
  readonly taps: readonly GroupTap[];
  readonly repairs: readonly Repair[];
  /** Entries without an exit are closed when they are older than the longest journey by now. */
  readonly asOf: number;
  /** Undefined: edition, head or entry is not known. */
  readonly terms: (tap: GroupTap) => JourneyTerms | undefined;
  /**
   * What is left under the ceiling of a rule that another party funds, before this group. The rule
   * is the one of the tap's edition: each signature of a funder has a ceiling of its own (JRN-3.6).
   */
  readonly ceilingLeft: (service: string, rule: ConcessionRule) => number;
};

export type PricedGroup = {
  /** By time of the first tap, then by journey. */
  readonly lines: readonly JourneyLine[];
  readonly exceptions: readonly GroupException[];
  /** Entries that wait for their exit. */
  readonly open: readonly TapId[];
  /** Every tap that belongs here, rising: all but carried ones that ended nothing. */
  readonly taps: readonly TapId[];
};
