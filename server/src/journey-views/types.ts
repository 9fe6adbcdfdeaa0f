import type { RuleReason } from '@tongyu/domain';
import type {
  ConcessionRule,
  Direction,
  EditionId,
  JourneyLine,
  LinePart,
  LocalText,
  ObjectionAnswer,
  ObjectionReason,
  Part,
  PartyId,
  Repair,
  TapId,
} from '@tongyu/protocol';
import type { JourneysFace } from '../journeys/types.ts';
import type { Clock } from '../ports/clock.ts';
import type { CityTables } from '../store/city-tables.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { JourneyViewTables } from '../store/journey-view-tables.ts';

export type ViewTables = CityTables & JourneyViewTables;

/** What the faces of journeys are given. They decide nothing: the rooms behind them do. */
export type ViewRoom<Tx extends ViewTables = ViewTables> = {
  readonly party: PartyId;
  readonly clock: Clock;
  readonly store: NodeStore<Tx>;
  readonly journeys: JourneysFace<Tx>;
  /** Of the edition of that number, as far as the node holds it. */
  readonly part: (tx: Tx, party: PartyId, edition: number) => Promise<Part | undefined>;
  /** This city's own part of the edition in force. */
  readonly partInForce: () => Promise<Part | undefined>;
  /** Asks the registers that were not asked today, before a class is repaired. */
  readonly refreshClasses: (residentRef: string) => Promise<void>;
};

/** Something of the list: its name is null where this node does not hold the list any more. */
export type Named = { readonly id: string; readonly name: LocalText | null };

/** `open`: entered, the exit is not there. `provisional`: computed here, not claimed like that. */
export type TripState = 'open' | 'provisional' | 'accepted' | 'disputed' | 'exception';

/** One journey as its rider is told of it. */
export type Trip = {
  readonly journey: TapId;
  readonly host: PartyId;
  readonly service: Named;
  readonly operator: Named;
  readonly day: number;
  readonly state: TripState;
  readonly line: JourneyLine | null;
  readonly taps: readonly TripTap[];
  readonly rule: Pick<ConcessionRule, 'id' | 'name' | 'agreement' | 'reciprocity'> | null;
  readonly funders: readonly TripFunder[];
  /** Every rule that made no price, and all that stood against it. */
  readonly why: readonly TripWhy[];
  readonly exception: string | null;
  readonly repair: TripRepair | null;
  readonly repaired: readonly Repair[];
  /** The stops that repairs tell of. */
  readonly repairedStops: readonly Named[];
  readonly objection: TripObjection | null;
  readonly edition: { readonly number: number; readonly id: EditionId | null };
};

export type TripTap = {
  readonly id: TapId;
  readonly time: number;
  readonly direction: Direction;
  readonly stop: Named | null;
  readonly shownFen: number;
};

export type TripFunder = {
  readonly kind: 'operator' | 'host' | 'party';
  readonly name: LocalText;
  readonly fen: number;
  readonly part: LinePart['kind'];
};

export type TripWhy = {
  readonly rule: Pick<ConcessionRule, 'id' | 'name'>;
  readonly reasons: readonly RuleReason[];
};

/** What of a journey can be put right now (JRN-5). */
export type TripRepair = {
  readonly until: number;
  readonly exit: boolean;
  readonly entry: boolean;
  /** Empty where the tariff has none. */
  readonly stops: readonly Named[];
  /** Bounds of the missing end's time, both included; 0 when no end is missing. */
  readonly earliest: number;
  readonly latest: number;
  /** Classes that this city proves for the journey's time and that a rule of the service is for. */
  readonly classes: readonly number[];
  /** How many ends the rider may still put right this month (JRN-5.3). */
  readonly endsLeft: number;
};

export type TripObjection = {
  readonly id: string;
  readonly reason: ObjectionReason;
  readonly at: number;
  readonly answer: Pick<ObjectionAnswer, 'decision' | 'at'> | null;
};

export type TripPage = {
  /** Newest first. */
  readonly trips: readonly Trip[];
  /** Hand it in as `after` to get the older ones; null when there are none. */
  readonly next: string | null;
  readonly serverTime: number;
};
