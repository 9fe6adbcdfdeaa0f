import { toHex } from '../encoding/bytes.ts';
import type { PartyId } from '../code/pass.ts';
import { slotEnd, slotIndex, type Slot } from '../time/service-day.ts';
import type { RevocationList } from './list.ts';
import { passTag, seedAt, TAGS_PER_SLOT } from './seed.ts';

/** Key of a tag in sets: issuer and tag, as `4301` and 20 hex digits. */
export function tagKey(issuer: PartyId, tag: Uint8Array): string {
  return issuer + toHex(tag);
}

/** A phone stays listed for so long after its last slot: codes of it are still shown (REV-4.5). */
export const LIST_OUTLIVES_SLOT_SECONDS = 600;

/**
 * Whether a list of that time still names every lost phone of a slot. A later one may leave out
 * those whose last slot is over, which a terminal whose clock fell back would else accept.
 */
export function listSpeaksFor(made: number, slot: Slot): boolean {
  return made < slotEnd(slot) + LIST_OUTLIVES_SLOT_SECONDS;
}

/**
 * All tags of a list's phones in one slot (REV-3.2). Steps are at most 28 per phone and tags 16, so
 * work is bounded by the list's length. Terminals do this for the next slot beforehand.
 */
export function expandRevokedTags(list: RevocationList, slot: Slot): ReadonlySet<string> {
  const tags = new Set<string>();
  const wanted = slotIndex(slot);
  for (const group of list.groups) {
    if (slotIndex(group.from) > wanted || slotIndex(group.last) < wanted) continue;
    for (const seed of group.seeds) {
      const stepped = seedAt(seed, group.from, slot);
      if (stepped === undefined) continue;
      for (let index = 0; index < TAGS_PER_SLOT; index++) {
        tags.add(tagKey(list.issuer, passTag(stepped, list.issuer, slot, index)));
      }
    }
  }
  return tags;
}
