export type HeapEntry<V> = { readonly time: number; readonly sequence: number; readonly value: V };

export type EventHeap<V> = {
  push(time: number, value: V): void;
  /** The earliest entry, by time and then in the order of pushing, unless it lies after `end`. */
  pop(end: number): HeapEntry<V> | undefined;
};

export function eventHeap<V>(): EventHeap<V> {
  const entries: HeapEntry<V>[] = [];
  let sequence = 0;
  const isBefore = (a: HeapEntry<V>, b: HeapEntry<V>): boolean =>
    a.time < b.time || (a.time === b.time && a.sequence < b.sequence);

  const siftDown = (moved: HeapEntry<V>): void => {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      let child = entries[left];
      let childAt = left;
      const right = entries[left + 1];
      if (child !== undefined && right !== undefined && isBefore(right, child)) {
        child = right;
        childAt = left + 1;
      }
      if (child === undefined || !isBefore(child, moved)) break;
      entries[at] = child;
      at = childAt;
    }
    entries[at] = moved;
  };

  return {
    push(time, value) {
      const entry = { time, sequence: sequence++, value };
      let at = entries.length;
      while (at > 0) {
        const parentAt = (at - 1) >> 1;
        const parent = entries[parentAt];
        if (parent === undefined || !isBefore(entry, parent)) break;
        entries[at] = parent;
        at = parentAt;
      }
      entries[at] = entry;
    },
    pop(end) {
      const [first] = entries;
      if (first === undefined || first.time > end) return undefined;
      const last = entries.pop();
      if (last !== undefined && last !== first) siftDown(last);
      return first;
    },
  };
}
