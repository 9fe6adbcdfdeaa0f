// Counts in how many rows each pair of neighbouring characters stands, and gives each pair its
// place in sorted order. An open hash table: a Map of millions of numbers is three times slower.

export type PairTable = {
  /** `key` is above zero. Counts once per row; rows come in order from 0. */
  readonly count: (key: number, row: number) => void;
  /** Sorts. No `count` after this. */
  readonly finish: () => SortedPairs;
};

export type SortedPairs = {
  readonly keys: Uint32Array;
  readonly counts: Uint32Array;
  /** The place of a counted key in `keys`. */
  readonly placeOf: (key: number) => number;
};

export function createPairTable(): PairTable {
  let slots = emptySlots(1 << 12);
  let used = 0;
  return {
    count(key, row) {
      let slot = slotOf(slots.keys, key);
      if (slots.keys[slot] === 0) {
        if (++used * 2 > slots.keys.length) {
          slots = grown(slots);
          slot = slotOf(slots.keys, key);
        }
        slots.keys[slot] = key;
      } else if (slots.lastRow[slot] === row) return;
      slots.lastRow[slot] = row;
      slots.counts[slot] = (slots.counts[slot] ?? 0) + 1;
    },
    finish() {
      const keys = slots.keys.filter((key) => key !== 0).sort();
      const counts = new Uint32Array(keys.length);
      const places = new Uint32Array(slots.keys.length);
      for (const [place, key] of keys.entries()) {
        const slot = slotOf(slots.keys, key);
        counts[place] = slots.counts[slot] ?? 0;
        places[slot] = place;
      }
      const slotKeys = slots.keys;
      return { keys, counts, placeOf: (key) => places[slotOf(slotKeys, key)] ?? 0 };
    },
  };
}

type Slots = {
  readonly keys: Uint32Array;
  readonly counts: Uint32Array;
  readonly lastRow: Uint32Array;
};

function emptySlots(size: number): Slots {
  return {
    keys: new Uint32Array(size),
    counts: new Uint32Array(size),
    lastRow: new Uint32Array(size),
  };
}

/** The slot of the key, or the free slot where it belongs. The size is a power of two. */
function slotOf(keys: Uint32Array, key: number): number {
  const mask = keys.length - 1;
  let slot = (Math.imul(key, 0x9e37_79b1) >>> 7) & mask;
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

function grown(old: Slots): Slots {
  const slots = emptySlots(old.keys.length * 2);
  for (let i = 0; i < old.keys.length; i++) {
    const key = old.keys[i] ?? 0;
    if (key === 0) continue;
    const slot = slotOf(slots.keys, key);
    slots.keys[slot] = key;
    slots.counts[slot] = old.counts[i] ?? 0;
    slots.lastRow[slot] = old.lastRow[i] ?? 0;
  }
  return slots;
}
