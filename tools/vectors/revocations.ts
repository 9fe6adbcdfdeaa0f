import {
  buildRevocationList,
  concat,
  documentText,
  nextSeed,
  passTag,
  slotFromIndex,
  slotIndex,
  toBase64Url,
  toHex,
  type Json,
  type RevocationList,
  type Slot,
} from '@tongyu/protocol';
import {
  KEY_IDS,
  listContent,
  LOST_FROM,
  LOST_SEED,
  NOON,
  sectionKey,
  signedSection,
  SLOT,
} from './region.ts';
import { testKey, type TestKey } from './test-keys.ts';
import { VectorSet } from './vector-set.ts';

/** REV-2 to REV-4. */
export async function revocationVectors(): Promise<VectorSet> {
  const set = new VectorSet('revocations');
  addSeeds(set);
  const section = set.document('section 4301 5', documentText(await signedSection('4301')));
  const held = await build(listContent('4301'));
  await addChecks(set, section, held);
  addForms(set, section, held);
  await addExpansions(set);
  return set;
}

async function build(
  list: RevocationList,
  keyId: number = KEY_IDS.list,
  key: TestKey = sectionKey('4301', keyId),
): Promise<Uint8Array> {
  return buildRevocationList(list, keyId, key);
}

/** REV-1.2 and REV-2.1: the first tags of a seed, slot after slot. */
function addSeeds(set: VectorSet): void {
  const first = Uint8Array.from({ length: 16 }, (_, i) => i);
  let seed: Uint8Array = first;
  for (let step = 0; step <= 4; step++) {
    const slot = slotFromIndex(slotIndex(SLOT) + step);
    for (const index of [0, 15]) {
      const id = `tag-step-${String(step)}-index-${String(index)}`;
      const tagHex = toHex(passTag(seed, '4301', slot, index));
      const input = {
        seedHex: toHex(first),
        from: at(SLOT),
        slot: at(slot),
        issuer: '4301',
        index,
      };
      set.accept(id, 'REV-2.1', 'seed and tag', input, {}, { seedHex: toHex(seed), tagHex });
    }
    seed = nextSeed(seed);
  }
}

function at(slot: Slot): Json {
  return { day: slot.day, slot: slot.slot };
}

async function addChecks(set: VectorSet, section: string, held: Uint8Array): Promise<void> {
  const inputOf = (bytes: Uint8Array, heldBytes: Uint8Array | null = held) => ({
    section,
    held: heldBytes === null ? null : toBase64Url(heldBytes),
    list: toBase64Url(bytes),
  });
  const accept = (
    id: string,
    list: RevocationList,
    bytes: Uint8Array,
    old = held as Uint8Array | null,
  ) => {
    const phones = list.groups.reduce((sum, group) => sum + group.seeds.length, 0);
    set.accept(id, 'REV-4.2', id, inputOf(bytes, old), {}, { number: list.number, phones });
  };
  const refuse = (id: string, bytes: Uint8Array, refusal: string): void => {
    set.refuse(id, 'REV-4.2', id, inputOf(bytes), {}, refusal);
  };
  const empty = listContent('4301', { number: 1, groups: [] });
  accept('empty', empty, await build(empty), null);
  accept('same-again', listContent('4301'), held);
  const next = listContent('4301', { number: 8 });
  accept('next', next, await build(next));
  accept('sm2-list-key', next, await build(next, KEY_IDS.listSm2));
  const reach = listContent('4301', {
    number: 8,
    groups: [
      { from: LOST_FROM, last: LOST_FROM, seeds: [LOST_SEED, nextSeed(LOST_SEED)] },
      { from: LOST_FROM, last: slotFromIndex(slotIndex(LOST_FROM) + 28), seeds: [LOST_SEED] },
      { from: SLOT, last: SLOT, seeds: [LOST_SEED] },
    ],
  });
  accept('groups', reach, await build(reach));

  const invalid = 'LIST_SIGNATURE_INVALID';
  refuse('older', await build(listContent('4301', { number: 6 })), 'LIST_OLDER');
  refuse('forked', await build(listContent('4301', { made: NOON })), 'TRUST_FORKED');
  refuse('by-forger', await build(next, KEY_IDS.list, testKey('forger')), invalid);
  refuse('by-issuer-key', await build(next, KEY_IDS.issuer), invalid);
  refuse('by-unknown-key', await build(next, 999, sectionKey('4301', KEY_IDS.list)), invalid);
  const neighbour = sectionKey('4201', KEY_IDS.list);
  refuse('by-neighbour', await build(next, KEY_IDS.list, neighbour), invalid);
  const foreign = listContent('4201', { number: 8 });
  refuse('of-neighbour', await build(foreign, KEY_IDS.list), invalid);
  const late = listContent('4301', { number: 8, made: NOON + 100 * 86_400 });
  refuse('after-last-day-of-key', await build(late), invalid);
  const changed = new Uint8Array(await build(next));
  changed[30] = (changed[30] ?? 0) ^ 1;
  refuse('seed-changed', changed, invalid);
}

