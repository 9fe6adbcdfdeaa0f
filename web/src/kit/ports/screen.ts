/** The only door to the screen's lamp in the browser faces. */
export type Screen = {
  /** Asks the browser to keep the screen on; resolves to a function that lets it sleep again. */
  readonly keepOn: () => Promise<() => void>;
};

export const browserScreen: Screen = {
  keepOn: async () => {
    try {
      const lock = await navigator.wakeLock.request('screen');
      return () => void lock.release().catch(() => undefined);
    } catch {
      // Not offered, or battery saving: the code works all the same.
      return () => undefined;
    }
  },
};
