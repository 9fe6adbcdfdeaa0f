/**
 * The only door to time in the browser faces. A shifted clock lets the try page show what a
 * wrong phone or gate clock does.
 */
export type Clock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls `act` once after `milliseconds`; the returned function cancels it. */
  readonly after: (milliseconds: number, act: () => void) => () => void;
  /** Calls `act` every `milliseconds`; the returned function stops it. */
  readonly every: (milliseconds: number, act: () => void) => () => void;
};

export const browserClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
  every: (milliseconds, act) => {
    const timer = setInterval(act, milliseconds);
    return () => clearInterval(timer);
  },
};

/** A clock that runs `offsetMilliseconds()` ahead; the offset is asked anew each time. */
export function shiftClock(clock: Clock, offsetMilliseconds: () => number): Clock {
  return { ...clock, now: () => clock.now() + offsetMilliseconds() };
}
