import type { PartyId } from '@tongyu/protocol';
import type { HostObjectionRow, LineRow } from './journey-tables.ts';

/**
 * What a console is shown of journeys besides the rows themselves: sums over them, and objections
 * beside their lines. Nothing here names a rider.
 */
export type JourneyViewTables = { readonly views: JourneyViews };

export type JourneyViews = {
  /** Scans, by what became of them. In no order. */
  tapCounts(filter: ParityFilter): Promise<readonly TapCountRow[]>;
  /** Journey lines as they are claimed now. In no order. */
  lineSums(filter: ParityFilter): Promise<readonly LineSumRow[]>;
  /** Undecided ones first, then the newest; an operator's by the line that they object to. */
  objections(filter: ObjectionFilter): Promise<readonly ObjectionRow[]>;
  /** The same one alone. */
  objection(id: string): Promise<ObjectionRow | undefined>;
};

export type ObjectionFilter = {
  /** Null: all of the city. */
  readonly operator: string | null;
  readonly limit: number;
};

/** An objection with the line as it stands now; null when the host claims no such line any more. */
export type ObjectionRow = HostObjectionRow & {
  readonly line: Pick<LineRow, 'service' | 'operator' | 'state' | 'text'> | null;
};

export type ParityFilter = {
  /** Service days, both included. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Null: all of the city. */
  readonly operator: string | null;
};

export type TapCountRow = {
  readonly service: string;
  readonly operator: string;
  /** As the code said; null where none could be read. */
  readonly issuer: PartyId | null;
  /** Null for those that passed. */
  readonly refusal: string | null;
  readonly taps: number;
};

export type LineSumRow = {
  readonly service: string;
  readonly operator: string;
  readonly home: PartyId;
  readonly journeys: number;
  readonly fullFen: number;
  readonly riderFen: number;
  /** Concessions, with what is over a ceiling. */
  readonly concessionFen: number;
  readonly disputed: number;
};
