import { isStarterOrder, type NodeReport } from '../region/node-messages.ts';

export type Orders = { readonly stop: () => void; readonly issueEntry: () => string };

/** The line to the program that started this node; reports go nowhere when nobody did. */
export type StarterChannel = {
  readonly report: (report: NodeReport) => Promise<void>;
  readonly onOrder: (orders: Orders) => void;
};

/** @param onGone the starter has died: the node must not outlive it */
export function starterChannel(onGone: () => void): StarterChannel {
  if (process.send === undefined) {
    return { report: () => Promise.resolve(), onOrder: () => undefined };
  }
  process.on('disconnect', onGone);
  const report = (message: NodeReport): Promise<void> =>
    new Promise((resolve) => {
      // A starter that has just died makes this fail; `disconnect` tells.
      process.send?.(message, undefined, undefined, () => {
        resolve();
      });
    });
  return {
    report,
    onOrder({ stop, issueEntry }) {
      process.on('message', (message) => {
        if (!isStarterOrder(message)) return;
        if (message.kind === 'stop') stop();
        else void report({ kind: 'entry', order: message.order, token: issueEntry() });
      });
    },
  };
}
