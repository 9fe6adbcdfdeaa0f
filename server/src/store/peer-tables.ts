import type { NodeId, PeerMessageType } from '@tongyu/protocol';

/** Sent and received peer messages, kept whole as evidence (PEER-1). */
export type PeerTables = { readonly peers: PeerRows };

export type PeerRows = {
  /**
   * Pending rows to the same node with the same topic are superseded: newer content is on its
   * way.
   */
  putOutbox(row: OutboxRow): Promise<void>;
  outbox(jti: string): Promise<OutboxRow | undefined>;
  /**
   * Pending rows to a node that are due, in the order of sending; those that have failed
   * `TRIES_IN_ORDER` times come last, so that one which never gets through holds up no other.
   */
  dueOutbox(to: NodeId, now: number, limit: number): Promise<readonly OutboxRow[]>;
  /** Nodes that pending rows wait for, with their number. */
  pendingOutbox(): Promise<ReadonlyMap<NodeId, number>>;
  /** Counts an attempt of one row and moves everything that is pending to that node. */
  postponeOutbox(jti: string, to: NodeId, dueAt: number): Promise<void>;
  /** Makes everything that is pending to a node due: it has been heard from. */
  wakeOutbox(to: NodeId, now: number): Promise<void>;
  answerOutbox(jti: string, receipt: string): Promise<void>;

  inbox(iss: NodeId, jti: string): Promise<InboxRow | undefined>;
  putInbox(row: InboxRow): Promise<void>;

  /**
   * Drops up to `limit` messages of each direction that were done with before a time: received, or
   * answered or superseded; never one that waits for its receipt. Answers how many.
   */
  dropDone(before: number, limit: number): Promise<number>;
};

export type OutboxRow = {
  readonly jti: string;
  readonly to: NodeId;
  readonly type: PeerMessageType;
  /** Null for messages of which each one counts. */
  readonly topic: string | null;
  /** The sealed envelope. */
  readonly text: string;
  readonly madeAt: number;
  readonly attempts: number;
  readonly dueAt: number;
  readonly state: 'pending' | 'answered' | 'superseded';
  /** The signed receipt's envelope. */
  readonly receipt: string | null;
};

export type InboxRow = {
  readonly iss: NodeId;
  readonly jti: string;
  readonly hash: string;
  readonly type: PeerMessageType;
  readonly text: string;
  readonly receipt: string;
  readonly receivedAt: number;
};

export const TRIES_IN_ORDER = 4;
