/** The only door to the browser's locks between tabs of this origin. */
export type Locks = {
  /** Runs `work` while no other tab runs one under the same name. */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /**
   * Takes the name for as long as this page lives. False when another page has it. A browser
   * without locks has one window only (old in-app views): it gets the name.
   */
  readonly keep: (name: string) => Promise<boolean>;
};

export const browserLocks: Locks = {
  exclusively: async (name, work) => {
    if (!('locks' in navigator)) return work();
    // The lock's own promise is typed loosely; the result is carried out by hand.
    let result: { readonly value: Awaited<ReturnType<typeof work>> } | undefined;
    await navigator.locks.request(name, async () => {
      result = { value: await work() };
    });
    if (result === undefined) throw new Error(`The lock ${name} was given without its work`);
    return result.value;
  },
  keep: (name) => {
    if (!('locks' in navigator)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const holding = navigator.locks.request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        // Held until the page goes: a promise that never ends.
        return lock === null ? undefined : new Promise<void>(() => undefined);
      });
      holding.catch(() => resolve(false));
    });
  },
};
