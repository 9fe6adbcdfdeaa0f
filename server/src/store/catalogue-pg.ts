import assert from 'node:assert/strict';
import {
  canonicalJson,
  documentText,
  editionShape,
  erratumShape,
  headShape,
  parseDocument,
  type Shape,
} from '@tongyu/protocol';
import { sql, type RawBuilder } from 'kysely';
import type {
  CatalogueRows,
  CatalogueTables,
  CheckRow,
  Opening,
  SignOffRow,
  SuspensionRow,
} from './catalogue-tables.ts';
import type { DatabaseTransaction } from './database.ts';

/** The service list in PostgreSQL. What was signed stands as the canonical text that was signed. */
export function pgCatalogue(tx: DatabaseTransaction): CatalogueTables {
  return {
    catalogue: {
      ...publishedRows(tx),
      ...partRows(tx),
      ...openingRows(tx),
      ...watchRows(tx),
    },
  };
}

type Text = { readonly document: string };

async function textsOf(tx: DatabaseTransaction, query: RawBuilder<Text>): Promise<string[]> {
  const { rows } = await query.execute(tx);
  return rows.map(({ document }) => document);
}

type PublishedRows = Pick<
  CatalogueRows,
  | 'revision'
  | 'setRevision'
  | 'editions'
  | 'addEdition'
  | 'heads'
  | 'saveHead'
  | 'headOf'
  | 'headAt'
  | 'dropHeads'
  | 'errata'
  | 'addErratum'
>;

function publishedRows(tx: DatabaseTransaction): PublishedRows {
  const read = async <T>(shape: Shape<T>, query: RawBuilder<Text>): Promise<T[]> =>
    (await textsOf(tx, query)).map((text) => parseStored(shape, text));
  return {
    async revision() {
      const { rows } = await sql<{ revision: string }>`
        select revision from catalogue_revision`.execute(tx);
      return rows[0]?.revision;
    },
    async setRevision(revision) {
      await sql`insert into catalogue_revision (revision) values (${revision})
        on conflict (single) do update set revision = excluded.revision`.execute(tx);
    },
    editions: () =>
      read(editionShape, sql<Text>`select document from catalogue_edition order by number`),
    async addEdition(edition) {
      await sql`insert into catalogue_edition (number, document)
        values (${edition.signed.number}, ${documentText(edition)})
        on conflict (number) do nothing`.execute(tx);
    },
    heads: () =>
      read(
        headShape,
        sql<Text>`select distinct on (party) document from catalogue_head
          order by party, number desc`,
      ),
    async saveHead(head) {
      const { party, number, time } = head.signed;
      await sql`insert into catalogue_head (party, number, time, document)
        values (${party}, ${number}, ${time}, ${documentText(head)})
        on conflict (party, number) do nothing`.execute(tx);
    },
    async headOf(party, number) {
      const query = sql<Text>`select document from catalogue_head
        where party = ${party} and number = ${number}`;
      return (await read(headShape, query))[0];
    },
    async headAt(party, time) {
      const query = sql<Text>`select document from catalogue_head
        where party = ${party} and time <= ${time} order by number desc limit 1`;
      return (await read(headShape, query))[0];
    },
    async dropHeads(before) {
      const dropped = await sql`delete from catalogue_head h
        where h.time < ${before} and h.number <
          (select max(n.number) from catalogue_head n where n.party = h.party)`.execute(tx);
      return Number(dropped.numAffectedRows ?? 0n);
    },
    errata: () =>
      read(erratumShape, sql<Text>`select document from catalogue_erratum order by party, number`),
    async addErratum(erratum) {
      await sql`insert into catalogue_erratum (party, number, document)
        values (${erratum.signed.party}, ${erratum.signed.number}, ${documentText(erratum)})
        on conflict do nothing`.execute(tx);
    },
  };
}

type PartRows = Pick<CatalogueRows, 'partText' | 'heldParts' | 'addPart' | 'keepParts'>;

