import { memoryHomeTables } from './journey-home-memory.ts';
import { memoryGroupTables, memoryTapCountTables } from './journey-groups-memory.ts';
import { createHostRows, memoryHostTalkTables, memoryLineTables } from './journey-lines-memory.ts';
import type { JourneyTables } from './journey-tables.ts';
import type { UndoLog } from './memory-rows.ts';
import type { TapBook } from './tap-rows-memory.ts';

/** Journeys in memory, over the same taps and trips as the city's own tables. */
export function memoryJourneyTables(undo: UndoLog, book: TapBook): JourneyTables {
  const rows = createHostRows(undo);
  return {
    host: {
      ...memoryGroupTables(undo, rows, book),
      ...memoryLineTables(rows, book),
      ...memoryHostTalkTables(rows),
      ...memoryTapCountTables(rows, book),
    },
    home: memoryHomeTables(undo, book),
  };
}
