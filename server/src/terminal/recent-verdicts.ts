import type { ScanAnswer } from './scan-answer.ts';

/** More texts than anybody presents within the debounce time. */
const CAPACITY = 64;

/**
 * A camera reads one presentation many times, and an eager holder presents twice. Within the
 * debounce time the same text gets its own verdict again instead of ALREADY_USED; the time is not
 * prolonged by repeating, and a later presentation is a new one.
 */
export type RecentVerdicts = {
  find(text: string, now: number): ScanAnswer | undefined;
  keep(text: string, now: number, answer: ScanAnswer): void;
};

export function recentVerdicts(debounceSeconds: number): RecentVerdicts {
  const recent = new Map<string, { readonly at: number; readonly answer: ScanAnswer }>();
  return {
    find(text, now) {
      const found = recent.get(text);
      if (found === undefined) return undefined;
      const age = now - found.at;
      return age >= 0 && age < debounceSeconds ? { ...found.answer, repeated: true } : undefined;
    },
    keep(text, now, answer) {
      recent.delete(text);
      recent.set(text, { at: now, answer });
      const oldest = recent.keys().next();
      if (recent.size > CAPACITY && oldest.done !== true) recent.delete(oldest.value);
    },
  };
}
