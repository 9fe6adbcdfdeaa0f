import { serviceDay, type JourneyKey, type PartyId, type TapId } from '@tongyu/protocol';
import type { CityTables, KeyedTap, TapKey } from '../store/city-tables.ts';
import type { DueGroup } from '../store/journey-tables.ts';

/** The groups of taps whose keys have just become known are to be priced (JRN-4.1). */
export async function markKeyed(
  tx: CityTables,
  home: PartyId,
  taps: readonly KeyedTap[],
): Promise<void> {
  const groups = new Map<JourneyKey, DueGroup>();
  for (const { time, fareGroup, journeyKey, previousKey } of taps) {
    if (fareGroup === null) continue; // taken before there were journeys
    const day = serviceDay(time);
    groups.set(journeyKey, { home, key: journeyKey, fareGroup, day });
    if (previousKey !== null) {
      groups.set(previousKey, { home, key: previousKey, fareGroup, day: day - 1 });
    }
  }
  if (groups.size > 0) await tx.host.markDue([...groups.values()]);
}

/** Exits that the home city offers under the key of the day before as well, told later. */
export async function amendKeys(
  tx: CityTables,
  home: PartyId,
  amended: readonly { readonly tap: TapId; readonly previousKey: JourneyKey }[],
): Promise<void> {
  if (amended.length === 0) return;
  const rows = amended.map(({ tap, previousKey }) => ({ ...tapKeyOf(tap), previousKey }));
  await markKeyed(tx, home, await tx.city.setPreviousKey(home, rows));
}

export function tapKeyOf(tap: TapId): TapKey {
  const [terminal = '', number] = tap.split('/');
  return { terminal, number: Number(number) };
}
