import { sql } from 'kysely';
import type { PassRow, PhoneRow, ResidentTables, RevocationTables } from './city-tables.ts';
import type { ListRow, RevocationRow } from './city-tables.ts';
import type { DatabaseTransaction } from './database.ts';

const PHONE = sql.raw(`phone_id "phoneId", resident_ref "residentRef", phone_key "phoneKey",
  bound_at "boundAt", revoked_at "revokedAt", unbound_at "unboundAt", seed,
  seed_slot "seedSlot", last_issued_slot "lastIssuedSlot"`);

const PASS = sql.raw(`p.slot, p.tag, p.phone_id "phoneId", p.device_key "deviceKey",
  p.tag_index "tagIndex", p.key_id "keyId", p.reserve, p.bytes`);

/** Any constant: changes of the revocation list follow each other. */
const LIST_LOCK = 7_010_420;

export function pgResidentTables(tx: DatabaseTransaction): ResidentTables {
  const phoneWhere = async (
    column: string,
    value: string,
    lock = '',
  ): Promise<PhoneRow | undefined> => {
    const { rows } = await sql<PhoneRow>`select ${PHONE} from city_phone
      where ${sql.ref(column)} = ${value} ${sql.raw(lock)}`.execute(tx);
    return rows[0];
  };
  return {
    ...pgPassTables(tx),
    async lockResident(residentRef, now) {
      await sql`insert into city_resident values (${residentRef}, ${now})
        on conflict do nothing`.execute(tx);
      await sql`select 1 from city_resident
        where resident_ref = ${residentRef} for update`.execute(tx);
    },
    async countResidents() {
      const { rows } = await sql<{ n: number }>`select count(*) n from city_resident`.execute(tx);
      return rows[0]?.n ?? 0;
    },
    async addPhone(phone) {
      await sql`insert into city_phone values (${phone.phoneId}, ${phone.residentRef},
        ${phone.phoneKey}, ${phone.boundAt}, ${phone.revokedAt}, ${phone.unboundAt},
        ${phone.seed}, ${phone.seedSlot}, ${phone.lastIssuedSlot})`.execute(tx);
    },
    async savePhone(phone) {
      await sql`update city_phone set revoked_at = ${phone.revokedAt},
        unbound_at = ${phone.unboundAt}, seed = ${phone.seed}, seed_slot = ${phone.seedSlot},
        last_issued_slot = ${phone.lastIssuedSlot}
        where phone_id = ${phone.phoneId}`.execute(tx);
    },
    phone: (phoneId) => phoneWhere('phone_id', phoneId),
    lockPhone: (phoneId) => phoneWhere('phone_id', phoneId, 'for update'),
    phoneByKey: (phoneKey) => phoneWhere('phone_key', phoneKey),
    async phonesOf(residentRef) {
      const { rows } = await sql<PhoneRow>`select ${PHONE} from city_phone
        where resident_ref = ${residentRef} order by bound_at, phone_id`.execute(tx);
      return rows;
    },
    async useNonce(phoneId, nonce, time) {
      const { rows } = await sql`insert into city_nonce values (${phoneId}, ${nonce}, ${time})
        on conflict do nothing returning 1`.execute(tx);
      return rows.length === 1;
    },
    async dropNonces(before) {
      await sql`delete from city_nonce where time < ${before}`.execute(tx);
    },
  };
}

type PassTables = Pick<ResidentTables, 'passesOfPhone' | 'passes' | 'addPasses' | 'dropPasses'>;

function pgPassTables(tx: DatabaseTransaction): PassTables {
  return {
    async passesOfPhone(phoneId, slots) {
      const { rows } = await sql<PassRow>`select ${PASS} from city_pass p
        where p.phone_id = ${phoneId} and p.slot = any(${slots}::integer[])
        order by p.slot, p.tag_index`.execute(tx);
      return rows;
    },
    async passes(ids) {
      const { rows } = await sql<PassRow>`select ${PASS}
        from unnest(${ids.map((id) => id.slot)}::integer[], ${ids.map((id) => id.tag)}::text[])
          as wanted (slot, tag)
        join city_pass p on p.slot = wanted.slot and p.tag = wanted.tag
        order by p.slot, p.tag`.execute(tx);
      return rows;
    },
    async addPasses(rows) {
      const all = <K extends keyof PassRow>(name: K): PassRow[K][] => rows.map((row) => row[name]);
      const added = await sql`insert into city_pass
        select * from unnest(${all('slot')}::integer[], ${all('tag')}::text[],
          ${all('phoneId')}::text[], ${all('deviceKey')}::text[], ${all('tagIndex')}::integer[],
          ${all('keyId')}::integer[], ${all('reserve')}::boolean[], ${all('bytes')}::bytea[])
        on conflict do nothing returning 1`.execute(tx);
      return added.rows.length;
    },
    async dropPasses(beforeSlot) {
      await sql`delete from city_pass where slot < ${beforeSlot}`.execute(tx);
    },
  };
}

export function pgRevocationTables(tx: DatabaseTransaction): RevocationTables {
  return {
    async lockList() {
      await sql`select pg_advisory_xact_lock(${LIST_LOCK})`.execute(tx);
    },
    async addRevocation(row) {
      await sql`insert into city_revocation values
        (${row.phoneId}, ${row.fromSlot}, ${row.lastSlot}, ${row.seed})
        on conflict do nothing`.execute(tx);
    },
    async revocations() {
      const { rows } = await sql<RevocationRow>`select phone_id "phoneId", from_slot "fromSlot",
        last_slot "lastSlot", seed from city_revocation
        order by from_slot, last_slot, seed`.execute(tx);
      return rows;
    },
    async dropRevocations(beforeSlot) {
      const { rows } = await sql`delete from city_revocation where last_slot < ${beforeSlot}
        returning 1`.execute(tx);
      return rows.length;
    },
    async addList(row) {
      await sql`insert into city_list values (${row.number}, ${row.made}, ${row.bytes})`.execute(
        tx,
      );
    },
    async newestList() {
      const { rows } = await sql<ListRow>`select number, made, bytes from city_list
        order by number desc limit 1`.execute(tx);
      return rows[0];
    },
  };
}
