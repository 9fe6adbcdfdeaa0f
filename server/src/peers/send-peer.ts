import { sealPeerMessage, type Json, type NodeId, type Signer } from '@tongyu/protocol';
import type { Clock } from '../ports/clock.ts';
import type { Rng } from '../ports/rng.ts';
import type { Timers } from '../ports/timers.ts';
import type { PeerTables } from '../store/peer-tables.ts';
import type { HandledType } from './types.ts';

/** The node's own newest peer key. */
export type OwnPeerKey = { readonly keyId: number; readonly signer: Signer };

export type OutgoingMessage = {
  readonly to: NodeId;
  readonly type: HandledType;
  readonly body: Json;
  /**
   * A newer message with the same topic replaces one that has not been delivered yet. Leave it out
   * where each message counts.
   */
  readonly topic?: string;
};

/**
 * Puts a message into the outbox, in the transaction of the effect that caused it: it leaves if and
 * only if that is committed. Call `kick` after the commit; without it the job finds the row a
 * moment later.
 */
export type SendPeer<T> = (tx: T, message: OutgoingMessage) => Promise<void>;

export type OutboxPorts = { readonly clock: Clock; readonly rng: Rng; readonly timers: Timers };

export type Outbox<T> = {
  readonly send: SendPeer<T>;
  /** Starts delivery to the nodes that messages were written for since the last call. */
  readonly kick: () => void;
};

export function createOutbox<T extends PeerTables>(
  self: NodeId,
  ports: OutboxPorts,
  ownKey: (tx: T) => Promise<OwnPeerKey>,
): Outbox<T> {
  const touched = new Set<NodeId>();
  return {
    async send(tx, { to, type, body, topic }) {
      const now = ports.clock.now();
      const jti = ports.rng.id();
      const { keyId, signer } = await ownKey(tx);
      const message = { iss: self, aud: to, jti, iat: now, type, body };
      await tx.peers.putOutbox({
        jti,
        to,
        type,
        topic: topic ?? null,
        text: await sealPeerMessage(message, keyId, signer),
        madeAt: now,
        attempts: 0,
        dueAt: now,
        state: 'pending',
        receipt: null,
      });
      touched.add(to);
    },
    kick() {
      for (const to of touched) ports.timers.soon(deliveryJob(to));
      touched.clear();
    },
  };
}

/** The timer job that delivers to one node; a silent node holds up no other. */
export function deliveryJob(to: NodeId): string {
  return `deliver ${to}`;
}
