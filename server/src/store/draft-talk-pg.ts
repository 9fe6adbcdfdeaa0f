import { canonicalJson, type Entry, type Funding, type Json } from '@tongyu/protocol';
import { sql, type RawBuilder } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import type { CommentRow, CommentRows, FundingRow, FundingRows } from './draft-tables.ts';

type CommentColumns = Omit<CommentRow, 'proposed'> & { readonly proposed: string | null };
type FundingColumns = Omit<FundingRow, 'funding'> & { readonly funding: string };

const commentColumns = sql.raw(
  'direction, party, id, entry, kind, text, proposed, at, author, state, answer, refusal',
);
const fundingColumns = sql.raw(
  'direction, hash, party, funding, reason, at, author, state, answer, signature',
);

export function pgComments(tx: DatabaseTransaction): CommentRows {
  return {
    async comment({ direction, party, id }) {
      const { rows } = await sql<CommentColumns>`select ${commentColumns} from draft_comment
        where direction = ${direction} and party = ${party} and id = ${id}`.execute(tx);
      return rows[0] === undefined ? undefined : commentOf(rows[0]);
    },
    async saveComment(row) {
      const proposed = row.proposed === null ? null : canonicalJson(row.proposed);
      await sql`insert into draft_comment (${commentColumns})
        values (${row.direction}, ${row.party}, ${row.id}, ${row.entry}, ${row.kind}, ${row.text},
          ${proposed}, ${row.at}, ${row.author}, ${row.state}, ${jsonb(row.answer)},
          ${row.refusal})
        on conflict (direction, party, id) do update set state = excluded.state,
          answer = excluded.answer, refusal = excluded.refusal`.execute(tx);
    },
    async comments(direction, openOnly, limit) {
      const { rows } = await sql<CommentColumns>`select ${commentColumns} from draft_comment
        where direction = ${direction} and (state = 'open' or not ${openOnly}::boolean)
        order by at desc, id limit ${limit}`.execute(tx);
      return rows.map(commentOf);
    },
    async countOpenComments(from) {
      const { rows } = await sql<{ count: number }>`select count(*) as count from draft_comment
        where direction = 'received' and party = ${from} and state = 'open'`.execute(tx);
      return rows[0]?.count ?? 0;
    },
  };
}

export function pgFundings(tx: DatabaseTransaction): FundingRows {
  return {
    async funding(direction, hash) {
      const { rows } = await sql<FundingColumns>`select ${fundingColumns} from draft_funding
        where direction = ${direction} and hash = ${hash}`.execute(tx);
      return rows[0] === undefined ? undefined : fundingRow(rows[0]);
    },
    async saveFunding(row) {
      await sql`insert into draft_funding (${fundingColumns})
        values (${row.direction}, ${row.hash}, ${row.party}, ${canonicalJson(row.funding)},
          ${jsonb(row.reason)}, ${row.at}, ${row.author}, ${row.state}, ${jsonb(row.answer)},
          ${jsonb(row.signature)})
        on conflict (direction, hash) do update set state = excluded.state,
          reason = excluded.reason, at = excluded.at, author = excluded.author,
          answer = excluded.answer, signature = excluded.signature`.execute(tx);
    },
    async fundings(direction, limit) {
      const { rows } = await sql<FundingColumns>`select ${fundingColumns} from draft_funding
        where direction = ${direction} order by at desc, hash limit ${limit}`.execute(tx);
      return rows.map(fundingRow);
    },
    async grantedFundings() {
      const { rows } = await sql<FundingColumns>`select ${fundingColumns} from draft_funding
        where state = 'granted' order by at, hash`.execute(tx);
      return rows.map(fundingRow);
    },
    async countOpenFundings(from) {
      const { rows } = await sql<{ count: number }>`select count(*) as count from draft_funding
        where direction = 'received' and party = ${from} and state = 'open'`.execute(tx);
      return rows[0]?.count ?? 0;
    },
  };
}

function commentOf(row: CommentColumns): CommentRow {
  return { ...row, proposed: readEntry(row.proposed) };
}

function fundingRow(row: FundingColumns): FundingRow {
  return { ...row, funding: JSON.parse(row.funding) as Funding };
}

/** What these tables wrote; its form was checked before that. */
export function readEntry(text: string | null): Entry | null {
  return text === null ? null : (JSON.parse(text) as Entry);
}

function jsonb(value: Json): RawBuilder<unknown> {
  return value === null ? sql`null` : sql`${JSON.stringify(value)}::jsonb`;
}
