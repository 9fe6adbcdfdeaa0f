import type { CityTables } from '../store/city-tables.ts';
import type { JourneyRoom } from './room.ts';

/**
 * Rules whose ceiling is reached are stopped (LIST-2.4), after the commit that used it up: the row
 * says so until it is done, so a crash between the two loses nothing, and again is harmless.
 */
export async function suspendUsedUp<Tx extends CityTables>(room: JourneyRoom<Tx>): Promise<void> {
  const { faults } = room.ports;
  const rows = await room.store.read((tx) => tx.host.ceilings());
  for (const row of rows.filter(({ toSuspend }) => toSuspend)) {
    const { service: entry, rule, signature } = row;
    faults.point('lines/before-suspend');
    if (!(await room.list.suspendRule({ entry, rule, signature }))) continue;
    faults.point('lines/after-suspend');
    await room.store.transaction(async (tx) => {
      const [now] = await tx.host.lockCeilings([row]);
      if (now !== undefined) await tx.host.saveCeilings([{ ...now, toSuspend: false }]);
    });
  }
}
