/**
 * Ctrl-C comes to a whole process group, and again through npm's wrappers: the first one aborts,
 * the others are the same wish.
 */
export function onStopSignal(): { readonly signal: AbortSignal; done(): void } {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, abort);
  return {
    signal: controller.signal,
    done() {
      for (const name of names) process.off(name, abort);
    },
  };
}
