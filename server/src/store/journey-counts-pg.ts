import { sql } from 'kysely';
import { serviceDay } from '@tongyu/protocol';
import type { DatabaseTransaction } from './database.ts';
import { countPlaces } from './tap-places.ts';
import type { TapCountTables } from './journey-tables.ts';

export function pgTapCountTables(tx: DatabaseTransaction): TapCountTables {
  return {
    async countTaps(from, to, operator) {
      const days = [serviceDay(from) - 1, serviceDay(to) + 1] as const;
      const { rows } = await sql<{ place: string; n: number }>`
        with spot as (
          select unnest(taps) as tap, 'line' as place from journey_line
            where day between ${days[0]} and ${days[1]}
          union all
          select unnest(open), 'open' from journey_group
            where day between ${days[0]} and ${days[1]}
          union all
          select tap, 'group ' || reason from journey_exception
            where time >= ${from} and time < ${to}
        ), placed as (
          select case
              when t.exception is not null then 'tap ' || t.exception
              when t.home = 'pending' then 'pending' end as own,
            array_agg(spot.place) filter (where spot.place is not null) as spots
          from city_tap t left join spot on spot.tap = t.terminal || '/' || t.number
          where t.charged is not null and t.fare_group is not null
            and t.time >= ${from} and t.time < ${to}
            and (${operator ?? null}::text is null or t.operator = ${operator ?? null})
          group by t.terminal, t.number
        )
        select case
            when coalesce(cardinality(spots), 0) + (own is not null)::integer > 1 then 'doubled'
            else coalesce(own, spots[1], 'unpriced') end as place, count(*) n
        from placed group by 1`.execute(tx);
      return countPlaces(rows);
    },
    async giveUpSilent(before, limit) {
      const given = await sql`update city_tap t set home = 'silent', exception = 'HOME_SILENT'
        from (select terminal, number from city_tap
          where home = 'pending' and exception is null and time < ${before}
          limit ${limit}) as silent
        where t.terminal = silent.terminal and t.number = silent.number`.execute(tx);
      return Number(given.numAffectedRows ?? 0n);
    },
    async dropGroups(beforeDay, limit) {
      const groups = sql`select home, key from journey_group
        where day < ${beforeDay} order by day, home, key limit ${limit}`;
      for (const table of ['line', 'exception', 'repair', 'objection']) {
        await sql`delete from ${sql.table(`journey_${table}`)} t using (${groups}) as old
          where t.home = old.home and t.key = old.key`.execute(tx);
      }
      const dropped = await sql`delete from journey_group t using (${groups}) as old
        where t.home = old.home and t.key = old.key`.execute(tx);
      return Number(dropped.numAffectedRows ?? 0n);
    },
  };
}
