import type { JourneyTerms, PricedGroup } from '@tongyu/domain';
import type {
  GroupClaim,
  Json,
  Objection,
  ObjectionAnswer,
  ObjectionReason,
  Part,
  PartyId,
  Repair,
  Section,
  SignedHead,
  TapId,
  VerifySync,
} from '@tongyu/protocol';
import type {
  HandledType,
  JourneyMessageType,
  PeerHandlers,
  ReceiptHandlers,
} from '../peers/types.ts';
import type { Breathe } from '../ports/breathe.ts';
import type { Clock } from '../ports/clock.ts';
import type { Faults } from '../ports/faults.ts';
import type { Log } from '../ports/log.ts';
import type { Rng } from '../ports/rng.ts';
import type { Timers } from '../ports/timers.ts';
import type { CityTables, TripRow } from '../store/city-tables.ts';
import type {
  HomeGroupId,
  HomeLineRow,
  HomeObjectionRow,
  HomeRepairRow,
  HostObjectionRow,
  TapCounts,
} from '../store/journey-tables.ts';

/** Journeys of one city node: as a host it prices and claims, as a home it looks at claims. */
export type Journeys<Tx extends CityTables> = JourneysFace<Tx> & {
  readonly handlers: Pick<PeerHandlers<Tx>, JourneyMessageType>;
  readonly receipts: ReceiptHandlers<Tx>;
  /** To be told of each new message. */
  readonly received: (type: HandledType) => void;
  /** Starts the jobs. */
  open(): void;
  /** Prices what is due, until nothing is. The job calls it, tests may. */
  price(): Promise<void>;
  /** Once a while: silent home cities, rows that are over. */
  keep(): Promise<void>;
};

/** What the routes call. */
export type JourneysFace<Tx extends CityTables> = {
  /** After a commit that may have made something due: looks at it at once. */
  kick(): void;

  /** A resident's groups since a day, newest first, computed by this city as of now. */
  residentGroups(residentRef: string, fromDay: number): Promise<readonly ResidentGroup[]>;
  /** The same in the caller's transaction: only the groups with this journey's first tap. */
  groupOfJourney(tx: Tx, residentRef: string, journey: TapId): Promise<ResidentGroup | undefined>;

  /**
   * Keeps a repair of a resident and sends it to the host, in the caller's transaction. The caller
   * has checked its bounds (JRN-5); call `kick` after the commit.
   */
  addRepair(tx: Tx, asked: RepairAsked): Promise<Repair>;
  /** Keeps an objection and sends it to the host; as `addRepair`. */
  addObjection(tx: Tx, asked: ObjectionAsked): Promise<Objection>;

  /** The host's office decides: told to the home city; `upheld` waives the fare. */
  answerObjection(
    id: string,
    decision: ObjectionAnswer['decision'],
    by: string,
  ): Promise<AnsweredObjection>;
  objections(limit: number): Promise<readonly HostObjectionRow[]>;

  /** Where the taps between two times ended; the sum is the number of accepted ones (JRN-4.5). */
  countTaps(from: number, to: number, operator?: string): Promise<TapCounts>;
};

export type RepairAsked = HomeGroupId &
  Pick<Repair, 'journey' | 'stop' | 'time' | 'class'> & {
    readonly residentRef: string;
    readonly kind: 'entry' | 'exit' | 'class';
  };

export type ObjectionAsked = HomeGroupId & {
  readonly residentRef: string;
  readonly journey: TapId;
  readonly reason: ObjectionReason;
};

export type AnsweredObjection =
  | { readonly ok: true; readonly objection: HostObjectionRow }
  | {
      readonly ok: false;
      readonly refusal: { readonly code: 'OBJECTION_UNKNOWN' | 'OBJECTION_DECIDED' };
    };

/** One group of a resident's journeys, with all that its receipts are made of. */
export type ResidentGroup = HomeGroupId & {
  readonly residentRef: string;
  readonly fareGroup: string;
  readonly day: number;
  /** Charged taps of the group by time, with exits of the next day that end a journey here. */
  readonly trips: readonly TripRow[];
  /** This city's own computation as of now, with all repairs that it has sent. */
  readonly priced: PricedGroup;
  /** The host's newest claim that was looked at; null before the first. */
  readonly claim: GroupClaim | null;
  /** What this city answered to the claim's lines. */
  readonly lines: readonly HomeLineRow[];
  readonly repairs: readonly HomeRepairRow[];
  readonly objections: readonly HomeObjectionRow[];
  /** The list as the tap's terminal held it; undefined where this node does not hold it. */
  readonly terms: (tap: TapId) => JourneyTerms | undefined;
};

/** What journeys ask of the service list that the node holds; all in the caller's transaction. */
export type JourneyList<Tx> = {
  /** A city's part of the edition of that number; undefined when the node does not hold it. */
  part(tx: Tx, party: PartyId, edition: number): Promise<Part | undefined>;
  /** A city's head of that number, as far as it was kept. */
  head(tx: Tx, party: PartyId, number: number): Promise<SignedHead | undefined>;
  /** A city's newest kept head of a time or earlier. */
  headAt(tx: Tx, party: PartyId, time: number): Promise<SignedHead | undefined>;
  /** Keeps a head of another city whose signature was checked. */
  keepHead(tx: Tx, head: SignedHead): Promise<void>;
  /**
   * Stops a rule in this city's own head (the ceiling is reached), at once and only once.
   * @returns false when it must be tried again
   */
  suspendRule(rule: RuleToSuspend): Promise<boolean>;
};

export type RuleToSuspend = {
  readonly entry: string;
  readonly rule: string;
  /** Of the funder: another signature is another ceiling. */
  readonly signature: string;
};

export type JourneyPorts = {
  readonly clock: Clock;
  readonly rng: Rng;
  readonly faults: Faults;
  readonly timers: Timers;
  readonly log: Log;
  readonly breathe: Breathe;
  readonly verify: VerifySync;
};

/** The parts of the node's trust and outbox that journeys use. */
export type JourneyPeers<Tx> = {
  send(
    tx: Tx,
    message: { readonly to: PartyId; readonly type: JourneyMessageType; readonly body: Json },
  ): Promise<void>;
  kick(): void;
  /** A party's section in the held trust: whose list key signs its heads. */
  section(tx: Tx, party: PartyId): Promise<Section | undefined>;
};
