import { sql } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import type { FeedbackRow, FeedbackTables } from './feedback-tables.ts';
import type { Migration } from './migrations.ts';

export const feedbackMigrations: readonly Migration[] = [
  {
    room: 'feedback',
    number: 1,
    name: 'what the public reports',
    sql: `
create table feedback_report (
  id text collate "C" primary key,
  party text,
  entry text,
  kind text not null check (kind in ('error', 'wish')),
  text text not null,
  times bigint not null,
  at bigint not null,
  state text not null check (state in ('open', 'answered')),
  answer jsonb
);
create index on feedback_report (entry, kind);
create index on feedback_report (at);`,
  },
];

const columns = sql.raw('id, party, entry, kind, text, times, at, state, answer');

export function pgFeedback(tx: DatabaseTransaction): FeedbackTables {
  return {
    feedback: {
      async report(id) {
        const { rows } = await sql<FeedbackRow>`
          select ${columns} from feedback_report where id = ${id}`.execute(tx);
        return rows[0];
      },
      async reportLike({ party, entry, kind, text }) {
        const { rows } = await sql<FeedbackRow>`select ${columns} from feedback_report
          where entry is not distinct from ${entry} and kind = ${kind}
            and party is not distinct from ${party} and text = ${text}
          limit 1`.execute(tx);
        return rows[0];
      },
      async saveReport(row) {
        const answer = row.answer === null ? null : JSON.stringify(row.answer);
        await sql`insert into feedback_report (${columns})
          values (${row.id}, ${row.party}, ${row.entry}, ${row.kind}, ${row.text}, ${row.times},
            ${row.at}, ${row.state}, ${answer}::jsonb)
          on conflict (id) do update set times = excluded.times, state = excluded.state,
            answer = excluded.answer`.execute(tx);
      },
      async reports(openOnly, limit) {
        const { rows } = await sql<FeedbackRow>`select ${columns} from feedback_report
          where state = 'open' or not ${openOnly}::boolean
          order by at desc, id limit ${limit}`.execute(tx);
        return rows;
      },
      async countReports() {
        const { rows } = await sql<{ count: number }>`
          select count(*) as count from feedback_report`.execute(tx);
        return rows[0]?.count ?? 0;
      },
      async countsByEntry() {
        const { rows } = await sql<{ entry: string; errors: number; wishes: number }>`
          select entry, count(*) filter (where kind = 'error') as errors,
            count(*) filter (where kind = 'wish') as wishes
          from feedback_report where entry is not null and state = 'open'
          group by entry`.execute(tx);
        return new Map(rows.map(({ entry, errors, wishes }) => [entry, { errors, wishes }]));
      },
      async dropBefore(time) {
        await sql`delete from feedback_report where at < ${time}`.execute(tx);
      },
    },
  };
}
