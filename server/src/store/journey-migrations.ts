import type { Migration } from './migrations.ts';

/**
 * Journeys of a city in both roles. `journey_…` is the host's book of whoever rides here,
 * `home_…` the home city's of its own residents wherever they ride.
 */
export const journeyMigrations: readonly Migration[] = [
  {
    room: 'journey',
    number: 1,
    name: 'groups, lines, repairs and objections, as host and as home',
    sql: `
      -- appended by whoever changes a group, emptied by whoever prices it
      create table journey_due (
        position bigint generated always as identity primary key,
        home text not null,
        key text not null,
        fare_group text not null,
        day integer not null
      );
      create table journey_group (
        home text not null,
        key text not null,
        fare_group text not null,
        day integer not null,
        revision integer not null,
        claim text,
        look_at bigint,
        answered boolean not null,
        refusal text,
        tries integer not null,
        open text[] not null,
        primary key (home, key)
      );
      create index on journey_group (look_at) where look_at is not null;
      create index on journey_group (home) where not answered;
      create index on journey_group (day);
      create table journey_line (
        journey text primary key,
        home text not null,
        key text not null,
        day integer not null,
        service text not null,
        operator text not null,
        journey_state text not null,
        state text not null,
        reason text,
        field text,
        text text not null,
        taps text[] not null,
        full_fen bigint not null,
        rider_fen bigint not null,
        class integer not null,
        revision integer not null,
        updated_at bigint not null
      );
      create index on journey_line (home, key);
      create index on journey_line (updated_at, journey);
      create index on journey_line (day);
      create table journey_exception (
        tap text primary key,
        home text not null,
        key text not null,
        reason text not null,
        service text not null,
        operator text not null,
        time bigint not null,
        at bigint not null
      );
      create index on journey_exception (home, key);
      create index on journey_exception (time);
      create table journey_ceiling (
        service text not null,
        rule text not null,
        signature text not null,
        party text not null,
        ceiling_fen bigint not null,
        used_fen bigint not null,
        to_suspend boolean not null,
        primary key (service, rule, signature)
      );
      create table journey_repair (
        id text primary key,
        home text not null,
        key text not null,
        journey text not null,
        text text not null,
        at bigint not null
      );
      create index on journey_repair (home, key);
      create table journey_objection (
        id text primary key,
        home text not null,
        key text not null,
        journey text not null,
        text text not null,
        at bigint not null,
        decision text,
        decided_at bigint,
        decided_by text
      );
      create index on journey_objection (home, key);
      create index on journey_objection (at);
      create table home_group (
        host text not null,
        key text not null,
        resident_ref text not null,
        fare_group text not null,
        day integer not null,
        revision integer not null,
        claim text not null,
        answer text not null,
        at bigint not null,
        primary key (host, key)
      );
      create index on home_group (resident_ref, day);
      create index on home_group (day);
      create table home_line (
        host text not null,
        journey text not null,
        key text not null,
        resident_ref text not null,
        day integer not null,
        service text not null,
        text text not null,
        ours text,
        outcome text not null,
        reason text,
        field text,
        at bigint not null,
        primary key (host, journey)
      );
      create index on home_line (host, key);
      create index on home_line (resident_ref, day);
      create index on home_line (at, journey);
      create table home_paid (
        host text not null,
        service text not null,
        rule text not null,
        signature text not null,
        paid_fen bigint not null,
        primary key (host, service, rule, signature)
      );
      create table home_repair (
        id text primary key,
        host text not null,
        key text not null,
        resident_ref text not null,
        journey text not null,
        kind text not null,
        text text not null,
        at bigint not null,
        outcome text not null,
        refusal text
      );
      create index on home_repair (host, key);
      create index on home_repair (resident_ref, at);
      create table home_objection (
        id text primary key,
        host text not null,
        key text not null,
        resident_ref text not null,
        journey text not null,
        text text not null,
        at bigint not null,
        decision text,
        decided_at bigint
      );
      create index on home_objection (host, key);
      create index on home_objection (resident_ref, at);`,
  },
  {
    room: 'journey',
    number: 2,
    name: 'what concessions take off a line, for sums over many',
    sql: `
      alter table journey_line add column concession_fen bigint not null default 0;
      update journey_line l set concession_fen = coalesce((
        select sum((part ->> 'fen')::bigint)
        from jsonb_array_elements(l.text::jsonb -> 'parts') as part
        where part ->> 'kind' in ('concession', 'over-ceiling')), 0)
      where full_fen <> rider_fen;`,
  },
];
