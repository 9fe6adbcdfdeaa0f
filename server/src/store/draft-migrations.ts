import type { Migration } from './migrations.ts';

export const draftMigrations: readonly Migration[] = [
  {
    room: 'draft',
    number: 1,
    name: 'drafted changes, their history, comments, funding',
    sql: `
create table draft_change (
  entry text collate "C" primary key,
  after text,
  reason jsonb not null,
  author text not null,
  at bigint not null
);
create table draft_history (
  position bigint primary key,
  entry text not null,
  act text not null
    check (act in ('put', 'remove', 'revert', 'import', 'taken', 'funded')),
  by text not null,
  at bigint not null,
  before text,
  after text,
  reason jsonb not null
);
create index on draft_history (entry, position);
create table draft_comment (
  direction text not null check (direction in ('sent', 'received')),
  party text not null,
  id text collate "C" not null,
  entry text not null,
  kind text not null check (kind in ('comment', 'proposal')),
  text text not null,
  proposed text,
  at bigint not null,
  author text,
  state text not null
    check (state in ('open', 'taken', 'declined', 'answered', 'refused')),
  answer jsonb,
  refusal text,
  primary key (direction, party, id)
);
create index on draft_comment (direction, at);
create table draft_funding (
  direction text not null check (direction in ('sent', 'received')),
  hash text collate "C" not null,
  party text not null,
  funding text not null,
  reason jsonb,
  at bigint not null,
  author text,
  state text not null
    check (state in ('open', 'granted', 'signed', 'declined', 'refused', 'lapsed')),
  answer jsonb,
  signature jsonb,
  primary key (direction, hash)
);`,
  },
];
