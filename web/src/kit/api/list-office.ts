/** Shapes of the console API of the service list. Times are seconds since 1970. */
import type { FieldChange } from '@tongyu/domain';
import type { Edition, Entry, Funding, LocalText } from '@tongyu/protocol';

export type Role = 'viewer' | 'editor' | 'publisher' | 'keeper';

/** GET /console/api/me. */
export type Me = {
  readonly name: string;
  readonly roles: readonly Role[];
  /** Whose people the account belongs to; null for the city's own. */
  readonly operator: string | null;
};

/** GET /console/api/staff. */
export type StaffPage = { readonly accounts: readonly StaffAccount[] };

export type StaffAccount = {
  readonly name: string;
  readonly roles: readonly Role[];
  /** Null for the city's own, and always at the hub. */
  readonly operator: string | null;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly disabledAt: number | null;
  readonly disabledBy: string | null;
  readonly lastUsedAt: number | null;
};

export type ChangeKind = 'added' | 'changed' | 'removed';

/** GET /console/api/draft. */
export type DraftPage = {
  readonly party: string;
  /** The edition that the draft is compared with. */
  readonly base: { readonly number: number; readonly id: string } | null;
  readonly revision: number;
  readonly total: number;
  readonly counts: Readonly<Record<ChangeKind | 'unchanged', number>>;
  readonly rows: readonly DraftRow[];
  readonly next: string | null;
};

export type DraftRow = {
  readonly id: string;
  readonly name: LocalText;
  readonly category: Entry['category'];
  readonly stage: Entry['stage'];
  readonly kind: ChangeKind | null;
  readonly revision: number;
  readonly reason: LocalText | null;
  readonly author: string | null;
  readonly at: number | null;
  readonly missing: { readonly zhTW: number; readonly en: number };
  readonly checked: { readonly by: LocalText; readonly on: string };
};

/** GET /console/api/draft/entries/:id. */
export type DraftedEntry = {
  readonly id: string;
  /** Null: drafted to be taken out. */
  readonly entry: Entry | null;
  readonly base: Entry | null;
  readonly kind: ChangeKind | null;
  readonly revision: number;
  readonly reason: LocalText | null;
  readonly author: string | null;
  readonly at: number | null;
  readonly changes: readonly FieldChange[];
};

/** GET /console/api/draft/entries/:id/history, newest first. */
export type HistoryPage = { readonly lines: readonly HistoryLine[] };

export type HistoryLine = {
  readonly position: number;
  readonly act: 'put' | 'remove' | 'revert' | 'import' | 'taken' | 'funded';
  readonly by: string;
  readonly at: number;
  readonly before: Entry | null;
  readonly after: Entry | null;
  readonly reason: LocalText;
  readonly changes: readonly FieldChange[];
};

/** What an import would do, or did. */
export type ImportReport = {
  readonly mode: 'check' | 'apply';
  readonly applied: boolean;
  readonly encoding: 'utf-8' | 'gb18030' | null;
  readonly file: { readonly code: string; readonly field: string | null } | null;
  readonly revision: number;
  readonly counts: Readonly<Record<'rows' | ImportOutcome, number>>;
  readonly rows: readonly ImportRow[];
};

export type ImportOutcome = ChangeKind | 'unchanged' | 'refused';

export type ImportRow = {
  readonly row: number;
  readonly id: string | null;
  readonly outcome: ImportOutcome;
  readonly faults: readonly { readonly field: string | null; readonly code: string }[];
};

/** GET /console/api/comments, newest first. */
export type CommentPage = {
  readonly received: readonly Comment[];
  readonly sent: readonly Comment[];
};

