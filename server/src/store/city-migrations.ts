import { classMigrations } from './class-migrations.ts';
import { journeyMigrations } from './journey-migrations.ts';
import type { Migration } from './migrations.ts';

/**
 * A city's tables. Keys begin with what partitions would be cut by: the slot for passes and used
 * tags, the terminal (which begins with the host city) for taps.
 */
export const cityMigrations: readonly Migration[] = [
  {
    room: 'city',
    number: 1,
    name: 'residents, phones, passes, revocations',
    sql: `
      create table city_resident (
        resident_ref text primary key,
        enrolled_at bigint not null
      );
      create table city_phone (
        phone_id text primary key,
        resident_ref text not null references city_resident,
        phone_key text not null unique,
        bound_at bigint not null,
        revoked_at bigint,
        unbound_at bigint,
        seed bytea not null,
        seed_slot integer not null,
        last_issued_slot integer
      );
      create index on city_phone (resident_ref);
      create unlogged table city_nonce (
        phone_id text not null,
        nonce text not null,
        time bigint not null,
        primary key (phone_id, nonce)
      );
      create index on city_nonce (time);
      create table city_pass (
        slot integer not null,
        tag text not null,
        phone_id text not null references city_phone,
        device_key text not null,
        tag_index integer not null check (tag_index between 0 and 15),
        key_id integer not null,
        reserve boolean not null,
        bytes bytea not null,
        primary key (slot, tag)
      );
      create index on city_pass (phone_id, slot);
      create table city_revocation (
        phone_id text primary key,
        from_slot integer not null,
        last_slot integer not null,
        seed bytea not null,
        check (last_slot >= from_slot)
      );
      create table city_list (
        number bigint primary key,
        made bigint not null,
        bytes bytea not null
      );`,
  },
  {
    room: 'city',
    number: 2,
    name: 'services, operators, terminals',
    sql: `
      create table city_service_file (
        number bigint primary key,
        made bigint not null,
        text text not null
      );
      create table city_operator (
        id text primary key,
        name text not null
      );
      create table city_operator_used (
        operator text primary key,
        last bigint not null
      );
      create table city_terminal (
        id text primary key,
        operator text not null references city_operator,
        service text not null,
        key_id integer not null,
        alg text not null,
        key text not null,
        registered_at bigint not null,
        revoked_at bigint
      );`,
  },
  {
    room: 'city',
    number: 3,
    name: 'taps, charges, gaps, used tags, trips',
    sql: `
      create table city_tap (
        terminal text not null,
        number bigint not null,
        sequence bigint generated always as identity,
        operator text not null,
        hash text not null,
        time bigint not null,
        received_at bigint not null,
        service text not null,
        kind text not null,
        verdict text not null,
        refusal text,
        assisted_reason text,
        issuer text,
        charged boolean,
        exception text,
        field text,
        home text not null,
        shown_price_fen bigint,
        warned boolean not null,
        text text not null,
        primary key (terminal, number)
      );
      create unique index on city_tap (sequence);
      create index on city_tap (sequence) where exception is not null;
      create table city_charge (
        issuer text not null,
        tag text not null,
        code_time bigint not null,
        terminal text not null,
        number bigint not null,
        primary key (issuer, tag, code_time)
      );
      create table city_progress (
        terminal text primary key,
        highest bigint not null,
        gaps jsonb not null
      );
      create index on city_progress (terminal) where gaps <> '[]'::jsonb;
      create table city_used (
        operator text not null,
        sequence bigint not null,
        terminal text not null,
        issuer text not null,
        tag text not null,
        time bigint not null,
        primary key (operator, sequence)
      );
      create index on city_used (time);
      create table city_refused_upload (
        terminal text not null,
        number bigint not null,
        code text not null,
        field text,
        at bigint not null,
        primary key (terminal, number, code)
      );
      create index on city_refused_upload (at);
      create table city_trip (
        terminal text not null,
        number bigint not null,
        hash text not null,
        resident_ref text not null references city_resident,
        host text not null,
        time bigint not null,
        service text not null,
        shown_price_fen bigint,
        charged boolean not null,
        primary key (terminal, number)
      );
      create index on city_trip (resident_ref, time);`,
  },
  {
    room: 'city',
    number: 4,
    name: 'when a terminal was last heard of',
    sql: 'alter table city_progress add column last_at bigint not null default 0;',
  },
  {
    room: 'city',
    number: 5,
    name: 'the service list takes the place of the service file',
    sql: 'drop table city_service_file;',
  },
  {
    room: 'city',
    number: 6,
    name: 'which way a terminal lets people go, and at which stop',
    sql: `
      alter table city_terminal
        add column direction text not null default 'single',
        add column stop text;`,
  },
  {
    room: 'city',
    number: 7,
    name: 'what taps and trips say of their journeys',
    sql: `
      alter table city_tap
        add column direction text not null default 'single',
        add column stop text,
        add column class integer not null default 0,
        add column fare_group text,
        add column edition integer not null default 0,
        add column head bigint not null default 0,
        add column journey_key text,
        add column previous_key text;
      create index city_tap_journey on city_tap (issuer, journey_key)
        where journey_key is not null;
      create index city_tap_previous on city_tap (issuer, previous_key)
        where previous_key is not null;
      create index city_tap_pending on city_tap (time) where home = 'pending';
      create index city_tap_time on city_tap (time);
      alter table city_trip
        add column direction text not null default 'single',
        add column stop text,
        add column class integer not null default 0,
        add column fare_group text not null default '',
        add column edition integer not null default 0,
        add column head bigint not null default 0,
        add column day integer not null default 0,
        add column key text not null default '',
        add column previous_key text,
        add column text text not null default '';
      create index city_trip_key on city_trip (host, key);
      create index city_trip_previous on city_trip (host, previous_key)
        where previous_key is not null;`,
  },
  ...classMigrations,
  ...journeyMigrations,
];
