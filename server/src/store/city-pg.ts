import { pgCatalogueTables } from './city-catalogue-pg.ts';
import { pgResidentTables, pgRevocationTables } from './city-residents-pg.ts';
import type { CityTables } from './city-tables.ts';
import { pgTapTables } from './city-taps-pg.ts';
import { pgClassTables } from './class-pg.ts';
import type { DatabaseTransaction } from './database.ts';
import { pgJourneyTables } from './journey-pg.ts';

/** A city's tables in PostgreSQL, for one open transaction. */
export function pgCityTables(tx: DatabaseTransaction): CityTables {
  return {
    ...pgJourneyTables(tx),
    city: {
      ...pgResidentTables(tx),
      ...pgRevocationTables(tx),
      ...pgCatalogueTables(tx),
      ...pgClassTables(tx),
      ...pgTapTables(tx),
    },
  };
}
