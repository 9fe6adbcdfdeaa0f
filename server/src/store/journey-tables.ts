import type {
  GroupRefusal,
  JourneyKey,
  JourneyState,
  LineDispute,
  ObjectionAnswer,
  PartyId,
  TapId,
} from '@tongyu/protocol';
import type { TapRow, TripRow } from './city-tables.ts';

/**
 * Journeys, in both roles of a city: host of whoever rides here, home of its own residents wherever
 * they ride. Texts are canonical JSON of the protocol's forms. Own residents who ride at home have
 * rows on both sides, as everybody else's journeys have in two cities.
 */
export type JourneyTables = {
  readonly host: HostGroupTables & HostLineTables & HostTalkTables & TapCountTables;
  readonly home: HomeGroupTables & HomeTalkTables;
};

/** A group of taps as the host knows it: who it is of, only the home city can tell. */
export type GroupId = { readonly home: PartyId; readonly key: JourneyKey };

export type GroupRow = GroupId & {
  readonly fareGroup: string;
  readonly day: number;
  /** Of the last claim; 0 before the first. */
  readonly revision: number;
  /** The last `GroupClaim`; null before the first. */
  readonly claim: string | null;
  /** When it must be looked at again even if nothing happens; null for never. */
  readonly lookAt: number | null;
  /** Whether the home city has answered the last claim. */
  readonly answered: boolean;
  /** Why the home city did not look at the last claim; null unless it refused it whole. */
  readonly refusal: GroupRefusal | null;
  /** How often the last claim was refused whole. */
  readonly tries: number;
  /** Taps of the last claim that wait for their other end. */
  readonly open: readonly TapId[];
};

/** A priced tap of the host, as pricing needs it: accepted by the home city, and charged. */
export type GroupTapRow = Pick<
  TapRow,
  | 'terminal'
  | 'number'
  | 'time'
  | 'service'
  | 'operator'
  | 'direction'
  | 'stop'
  | 'class'
  | 'shownPriceFen'
  | 'fareGroup'
  | 'edition'
  | 'head'
> &
  /** Of the group that was asked for. */
  GroupId & {
    /** Its own; another one than `key` for an exit that another group may have. */
    readonly journeyKey: JourneyKey;
    readonly previousKey: JourneyKey | null;
  };

export type DueGroup = GroupId & Pick<GroupRow, 'fareGroup' | 'day'>;

export type HostGroupTables = {
  /** To be priced: only adds to a queue, so that taps which come in wait for nobody. */
  markDue(groups: readonly DueGroup[]): Promise<void>;
  /** Those that are there. */
  markDueAgain(groups: readonly GroupId[]): Promise<void>;
  /**
   * Takes from the queue what came first, with groups that are to be looked at by now; each group
   * once, made if it is not there. Who takes them prices them in the same transaction.
   */
  takeDue(now: number, limit: number): Promise<readonly GroupRow[]>;
  groups(ids: readonly GroupId[]): Promise<readonly GroupRow[]>;
  /** Whole rows of groups that are there. */
  saveGroups(rows: readonly GroupRow[]): Promise<void>;
  /** Taps of these groups: their own, and those whose previous key is one of theirs. By time. */
  groupTaps(ids: readonly GroupId[]): Promise<readonly GroupTapRow[]>;
  /** Priced taps by their ids, each as of its own key's group. */
  tapsById(ids: readonly TapId[]): Promise<readonly GroupTapRow[]>;
  /** Taps that are priced no more; whatever they were in is to be priced again. */
  exclude(
    taps: readonly Pick<TapRow, 'terminal' | 'number'>[],
    exception: 'GROUP_FULL' | 'HOME_REFUSED',
  ): Promise<void>;
  /** Whether there is something to take. */
  hasDue(now: number): Promise<boolean>;
  /** How long the queue is. */
  countDue(): Promise<number>;
  /** Groups whose last claim the home city has not answered, by city. */
  unanswered(): Promise<ReadonlyMap<PartyId, number>>;
};

export type LineState = 'claimed' | 'accepted' | 'disputed';

export type LineRow = GroupId & {
  readonly journey: TapId;
  readonly day: number;
  readonly service: string;
  readonly operator: string;
  readonly journeyState: JourneyState;
  readonly state: LineState;
  readonly reason: LineDispute | null;
  readonly field: string | null;
  /** `JourneyLine`: the bytes that both cities compare. */
  readonly text: string;
  readonly taps: readonly TapId[];
  readonly fullFen: number;
  readonly riderFen: number;
  /** What concessions take off, with what is over a ceiling. */
  readonly concessionFen: number;
  readonly class: number;
  readonly revision: number;
  readonly updatedAt: number;
};

export type LineFilter = {
  readonly service?: string;
  readonly operator?: string;
  readonly state?: LineState;
  /** Lines after this one in the order of the answer. */
  readonly after?: LineCursor;
  readonly limit: number;
};
export type LineCursor = { readonly updatedAt: number; readonly journey: TapId };

