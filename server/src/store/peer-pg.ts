import { sql } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import { TRIES_IN_ORDER, type InboxRow, type OutboxRow, type PeerTables } from './peer-tables.ts';

const outboxColumns = sql.raw(
  `jti, recipient as "to", type, topic, text, made_at as "madeAt", attempts,
   due_at as "dueAt", state, receipt`,
);

/** Outbox and inbox in PostgreSQL. */
export function pgPeers(tx: DatabaseTransaction): PeerTables {
  return {
    peers: {
      async putOutbox(row) {
        if (row.topic !== null) {
          await sql`update peer_outbox set state = 'superseded'
            where recipient = ${row.to} and topic = ${row.topic}
              and state = 'pending'`.execute(tx);
        }
        await sql`insert into peer_outbox
          (jti, recipient, type, topic, text, made_at, attempts, due_at, state, receipt)
          values (${row.jti}, ${row.to}, ${row.type}, ${row.topic}, ${row.text}, ${row.madeAt},
            ${row.attempts}, ${row.dueAt}, ${row.state}, ${row.receipt})`.execute(tx);
      },
      async outbox(jti) {
        const { rows } = await sql<OutboxRow>`
          select ${outboxColumns} from peer_outbox where jti = ${jti}`.execute(tx);
        return rows[0];
      },
      async dueOutbox(to, now, limit) {
        const { rows } = await sql<OutboxRow>`
          select ${outboxColumns} from peer_outbox
          where recipient = ${to} and state = 'pending' and due_at <= ${now}
          order by (attempts >= ${TRIES_IN_ORDER}), position limit ${limit}`.execute(tx);
        return rows;
      },
      async pendingOutbox() {
        const { rows } = await sql<{ to: string; count: number }>`
          select recipient as "to", count(*) as count from peer_outbox
          where state = 'pending' group by recipient`.execute(tx);
        return new Map(rows.map((row) => [row.to, row.count]));
      },
      async postponeOutbox(jti, to, dueAt) {
        await sql`update peer_outbox set due_at = ${dueAt},
            attempts = attempts + (jti = ${jti})::integer
          where recipient = ${to} and state = 'pending'`.execute(tx);
      },
      async wakeOutbox(to, now) {
        await sql`update peer_outbox set due_at = ${now}
          where recipient = ${to} and state = 'pending' and due_at > ${now}`.execute(tx);
      },
      async answerOutbox(jti, receipt) {
        await sql`update peer_outbox set state = 'answered', receipt = ${receipt}
          where jti = ${jti}`.execute(tx);
      },
      async inbox(iss, jti) {
        const { rows } = await sql<InboxRow>`
          select iss, jti, hash, type, text, receipt, received_at as "receivedAt"
          from peer_inbox where iss = ${iss} and jti = ${jti}`.execute(tx);
        return rows[0];
      },
      async putInbox(row) {
        await sql`insert into peer_inbox (iss, jti, hash, type, text, receipt, received_at)
          values (${row.iss}, ${row.jti}, ${row.hash}, ${row.type}, ${row.text}, ${row.receipt},
            ${row.receivedAt})`.execute(tx);
      },
      async dropDone(before, limit) {
        const sent = await sql`delete from peer_outbox where jti in (
          select jti from peer_outbox
          where state <> 'pending' and due_at < ${before} limit ${limit})`.execute(tx);
        const received = await sql`delete from peer_inbox where (iss, jti) in (
          select iss, jti from peer_inbox
          where received_at < ${before} limit ${limit})`.execute(tx);
        return Number(sent.numAffectedRows ?? 0n) + Number(received.numAffectedRows ?? 0n);
      },
    },
  };
}
