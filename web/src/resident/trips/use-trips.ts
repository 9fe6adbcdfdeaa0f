import { useEffect, useRef, useState } from 'preact/hooks';
import type { Remote } from '../../kit/api/remote.ts';
import type { Trip, TripPage } from '../../kit/api/trips.ts';
import type { Clock } from '../../kit/ports/clock.ts';
import type { HomeReply } from '../wallet/home-link.ts';
import type { JourneyLink } from '../wallet/journey-link.ts';
import type { TripShelf } from '../wallet/wallet.ts';
import { addOlder, askAgainAfter, mergeTrips, replaceTrip } from './load-trips.ts';

export type TripsWorld = {
  readonly link: JourneyLink;
  readonly shelf: TripShelf;
  readonly clock: Clock;
  /** City's time minus this browser's clock. */
  readonly offsetSeconds: number;
  /** Changes with each new code on the screen: asked more often for a while. */
  readonly codeNumber: number;
};

export type Trips = {
  readonly remote: Remote<TripPage>;
  /** City's time when the list was last looked at, seconds. */
  readonly now: number;
  readonly askAgain: () => void;
  readonly loadOlder: () => Promise<void>;
  /** Puts what the city has just taken in at once; what the city says next holds. */
  readonly put: (trip: Trip) => void;
};

/** The holder's journeys: the copy kept here, then what the home city says, now and then. */
export function useTrips(world: TripsWorld): Trips {
  const { link, shelf, clock } = world;
  const timeNow = () => Math.floor(clock.now() / 1000) + world.offsetSeconds;
  const [remote, setRemote] = useState<Remote<TripPage>>({ kind: 'loading' });
  const [now, setNow] = useState(timeNow);
  const [turn, setTurn] = useState(0);
  const held = useRef<TripPage | undefined>(undefined);
  const isAlive = useRef(true);
  const show = (page: TripPage, seconds: number, isKept: boolean) => {
    held.current = page;
    setRemote({ kind: 'ready', value: page, seconds });
    if (isKept) void shelf.keepTrips({ value: page, seconds }).catch(() => undefined);
  };
  const ask = async (): Promise<boolean> => {
    const reply = await link.trips(null);
    if (!isAlive.current) return false;
    setNow(timeNow());
    if (reply.ok) show(mergeTrips(held.current, reply.value), reply.value.serverTime, true);
    else setRemote((before) => failed(before, reply));
    return reply.ok;
  };
  useEffect(() => {
    void shelf
      .keptTrips()
      .catch(() => undefined)
      .then((kept) => {
        const isFirst = isAlive.current && held.current === undefined;
        if (kept !== undefined && isFirst) show(kept.value, kept.seconds, false);
      });
    return () => {
      isAlive.current = false;
    };
  }, []);
  useEffect(() => keepAsking(clock, ask), [turn, world.codeNumber]);
  return {
    remote,
    now,
    askAgain: () => setTurn((each) => each + 1),
    loadOlder: async () => {
      const after = held.current?.next ?? null;
      if (after === null) return;
      const reply = await link.trips(after);
      if (!isAlive.current || held.current === undefined) return;
      if (reply.ok) show(addOlder(held.current, reply.value), reply.value.serverTime, true);
      else setRemote((before) => failed(before, reply));
    },
    put: (trip) => {
      if (held.current !== undefined) show(replaceTrip(held.current, trip), timeNow(), true);
      setTurn((each) => each + 1);
    },
  };
}

/** At once, and again and again while the page is in sight; what it returns ends it. */
function keepAsking(clock: Clock, ask: () => Promise<boolean>): () => void {
  const since = clock.now();
  let isOver = false;
  let isAsking = false;
  let cancel = (): void => undefined;
  const next = async (): Promise<void> => {
    if (isAsking) return;
    cancel();
    isAsking = true;
    const wasAnswered = document.hidden || (await ask());
    isAsking = false;
    if (isOver) return;
    cancel = clock.after(askAgainAfter(clock.now() - since, wasAnswered), () => void next());
  };
  const now = (): void => {
    if (!document.hidden) void next();
  };
  addEventListener('online', now);
  document.addEventListener('visibilitychange', now);
  void next();
  return () => {
    isOver = true;
    cancel();
    removeEventListener('online', now);
    document.removeEventListener('visibilitychange', now);
  };
}

/** A city that is away or in trouble leaves what is shown standing, with its date. */
function failed(before: Remote<TripPage>, reply: HomeReply<unknown>): Remote<TripPage> {
  const code = reply.ok ? 'AWAY' : reply.refusal.code;
  const isOurs = code.startsWith('PHONE_');
  if (before.kind === 'ready' && !isOurs) return { kind: 'unreachable', last: before };
  if (before.kind === 'unreachable' && !isOurs) return before;
  return code === 'AWAY' ? { kind: 'unreachable' } : { kind: 'failed', reference: code };
}
