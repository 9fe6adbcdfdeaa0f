import type { Objection, ObjectionReason, Repair, TapId } from '@tongyu/protocol';
import type { RepairWish, SeenPage, TripPage } from '../../kit/api/trips.ts';
import type { Clock } from '../../kit/ports/clock.ts';
import type { HomeLink, HomeReply } from './home-link.ts';
import type { Wallet } from './wallet.ts';

/** What a resident asks of the home city about own journeys. */
export type JourneyLink = {
  readonly trips: (after: string | null) => Promise<HomeReply<TripPage>>;
  readonly repair: (wish: RepairWish) => Promise<HomeReply<{ readonly repair: Repair }>>;
  readonly object: (
    journey: TapId,
    reason: ObjectionReason,
  ) => Promise<HomeReply<{ readonly objection: Pick<Objection, 'at' | 'id' | 'reason'> }>>;
  readonly seen: () => Promise<HomeReply<SeenPage>>;
};

export function journeyLink(wallet: Wallet, home: HomeLink, clock: Clock): JourneyLink {
  const ask = async <T>(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<HomeReply<T>> => {
    const phone = await wallet.phone();
    if (phone === undefined) return { ok: false, refusal: { code: 'PHONE_UNKNOWN' } };
    const now = Math.floor(clock.now() / 1000) + phone.offsetSeconds;
    const reply = await home.signed<T>(phone, now, method, path, body);
    const serverTime = reply.ok ? undefined : reply.refusal.serverTime;
    // A wrong clock: once more, with the time that the refusal tells.
    if (serverTime === undefined) return reply;
    return home.signed<T>(phone, serverTime, method, path, body);
  };
  return {
    trips: (after) =>
      ask('GET', `/resident/trips${after === null ? '' : `?after=${encodeURIComponent(after)}`}`),
    repair: (wish) => ask('POST', '/resident/repairs', wish),
    object: (journey, reason) => ask('POST', '/resident/objections', { journey, reason }),
    seen: () => ask('GET', '/resident/seen'),
  };
}
