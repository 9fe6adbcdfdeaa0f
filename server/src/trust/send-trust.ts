import type { Json, NodeId } from '@tongyu/protocol';
import type { HandledType } from '../peers/types.ts';
import { otherNodes, type TrustView } from './trust-view.ts';
import type { NodeTables, TrustRoom } from './types.ts';

/**
 * Of these a newer one makes an undelivered older one pointless. Not of sections: one that revokes
 * counts before the bundle, and the fuller one after it does not.
 */
const REPLACEABLE: ReadonlySet<HandledType> = new Set([
  'bundle.propose',
  'bundle.publish',
  'time.publish',
  'list.publish',
  'head.publish',
]);

/** Puts the message into the outbox for every other node. */
export async function sendToAll<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  view: TrustView,
  type: HandledType,
  body: Json,
): Promise<void> {
  await sendTo(room, tx, otherNodes(view, room.config.self), type, body);
}

export async function sendTo<T extends NodeTables>(
  room: TrustRoom<T>,
  tx: T,
  nodes: readonly NodeId[],
  type: HandledType,
  body: Json,
): Promise<void> {
  for (const to of nodes) {
    await room.send(tx, { to, type, body, ...(REPLACEABLE.has(type) ? { topic: type } : {}) });
  }
}

/** Protocol values are JSON already; their types only do not say so. */
export function asJson(value: object): Json {
  return value as unknown as Json;
}
