import {
  bundleShape,
  canonicalJson,
  documentText,
  parseCanonicalJson,
  readShape,
  rootShape,
  sectionShape,
  timeStatementShape,
  type Bundle,
  type DocumentSignature,
  type HeldList,
  type Root,
  type Shape,
  type SignedDocument,
  type SignedTimeStatement,
  type TrustState,
} from '@tongyu/protocol';
import { sql } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import type { BundleProposal, SignedRecord, TrustRows, TrustTables } from './trust-tables.ts';

/** The trust tables in PostgreSQL. Documents stand as the canonical text that was signed. */
export function pgTrust(tx: DatabaseTransaction): TrustTables {
  return {
    trust: {
      ...stateRows(tx),
      ...pastRows(tx),
      ...signingRows(tx),
      ...proposalRows(tx),
      ...noteRows(tx),
    },
  };
}

type StateRows = Pick<
  TrustRows,
  'revision' | 'loadState' | 'saveState' | 'newestSections' | 'saveNewestSection'
>;

type DocumentKind = 'revoking' | 'newest';

function stateRows(tx: DatabaseTransaction): StateRows {
  const read = async <T>(kind: DocumentKind, shape: Shape<T>): Promise<T[]> => {
    const { rows } = await sql<{ document: string }>`
      select document from trust_document where kind = ${kind} order by party`.execute(tx);
    return rows.map((row) => parseStored(shape, row.document));
  };
  return {
    async revision() {
      const { rows } = await sql<{ revision: string }>`
        select revision from trust_state`.execute(tx);
      return rows[0]?.revision;
    },
    async loadState() {
      const { rows } = await sql<{ pinned: string | null; highest: number }>`
        select pinned_root_hash as pinned, highest_signed_time as highest
        from trust_state`.execute(tx);
      const row = rows[0];
      if (row === undefined || row.pinned === null) return undefined;
      const newestRoot = await sql<{ document: string }>`
        select document from trust_root order by number desc limit 1`.execute(tx);
      const newestBundle = await sql<{ document: string }>`
        select document from trust_bundle order by version desc limit 1`.execute(tx);
      const bundleText = newestBundle.rows[0]?.document;
      const rootText = newestRoot.rows[0]?.document;
      const lists = await sql<HeldList>`
        select party, number, bytes from trust_list order by party`.execute(tx);
      return {
        pinnedRootHash: row.pinned,
        root: rootText === undefined ? undefined : parseStored(rootShape, rootText),
        bundle: bundleText === undefined ? undefined : parseStored(bundleShape, bundleText),
        revokingSections: await read('revoking', sectionShape),
        times: await readTimes(tx),
        lists: lists.rows.map((list) => ({ ...list, bytes: new Uint8Array(list.bytes) })),
        highestSignedTime: row.highest,
      };
    },
    saveState: (after, before, revision) => saveState(tx, after, before, revision),
    newestSections: () => read('newest', sectionShape),
    async saveNewestSection(section, revision) {
      await putDocument(tx, 'newest', section.signed.party, section);
      await sql`insert into trust_state (revision, highest_signed_time) values (${revision}, 0)
        on conflict (single) do update set revision = excluded.revision`.execute(tx);
    },
  };
}

async function readTimes(tx: DatabaseTransaction): Promise<SignedTimeStatement[]> {
  const { rows } = await sql<{ document: string }>`
    select document from trust_time order by party, position`.execute(tx);
  return rows.map((row) => parseStored(timeStatementShape, row.document));
}

type PastRows = Pick<TrustRows, 'rootsAfter' | 'bundleOf' | 'bundledKeys' | 'saveBundledKey'>;

function pastRows(tx: DatabaseTransaction): PastRows {
  return {
    async rootsAfter(number, limit) {
      const { rows } = await sql<{ document: string }>`
        select document from trust_root where number > ${number}
        order by number limit ${limit}`.execute(tx);
      return rows.map((row) => parseStored(rootShape, row.document));
    },
    async bundleOf(version) {
      const { rows } = await sql<{ document: string }>`
        select document from trust_bundle where version = ${version}`.execute(tx);
      const text = rows[0]?.document;
      return text === undefined ? undefined : parseStored(bundleShape, text);
    },
    async bundledKeys() {
      const { rows } = await sql<{ keyId: number; since: number }>`
        select key_id as "keyId", since from trust_bundled_key`.execute(tx);
      return new Map(rows.map((row) => [row.keyId, row.since]));
    },
    async saveBundledKey(keyId, since) {
      await sql`insert into trust_bundled_key (key_id, since) values (${keyId}, ${since})
        on conflict do nothing`.execute(tx);
    },
  };
}

async function saveState(
  tx: DatabaseTransaction,
  after: TrustState,
  before: TrustState | undefined,
  revision: string,
): Promise<void> {
  const { root, bundle } = after;
  await sql`insert into trust_state (revision, pinned_root_hash, highest_signed_time)
    values (${revision}, ${after.pinnedRootHash}, ${after.highestSignedTime})
    on conflict (single) do update set revision = excluded.revision,
      pinned_root_hash = excluded.pinned_root_hash,
      highest_signed_time = excluded.highest_signed_time`.execute(tx);
  if (root !== undefined && root !== before?.root) {
    await sql`insert into trust_root (number, document)
      values (${root.signed.number}, ${documentText(root)})
      on conflict (number) do nothing`.execute(tx);
  }
  if (bundle !== undefined && bundle !== before?.bundle) {
    await sql`insert into trust_bundle (version, document)
      values (${bundle.signed.version}, ${documentText(bundle)})
      on conflict (version) do nothing`.execute(tx);
  }
  for (const section of after.revokingSections) {
    if (before?.revokingSections.includes(section) === true) continue;
    await putDocument(tx, 'revoking', section.signed.party, section);
  }
  for (const statement of before?.times ?? []) {
    if (after.times.includes(statement)) continue;
    await sql`delete from trust_time where document = ${documentText(statement)}`.execute(tx);
  }
  for (const statement of after.times) {
    if (before?.times.includes(statement) === true) continue;
    await sql`insert into trust_time (party, document)
      values (${statement.signed.party}, ${documentText(statement)})`.execute(tx);
  }
  for (const list of after.lists) {
    if (before?.lists.includes(list) === true) continue;
    await sql`insert into trust_list (party, number, bytes)
      values (${list.party}, ${list.number}, ${Buffer.from(list.bytes)})
      on conflict (party) do update
        set number = excluded.number, bytes = excluded.bytes`.execute(tx);
  }
}

