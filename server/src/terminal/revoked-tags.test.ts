import assert from 'node:assert/strict';
import test from 'node:test';
import {
  expandRevokedTags,
  passTag,
  parseRevocationList,
  seedAt,
  slotFromIndex,
  slotIndex,
  slotOf,
  slotStart,
  tagKey,
} from '@tongyu/protocol';
import { expandInSlices, isRevoked, slotsInReach } from './revoked-tags.ts';
import { lostPhones, middleOfSlot, SmallRegion } from './testing/small-region.ts';

const NOW = middleOfSlot(1_796_000_000);
const BEFORE = NOW - 5 * 21_600;
const region = await SmallRegion.found(NOW);
const seeds = Array.from({ length: 20 }, (_, i) => new Uint8Array(16).fill(i + 1));
await region.publishList('4301', 2, [
  lostPhones(BEFORE, seeds.slice(0, 10)),
  lostPhones(NOW, seeds.slice(10)),
]);
const held = {
  party: '4301',
  ...(region.lists.get('4301') ?? { number: 0, bytes: new Uint8Array() }),
};

function counting(): { pause: () => Promise<void>; count: () => number } {
  let pauses = 0;
  return {
    pause: async () => {
      pauses += 1;
    },
    count: () => pauses,
  };
}

void test('the slots in reach are the current and the next, and the last one for 120 s', () => {
  const border = slotStart(slotOf(NOW));
  const current = slotIndex(slotOf(NOW));
  assert.deepEqual(slotsInReach(NOW), [current, current + 1]);
  assert.deepEqual(slotsInReach(border + 119), [current - 1, current, current + 1]);
  assert.deepEqual(slotsInReach(border + 120), [current, current + 1]);
});

void test('the sliced expansion finds the same tags as the plain one, slot by slot', async () => {
  const { pause, count } = counting();
  const expanded = await expandInSlices(new Map(), [held], NOW, pause);
  const list = parseRevocationList(held.bytes);
  assert.ok(list !== undefined);
  for (const index of slotsInReach(NOW)) {
    const tags = expanded.get('4301')?.slots.get(index);
    assert.deepEqual(
      [...(tags ?? [])].sort(),
      [...expandRevokedTags(list, slotFromIndex(index))].sort(),
    );
    assert.equal(tags?.size, 20 * 16);
  }
  const slot = slotOf(NOW);
  const stepped = seedAt(seeds[0] ?? new Uint8Array(16), slotOf(BEFORE), slot);
  assert.ok(stepped !== undefined);
  const tag = tagKey('4301', passTag(stepped, '4301', slot, 3));
  assert.ok(expanded.get('4301')?.slots.get(slotIndex(slot))?.has(tag));
  assert.equal(count(), 4); // 10 phones are 2 slices, in each of 2 groups
});

void test('what is expanded already is taken over, only the new slot is worked out', async () => {
  const first = await expandInSlices(new Map(), [held], NOW, counting().pause);
  const again = counting();
  const same = await expandInSlices(first, [held], NOW, again.pause);
  const current = slotIndex(slotOf(NOW));
  assert.equal(same.get('4301')?.slots.get(current), first.get('4301')?.slots.get(current));
  const later = await expandInSlices(first, [held], NOW + 21_600, again.pause);
  assert.deepEqual([...(later.get('4301')?.slots.keys() ?? [])].sort(), [current + 1, current + 2]);
});

void test('a city whose list is not held is not known to be free of lost phones', async () => {
  const expanded = await expandInSlices(new Map(), [held], NOW, counting().pause);
  const { bytes } = await region.pass('3601', NOW, seeds[0] ?? new Uint8Array(16));
  const pass = { issuer: '3601', tag: bytes.subarray(5, 15), slot: slotOf(NOW) };
  assert.equal(isRevoked(expanded, pass), undefined);
  assert.equal(isRevoked(expanded, { ...pass, issuer: '4301' }), false);
});
