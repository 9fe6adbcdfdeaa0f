import type { NodeId } from '@tongyu/protocol';
import { createMemoryRows, type UndoLog } from './memory-rows.ts';
import { TRIES_IN_ORDER, type InboxRow, type OutboxRow, type PeerTables } from './peer-tables.ts';

export function memoryPeers(undo: UndoLog): PeerTables {
  const outbox = createMemoryRows<OutboxRow>(undo);
  /** Only the pending ones, so that delivery does not walk through the past. */
  const pending = createMemoryRows<OutboxRow>(undo);
  const inbox = createMemoryRows<InboxRow>(undo);
  const put = (row: OutboxRow): void => {
    outbox.set(row.jti, row);
    if (row.state === 'pending') pending.set(row.jti, row);
    else pending.delete(row.jti);
  };
  const pendingTo = (to: NodeId): OutboxRow[] => pending.values().filter((row) => row.to === to);

  return {
    peers: {
      putOutbox(row) {
        if (row.topic !== null) {
          for (const old of pendingTo(row.to)) {
            if (old.topic === row.topic) put({ ...old, state: 'superseded' });
          }
        }
        put(row);
        return Promise.resolve();
      },
      outbox: (jti) => Promise.resolve(outbox.get(jti)),
      dueOutbox: (to, now, limit) =>
        Promise.resolve(
          pendingTo(to)
            .filter((row) => row.dueAt <= now)
            .sort((a, b) => Number(isLate(a)) - Number(isLate(b)))
            .slice(0, limit),
        ),
      pendingOutbox() {
        const counts = new Map<NodeId, number>();
        for (const { to } of pending.values()) counts.set(to, (counts.get(to) ?? 0) + 1);
        return Promise.resolve(counts);
      },
      postponeOutbox(jti, to, dueAt) {
        for (const row of pendingTo(to)) {
          const attempts = row.jti === jti ? row.attempts + 1 : row.attempts;
          put({ ...row, attempts, dueAt });
        }
        return Promise.resolve();
      },
      wakeOutbox(to, now) {
        for (const row of pendingTo(to)) if (row.dueAt > now) put({ ...row, dueAt: now });
        return Promise.resolve();
      },
      answerOutbox(jti, receipt) {
        const row = outbox.get(jti);
        if (row !== undefined) put({ ...row, state: 'answered', receipt });
        return Promise.resolve();
      },
      inbox: (iss, jti) => Promise.resolve(inbox.get(`${iss} ${jti}`)),
      putInbox(row) {
        inbox.set(`${row.iss} ${row.jti}`, row);
        return Promise.resolve();
      },
      dropDone(before, limit) {
        const sent = outbox.values().filter((row) => row.state !== 'pending' && row.dueAt < before);
        const received = inbox.values().filter((row) => row.receivedAt < before);
        const [ends, goes] = [sent.slice(0, limit), received.slice(0, limit)];
        for (const { jti } of ends) outbox.delete(jti);
        for (const { iss, jti } of goes) inbox.delete(`${iss} ${jti}`);
        return Promise.resolve(ends.length + goes.length);
      },
    },
  };
}

function isLate(row: OutboxRow): boolean {
  return row.attempts >= TRIES_IN_ORDER;
}