function partRows(tx: DatabaseTransaction): PartRows {
  return {
    async partText(hash) {
      const texts = await textsOf(
        tx,
        sql<Text>`select document from catalogue_part where hash = ${hash}`,
      );
      return texts[0];
    },
    async heldParts(hashes) {
      const { rows } = await sql<{ hash: string }>`
        select hash from catalogue_part where hash = any(${hashes}::text[])`.execute(tx);
      return new Set(rows.map(({ hash }) => hash));
    },
    async addPart({ hash, party, text }) {
      await sql`insert into catalogue_part (hash, party, document)
        values (${hash}, ${party}, ${text}) on conflict (hash) do nothing`.execute(tx);
    },
    async keepParts(hashes) {
      const { rows } = await sql`delete from catalogue_part
        where hash <> all(${hashes}::text[]) returning hash`.execute(tx);
      return rows.length;
    },
  };
}

type OpeningRows = Pick<
  CatalogueRows,
  'openings' | 'lockOpening' | 'saveOpening' | 'signOffs' | 'recordSignOff'
>;

function openingRows(tx: DatabaseTransaction): OpeningRows {
  return {
    async openings() {
      const query = sql<Text>`select document from catalogue_opening order by number`;
      return (await textsOf(tx, query)).map((text) => ownRow(text) as Opening);
    },
    async lockOpening(number) {
      const query = sql<Text>`
        select document from catalogue_opening where number = ${number} for update`;
      const [text] = await textsOf(tx, query);
      return text === undefined ? undefined : (ownRow(text) as Opening);
    },
    async saveOpening(opening) {
      await sql`insert into catalogue_opening (number, document)
        values (${opening.number}, ${rowText(opening)})
        on conflict (number) do update set document = excluded.document`.execute(tx);
    },
    async signOffs() {
      const { rows } = await sql<SignOffRow>`
        select number, id, hash, signed_at as "signedAt" from catalogue_sign_off
        order by number`.execute(tx);
      return rows;
    },
    async recordSignOff({ number, id, hash, signedAt }) {
      await sql`insert into catalogue_sign_off (number, id, hash, signed_at)
        values (${number}, ${id}, ${hash}, ${signedAt})
        on conflict (number) do nothing`.execute(tx);
      const { rows } = await sql<{ hash: string }>`
        select hash from catalogue_sign_off where number = ${number}`.execute(tx);
      assert(rows[0]?.hash === hash, 'one content for each number');
    },
  };
}

type WatchRows = Pick<
  CatalogueRows,
  'suspensions' | 'suspensionsOf' | 'saveSuspension' | 'checks' | 'addCheck'
>;

function watchRows(tx: DatabaseTransaction): WatchRows {
  return {
    async suspensions() {
      const query = sql<Text>`select document from catalogue_suspension where not is_lifted
        order by entry collate "C", rule collate "C"`;
      return (await textsOf(tx, query)).map((text) => ownRow(text) as SuspensionRow);
    },
    async suspensionsOf(entry) {
      const query = sql<Text>`select document from catalogue_suspension where entry = ${entry}
        order by position`;
      return (await textsOf(tx, query)).map((text) => ownRow(text) as SuspensionRow);
    },
    async saveSuspension(row) {
      await sql`insert into catalogue_suspension (entry, rule, since, is_lifted, document)
        values (${row.entry}, ${row.rule ?? ''}, ${row.since}, ${row.lifted !== null},
          ${rowText(row)})
        on conflict (entry, rule, since) do update
          set is_lifted = excluded.is_lifted, document = excluded.document`.execute(tx);
    },
    async checks() {
      const query = sql<Text>`select distinct on (entry collate "C") document from catalogue_check
        order by entry collate "C", position desc`;
      return (await textsOf(tx, query)).map((text) => ownRow(text) as CheckRow);
    },
    async addCheck(row) {
      await sql`insert into catalogue_check (entry, checked_on, document)
        values (${row.entry}, ${row.on}, ${rowText(row)})`.execute(tx);
    },
  };
}

/** What this node itself wrote after checking it: a failure here is a damaged database. */
function parseStored<T>(shape: Shape<T>, text: string): T {
  const read = parseDocument(shape, text, text.length);
  if (!read.ok) throw new Error('a stored document of the service list is damaged');
  return read.value;
}

function rowText(row: Opening | SuspensionRow | CheckRow): string {
  return canonicalJson(row);
}

function ownRow(text: string): unknown {
  return JSON.parse(text);
}
