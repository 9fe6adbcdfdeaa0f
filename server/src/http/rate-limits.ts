type RateLimit = { readonly max: number; readonly timeWindow: number };

const MINUTE_MS = 60_000;

/**
 * Requests per minute and address, by scope. Tap ingestion, terminals' syncs and peers have none:
 * a gate that drains a long outbox must never be turned away (their bodies are bounded and signed).
 * An operator's gates and a carrier's phones share an address, so these only stop floods.
 */
export const RATE_LIMITS = {
  resident: { max: 3000, timeWindow: MINUTE_MS },
  console: { max: 1200, timeWindow: MINUTE_MS },
  /** Tokens have 256 bits: the limit is for the log's sake, not against guessing. */
  consoleEntry: { max: 120, timeWindow: MINUTE_MS },
  pages: { max: 3000, timeWindow: MINUTE_MS },
  /** Each may be megabytes. */
  downloads: { max: 120, timeWindow: MINUTE_MS },
  /** What the public writes to the cities: by hand, one by one. */
  reports: { max: 10, timeWindow: MINUTE_MS },
} as const satisfies Record<string, RateLimit>;
