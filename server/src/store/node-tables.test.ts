import { after, before } from 'node:test';
import { sql } from 'kysely';
import { silentLog } from '../ports/log.ts';
import { openDatabase, type Database } from './database.ts';
import { memoryHub } from './hub-memory.ts';
import { hubMigrations, pgHub } from './hub-pg.ts';
import { hubTablesContract } from './hub-tables.contract.ts';
import type { HubTables } from './hub-tables.ts';
import { createMemoryStore, createPgStore, type NodeStore } from './node-store.ts';
import { memoryPeers } from './peer-memory.ts';
import { peerMigrations } from './peer-migrations.ts';
import { pgPeers } from './peer-pg.ts';
import { peerTablesContract } from './peer-tables.contract.ts';
import type { PeerTables } from './peer-tables.ts';
import { memoryStaff } from './staff-memory.ts';
import { pgStaff, staffMigrations } from './staff-pg.ts';
import { staffTablesContract } from './staff-tables.contract.ts';
import type { StaffTables } from './staff-tables.ts';
import { startTestPostgres, type TestPostgres } from './test-postgres.ts';
import { memoryTrust } from './trust-memory.ts';
import { trustMigrations } from './trust-migrations.ts';
import { pgTrust } from './trust-pg.ts';
import { trustTablesContract } from './trust-tables.contract.ts';
import type { TrustTables } from './trust-tables.ts';

type Tables = TrustTables & PeerTables & HubTables & StaffTables;

let postgres: TestPostgres;
let database: Database | undefined;

before(async () => {
  postgres = await startTestPostgres();
  const migrations = [...trustMigrations, ...peerMigrations, ...hubMigrations, ...staffMigrations];
  database = await openDatabase({ connection: postgres.connection, migrations, log: silentLog });
});

after(async () => {
  await database?.close();
  await postgres.stop();
});

function openMemory(): Promise<NodeStore<Tables>> {
  return Promise.resolve(
    createMemoryStore((undo) => ({
      ...memoryTrust(undo),
      ...memoryPeers(undo),
      ...memoryHub(undo),
      ...memoryStaff(undo),
    })),
  );
}

async function openPg(): Promise<NodeStore<Tables>> {
  if (database === undefined) throw new Error('the database did not open');
  await database.transaction(async (tx) => {
    await sql`truncate trust_state, trust_root, trust_bundle, trust_bundled_key, trust_document,
      trust_time,
      trust_list, trust_signed, trust_root_proposal, trust_bundle_proposal, trust_note,
      peer_outbox, peer_inbox, hub_request, staff_account restart identity`.execute(tx);
  });
  return createPgStore(database, (tx) => ({
    ...pgTrust(tx),
    ...pgPeers(tx),
    ...pgHub(tx),
    ...pgStaff(tx),
  }));
}

for (const [name, open] of [
  ['memory', openMemory],
  ['PostgreSQL', openPg],
] as const) {
  trustTablesContract(name, open);
  peerTablesContract(name, open);
  hubTablesContract(name, open);
  staffTablesContract(name, open);
}
