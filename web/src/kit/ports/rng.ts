/** The only door to randomness in the browser faces. */
export type Rng = {
  /** `count` unpredictable bytes. */
  readonly bytes: (count: number) => Uint8Array<ArrayBuffer>;
  /** An unpredictable id, RFC 9562 version 4. */
  readonly id: () => string;
};

export const browserRng: Rng = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  id: () => crypto.randomUUID(),
};
