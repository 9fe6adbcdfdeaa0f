import { SECONDS_PER_DAY, serviceDay } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { JourneyRoom } from './room.ts';

/** A home city that has not answered for so long does not get the tap priced any more (JRN-4.6). */
const SILENT_SECONDS = 10 * SECONDS_PER_DAY;
/** As long as the messages that they stand on are kept as evidence. */
const MEMORY_DAYS = 184;
const ROWS_AT_ONCE = 1_000;

export async function giveUpSilent<Tx extends CityTables>(room: JourneyRoom<Tx>): Promise<void> {
  const before = room.ports.clock.now() - SILENT_SECONDS;
  await inRounds(room, (tx) => tx.host.giveUpSilent(before, ROWS_AT_ONCE));
}

/** Groups of days that nobody can ask about any more, with all that hangs on them. */
export async function forgetOld<Tx extends CityTables>(room: JourneyRoom<Tx>): Promise<void> {
  const beforeDay = serviceDay(room.ports.clock.now()) - MEMORY_DAYS;
  await inRounds(room, (tx) => tx.host.dropGroups(beforeDay, ROWS_AT_ONCE));
  await inRounds(room, (tx) => tx.home.dropHomeGroups(beforeDay, ROWS_AT_ONCE));
}

/** Each round is a transaction of its own, so that nobody waits long. */
async function inRounds<Tx extends CityTables>(
  room: JourneyRoom<Tx>,
  work: (tx: Tx) => Promise<number>,
): Promise<void> {
  while ((await room.store.transaction(work)) >= ROWS_AT_ONCE) await room.ports.breathe();
}
