import type { PartyId } from '@tongyu/protocol';

/**
 * What a terminal must not lose. Synchronous, because a scan waits for it: when a writing method
 * returns, what it wrote survives a power cut; when it throws `StorageFault`, nothing was written.
 */
export type TerminalStore = {
  /** Named texts: trust, settings, cursors. */
  loadKept(): ReadonlyMap<string, string>;
  /** All or none; null removes. */
  saveKept(changes: ReadonlyMap<string, string | null>): void;

  /** 0 before the first tap. */
  lastNumber(): number;
  /** Time inside the code that was last accepted with this tag, here or at another terminal. */
  lastUsedTime(issuer: PartyId, tag: Uint8Array): number | undefined;
  /** Accepts of the service day that were shown with a warning. */
  warnedAccepts(day: number): number;
  /** Tap, its number, the used mark and the warned count, as one. The number must be the next. */
  commitTap(commit: TapCommit): void;

  /** Tags that other terminals accepted; the highest time counts. */
  mergeUsed(tags: readonly UsedMark[], cursor: string): void;
  /** Forgets at most `limit` used tags of slots before `slotIndex`; answers how many. */
  pruneUsed(slotIndex: number, limit: number): number;

  /** Unsent taps, lowest number first. */
  pending(limit: number): readonly PendingTap[];
  pendingCount(): number;
  /** Deletes what arrived and moves what the city refused to the refused list. */
  settle(outcomes: readonly TapOutcome[]): void;
  refused(): readonly RefusedTap[];
  /** Puts refused taps back among the unsent ones, of one code or all; answers how many. */
  retryRefused(code?: string): number;
  close(): void;
};

export type TapCommit = {
  readonly number: number;
  /** The signed tap, canonical JSON. */
  readonly text: string;
  /** Only a pass marks its tag. */
  readonly mark: UsedMark | undefined;
  /** Service day whose count of warned accepts rises by one. */
  readonly warnedDay: number | undefined;
};

export type UsedMark = {
  readonly issuer: PartyId;
  readonly tag: Uint8Array;
  /** Time inside the accepted code; it lies in the pass's slot. */
  readonly time: number;
};

export type PendingTap = { readonly number: number; readonly text: string };

export type TapOutcome =
  | { readonly number: number; readonly outcome: 'delivered' }
  | {
      readonly number: number;
      readonly outcome: 'refused';
      readonly code: string;
      readonly field: string | null;
    };

export type RefusedTap = {
  readonly number: number;
  readonly code: string;
  readonly field: string | null;
  readonly text: string;
};

/** The disk is full or broken. The terminal answers 不能判定 and opens for nobody. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
}

/** The store cannot be used at all; the message is one sentence for the person who starts it. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}
