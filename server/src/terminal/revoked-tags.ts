import {
  expandRevokedTags,
  parseRevocationList,
  seedAt,
  slotFromIndex,
  slotIndex,
  slotOf,
  tagKey,
  type HeldList,
  type ParsedPass,
  type PartyId,
  type RevocationGroup,
  type RevocationList,
} from '@tongyu/protocol';
import { CODE_LIFE_SECONDS } from '@tongyu/domain';

/** Phones per slice: at most 8 × (28 steps + 3 × 16 tags) HMACs, a few milliseconds. */
const PHONES_PER_SLICE = 8;

/** Lists of one city, expanded slot by slot. */
type ExpandedList = {
  readonly bytes: Uint8Array;
  readonly list: RevocationList;
  readonly slots: Map<number, ReadonlySet<string>>;
};

/** The tags of lost phones in the slots that a good code can come from. */
export type RevokedTags = ReadonlyMap<PartyId, ExpandedList>;

/**
 * Slots of codes that are still good or soon will be: the one of `CODE_LIFE_SECONDS` ago, the
 * current one and the next one.
 */
export function slotsInReach(now: number): readonly number[] {
  const current = slotIndex(slotOf(now));
  const before = slotIndex(slotOf(now - CODE_LIFE_SECONDS));
  return before === current ? [current, current + 1] : [before, current, current + 1];
}

/**
 * Expands the lists for the slots in reach, in slices between which scans run. What `known` has
 * already of the same list is taken over; the result is complete or the promise does not end.
 */
export async function expandInSlices(
  known: RevokedTags,
  lists: readonly HeldList[],
  now: number,
  pause: () => Promise<void>,
): Promise<RevokedTags> {
  const expanded = new Map<PartyId, ExpandedList>();
  for (const held of lists) {
    const before = known.get(held.party);
    const isSame = before?.bytes === held.bytes;
    const list = isSame ? before.list : parseRevocationList(held.bytes);
    if (list === undefined) continue; // was checked before it was held
    const inReach = slotsInReach(now);
    const ready = inReach.filter((index) => isSame && before.slots.has(index));
    const fresh = inReach.filter((index) => !ready.includes(index));
    const slots = await expandSlots(list, fresh, pause);
    for (const index of ready) slots.set(index, before?.slots.get(index) ?? new Set());
    expanded.set(held.party, { bytes: held.bytes, list, slots });
  }
  return expanded;
}

/** @param wanted slot indexes in rising order */
async function expandSlots(
  list: RevocationList,
  wanted: readonly number[],
  pause: () => Promise<void>,
): Promise<Map<number, ReadonlySet<string>>> {
  const slots = new Map(wanted.map((index) => [index, new Set<string>()]));
  for (const slice of slicesOf(list.groups)) {
    let group = slice;
    for (const [index, tags] of slots) {
      group = steppedTo(group, index);
      for (const tag of expandRevokedTags({ ...list, groups: [group] }, slotFromIndex(index))) {
        tags.add(tag);
      }
    }
    await pause();
  }
  return new Map<number, ReadonlySet<string>>(slots);
}

/** The group as if it had been published at that slot: the next one is a single step off. */
function steppedTo(group: RevocationGroup, index: number): RevocationGroup {
  if (slotIndex(group.from) >= index || slotIndex(group.last) < index) return group;
  const from = slotFromIndex(index);
  const seeds = group.seeds.map((seed) => seedAt(seed, group.from, from) ?? seed);
  return { from, last: group.last, seeds };
}

function* slicesOf(groups: readonly RevocationGroup[]): Generator<RevocationGroup> {
  for (const group of groups) {
    for (let at = 0; at < group.seeds.length; at += PHONES_PER_SLICE) {
      yield { ...group, seeds: group.seeds.slice(at, at + PHONES_PER_SLICE) };
    }
  }
}

/**
 * Whether the pass's phone was reported lost; undefined when its city's list is not held or not
 * expanded for its slot, which a terminal treats as a list that it does not have.
 */
export function isRevoked(
  revoked: RevokedTags,
  pass: Pick<ParsedPass, 'issuer' | 'slot' | 'tag'>,
): boolean | undefined {
  const expanded = revoked.get(pass.issuer);
  if (expanded === undefined) return undefined;
  const index = slotIndex(pass.slot);
  const tags = expanded.slots.get(index) ?? expandSmallList(expanded, index);
  return tags?.has(tagKey(pass.issuer, pass.tag));
}

/** After a sleep or a jump of the clock: a short list is expanded on the spot. */
function expandSmallList(expanded: ExpandedList, index: number): ReadonlySet<string> | undefined {
  const phones = expanded.list.groups.reduce((count, group) => count + group.seeds.length, 0);
  if (phones > PHONES_PER_SLICE) return undefined;
  const tags = expandRevokedTags(expanded.list, slotFromIndex(index));
  expanded.slots.set(index, tags);
  return tags;
}
