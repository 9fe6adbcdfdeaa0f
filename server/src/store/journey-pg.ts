import type { DatabaseTransaction } from './database.ts';
import { pgGroupTables } from './journey-groups-pg.ts';
import { pgHomeTables } from './journey-home-pg.ts';
import { pgLineTables } from './journey-lines-pg.ts';
import { pgTapCountTables } from './journey-counts-pg.ts';
import type { JourneyTables } from './journey-tables.ts';
import { pgHomeTalkTables, pgHostTalkTables } from './journey-talk-pg.ts';

/** Journeys in PostgreSQL, for one open transaction. */
export function pgJourneyTables(tx: DatabaseTransaction): JourneyTables {
  return {
    host: {
      ...pgGroupTables(tx),
      ...pgLineTables(tx),
      ...pgHostTalkTables(tx),
      ...pgTapCountTables(tx),
    },
    home: { ...pgHomeTables(tx), ...pgHomeTalkTables(tx) },
  };
}
