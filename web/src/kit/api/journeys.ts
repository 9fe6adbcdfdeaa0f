/** Shapes of journeys in a city's console API. Times are seconds since 1970, money is integer 分. */
import type {
  JourneyLine,
  LineDispute,
  LocalText,
  ObjectionReason,
  PartyId,
  TapId,
} from '@tongyu/protocol';

export type LineState = 'claimed' | 'accepted' | 'disputed';

/** A line without what an operator's people are not told. */
export type ShownLine = Omit<JourneyLine, 'key'>;

/** GET /console/api/journeys, the last changed first; `next` is the `after` of the older ones. */
export type LinePage = { readonly lines: readonly ConsoleLine[]; readonly next: string | null };
export type ConsoleLine = {
  readonly line: ShownLine;
  readonly state: LineState;
  readonly reason: LineDispute | null;
  readonly field: string | null;
  readonly revision: number;
  readonly updatedAt: number;
};

/** GET /console/api/home-lines: own residents' lines at other cities, without the resident. */
export type HomeLinePage = {
  readonly lines: readonly HomeLine[];
  readonly next: string | null;
};
export type HomeLine = ConsoleLine & {
  readonly host: PartyId;
  /** As this city computed it, where that differs. */
  readonly ours: ShownLine | null;
};

/** GET /console/api/journey-exceptions. */
export type JourneyExceptionPage = {
  readonly exceptions: readonly JourneyException[];
  /** Of the days from `sums.from` to `sums.to`, by reason. */
  readonly counts: Readonly<Record<string, number>>;
  readonly sums: {
    readonly from: string;
    readonly to: string;
    readonly accepted: number;
    readonly inLines: number;
    readonly exceptions: number;
    readonly open: number;
    readonly unpriced: number;
    readonly pending: number;
    readonly doubled: number;
  };
  readonly next: string | null;
};
export type JourneyException = {
  readonly tap: TapId;
  readonly time: number;
  readonly service: string;
  readonly operator: string;
  readonly home: PartyId | null;
  readonly reason: string;
  readonly at: number;
};

/** GET /console/api/objections, undecided ones first. */
export type ObjectionPage = { readonly objections: readonly ConsoleObjection[] };
export type ConsoleObjection = {
  readonly id: string;
  readonly journey: TapId;
  readonly home: PartyId;
  readonly reason: ObjectionReason;
  readonly at: number;
  readonly decision: 'upheld' | 'rejected' | null;
  readonly decidedAt: number | null;
  readonly by: string | null;
  readonly line: ShownLine | null;
  readonly state: LineState | null;
};

/** GET /console/api/parity. */
export type ParityPage = {
  readonly from: string;
  readonly to: string;
  readonly services: readonly ServiceParity[];
};
export type ServiceParity = {
  readonly service: string;
  readonly name: LocalText | null;
  readonly operator: string;
  readonly locals: ParitySide;
  readonly visitors: ParitySide;
  readonly byResidence: Readonly<Record<PartyId, ParitySide>>;
  readonly unread: ParitySide;
};
export type ParitySide = {
  readonly taps: number;
  readonly refused: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly journeys: number;
  readonly fullFen: number;
  readonly riderFen: number;
  readonly concessionFen: number;
  readonly disputed: number;
};
