import type { DocumentSignature, Entry, Funding, LocalText, PartyId } from '@tongyu/protocol';

/** A city's working draft, and what it says with other cities about entries. */
export type DraftTables = { readonly draft: DraftRows };

export type DraftRows = ChangeRows & CommentRows & FundingRows;

export type ChangeRows = {
  /** In rising order of entry. */
  changes(): Promise<readonly DraftChange[]>;
  change(entry: string): Promise<DraftChange | undefined>;
  saveChanges(rows: readonly DraftChange[]): Promise<void>;
  dropChanges(entries: readonly string[]): Promise<void>;
  /** Appends in the given order, each one position further; answers the last position. */
  addHistory(lines: readonly Omit<HistoryLine, 'position'>[]): Promise<number>;
  /** Newest first. */
  historyOf(entry: string, limit: number): Promise<readonly HistoryLine[]>;
  /** The newest line of all. */
  newestLine(): Promise<HistoryLine | undefined>;
  /** Position of the newest line of every entry that has one. */
  revisions(): Promise<ReadonlyMap<string, number>>;
};

/** What an entry is to be in the next edition, where that differs from the last one. */
export type DraftChange = {
  readonly entry: string;
  /** Null: it is to be taken out. */
  readonly after: Entry | null;
  readonly reason: LocalText;
  readonly author: string;
  readonly at: number;
};

/** Never changed and never dropped. */
export type HistoryLine = {
  /** 1, 2, 3 … over all entries of this city. */
  readonly position: number;
  readonly entry: string;
  readonly act: DraftAct;
  readonly by: string;
  readonly at: number;
  /** Null: it was not there. */
  readonly before: Entry | null;
  readonly after: Entry | null;
  readonly reason: LocalText;
};

export type DraftAct =
  | 'put'
  | 'remove'
  /** Back to what is published. */
  | 'revert'
  | 'import'
  /** Another city's proposal. */
  | 'taken'
  /** Another party has signed to pay for a rule. */
  | 'funded';

export type CommentRows = {
  comment(key: CommentKey): Promise<CommentRow | undefined>;
  saveComment(row: CommentRow): Promise<void>;
  /** Newest first. */
  comments(direction: Direction, openOnly: boolean, limit: number): Promise<readonly CommentRow[]>;
  /** Open ones that a party has sent here. */
  countOpenComments(from: PartyId): Promise<number>;
};

export type Direction = 'sent' | 'received';
export type CommentKey = Pick<CommentRow, 'direction' | 'party' | 'id'>;

export type CommentRow = {
  readonly direction: Direction;
  /** The other one. */
  readonly party: PartyId;
  /** Made by the sender. */
  readonly id: string;
  readonly entry: string;
  readonly kind: 'comment' | 'proposal';
  readonly text: string;
  readonly proposed: Entry | null;
  readonly at: number;
  /** The own account that sent it; null for received ones. */
  readonly author: string | null;
  /** `refused`: the other node did not take it in. */
  readonly state: 'open' | 'taken' | 'declined' | 'answered' | 'refused';
  readonly answer: Answer | null;
  /** Why the other node did not take it in. */
  readonly refusal: string | null;
};

export type Answer = {
  readonly text: string;
  /** The own account; null where the other party answered. */
  readonly by: string | null;
  readonly at: number;
};

export type FundingRows = {
  funding(direction: Direction, hash: string): Promise<FundingRow | undefined>;
  saveFunding(row: FundingRow): Promise<void>;
  /** Newest first. */
  fundings(direction: Direction, limit: number): Promise<readonly FundingRow[]>;
  /** Sent ones whose rule is still to be put into the draft. */
  grantedFundings(): Promise<readonly FundingRow[]>;
  /** Open ones that a party has sent here. */
  countOpenFundings(from: PartyId): Promise<number>;
};

/** A request to pay for a concession: sent as host, received as funder. */
export type FundingRow = {
  readonly direction: Direction;
  readonly party: PartyId;
  /** Of the content that is signed. */
  readonly hash: string;
  readonly funding: Funding;
  /** Why the rule is wanted, for the draft; null for received ones. */
  readonly reason: LocalText | null;
  readonly at: number;
  readonly author: string | null;
  /**
   * At the host a signature makes it `granted`, and `signed` once the rule is in the draft;
   * `lapsed` when the draft no longer had the entry or its tariff.
   */
  readonly state: 'open' | 'granted' | 'signed' | 'declined' | 'refused' | 'lapsed';
  /** The text is empty where a signature is the answer. */
  readonly answer: Answer | null;
  readonly signature: DocumentSignature | null;
};
