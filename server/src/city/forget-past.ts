import { FACT_MEMORY_SECONDS } from '@tongyu/domain';
import { slotIndex, slotOf, slotStart, slotFromIndex, SLOTS_PER_DAY } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import { REQUEST_CLOCK_SECONDS } from './bind-phone.ts';
import type { CityRoom } from './ports.ts';

/** Taps may come this late and still find their resident (10 days, DESIGN: later ones are lost). */
export const PASS_MEMORY_DAYS = 10;
export const TAP_LIFE_SECONDS = PASS_MEMORY_DAYS * 86_400;
/** Used tags matter in their slot only; a day more for terminals whose clock is wrong. */
const USED_MEMORY_SECONDS = 86_400;

/**
 * Drops what is needed no more: nonces, used tags, passes whose taps can no longer come, facts of
 * classes that no repair can ask for.
 */
export async function forgetPast<Tx extends CityTables>(room: CityRoom<Tx>): Promise<void> {
  const now = room.ports.clock.now();
  const current = slotIndex(slotOf(now));
  await room.store.transaction(async (tx) => {
    await tx.city.dropNonces(now - 2 * REQUEST_CLOCK_SECONDS);
    await tx.city.dropUsed(slotStart(slotFromIndex(current)) - USED_MEMORY_SECONDS);
    await tx.city.dropClassFacts(now - FACT_MEMORY_SECONDS);
    await tx.city.dropPasses(current - PASS_MEMORY_DAYS * SLOTS_PER_DAY);
  });
}