export type Comment = {
  readonly id: string;
  /** The other city. */
  readonly party: string;
  readonly entry: string;
  readonly kind: 'comment' | 'proposal';
  readonly text: string;
  readonly proposed: Entry | null;
  readonly at: number;
  readonly author: string | null;
  readonly state: 'open' | 'taken' | 'declined' | 'answered' | 'refused';
  readonly answer: {
    readonly text: string;
    readonly by: string | null;
    readonly at: number;
  } | null;
  readonly refusal: string | null;
  readonly changes: readonly FieldChange[];
};

/** GET /console/api/funding, newest first. */
export type FundingPage = {
  readonly asked: readonly FundingAsk[];
  readonly toSign: readonly FundingAsk[];
};

export type FundingAsk = {
  readonly hash: string;
  readonly party: string;
  readonly entry: string;
  readonly funding: Funding;
  readonly state: 'open' | 'signed' | 'declined' | 'refused' | 'lapsed';
  readonly author: string | null;
  readonly at: number;
  readonly answer: {
    readonly by: string | null;
    readonly at: number;
    readonly reason: string | null;
  } | null;
};

/** GET /console/api/feedback: what the public reported. */
export type FeedbackPage = { readonly reports: readonly FeedbackReport[] };

export type FeedbackReport = {
  readonly id: string;
  readonly party: string | null;
  readonly entry: string | null;
  readonly kind: 'error' | 'wish';
  readonly text: string;
  readonly times: number;
  readonly at: number;
  readonly state: 'open' | 'answered';
  readonly answer: { readonly text: string; readonly by: string; readonly at: number } | null;
};

/** GET /console/api/editions, both newest first. */
export type EditionsPage = {
  readonly openings: readonly EditionOpening[];
  readonly editions: readonly ListedEdition[];
};

export type ListedEdition = Edition & {
  readonly hash: string;
  readonly state: 'to-come' | 'in-force' | 'past';
  readonly isOverdue: boolean;
};

export type EditionOpening = {
  readonly number: number;
  readonly id: string;
  readonly effectiveFrom: number | null;
  readonly previous: { readonly number: number; readonly hash: string } | null;
  readonly opened: number;
  readonly state: 'open' | 'frozen' | 'published' | 'withdrawn';
  readonly reason: string | null;
  readonly changedAt: number;
  readonly check: 'not yet' | 'good' | EditionFault;
  /** Hash of the candidate, once frozen. */
  readonly hash: string | null;
  readonly members: readonly string[];
  /** At the hub of every party, at a city its own. */
  readonly submissions: readonly EditionSubmission[];
  readonly answers: readonly EditionAnswer[];
  /** Members whose signature on the candidate this node has not. */
  readonly unsigned: readonly string[];
};

export type EditionFault = {
  readonly code: string;
  readonly party?: string;
  readonly entry?: string;
  readonly field?: string;
};

export type EditionSubmission = {
  readonly party: string;
  readonly hash: string;
  readonly count: number;
  readonly at: number;
  readonly state: 'given' | 'good' | 'faulty';
  readonly fault: EditionFault | null;
  readonly carried: boolean;
};

export type EditionAnswer = {
  readonly party: string;
  readonly hash: string;
  readonly at: number;
  readonly signed: boolean;
  readonly reason: string | null;
  readonly by: string | null;
};

/** GET /console/api/editions/:number/comparison. */
export type EditionComparison = {
  readonly number: number;
  readonly id: string;
  readonly previous: { readonly number: number; readonly hash: string } | null;
  readonly parties: readonly PartyComparison[];
};

export type PartyComparison = {
  readonly party: string;
  readonly hash: string | null;
  readonly count: number;
  readonly unchanged: number;
  readonly added: readonly ComparedEntry[];
  readonly changed: readonly ComparedEntry[];
  readonly removed: readonly ComparedEntry[];
};

export type ComparedEntry = {
  readonly id: string;
  readonly name: LocalText;
  readonly reason: LocalText | null;
  readonly feedback: { readonly errors: number; readonly wishes: number } | null;
  /** Of a changed one. */
  readonly fields?: readonly FieldChange[];
};
