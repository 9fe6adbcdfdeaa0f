import assert from 'node:assert/strict';
import {
  readStoredPeerMessage,
  sealedMessageHash,
  type Json,
  type NodeId,
  type PeerKeyLookup,
  type VerifySync,
} from '@tongyu/protocol';
import type { Clock } from '../ports/clock.ts';
import type { Faults } from '../ports/faults.ts';
import type { Log } from '../ports/log.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { OutboxRow, PeerTables } from '../store/peer-tables.ts';
import { openReceipt } from './receipt.ts';
import { PeerAway, type PeerNet, type ReceiptHandlers } from './types.ts';

export type DeliveryPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: Faults;
  readonly net: PeerNet;
  readonly verify: VerifySync;
};

export type DeliveryOptions<T> = {
  readonly self: NodeId;
  readonly store: NodeStore<T>;
  readonly lookup: (tx: T) => Promise<PeerKeyLookup>;
  readonly handlers: ReceiptHandlers<T>;
  readonly longestPauseSeconds: number;
};

const BATCH = 32;

/**
 * Sends what is due to one node, in order, until nothing is left or the node is away; then all of
 * it waits, longer each time (1, 2, 4 … s up to the longest). At least once: a message is sent
 * again until its receipt is stored, and the receiver's inbox makes that one effect.
 *
 * @returns whether a receipt came that somebody has waited for
 */
export async function deliverTo<T extends PeerTables>(
  to: NodeId,
  ports: DeliveryPorts,
  options: DeliveryOptions<T>,
): Promise<boolean> {
  let isAwaited = false;
  for (;;) {
    const due = await options.store.read((tx) => tx.peers.dueOutbox(to, ports.clock.now(), BATCH));
    for (const row of due) {
      try {
        if (await deliverOne(row, ports, options)) isAwaited = true;
      } catch (error) {
        if (!(error instanceof PeerAway)) throw error;
        await postpone(row, error, ports, options);
        return isAwaited;
      }
    }
    if (due.length < BATCH) return isAwaited;
  }
}

async function deliverOne<T extends PeerTables>(
  row: OutboxRow,
  ports: DeliveryPorts,
  options: DeliveryOptions<T>,
): Promise<boolean> {
  const { jti, to, type } = row;
  assert(type !== 'receipt', 'receipts do not go through the outbox');
  const receiptText = await ports.net.send(row.to, row.text);
  ports.faults.point('peer/after-send');
  const handler = options.handlers[type];
  await options.store.transaction(async (tx) => {
    const now = await tx.peers.outbox(jti);
    if (now === undefined || now.state === 'answered') return;
    const hash = sealedMessageHash(row.text);
    assert(hash !== undefined, 'the outbox holds what was sealed');
    const lookup = await options.lookup(tx);
    const expected = { from: to, jti, hash };
    const receipt = openReceipt(receiptText, options.self, expected, lookup, ports.verify);
    await tx.peers.answerOutbox(jti, receiptText);
    await handler?.(tx, { to, jti, type, body: bodyOf(row) }, receipt);
    ports.faults.point('peer/before-receipt-commit');
  });
  return handler !== undefined;
}

/** Read only where somebody waits for the receipt; of most messages it only has to be kept. */
function bodyOf(row: OutboxRow): Json {
  const sent = readStoredPeerMessage(row.text);
  assert(sent !== undefined, 'the outbox holds what was sealed');
  return sent.body;
}

async function postpone<T extends PeerTables>(
  row: OutboxRow,
  error: PeerAway,
  ports: DeliveryPorts,
  options: DeliveryOptions<T>,
): Promise<void> {
  const pause = Math.min(2 ** Math.min(row.attempts, 16), options.longestPauseSeconds);
  ports.log.info(
    { peer: row.to, messageType: row.type, count: row.attempts + 1 },
    `not delivered: ${error.message}`,
  );
  await options.store.transaction((tx) =>
    tx.peers.postponeOutbox(row.jti, row.to, ports.clock.now() + pause),
  );
}
