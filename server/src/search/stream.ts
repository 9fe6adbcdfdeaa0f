/** A list of numbers that grows, at four or two bytes each. */
export type Stream<T extends Uint16Array | Uint32Array> = {
  readonly length: () => number;
  readonly add: (value: number) => void;
  /** All of them; the stream is not used after that. */
  readonly finish: () => T;
};

export function streamOf<T extends Uint16Array | Uint32Array>(
  make: (size: number) => T,
): Stream<T> {
  let list = make(1_024);
  let length = 0;
  return {
    length: () => length,
    add(value) {
      if (length === list.length) {
        const longer = make(Math.ceil(length * 1.5));
        longer.set(list);
        list = longer;
      }
      list[length++] = value;
    },
    finish: () => list.slice(0, length) as T,
  };
}