async function putDocument(
  tx: DatabaseTransaction,
  kind: DocumentKind,
  party: string,
  document: SignedDocument<{ readonly type: string }>,
): Promise<void> {
  await sql`insert into trust_document (kind, party, document)
    values (${kind}, ${party}, ${documentText(document)})
    on conflict (kind, party) do update set document = excluded.document`.execute(tx);
}

type SigningRows = Pick<TrustRows, 'signedRecords' | 'highestSigned' | 'recordSigned'>;

function signingRows(tx: DatabaseTransaction): SigningRows {
  return {
    async signedRecords(kind, atLeast) {
      const { rows } = await sql<SignedRecord>`
        select kind, number, hash, signed_at as "signedAt" from trust_signed
        where kind = ${kind} and number >= ${atLeast} order by number, signed_at`.execute(tx);
      return rows;
    },
    async highestSigned(kind) {
      const { rows } = await sql<{ highest: number }>`
        select coalesce(max(number), 0) as highest from trust_signed
        where kind = ${kind}`.execute(tx);
      return rows[0]?.highest ?? 0;
    },
    async recordSigned(record) {
      await sql`insert into trust_signed (kind, number, hash, signed_at)
        values (${record.kind}, ${record.number}, ${record.hash}, ${record.signedAt})
        on conflict do nothing`.execute(tx);
    },
  };
}

type ProposalRows = Pick<
  TrustRows,
  'rootProposals' | 'saveRootProposal' | 'bundleProposal' | 'saveBundleProposal'
>;

type RootProposalRow = {
  hash: string;
  root: string;
  signatures: string;
  proposedAt: number;
  approvedAt: number | null;
};
type BundleProposalRow = {
  bundle: string;
  signatures: string;
  proposedAt: number;
  state: BundleProposal['state'];
  skipTo: number;
};

function proposalRows(tx: DatabaseTransaction): ProposalRows {
  return {
    async rootProposals() {
      const { rows } = await sql<RootProposalRow>`
        select hash, root, signatures, proposed_at as "proposedAt", approved_at as "approvedAt"
        from trust_root_proposal order by position`.execute(tx);
      return rows.map((row) => ({
        ...row,
        root: JSON.parse(row.root) as Root,
        signatures: ownSignatures(row.signatures),
      }));
    },
    async saveRootProposal(proposal) {
      await sql`insert into trust_root_proposal (hash, root, signatures, proposed_at, approved_at)
        values (${proposal.hash}, ${jsonText(proposal.root)}, ${jsonText(proposal.signatures)},
          ${proposal.proposedAt}, ${proposal.approvedAt})
        on conflict (hash) do update set signatures = excluded.signatures,
          approved_at = excluded.approved_at`.execute(tx);
    },
    async bundleProposal() {
      const { rows } = await sql<BundleProposalRow>`
        select bundle, signatures, proposed_at as "proposedAt", state, skip_to as "skipTo"
        from trust_bundle_proposal`.execute(tx);
      const row = rows[0];
      if (row === undefined) return undefined;
      return {
        ...row,
        bundle: JSON.parse(row.bundle) as Bundle,
        signatures: ownSignatures(row.signatures),
      };
    },
    async saveBundleProposal(proposal) {
      await sql`insert into trust_bundle_proposal (bundle, signatures, proposed_at, state, skip_to)
        values (${jsonText(proposal.bundle)}, ${jsonText(proposal.signatures)},
          ${proposal.proposedAt}, ${proposal.state}, ${proposal.skipTo})
        on conflict (single) do update set bundle = excluded.bundle,
          signatures = excluded.signatures, proposed_at = excluded.proposed_at,
          state = excluded.state, skip_to = excluded.skip_to`.execute(tx);
    },
  };
}

function noteRows(tx: DatabaseTransaction): Pick<TrustRows, 'note' | 'setNote'> {
  return {
    async note(name) {
      const { rows } = await sql<{ value: string }>`
        select value from trust_note where name = ${name}`.execute(tx);
      return rows[0]?.value;
    },
    async setNote(name, value) {
      await sql`insert into trust_note (name, value) values (${name}, ${value})
        on conflict (name) do update set value = excluded.value`.execute(tx);
    },
  };
}

/** What this node itself wrote after checking it: a failure here is a damaged database. */
function parseStored<T>(shape: Shape<T>, text: string): T {
  const json = parseCanonicalJson(text, text.length);
  const read = json === undefined ? undefined : readShape(shape, json);
  if (read?.ok !== true) throw new Error('a stored trust document is damaged');
  return read.value;
}

function ownSignatures(text: string): readonly DocumentSignature[] {
  return JSON.parse(text) as readonly DocumentSignature[];
}

function jsonText(value: Root | Bundle | readonly DocumentSignature[]): string {
  return canonicalJson(value);
}
