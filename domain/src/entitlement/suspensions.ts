import { HEAD_LIFE_SECONDS, type Head, type PartyId, type Suspension } from '@tongyu/protocol';

/** Whether a head still tells what is open and what is suspended (LIST-4.5). */
export function isHeadGood(head: Head | undefined, now: number): head is Head {
  return head !== undefined && now - head.time <= HEAD_LIFE_SECONDS;
}

const NONE: readonly Suspension[] = [];
/** A terminal decides thousands of times with one head, which may suspend thousands of things. */
const byEntry = new WeakMap<Head, ReadonlyMap<string, readonly Suspension[]>>();

/** All that a head suspends of one entry: the whole service, or rules of it. */
export function suspensionsOf(head: Head | undefined, entryId: string): readonly Suspension[] {
  if (head === undefined || head.suspended.length === 0) return NONE;
  const index = byEntry.get(head) ?? indexOf(head);
  return index.get(entryId) ?? NONE;
}

function indexOf(head: Head): ReadonlyMap<string, readonly Suspension[]> {
  const index = new Map<string, Suspension[]>();
  for (const suspension of head.suspended) {
    const known = index.get(suspension.entry);
    if (known === undefined) index.set(suspension.entry, [suspension]);
    else known.push(suspension);
  }
  byEntry.set(head, index);
  return index;
}

/** Why the whole service is closed by its host; undefined when it is not. */
export function suspensionOf(head: Head | undefined, entryId: string): Suspension | undefined {
  return suspensionsOf(head, entryId).find(({ rule }) => rule === null);
}

/** Whether a suspension takes its rule out for residents of a city (LIST-4.4). */
export function concernsResidence(suspension: Suspension, residence: PartyId): boolean {
  return suspension.residence === null || suspension.residence === residence;
}
