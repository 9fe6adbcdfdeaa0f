/** Lets the event loop turn, so that long work in small pieces blocks nobody. */
export type Breathe = () => Promise<void>;

export const breathe: Breathe = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
