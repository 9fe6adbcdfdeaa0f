import { sql } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import type { HubTables, PartyRequest } from './hub-tables.ts';
import type { Migration } from './migrations.ts';

export const hubMigrations: readonly Migration[] = [
  {
    room: 'hub',
    number: 1,
    name: 'requests to join and to leave',
    sql: `
create table hub_request (
  party text primary key,
  kind text not null check (kind in ('accession', 'withdrawal')),
  at bigint not null,
  state text not null check (state in ('asked', 'proposed')),
  proposal_hash text
);`,
  },
];

export function pgHub(tx: DatabaseTransaction): HubTables {
  return {
    hub: {
      async requests() {
        const { rows } = await sql<PartyRequest>`
          select party, kind, at, state, proposal_hash as "proposalHash"
          from hub_request order by party`.execute(tx);
        return rows;
      },
      async saveRequest(request) {
        await sql`insert into hub_request (party, kind, at, state, proposal_hash)
          values (${request.party}, ${request.kind}, ${request.at}, ${request.state},
            ${request.proposalHash})
          on conflict (party) do update set kind = excluded.kind, at = excluded.at,
            state = excluded.state, proposal_hash = excluded.proposal_hash`.execute(tx);
      },
    },
  };
}
