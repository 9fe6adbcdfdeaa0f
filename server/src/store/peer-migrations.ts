import type { Migration } from './migrations.ts';

export const peerMigrations: readonly Migration[] = [
  {
    room: 'peer',
    number: 1,
    name: 'outbox and inbox',
    sql: `
create table peer_outbox (
  jti text primary key,
  position bigint generated always as identity,
  recipient text not null,
  type text not null,
  topic text,
  text text not null,
  made_at bigint not null,
  attempts integer not null,
  due_at bigint not null,
  state text not null check (state in ('pending', 'answered', 'superseded')),
  receipt text
);
create index peer_outbox_pending on peer_outbox (recipient, position) where state = 'pending';
create table peer_inbox (
  iss text not null,
  jti text not null,
  hash text not null,
  type text not null,
  text text not null,
  receipt text not null,
  received_at bigint not null,
  primary key (iss, jti)
);`,
  },
  {
    room: 'peer',
    number: 2,
    name: 'evidence by age',
    sql: `
create index peer_outbox_done on peer_outbox (due_at) where state <> 'pending';
create index peer_inbox_received on peer_inbox (received_at);`,
  },
];
