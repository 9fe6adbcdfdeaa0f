import type { Migration } from './migrations.ts';

/** Facts of residents' classes. The index counts the holders of a class. */
export const classMigrations: readonly Migration[] = [
  {
    room: 'class',
    number: 1,
    name: 'what residents are proved to be',
    sql: `
      create table city_class_fact (
        resident_ref text not null references city_resident,
        class integer not null check (class between 1 and 65535),
        prover text not null,
        assurance text not null,
        since bigint not null,
        proved_at bigint not null check (proved_at >= since),
        expires_at bigint,
        ended_at bigint,
        primary key (resident_ref, class, prover, since)
      );
      create index on city_class_fact (class, resident_ref) where ended_at is null;
      create index on city_class_fact (least(expires_at, ended_at));
      create table city_class_asked (
        resident_ref text not null references city_resident,
        prover text not null,
        asked_at bigint not null,
        primary key (resident_ref, prover)
      );`,
  },
];
