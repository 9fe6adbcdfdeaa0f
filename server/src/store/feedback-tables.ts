import type { PartyId } from '@tongyu/protocol';
import type { Answer } from './draft-tables.ts';

/** What the public reports: at the hub all of it, at a city what is its own. Nobody's name. */
export type FeedbackTables = { readonly feedback: FeedbackRows };

export type FeedbackRows = {
  report(id: string): Promise<FeedbackRow | undefined>;
  /** The one that says the same. */
  reportLike(
    same: Pick<FeedbackRow, 'party' | 'entry' | 'kind' | 'text'>,
  ): Promise<FeedbackRow | undefined>;
  saveReport(row: FeedbackRow): Promise<void>;
  /** Newest first. */
  reports(openOnly: boolean, limit: number): Promise<readonly FeedbackRow[]>;
  countReports(): Promise<number>;
  /** Open ones by entry. */
  countsByEntry(): Promise<ReadonlyMap<string, { errors: number; wishes: number }>>;
  dropBefore(time: number): Promise<void>;
};

export type FeedbackRow = {
  readonly id: string;
  /** Whose it is to answer; null where it names no city. */
  readonly party: PartyId | null;
  readonly entry: string | null;
  readonly kind: 'error' | 'wish';
  readonly text: string;
  /** How often the same was said. */
  readonly times: number;
  readonly at: number;
  readonly state: 'open' | 'answered';
  readonly answer: Answer | null;
};
