/** Shapes of a resident's own journeys. Times are seconds since 1970, money is integer 分. */
import type { RuleReason } from '@tongyu/domain';
import type {
  ConcessionRule,
  Direction,
  JourneyLine,
  LinePart,
  LocalText,
  ObjectionReason,
  PartyId,
  Repair,
  TapId,
} from '@tongyu/protocol';

/** GET /resident/trips, newest first; `next` is the `after` of the older ones. */
export type TripPage = {
  readonly trips: readonly Trip[];
  readonly next: string | null;
  readonly serverTime: number;
};

export type TripState =
  /** Entered; the exit is not there yet. */
  | 'open'
  /** Computed by the home city; the host has not claimed it yet. */
  | 'provisional'
  /** Both cities computed the same line. */
  | 'accepted'
  /** The cities computed different lines. */
  | 'disputed'
  /** A tap that cannot be priced. */
  | 'exception';

export type Trip = {
  readonly journey: TapId;
  readonly host: PartyId;
  readonly service: { readonly id: string; readonly name: LocalText | null };
  readonly operator: { readonly id: string; readonly name: LocalText | null };
  readonly day: number;
  readonly state: TripState;
  readonly line: JourneyLine | null;
  readonly taps: readonly TripTap[];
  readonly rule: Pick<ConcessionRule, 'agreement' | 'id' | 'name' | 'reciprocity'> | null;
  readonly funders: readonly TripFunder[];
  /** The rules that did not apply. */
  readonly why: readonly {
    readonly rule: Pick<ConcessionRule, 'id' | 'name'>;
    readonly reasons: readonly RuleReason[];
  }[];
  readonly exception: string | null;
  /** What may still be put right; null for nothing. */
  readonly repair: TripRepair | null;
  readonly repaired: readonly Repair[];
  /** The stops that repairs tell of. */
  readonly repairedStops: readonly TripStop[];
  readonly objection: {
    readonly id: string;
    readonly reason: ObjectionReason;
    readonly at: number;
    readonly answer: {
      readonly decision: 'upheld' | 'rejected';
      readonly at: number;
    } | null;
  } | null;
  /** Its name is null where the home city does not hold it any more. */
  readonly edition: { readonly number: number; readonly id: string | null };
};

export type TripTap = {
  readonly id: TapId;
  readonly time: number;
  readonly direction: Direction;
  readonly stop: TripStop | null;
  readonly shownFen: number;
};

export type TripStop = { readonly id: string; readonly name: LocalText | null };

export type TripFunder = {
  readonly kind: 'operator' | 'host' | 'party';
  readonly name: LocalText;
  readonly fen: number;
  readonly part: LinePart['kind'];
};

export type TripRepair = {
  /** Until when it can be sent. */
  readonly until: number;
  readonly exit: boolean;
  readonly entry: boolean;
  /** Empty where the tariff has none. */
  readonly stops: readonly TripStop[];
  /** Bounds of the missing end's time. */
  readonly earliest: number;
  readonly latest: number;
  /** Classes that the home city proves for the journey's time and that the code did not show. */
  readonly classes: readonly number[];
  /** How many ends may still be told this month. */
  readonly endsLeft: number;
};

/** POST /resident/repairs. */
export type RepairWish = {
  readonly journey: TapId;
  readonly kind: 'entry' | 'exit' | 'class';
  readonly stop: string | null;
  readonly time: number | null;
  readonly class: number | null;
};

/** GET /resident/seen, newest first: who was told what about the holder, and why. */
export type SeenPage = { readonly entries: readonly SeenEntry[] };

export type SeenEntry = {
  readonly at: number;
  readonly who: {
    readonly party: PartyId;
    readonly operator: { readonly id: string; readonly name: LocalText | null } | null;
  };
  readonly what: readonly ('residence' | 'class' | 'time' | 'place' | 'journey')[];
  readonly why: 'tap' | 'claim' | 'repair' | 'objection';
};
