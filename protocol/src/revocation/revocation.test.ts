import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { KEY_IDS, NOON, sectionKey, SLOT } from '../../../tools/vectors/region.ts';
import { toHex } from '../encoding/bytes.ts';
import { slotFromIndex, slotIndex } from '../time/service-day.ts';
import { buildRevocationList, parseRevocationList, type RevocationList } from './list.ts';
import { expandRevokedTags, tagKey } from './revoked-tags.ts';
import { HORIZON_SLOTS, nextSeed, passTag, seedAt, TAGS_PER_SLOT } from './seed.ts';

const seeds = fc.uint8Array({ minLength: 16, maxLength: 16 });
const first = slotIndex(SLOT);

/** Groups in the order that the list's form asks for. */
const groups = fc
  .uniqueArray(fc.tuple(fc.nat(40), fc.nat(HORIZON_SLOTS)), {
    selector: ([from, reach]) => `${String(from)} ${String(reach)}`,
    maxLength: 5,
  })
  .chain((pairs) => {
    const sorted = [...pairs].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return fc.tuple(
      ...sorted.map(([from, reach]) =>
        fc.array(seeds, { minLength: 1, maxLength: 4 }).map((list) => ({
          from: slotFromIndex(first + from),
          last: slotFromIndex(first + from + reach),
          seeds: list.map((seed) => new Uint8Array(seed)),
        })),
      ),
    );
  });

void test('REV-4.1: a list is read as it was written', async () => {
  const key = { ...sectionKey('4301', KEY_IDS.list), sign: () => new Uint8Array(64) };
  await fc.assert(
    fc.asyncProperty(groups, fc.integer({ min: 1, max: 1e9 }), async (list, number) => {
      const content: RevocationList = { issuer: '4301', number, made: NOON, groups: list };
      const bytes = await buildRevocationList(content, KEY_IDS.list, key);
      const read = parseRevocationList(bytes);
      assert.ok(read);
      const plain = (of: RevocationList) =>
        JSON.stringify({
          ...of,
          groups: of.groups.map((group) => ({ ...group, seeds: group.seeds.map(toHex) })),
        });
      assert.equal(plain(read), plain(content));
    }),
  );
});

void test('REV-1.2: seeds step forward only, and each step is another seed', () => {
  fc.assert(
    fc.property(seeds, fc.nat(HORIZON_SLOTS), (seed, steps) => {
      const to = slotFromIndex(first + steps);
      let stepped: Uint8Array = seed;
      for (let i = 0; i < steps; i++) stepped = nextSeed(stepped);
      assert.deepEqual(seedAt(seed, SLOT, to), new Uint8Array(stepped));
      assert.equal(seedAt(seed, to, SLOT) === undefined, steps > 0);
    }),
  );
});

void test('REV-2.1: tags differ by issuer, day, slot, number and seed', () => {
  const seed = new Uint8Array(16).fill(7);
  const tags = new Set<string>();
  let count = 0;
  for (const issuer of ['4201', '4301']) {
    for (let step = 0; step < 8; step++) {
      const slot = slotFromIndex(first + step);
      for (let i = 0; i < TAGS_PER_SLOT; i++, count++)
        tags.add(toHex(passTag(seed, issuer, slot, i)));
    }
  }
  assert.equal(tags.size, count);
});

void test('REV-3.2: a phone is revoked from its slot to its last, in every tag', () => {
  const seed = new Uint8Array(16).fill(1);
  const other = new Uint8Array(16).fill(2);
  const [from, last] = [SLOT, slotFromIndex(first + 28)];
  const list: RevocationList = {
    ...{ issuer: '4301', number: 1, made: NOON },
    groups: [{ from, last, seeds: [seed] }],
  };
  for (let step = -1; step <= 29; step++) {
    const slot = slotFromIndex(first + step);
    const tags = expandRevokedTags(list, slot);
    const isIn = step >= 0 && step <= 28;
    assert.equal(tags.size, isIn ? TAGS_PER_SLOT : 0, `step ${String(step)}`);
    const stepped = seedAt(seed, SLOT, slot);
    if (!isIn || stepped === undefined) continue;
    for (let i = 0; i < TAGS_PER_SLOT; i++) {
      assert.ok(tags.has(tagKey('4301', passTag(stepped, '4301', slot, i))));
      assert.ok(!tags.has(tagKey('4201', passTag(stepped, '4201', slot, i))));
      assert.ok(!tags.has(tagKey('4301', passTag(other, '4301', slot, i))));
    }
  }
});