export type LineAnswerRow = GroupId & {
  readonly journey: TapId;
  readonly state: LineState;
  readonly reason: LineDispute | null;
  readonly field: string | null;
  readonly at: number;
};

/** A tap of a group that ends in no line. */
export type GroupExceptionRow = GroupId & {
  readonly tap: TapId;
  readonly reason: string;
  readonly service: string;
  readonly operator: string;
  readonly time: number;
  readonly at: number;
};

/** Exceptions of both kinds in one row: of a tap alone, and of a group. */
export type JourneyException = Omit<GroupExceptionRow, 'key' | 'home'> & {
  readonly home: PartyId | null;
};

/** What a party has been charged under one signature for one rule. */
export type CeilingRow = CeilingId & {
  readonly party: PartyId;
  readonly ceilingFen: number;
  readonly usedFen: number;
  /** Used up, and the rule's suspension has not been seen to since. */
  readonly toSuspend: boolean;
};
export type CeilingId = {
  /** Entry id. */
  readonly service: string;
  readonly rule: string;
  /** The funder's signature text. */
  readonly signature: string;
};

export type HostLineTables = {
  /** What the groups hold from now on, in place of all that they held: lines and exceptions. */
  replaceLines(
    groups: readonly GroupId[],
    lines: readonly LineRow[],
    exceptions: readonly GroupExceptionRow[],
  ): Promise<void>;
  linesOf(groups: readonly GroupId[]): Promise<readonly LineRow[]>;
  line(journey: TapId): Promise<LineRow | undefined>;
  answerLines(rows: readonly LineAnswerRow[]): Promise<void>;
  /** The last changed first. */
  lines(filter: LineFilter): Promise<readonly LineRow[]>;
  /** Of taps and of groups, the newest first; by one operator or all. */
  exceptions(filter: ExceptionFilter): Promise<readonly JourneyException[]>;

  /** Held until the transaction ends; a row that is not there is made with nothing used. */
  lockCeilings(
    rows: readonly Omit<CeilingRow, 'usedFen' | 'toSuspend'>[],
  ): Promise<readonly CeilingRow[]>;
  saveCeilings(rows: readonly CeilingRow[]): Promise<void>;
  ceilings(): Promise<readonly CeilingRow[]>;
};

export type ExceptionFilter = {
  readonly operator?: string;
  readonly after?: { readonly at: number; readonly tap: TapId };
  readonly limit: number;
};

/** What the host was told afterwards. */
export type HostRepairRow = GroupId & {
  readonly id: string;
  readonly journey: TapId;
  /** `Repair` */
  readonly text: string;
  readonly at: number;
};

export type HostObjectionRow = GroupId & {
  readonly id: string;
  readonly journey: TapId;
  /** `Objection` */
  readonly text: string;
  readonly at: number;
  readonly decision: ObjectionAnswer['decision'] | null;
  readonly decidedAt: number | null;
  /** The account that decided. */
  readonly by: string | null;
};

export type HostTalkTables = {
  /** Answers those that are new. */
  addRepairs(rows: readonly HostRepairRow[]): Promise<readonly HostRepairRow[]>;
  repairs(ids: readonly string[]): Promise<readonly HostRepairRow[]>;
  repairsOf(groups: readonly GroupId[]): Promise<readonly HostRepairRow[]>;
  saveObjection(row: HostObjectionRow): Promise<void>;
  /** Held until the transaction ends. */
  objection(id: string): Promise<HostObjectionRow | undefined>;
  /** Undecided ones first, then the newest. */
  objections(limit: number): Promise<readonly HostObjectionRow[]>;
};

/** Where the taps ended that the host took as accepted: the proof that none is lost or doubled. */
export type TapCounts = {
  /** Passed scans with good evidence, charged or not. */
  readonly accepted: number;
  /** By exception of the tap itself. */
  readonly exceptions: Readonly<Record<string, number>>;
  /** Wait for the home city's answer. */
  readonly pending: number;
  /** With a key, and to be priced yet. */
  readonly unpriced: number;
  readonly inLines: number;
  /** By exception inside a group. */
  readonly groupExceptions: Readonly<Record<string, number>>;
  readonly open: number;
  /** Taps that stand at more than one of these places: 0, or it is a defect. */
  readonly doubled: number;
};

export type TapCountTables = {
  /** @param operator only its taps */
  countTaps(from: number, to: number, operator?: string): Promise<TapCounts>;
  /** Taps up to a time that still wait for their home city become exceptions. Answers how many. */
  giveUpSilent(before: number, limit: number): Promise<number>;
  /** Drops groups of days before with all that hangs on them. Answers how many groups. */
  dropGroups(beforeDay: number, limit: number): Promise<number>;
};

// ——— home ———

export type HomeGroupId = { readonly host: PartyId; readonly key: JourneyKey };

