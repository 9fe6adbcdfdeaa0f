import { canonicalJson, type Entry, type Json } from '@tongyu/protocol';
import { sql } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import { pgComments, pgFundings, readEntry } from './draft-talk-pg.ts';
import type { ChangeRows, DraftChange, DraftTables, HistoryLine } from './draft-tables.ts';

/** The draft tables in PostgreSQL. Entries stand as canonical text. */
export function pgDraft(tx: DatabaseTransaction): DraftTables {
  return { draft: { ...pgChanges(tx), ...pgComments(tx), ...pgFundings(tx) } };
}

type ChangeColumns = Omit<DraftChange, 'after'> & { readonly after: string | null };
type LineColumns = Omit<HistoryLine, 'before' | 'after'> & {
  readonly before: string | null;
  readonly after: string | null;
};

const lineColumns = sql.raw('position, entry, act, by, at, before, after, reason');

function pgChanges(tx: DatabaseTransaction): ChangeRows {
  const newestPosition = async (): Promise<number> => {
    const { rows } = await sql<{ position: number }>`
      select coalesce(max(position), 0) as position from draft_history`.execute(tx);
    return rows[0]?.position ?? 0;
  };
  return {
    async changes() {
      const { rows } = await sql<ChangeColumns>`
        select entry, after, reason, author, at from draft_change order by entry`.execute(tx);
      return rows.map(changeOf);
    },
    async change(entry) {
      const { rows } = await sql<ChangeColumns>`
        select entry, after, reason, author, at from draft_change
        where entry = ${entry}`.execute(tx);
      return rows[0] === undefined ? undefined : changeOf(rows[0]);
    },
    async saveChanges(changes) {
      const given = changes.map((row) => ({ ...row, after: entryText(row.after) }));
      await sql`insert into draft_change (entry, after, reason, author, at)
        select entry, after, reason, author, at from jsonb_to_recordset(${asText(given)}::jsonb)
          as given(entry text, after text, reason jsonb, author text, at bigint)
        on conflict (entry) do update set after = excluded.after, reason = excluded.reason,
          author = excluded.author, at = excluded.at`.execute(tx);
    },
    async dropChanges(entries) {
      await sql`delete from draft_change where entry = any(${entries})`.execute(tx);
    },
    async addHistory(lines) {
      const before = await newestPosition();
      const given = lines.map((line, i) => ({
        ...line,
        position: before + 1 + i,
        before: entryText(line.before),
        after: entryText(line.after),
      }));
      await sql`insert into draft_history (${lineColumns})
        select ${lineColumns} from jsonb_to_recordset(${asText(given)}::jsonb)
          as given(position bigint, entry text, act text, by text, at bigint, before text,
            after text, reason jsonb)`.execute(tx);
      return before + lines.length;
    },
    async historyOf(entry, limit) {
      const { rows } = await sql<LineColumns>`select ${lineColumns} from draft_history
        where entry = ${entry} order by position desc limit ${limit}`.execute(tx);
      return rows.map(lineOf);
    },
    async newestLine() {
      const { rows } = await sql<LineColumns>`select ${lineColumns} from draft_history
        order by position desc limit 1`.execute(tx);
      return rows[0] === undefined ? undefined : lineOf(rows[0]);
    },
    async revisions() {
      const { rows } = await sql<{ entry: string; position: number }>`
        select entry, max(position) as position from draft_history group by entry`.execute(tx);
      return new Map(rows.map(({ entry, position }) => [entry, position]));
    },
  };
}

function changeOf(row: ChangeColumns): DraftChange {
  return { ...row, after: readEntry(row.after) };
}

function lineOf(row: LineColumns): HistoryLine {
  return { ...row, before: readEntry(row.before), after: readEntry(row.after) };
}

function entryText(entry: Entry | null): string | null {
  return entry === null ? null : canonicalJson(entry);
}

function asText(value: Json): string {
  return JSON.stringify(value);
}
