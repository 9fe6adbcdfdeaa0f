import type { Clock } from '../ports/clock.ts';

/** Messages of one source that no known key has signed, a minute; then it is not listened to. */
const MAX_FAILED = 60;
const WINDOW_SECONDS = 60;
/** More sources at once and the count begins anew: memory stays bounded whoever knocks. */
const MAX_SOURCES = 10_000;

/**
 * A limit on failures only: what a known key has signed is never counted, however much it is, since
 * a node that catches up sends a lot.
 */
export type FailedMessages = {
  isOver(source: string): boolean;
  /** Seconds until the source is listened to again. */
  readonly pauseSeconds: number;
  count(source: string): void;
};

export function failedMessages(clock: Clock): FailedMessages {
  const sources = new Map<string, { readonly since: number; count: number }>();
  const current = (source: string): { count: number } | undefined => {
    const found = sources.get(source);
    const age = clock.now() - (found?.since ?? 0);
    return age >= 0 && age < WINDOW_SECONDS ? found : undefined;
  };
  return {
    isOver: (source) => (current(source)?.count ?? 0) >= MAX_FAILED,
    pauseSeconds: WINDOW_SECONDS,
    count(source) {
      const found = current(source);
      if (found !== undefined) {
        found.count += 1;
        return;
      }
      if (sources.size >= MAX_SOURCES) sources.clear();
      sources.set(source, { since: clock.now(), count: 1 });
    },
  };
}
