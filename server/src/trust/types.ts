import type { NodeId, PartyId, SignatureAlgorithm, VerifySync } from '@tongyu/protocol';
import type { PeerNet } from '../peers/types.ts';
import type { SendPeer } from '../peers/send-peer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Faults } from '../ports/faults.ts';
import type { KeyStore } from '../ports/keys.ts';
import type { Log } from '../ports/log.ts';
import type { Rng } from '../ports/rng.ts';
import type { Timers } from '../ports/timers.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { PeerTables } from '../store/peer-tables.ts';
import type { TrustTables } from '../store/trust-tables.ts';
import type { TrustViews } from './trust-view.ts';

/** The world as a node's trust sees it. */
export type TrustPorts = {
  readonly clock: Clock;
  readonly rng: Rng;
  readonly timers: Timers;
  readonly log: Log;
  readonly faults: Faults;
  readonly keys: KeyStore;
  readonly verify: VerifySync;
  readonly net: PeerNet;
};

/** What every node's transaction offers at least. */
export type NodeTables = TrustTables & PeerTables;

export type PartyRole = { readonly party: PartyId; readonly role: 'member' | 'observer' };

export type TrustConfig = {
  readonly self: NodeId;
  /** Base URL of every node that stands at the founding, this one included. */
  readonly nodes: Readonly<Record<NodeId, string>>;
  /** All parties with their role at the founding. */
  readonly parties: readonly PartyRole[];
  /** Of this city's issuer keys; lists, roots and peers are ES256. */
  readonly issuerAlg: SignatureAlgorithm;
  readonly settings: TrustSettings;
};

export type TrustSettings = {
  /** How often the node looks whether something is due. */
  readonly keepSeconds: number;
  /** How often one other node is asked for news, in turn. */
  readonly pullSeconds: number;
  /** A member's time statement is renewed after this long at the latest. */
  readonly statementSeconds: number;
  /** Members leave a due bundle to the hub for so long … */
  readonly hubSilentSeconds: number;
  /** … and to each member before them for so much longer. */
  readonly memberStaggerSeconds: number;
  /** A bundle proposal that finds no threshold is made anew after this long. */
  readonly proposalRetrySeconds: number;
  /** Back-off of deliveries ends here. */
  readonly longestPauseSeconds: number;
  /** Peer messages are kept as evidence for so long, and none older is taken in. */
  readonly evidenceSeconds: number;
};

export const DEFAULT_TRUST_SETTINGS: TrustSettings = {
  keepSeconds: 1,
  pullSeconds: 3,
  statementSeconds: 3600,
  hubSilentSeconds: 10,
  memberStaggerSeconds: 5,
  proposalRetrySeconds: 3,
  longestPauseSeconds: 30,
  evidenceSeconds: 184 * 86_400,
};

/** Other nodes' clocks may be ahead by this much (TIME-3). */
export const CLOCK_TOLERANCE_SECONDS = 120;

/** All that a verb of this room is given. */
export type TrustRoom<T extends NodeTables> = {
  readonly ports: TrustPorts;
  readonly config: TrustConfig;
  readonly store: NodeStore<T>;
  readonly views: TrustViews;
  readonly send: SendPeer<T>;
};
