import type { Clock } from '../ports/clock.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { PeerTables } from '../store/peer-tables.ts';

/**
 * A message is kept this much longer than messages are taken: then the id of a dropped one can
 * never count as new (PEER-3.4), also when its sender's clock was ahead.
 */
export const EVIDENCE_MARGIN_SECONDS = 2 * 86_400;

const ROWS_AT_ONCE = 1_000;

/** Messages that both sides are done with are evidence for so long, then dropped (PEER-1.5). */
export async function dropEvidence<T extends PeerTables>(
  store: NodeStore<T>,
  clock: Clock,
  evidenceSeconds: number,
): Promise<void> {
  const before = clock.now() - evidenceSeconds - EVIDENCE_MARGIN_SECONDS;
  const drop = (): Promise<number> =>
    store.transaction((tx) => tx.peers.dropDone(before, ROWS_AT_ONCE));
  while ((await drop()) > 0); // each round is a transaction of its own, so that nobody waits long
}
