import { sql } from 'kysely';
import type { DatabaseTransaction } from './database.ts';
import type {
  DueGroup,
  GroupId,
  GroupRow,
  GroupTapRow,
  HostGroupTables,
} from './journey-tables.ts';
import { columnsOf } from './pg-columns.ts';

const GROUP = sql.raw(`g.home, g.key, g.fare_group "fareGroup", g.day, g.revision, g.claim,
  g.look_at "lookAt", g.answered, g.refusal, g.tries, g.open`);

const GROUP_TAP = sql.raw(`t.terminal, t.number, t.time, t.service, t.operator, t.direction,
  t.stop, t.class, t.shown_price_fen "shownPriceFen", t.fare_group "fareGroup", t.edition, t.head,
  t.journey_key "journeyKey", t.previous_key "previousKey"`);

/** Taps that are priced: their home city knows them, and they are charged once. */
const COUNTING = sql.raw(`t.charged and t.exception is null and t.journey_key is not null`);

export function groupRows(ids: readonly GroupId[]) {
  const all = columnsOf(ids);
  return sql`unnest(${all('home')}::text[], ${all('key')}::text[]) as wanted (home, key)`;
}

export function pgGroupTables(tx: DatabaseTransaction): HostGroupTables {
  return { ...queueTables(tx), ...rowTables(tx) };
}

type QueueTables = Pick<
  HostGroupTables,
  'markDue' | 'markDueAgain' | 'takeDue' | 'hasDue' | 'countDue'
>;

function queueTables(tx: DatabaseTransaction): QueueTables {
  return {
    async markDue(groups) {
      const all = columnsOf<DueGroup>(groups);
      await sql`insert into journey_due (home, key, fare_group, day)
        select * from unnest(${all('home')}::text[], ${all('key')}::text[],
          ${all('fareGroup')}::text[], ${all('day')}::integer[])`.execute(tx);
    },
    async markDueAgain(ids) {
      await sql`insert into journey_due (home, key, fare_group, day)
        select g.home, g.key, g.fare_group, g.day from ${groupRows(ids)}
        join journey_group g on g.home = wanted.home and g.key = wanted.key`.execute(tx);
    },
    async takeDue(now, limit) {
      const taken = await sql<DueGroup>`delete from journey_due where position in (
          select position from journey_due order by position limit ${limit})
        returning home, key, fare_group "fareGroup", day`.execute(tx);
      const all = columnsOf<DueGroup>(taken.rows);
      await sql`insert into journey_group
          (home, key, fare_group, day, revision, answered, tries, open)
        select home, key, fare_group, day, 0, true, 0, '{}'
        from unnest(${all('home')}::text[], ${all('key')}::text[], ${all('fareGroup')}::text[],
          ${all('day')}::integer[]) as due (home, key, fare_group, day)
        on conflict do nothing`.execute(tx);
      const due = await sql<GroupRow>`select distinct on (g.home, g.key) ${GROUP}
        from ${groupRows(taken.rows)}
        join journey_group g on g.home = wanted.home and g.key = wanted.key`.execute(tx);
      const known = new Set(due.rows.map(({ home, key }) => `${home} ${key}`));
      const later = await sql<GroupRow>`select ${GROUP} from journey_group g
        where g.look_at <= ${now} order by g.look_at, g.home, g.key limit ${limit}`.execute(tx);
      return [...due.rows, ...later.rows.filter(({ home, key }) => !known.has(`${home} ${key}`))];
    },
    async hasDue(now) {
      const { rows } = await sql<{ due: boolean }>`select exists (select 1 from journey_due)
        or exists (select 1 from journey_group where look_at <= ${now}) as due`.execute(tx);
      return rows[0]?.due === true;
    },
    async countDue() {
      const { rows } = await sql<{ n: number }>`select count(*) n from journey_due`.execute(tx);
      return rows[0]?.n ?? 0;
    },
  };
}

type RowTables = Pick<
  HostGroupTables,
  'groups' | 'saveGroups' | 'groupTaps' | 'tapsById' | 'exclude' | 'unanswered'
>;

function rowTables(tx: DatabaseTransaction): RowTables {
  return {
    async groups(ids) {
      const { rows } = await sql<GroupRow>`select distinct on (g.home, g.key) ${GROUP}
        from ${groupRows(ids)}
        join journey_group g on g.home = wanted.home and g.key = wanted.key`.execute(tx);
      return rows;
    },
    async saveGroups(rows) {
      const all = columnsOf<GroupRow>(rows);
      await sql`update journey_group g set revision = r.revision, claim = r.claim,
          look_at = r.look_at, answered = r.answered, refusal = r.refusal, tries = r.tries,
          open = string_to_array(r.open, ' ')
        from unnest(${all('home')}::text[], ${all('key')}::text[], ${all('revision')}::integer[],
          ${all('claim')}::text[], ${all('lookAt')}::bigint[], ${all('answered')}::boolean[],
          ${all('refusal')}::text[], ${all('tries')}::integer[],
          ${rows.map(({ open }) => open.join(' '))}::text[])
          as r (home, key, revision, claim, look_at, answered, refusal, tries, open)
        where g.home = r.home and g.key = r.key`.execute(tx);
    },
    async groupTaps(ids) {
      const { rows } = await sql<GroupTapRow>`
        select wanted.home, wanted.key, ${GROUP_TAP} from ${groupRows(ids)}
          join city_tap t on t.issuer = wanted.home and t.journey_key = wanted.key
          where ${COUNTING}
        union all
        select wanted.home, wanted.key, ${GROUP_TAP} from ${groupRows(ids)}
          join city_tap t on t.issuer = wanted.home and t.previous_key = wanted.key
          where ${COUNTING}
        order by time, terminal, number`.execute(tx);
      return rows;
    },
    async tapsById(ids) {
      const parts = ids.map((id) => id.split('/'));
      const { rows } = await sql<GroupTapRow>`
        select t.issuer "home", t.journey_key "key", ${GROUP_TAP}
        from unnest(${parts.map(([terminal]) => terminal)}::text[],
          ${parts.map(([, number]) => Number(number))}::bigint[]) as wanted (terminal, number)
        join city_tap t on t.terminal = wanted.terminal and t.number = wanted.number
        where ${COUNTING} order by t.time, t.terminal, t.number`.execute(tx);
      return rows;
    },
    async exclude(taps, exception) {
      const all = columnsOf(taps);
      await sql`update city_tap t set exception = ${exception}
        from unnest(${all('terminal')}::text[], ${all('number')}::bigint[])
          as r (terminal, number)
        where t.terminal = r.terminal and t.number = r.number`.execute(tx);
    },
    async unanswered() {
      const { rows } = await sql<{ home: string; n: number }>`select home, count(*) n
        from journey_group where not answered group by home order by home`.execute(tx);
      return new Map(rows.map(({ home, n }) => [home, n]));
    },
  };
}
