import type { Log } from '../ports/log.ts';

/** What has been opened, closed in the opposite order, once, whoever asks and however often. */
export type Closing = {
  /** To be closed before everything that was added earlier. */
  add(name: string, close: () => Promise<void>): void;
  closeAll(): Promise<void>;
};

export function closing(log: Log): Closing {
  const open: { readonly name: string; readonly close: () => Promise<void> }[] = [];
  let done: Promise<void> | undefined;
  const closeEach = async (): Promise<void> => {
    for (const { name, close } of open.reverse()) {
      try {
        await close();
      } catch (error) {
        log.error({ job: name }, 'could not be closed', error); // the rest must close all the same
      }
    }
  };
  return {
    add(name, close) {
      open.push({ name, close });
    },
    closeAll: () => (done ??= closeEach()),
  };
}
