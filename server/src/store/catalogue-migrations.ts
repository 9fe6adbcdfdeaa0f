import type { Migration } from './migrations.ts';

export const catalogueMigrations: readonly Migration[] = [
  {
    room: 'catalogue',
    number: 1,
    name: 'the service list: editions, parts, heads, what is signed and suspended',
    sql: `
create table catalogue_revision (
  single boolean primary key default true check (single),
  revision text not null
);
create table catalogue_edition (
  number integer primary key,
  document text not null
);
create table catalogue_part (
  hash text primary key,
  party text not null,
  document text not null
);
create table catalogue_head (
  party text not null,
  number bigint not null,
  document text not null,
  primary key (party, number)
);
create table catalogue_erratum (
  party text not null,
  number integer not null,
  document text not null,
  primary key (party, number)
);
-- an edition from its opening on, as canonical text
create table catalogue_opening (
  number integer primary key,
  document text not null
);
-- one content for each number, for ever
create table catalogue_sign_off (
  number integer primary key,
  id text not null,
  hash text not null,
  signed_at bigint not null
);
-- rule '': the whole service
create table catalogue_suspension (
  position bigint generated always as identity,
  entry text not null,
  rule text not null,
  since bigint not null,
  is_lifted boolean not null,
  document text not null,
  primary key (entry, rule, since)
);
create table catalogue_check (
  position bigint generated always as identity primary key,
  entry text not null,
  checked_on text not null,
  document text not null
);
create index catalogue_check_entry on catalogue_check (entry, position desc);`,
  },
  {
    room: 'catalogue',
    number: 2,
    name: 'heads are kept, and found by their time',
    sql: `
alter table catalogue_head add column time bigint not null default 0;
update catalogue_head set time = (document::jsonb -> 'signed' ->> 'time')::bigint;
create index catalogue_head_time on catalogue_head (party, time);`,
  },
];
