import { slotIndex, slotOf, type Slot } from '@tongyu/protocol';
import { chosenOnSlot, NO_CLASS, type ClassChoice } from './class-choice.ts';

/**
 * A phone's pool of passes (CODE-7): which one to show now, which to drop, which to ask for. Pure;
 * the shells keep the keys.
 */
export type PooledPass = {
  readonly slot: Slot;
  readonly keyId: number;
  readonly reserve: boolean;
  /** The class that it carries, 0 for none. */
  readonly class: number;
  /** When it was first shown, Unix seconds; undefined while untouched. */
  readonly firstShownAt: number | undefined;
};

export const PASSES_PER_SLOT = 8;
/** The current slot and those of the coming 7 days. */
export const POOL_SLOTS = 29;
/** A shown pass is replaced after this long (CODE-7.3). */
export const SHOW_SECONDS = 300;

export type PassChoice<P extends PooledPass> =
  | { readonly state: 'show'; readonly pass: P; readonly lastOfSlot: boolean }
  | { readonly state: 'empty' };

/**
 * The pass to show: the one on show until its 5 minutes are over or the holder asks for another,
 * then an untouched one, and when none is left the reserve pass, which may be used again. Of the
 * class chosen for the slot; of none where the phone has no such pass, and never of another
 * (CLS-4.4).
 */
export function choosePass<P extends PooledPass>(
  pool: readonly P[],
  now: number,
  wantsAnother: boolean,
  choice: ClassChoice = NO_CLASS,
): PassChoice<P> {
  const slot = slotOf(now);
  const here = pool.filter((pass) => slotIndex(pass.slot) === slotIndex(slot));
  const chosen = chosenOnSlot(choice, slot);
  const found = chooseAmong(ofClass(here, chosen), now, wantsAnother);
  if (found.state === 'show' || chosen === 0) return found;
  return chooseAmong(ofClass(here, 0), now, wantsAnother);
}

function ofClass<P extends PooledPass>(passes: readonly P[], number: number): readonly P[] {
  return passes.filter((pass) => pass.class === number);
}

/** @param here passes of this slot and of one class */
function chooseAmong<P extends PooledPass>(
  here: readonly P[],
  now: number,
  wantsAnother: boolean,
): PassChoice<P> {
  const shown = here
    .filter((pass) => !pass.reserve && pass.firstShownAt !== undefined)
    .sort((a, b) => (b.firstShownAt ?? 0) - (a.firstShownAt ?? 0))[0];
  const untouched = here.filter((pass) => !pass.reserve && pass.firstShownAt === undefined);
  if (shown !== undefined && !wantsAnother && now - (shown.firstShownAt ?? 0) < SHOW_SECONDS) {
    return { state: 'show', pass: shown, lastOfSlot: untouched.length === 0 };
  }
  const next = untouched[0] ?? here.find((pass) => pass.reserve);
  if (next === undefined) return { state: 'empty' };
  return { state: 'show', pass: next, lastOfSlot: untouched.length <= 1 };
}

/** Passes of slots that are over, or signed with a key that counts no more. */
export function deadPasses<P extends PooledPass>(
  pool: readonly P[],
  now: number,
  voidKeyIds: readonly number[],
): readonly P[] {
  const current = slotIndex(slotOf(now));
  return pool.filter((p) => slotIndex(p.slot) < current || voidKeyIds.includes(p.keyId));
}

export type MissingPasses = {
  readonly slot: Slot;
  readonly count: number;
  /** What they carry under the choice. */
  readonly class: number;
};

/**
 * Slots of the horizon with how many passes of the chosen class each lacks; the reserve pass is one
 * of the 8. Passes of another class count as others (CLS-4.5).
 */
export function missingPasses(
  pool: readonly PooledPass[],
  now: number,
  choice: ClassChoice = NO_CLASS,
): readonly MissingPasses[] {
  const current = slotIndex(slotOf(now));
  const held = new Map<number, number>();
  for (const pass of pool) {
    if (pass.class !== chosenOnSlot(choice, pass.slot)) continue;
    const index = slotIndex(pass.slot);
    held.set(index, (held.get(index) ?? 0) + 1);
  }
  const missing = [];
  for (let index = current; index < current + POOL_SLOTS; index++) {
    const count = PASSES_PER_SLOT - (held.get(index) ?? 0);
    const slot = { day: Math.floor(index / 4), slot: index % 4 };
    if (count > 0) missing.push({ slot, count, class: chosenOnSlot(choice, slot) });
  }
  return missing;
}

/** Whole days that the pool lasts offline: full slots from now on, rounded down. */
export function daysLeft(
  pool: readonly PooledPass[],
  now: number,
  choice: ClassChoice = NO_CLASS,
): number {
  const have = new Set(
    pool
      .filter((pass) => pass.class === 0 || pass.class === chosenOnSlot(choice, pass.slot))
      .map((pass) => slotIndex(pass.slot)),
  );
  let index = slotIndex(slotOf(now));
  const first = index;
  while (have.has(index)) index++;
  return Math.floor((index - first) / 4);
}
