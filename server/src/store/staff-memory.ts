import { createMemoryRows, type UndoLog } from './memory-rows.ts';
import type { StaffRow, StaffTables } from './staff-tables.ts';

export function memoryStaff(undo: UndoLog): StaffTables {
  const accounts = createMemoryRows<StaffRow>(undo);
  return {
    staff: {
      accounts: () => Promise.resolve(accounts.values().sort((a, b) => (a.name < b.name ? -1 : 1))),
      account: (name) => Promise.resolve(accounts.get(name)),
      saveAccount(row) {
        accounts.set(row.name, row);
        return Promise.resolve();
      },
    },
  };
}
