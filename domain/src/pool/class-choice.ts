import type { Slot } from '@tongyu/protocol';
import { classOnSlot } from '../classes/facts.ts';

/** The class that a resident lets their passes carry (CLS-4.1), and how long it is proved. */
export type ClassChoice = {
  /** 0 for none. */
  readonly class: number;
  /** The first second at which the proof is over; null when it has no end. */
  readonly until: number | null;
};

export const NO_CLASS: ClassChoice = { class: 0, until: null };

/** What a pass of that slot carries under the choice: nothing where the proof ends first. */
export function chosenOnSlot(choice: ClassChoice, slot: Slot): number {
  return classOnSlot(choice.class, choice.until, slot);
}
