/** What passes between the starter and a node that it forked, over the IPC channel. */
export type NodeReport =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'ready'; readonly url: string }
  /** The node cannot start; one sentence for the person who started it. */
  | { readonly kind: 'failed'; readonly sentence: string }
  /** A one-time token for the node's console, for the order with the same number. */
  | { readonly kind: 'entry'; readonly order: number; readonly token: string };

export type StarterOrder =
  { readonly kind: 'stop' } | { readonly kind: 'issue-entry'; readonly order: number };

export function isStarterOrder(message: unknown): message is StarterOrder {
  return hasKind(message) && ['stop', 'issue-entry'].includes(message.kind);
}

export function isNodeReport(message: unknown): message is NodeReport {
  return hasKind(message) && ['progress', 'ready', 'failed', 'entry'].includes(message.kind);
}

function hasKind(message: unknown): message is { readonly kind: string } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    typeof message.kind === 'string'
  );
}
