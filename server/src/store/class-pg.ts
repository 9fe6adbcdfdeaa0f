import { sql } from 'kysely';
import type { ClassAskedRow, ClassFactRow, ClassTables } from './class-tables.ts';
import type { DatabaseTransaction } from './database.ts';

const FACT = sql.raw(`resident_ref "residentRef", class, prover, assurance, since,
  proved_at "provedAt", expires_at "expiresAt", ended_at "endedAt"`);

export function pgClassTables(tx: DatabaseTransaction): ClassTables {
  return {
    async classFacts(residentRef) {
      const { rows } = await sql<ClassFactRow>`select ${FACT} from city_class_fact
        where resident_ref = ${residentRef} order by class, prover, since`.execute(tx);
      return rows;
    },
    async replaceClassFacts(residentRef, prover, facts) {
      await sql`delete from city_class_fact
        where resident_ref = ${residentRef} and prover = ${prover}`.execute(tx);
      const all = <K extends keyof ClassFactRow>(name: K): ClassFactRow[K][] =>
        facts.map((fact) => fact[name]);
      await sql`insert into city_class_fact (resident_ref, prover, class, assurance, since,
          proved_at, expires_at, ended_at)
        select ${residentRef}, ${prover}, *
        from unnest(${all('class')}::integer[], ${all('assurance')}::text[],
          ${all('since')}::bigint[], ${all('provedAt')}::bigint[], ${all('expiresAt')}::bigint[],
          ${all('endedAt')}::bigint[])`.execute(tx);
    },
    async classesAsked(residentRef) {
      const { rows } = await sql<ClassAskedRow>`select resident_ref "residentRef", prover,
        asked_at "askedAt" from city_class_asked
        where resident_ref = ${residentRef} order by prover`.execute(tx);
      return rows;
    },
    async saveClassAsked({ residentRef, prover, askedAt }) {
      await sql`insert into city_class_asked values (${residentRef}, ${prover}, ${askedAt})
        on conflict (resident_ref, prover) do update set asked_at = excluded.asked_at`.execute(tx);
    },
    async countHolders(classNumber, assurances, at, limit) {
      const { rows } = await sql<{ n: number }>`select count(*) n from (
        select distinct resident_ref from city_class_fact
        where class = ${classNumber} and ended_at is null and assurance = any(${assurances}::text[])
          and (expires_at is null or expires_at > ${at})
        limit ${limit}) held`.execute(tx);
      return rows[0]?.n ?? 0;
    },
    async dropClassFacts(before) {
      await sql`delete from city_class_fact
        where least(expires_at, ended_at) < ${before}`.execute(tx);
    },
  };
}
