import type { Objection, ObjectionReason, TapId } from '@tongyu/protocol';
import { tellGroups } from './resident-trips.ts';
import { refuse, type ViewResult } from './refusals.ts';
import type { ViewRoom, ViewTables } from './types.ts';

/** One journey is objected to at most so often. */
const OBJECTIONS_PER_JOURNEY = 3;

/** Keeps a resident's objection to one journey and sends it to the host, whose office decides. */
export async function askObjection<Tx extends ViewTables>(
  room: ViewRoom<Tx>,
  residentRef: string,
  { journey, reason }: { readonly journey: TapId; readonly reason: ObjectionReason },
): Promise<ViewResult<{ readonly objection: Objection }>> {
  const result = await room.store.transaction(
    async (tx): Promise<ViewResult<{ readonly objection: Objection }>> => {
      const now = room.clock.now();
      await tx.city.lockResident(residentRef, now);
      const group = await room.journeys.groupOfJourney(tx, residentRef, journey);
      if (group === undefined) return refuse('TRIP_UNKNOWN');
      const told = await tellGroups(room, tx, residentRef, [group], now);
      const line = told.find(({ trip }) => trip.journey === journey)?.trip.line ?? null;
      if (line === null) return refuse('TRIP_UNKNOWN'); // nothing has been asked for yet
      const before = group.objections.filter((one) => one.journey === journey);
      if (before.some(({ decision }) => decision === null)) return refuse('OBJECTION_OPEN');
      if (before.length >= OBJECTIONS_PER_JOURNEY) return refuse('OBJECTIONS_USED_UP');
      const { host, key } = group;
      const asked = { journey, reason, residentRef, host, key };
      const objection = await room.journeys.addObjection(tx, asked);
      return { ok: true, value: { objection } };
    },
  );
  if (result.ok) room.journeys.kick();
  return result;
}