/** REV-4.1: every rule of the form, on the held list's bytes. */
function addForms(set: VectorSet, section: string, held: Uint8Array): void {
  const refuse = (id: string, bytes: Uint8Array): void => {
    const input = { section, held: null, list: toBase64Url(bytes) };
    set.refuse(id, 'REV-4.1', id, input, {}, 'LIST_MALFORMED');
  };
  const put = (id: string, offset: number, ...bytes: readonly number[]): void => {
    const copy = new Uint8Array(held);
    copy.set(bytes, offset);
    refuse(id, copy);
  };
  refuse('form-empty', new Uint8Array(0));
  refuse('form-81-bytes', held.subarray(0, 81));
  for (const cut of [1, 16, 64])
    refuse(`form-cut-${String(cut)}`, held.subarray(0, held.length - cut));
  refuse('form-byte-after', concat(held, new Uint8Array(1)));
  put('form-magic', 0, 0x54, 0x59, 0x52, 0x32);
  put('form-issuer-999', 4, 0x03, 0xe7);
  put('form-issuer-10000', 4, 0x27, 0x10);
  put('form-number-0', 6, 0, 0, 0, 0);
  put('form-number-too-high', 6, 0xff, 0xff, 0xff, 0xff);
  put('form-no-group-counted', 14, 0, 0);
  put('form-group-too-many', 14, 0, 2);
  put('form-slot-4', 18, 4);
  put('form-last-slot-4', 21, 4);
  put('form-last-before-from', 19, 0, 1);
  put('form-reach-29', 19, ...slotBytes(slotIndex(LOST_FROM) + 29));
  put('form-count-0', 22, 0, 0, 0, 0);
  put('form-count-2', 22, 0, 0, 0, 2);
  put('form-count-huge', 22, 0xff, 0xff, 0xff, 0xff);
  put('form-key-id-0', held.length - 66, 0, 0);
  const empty = new Uint8Array(held.subarray(0, 26));
  empty.fill(0, 22);
  refuse('form-group-empty', concat(empty, held.subarray(42)));
  const group = held.subarray(16, 42);
  const twice = concat(
    held.subarray(0, 14),
    new Uint8Array([0, 2]),
    group,
    group,
    held.subarray(42),
  );
  refuse('form-group-twice', twice);
  const earlier = new Uint8Array(group);
  earlier.set(slotBytes(slotIndex(LOST_FROM) - 1), 0);
  const two = new Uint8Array([0, 2]);
  refuse('form-unsorted', concat(held.subarray(0, 14), two, group, earlier, held.subarray(42)));
}

function slotBytes(index: number): readonly number[] {
  const day = Math.floor(index / 4);
  return [day >>> 8, day & 255, index % 4];
}

/** REV-3.2: which tags a list revokes in a slot. */
async function addExpansions(set: VectorSet): Promise<void> {
  const list = toBase64Url(await build(listContent('4301')));
  const add = (id: string, what: string, step: number, seed: Uint8Array | undefined): void => {
    const slot = slotFromIndex(slotIndex(SLOT) + step);
    const tags = [];
    for (let i = 0; seed !== undefined && i < 16; i++)
      tags.push(toHex(passTag(seed, '4301', slot, i)));
    set.accept(id, 'REV-3.2', what, { list, expand: at(slot) }, {}, { tagsHex: tags.sort() });
  };
  let seed: Uint8Array = LOST_SEED;
  add('expand-from', 'the slot of the report', -1, seed);
  seed = nextSeed(seed);
  add('expand-next', 'one step', 0, seed);
  for (let step = 0; step < 10; step++) seed = nextSeed(seed);
  add('expand-last', 'the last slot', 10, seed);
  add('expand-before', 'none before the report', -2, undefined);
  add('expand-after', 'none after the last slot', 11, undefined);
}
