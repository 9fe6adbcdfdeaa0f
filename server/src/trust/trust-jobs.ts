import { trustHaveOf, type NodeId, type PeerKeyLookup } from '@tongyu/protocol';
import { deliverTo } from '../peers/deliver-peer.ts';
import { dropEvidence } from '../peers/drop-evidence.ts';
import { deliveryJob, type Outbox } from '../peers/send-peer.ts';
import { PeerAway, type ReceiptHandlers } from '../peers/types.ts';
import {
  isBundleDue,
  isProposalPending,
  proposalDelay,
  proposeBundle,
} from './bundle-proposals.ts';
import { keepFounding } from './founding.ts';
import { loadHeldBack } from './held-back.ts';
import { keyEndWarnings } from './key-ends.ts';
import { ensureOwnSection } from './own-section.ts';
import { forgetGrantedRequest } from './role-request.ts';
import { takeOffer } from './take-trust.ts';
import { keepTimeStatement } from './time-statements.ts';
import { otherNodes, type TrustView } from './trust-view.ts';
import type { NodeTables, TrustRoom } from './types.ts';

export const KEEP_JOB = 'keep trust';
const PULL_JOB = 'pull trust';
/** How often old messages are looked for, and keys that end soon. */
const HOUR_SECONDS = 3600;

/** What a node does for its trust by itself, again and again. */
export type TrustJobs<T extends NodeTables> = {
  /** @param answered after the commit of receipts that somebody waited for */
  start(receipts: ReceiptHandlers<T>, answered?: () => void): Promise<void>;
  /** The newest view that a job has seen committed. */
  readonly current: () => TrustView;
  /** One transaction with the view in it, and delivery of what it wrote. */
  commit<R>(work: (tx: T, view: TrustView) => Promise<R>): Promise<R>;
  readonly keep: () => Promise<void>;
  readonly pull: () => Promise<void>;
  readonly deliver: (to: NodeId) => Promise<void>;
};

const NOTHING: TrustView = {
  revision: undefined,
  state: undefined,
  root: undefined,
  held: undefined,
  sections: new Map(),
};

export function createTrustJobs<T extends NodeTables>(
  room: TrustRoom<T>,
  outbox: Outbox<T>,
  lookup: (tx: T) => Promise<PeerKeyLookup>,
): TrustJobs<T> {
  const { ports, store, views } = room;
  const { self, settings } = room.config;
  const delivering = new Set<NodeId>();
  const bundleTurn = createBundleTurn(room);
  let seen = NOTHING;
  let receipts: ReceiptHandlers<T> = {};
  let onAnswered: (() => void) | undefined;
  let turn = 0;

  const commit = async <R>(work: (tx: T, view: TrustView) => Promise<R>): Promise<R> => {
    const answer = await store.transaction(async (tx) => work(tx, await views.load(tx)));
    outbox.kick();
    return answer;
  };
  const deliver = async (to: NodeId): Promise<void> => {
    const { longestPauseSeconds } = settings;
    const options = { self, store, lookup, handlers: receipts, longestPauseSeconds };
    if (!(await deliverTo(to, ports, options))) return;
    outbox.kick();
    ports.timers.soon(KEEP_JOB);
    onAnswered?.();
  };
  const look = async (): Promise<void> => {
    seen = await store.read((tx) => views.load(tx));
    for (const node of otherNodes(seen, self)) {
      if (delivering.has(node)) continue;
      delivering.add(node);
      ports.timers.every(settings.pullSeconds, deliveryJob(node), () => deliver(node));
    }
  };
  const keep = async (): Promise<void> => {
    if (seen.state === undefined) await unlessAway(() => keepFounding(room));
    await commit(async (tx, view) => {
      if (view.root === undefined) return;
      await forgetGrantedRequest(room, tx, view);
      const timed = await keepTimeStatement(room, tx, view);
      if (await bundleTurn(tx, timed)) await proposeBundle(room, tx, timed);
    });
    await look();
  };
  const pull = async (): Promise<void> => {
    const nodes = otherNodes(seen, self);
    const node = nodes[turn++ % Math.max(1, nodes.length)];
    const { state } = seen;
    if (node === undefined || state === undefined) return;
    await unlessAway(async () => {
      const offer = await ports.net.fetchTrust(node, trustHaveOf(state));
      const taken = await commit((tx, view) => takeOffer(room, tx, view, offer));
      for (const { code } of taken.refusals) {
        ports.log.info({ peer: node, refusal: code }, 'part of an offer refused');
      }
      if (taken.view.revision !== seen.revision) ports.timers.soon(KEEP_JOB);
    });
  };
  const start: TrustJobs<T>['start'] = async (handlers, answered) => {
    receipts = handlers;
    onAnswered = answered;
    await commit((tx, view) => ensureOwnSection(room, tx, view));
    await look();
    ports.timers.every(settings.keepSeconds, KEEP_JOB, keep);
    ports.timers.every(settings.pullSeconds, PULL_JOB, pull);
    const warnOfKeyEnds = keyEndWarnings(room);
    warnOfKeyEnds(seen);
    ports.timers.every(HOUR_SECONDS, 'drop evidence, look at keys', () => {
      warnOfKeyEnds(seen);
      return dropEvidence(store, ports.clock, settings.evidenceSeconds);
    });
    ports.timers.soon(PULL_JOB); // it may have been away for long
    outbox.kick();
  };
  return { start, current: () => seen, commit, keep, pull, deliver };
}

/** Others that are away will be there another time; anything else is the caller's trouble. */
async function unlessAway(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PeerAway)) throw error;
  }
}

/**
 * Whether a bundle is due and it is this node's turn to propose it. A refused proposal means that
 * another node has proposed too: everybody then waits for its turn anew, the hub for none, so that
 * proposers who wake at the same moment do not refuse each other for ever.
 */
function createBundleTurn<T extends NodeTables>(
  room: TrustRoom<T>,
): (tx: T, view: TrustView) => Promise<boolean> {
  /** Since when a bundle has been due, and after which version. */
  let due: { readonly after: number; readonly since: number } | undefined;
  return async (tx, view) => {
    const { root } = view;
    const delay = root === undefined ? undefined : proposalDelay(room, root);
    const heldBack = await loadHeldBack(tx);
    if (delay === undefined || !isBundleDue(view, heldBack)) {
      due = undefined;
      return false;
    }
    const now = room.ports.clock.now();
    const after = view.held?.bundle.version ?? 0;
    if (due?.after !== after) due = { after, since: now };
    const last = await tx.trust.bundleProposal();
    const since = last?.state === 'failed' ? Math.max(due.since, last.proposedAt) : due.since;
    return now - since >= delay && !isProposalPending(room, view, last, heldBack);
  };
}
