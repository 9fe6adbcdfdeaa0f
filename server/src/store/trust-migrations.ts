import type { Migration } from './migrations.ts';

export const trustMigrations: readonly Migration[] = [
  {
    room: 'trust',
    number: 1,
    name: 'what a node holds, signs and proposes',
    sql: `
create table trust_state (
  single boolean primary key default true check (single),
  revision text not null,
  pinned_root_hash text,
  highest_signed_time bigint not null
);
create table trust_root (
  number integer primary key,
  document text not null
);
create table trust_bundle (
  version bigint primary key,
  document text not null
);
create table trust_bundled_key (
  key_id integer primary key,
  since bigint not null
);
-- kind: revoking section, time statement, newest section
create table trust_document (
  kind text not null check (kind in ('revoking', 'time', 'newest')),
  party text not null,
  document text not null,
  primary key (kind, party)
);
create table trust_list (
  party text primary key,
  number bigint not null,
  bytes bytea not null
);
create table trust_signed (
  kind text not null check (kind in ('root', 'bundle', 'section')),
  number bigint not null,
  hash text not null,
  signed_at bigint not null,
  primary key (kind, number, hash)
);
create table trust_root_proposal (
  hash text primary key,
  position bigint generated always as identity,
  root text not null,
  signatures text not null,
  proposed_at bigint not null,
  approved_at bigint
);
create table trust_bundle_proposal (
  single boolean primary key default true check (single),
  bundle text not null,
  signatures text not null,
  proposed_at bigint not null,
  state text not null check (state in ('open', 'failed', 'published')),
  skip_to bigint not null
);
create table trust_note (
  name text primary key,
  value text not null
);`,
  },
  {
    room: 'trust',
    number: 2,
    name: 'more than one time statement of a member',
    sql: `
create table trust_time (
  position bigint generated always as identity primary key,
  party text not null,
  document text not null
);
insert into trust_time (party, document)
  select party, document from trust_document where kind = 'time';
delete from trust_document where kind = 'time';`,
  },
];
