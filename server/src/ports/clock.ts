/** Unix seconds. Injected everywhere, so that a region can be run at any time of day. */
export type Clock = { now(): number };

/** @param offsetSeconds how far this process's clock is shifted; refused in production mode */
export function systemClock(offsetSeconds = 0): Clock {
  return { now: () => Math.floor(Date.now() / 1000) + offsetSeconds };
}