export type HomeGroupRow = HomeGroupId & {
  readonly residentRef: string;
  readonly fareGroup: string;
  readonly day: number;
  readonly revision: number;
  /** `GroupClaim` of that revision. */
  readonly claim: string;
  /** `GroupAnswer` of it. */
  readonly answer: string;
  readonly at: number;
};

/** A journey of a resident as its host claims it, or as it is missing there. */
export type HomeLineRow = HomeGroupId & {
  readonly journey: TapId;
  readonly residentRef: string;
  readonly day: number;
  readonly service: string;
  /** `JourneyLine` of the host, or our own where the host has none. */
  readonly text: string;
  /** Our own bytes where they differ; null for accepted ones and where we have none. */
  readonly ours: string | null;
  readonly outcome: 'accepted' | 'disputed';
  readonly reason: LineDispute | null;
  readonly field: string | null;
  readonly at: number;
};

/** The same without the resident: what staff may see. */
export type HomeLineView = Omit<HomeLineRow, 'residentRef' | 'key'>;

export type HomeGroupTables = {
  homeGroups(ids: readonly HomeGroupId[]): Promise<readonly HomeGroupRow[]>;
  /** The groups, with these lines in place of all that they held. */
  saveHomeGroups(rows: readonly HomeGroupRow[], lines: readonly HomeLineRow[]): Promise<void>;
  homeGroupsOf(residentRef: string, fromDay: number): Promise<readonly HomeGroupRow[]>;
  homeLine(host: PartyId, journey: TapId): Promise<HomeLineRow | undefined>;
  /** Newest day first. */
  homeLinesOf(residentRef: string, fromDay: number): Promise<readonly HomeLineRow[]>;
  /** The last answered first. */
  homeLines(filter: HomeLineFilter): Promise<readonly HomeLineView[]>;
  /** Trips by the taps' ids, whoever's they are. */
  tripsByTap(taps: readonly TapId[]): Promise<readonly TripRow[]>;
  /** All trips of these keys, with those that carry one as previous key. */
  tripsByKey(keys: readonly HomeGroupId[]): Promise<readonly TripRow[]>;
  /** A resident's trips from a time on, in the order of their times. */
  tripsSince(residentRef: string, from: number): Promise<readonly TripRow[]>;
  /** Trips of residents from a time on, by resident, host and fare group. */
  tripsAround(wanted: readonly TripWindow[]): Promise<readonly TripRow[]>;
  /** Exits whose journey turned out to have begun on the day before. */
  setPreviousKeys(
    rows: readonly (Pick<TripRow, 'terminal' | 'number'> & { readonly previousKey: JourneyKey })[],
  ): Promise<void>;
  /** What a funding city has accepted of its own share: per host, entry, rule and signature. */
  lockPaid(ids: readonly PaidId[]): Promise<readonly PaidRow[]>;
  savePaid(rows: readonly PaidRow[]): Promise<void>;
  /** Drops groups of days before with their lines, repairs and objections. */
  dropHomeGroups(beforeDay: number, limit: number): Promise<number>;
};

export type HomeLineFilter = {
  readonly state?: 'accepted' | 'disputed';
  readonly after?: { readonly at: number; readonly journey: TapId };
  readonly limit: number;
};

export type TripWindow = {
  readonly residentRef: string;
  readonly host: PartyId;
  readonly fareGroup: string;
  readonly from: number;
  /** Not included. */
  readonly to: number;
};

export type PaidId = CeilingId & { readonly host: PartyId };
export type PaidRow = PaidId & { readonly paidFen: number };

export type HomeRepairRow = HomeGroupId & {
  readonly id: string;
  readonly residentRef: string;
  readonly journey: TapId;
  readonly kind: 'entry' | 'exit' | 'class';
  /** `Repair` */
  readonly text: string;
  readonly at: number;
  /** What the host answered. */
  readonly outcome: 'sent' | 'accepted' | 'refused';
  readonly refusal: string | null;
};

export type HomeObjectionRow = HomeGroupId & {
  readonly id: string;
  readonly residentRef: string;
  readonly journey: TapId;
  /** `Objection` */
  readonly text: string;
  readonly at: number;
  readonly decision: ObjectionAnswer['decision'] | null;
  readonly decidedAt: number | null;
};

export type HomeTalkTables = {
  saveHomeRepair(row: HomeRepairRow): Promise<void>;
  homeRepairs(ids: readonly string[]): Promise<readonly HomeRepairRow[]>;
  homeRepairsOfKeys(keys: readonly HomeGroupId[]): Promise<readonly HomeRepairRow[]>;
  /** Rising by time. */
  homeRepairsOf(residentRef: string, since: number): Promise<readonly HomeRepairRow[]>;
  saveHomeObjection(row: HomeObjectionRow): Promise<void>;
  homeObjection(id: string): Promise<HomeObjectionRow | undefined>;
  homeObjectionsOf(residentRef: string): Promise<readonly HomeObjectionRow[]>;
};
