import type {
  DocumentSignature,
  EditionId,
  Funding,
  Json,
  NodeId,
  Part,
  PartyId,
  Root,
  VerifySync,
} from '@tongyu/protocol';
import type { Catalogue } from '../catalogue/types.ts';
import type { OfficeMessageType } from '../peers/types.ts';
import type { Clock } from '../ports/clock.ts';
import type { Rng } from '../ports/rng.ts';
import type { DraftTables } from '../store/draft-tables.ts';
import type { FeedbackTables } from '../store/feedback-tables.ts';
import type { NodeStore } from '../store/node-store.ts';

export type OfficeTables = DraftTables & FeedbackTables;

export type DraftPorts = {
  readonly clock: Clock;
  readonly rng: Rng;
  readonly verify: VerifySync;
};

/** What the draft asks of the list that the node holds. */
export type DraftList<Tx> = Pick<Catalogue, 'state' | 'part'> & {
  /** The edition's id; undefined when no such number was opened. */
  opened(number: number): Promise<{ readonly id: EditionId } | undefined>;
  submit(
    tx: Tx,
    number: number,
    part: Part,
  ): Promise<
    | { readonly ok: true; readonly hash: string }
    | { readonly ok: false; readonly why: Readonly<Record<string, string | number>> }
  >;
};

/** What the draft asks of its node's trust. */
export type DraftTrust<Tx> = {
  /** Undefined before the founding. */
  root(tx: Tx): Promise<Root | undefined>;
  /** With the city's root key. */
  signFunding(funding: Funding): Promise<DocumentSignature>;
};

export type OfficePeers<Tx> = {
  send(tx: Tx, message: { to: NodeId; type: OfficeMessageType; body: Json }): Promise<void>;
  /** After the commit: starts delivery. */
  kick(): void;
};

/** All that a verb of the draft is given. */
export type DraftRoom<Tx extends OfficeTables = OfficeTables> = {
  readonly party: PartyId;
  readonly ports: DraftPorts;
  readonly store: NodeStore<Tx>;
  readonly list: DraftList<Tx>;
  readonly trust: DraftTrust<Tx>;
  readonly peers: OfficePeers<Tx>;
};
