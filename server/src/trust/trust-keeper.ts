import {
  acceptRevocationList,
  toBase64Url,
  trustHaveOf,
  type NodeId,
  type PeerKeyLookup,
  type SectionKey,
  type TrustHave,
  type TrustOffer,
  type TrustRefusal,
} from '@tongyu/protocol';
import { deliverTo } from '../peers/deliver-peer.ts';
import { receivePeer, type ReceivedPeer } from '../peers/receive-peer.ts';
import { createOutbox, deliveryJob, type OwnPeerKey, type SendPeer } from '../peers/send-peer.ts';
import { PeerAway, type PeerHandlers, type ReceiptHandlers } from '../peers/types.ts';
import type { NodeStore } from '../store/node-store.ts';
import {
  isBundleDue,
  isProposalPending,
  proposalDelay,
  proposeBundle,
} from './bundle-proposals.ts';
import { foundingAnswer, keepFounding } from './founding.ts';
import { foundingText } from './founding-card.ts';
import { makeOffer, type OfferFor } from './offer.ts';
import { addIssuerKey, ensureOwnSection, ownPeerKey, replaceIssuerKey } from './own-section.ts';
import { peerKeyLookup } from './peer-keys.ts';
import type { RootChange } from './root-change.ts';
import {
  approveRoot,
  openRootProposals,
  proposeRoot,
  type ApprovedRoot,
  type ProposedRoot,
} from './root-proposals.ts';
import {
  forgetGrantedRequest,
  requestRole,
  type RoleRequestKind,
  type RoleRequested,
} from './role-request.ts';
import { sendToAll } from './send-trust.ts';
import { takeOffer, takeStep } from './take-trust.ts';
import { keepTimeStatement } from './time-statements.ts';
import { trustHandlers, trustReceiptHandlers } from './trust-handlers.ts';
import { reportTrust, type TrustReport } from './trust-report.ts';
import { createTrustViews, otherNodes, type TrustView } from './trust-view.ts';
import type { NodeTables, TrustConfig, TrustPorts, TrustRoom } from './types.ts';

/** A node's trust and its conversation with the other nodes; hub and cities hold one each. */
export type TrustKeeper<T extends NodeTables> = {
  readonly room: TrustRoom<T>;
  /** Makes the first keys and section and starts the jobs. */
  open(handlers: OtherHandlers<T>): Promise<void>;

  /** As of the open transaction; cheap when nothing has changed. */
  view(tx: T): Promise<TrustView>;
  /** As last seen by this process: for hot paths that open no transaction. */
  current(): TrustView;

  /** In the caller's transaction; call `kick` after its commit. */
  readonly send: SendPeer<T>;
  kick(): void;
  /** `POST /peer`. */
  receive(envelopeText: string): Promise<ReceivedPeer>;
  /** Delivers what is due to one node; the jobs call it, tests may. */
  deliver(to: NodeId): Promise<void>;

  /** `GET /trust/offer`, and the base of a terminal's sync. */
  offer(have: TrustHave, offerFor: OfferFor): Promise<TrustOffer>;
  /** `GET /founding`. */
  founding(): Promise<string>;

  /** One look at what is due: founding, time statement, bundle. The job calls it, tests may. */
  keep(): Promise<void>;
  /** Asks the next other node, in turn, for news. */
  pull(): Promise<void>;

  addIssuerKey(tx: T, fromDay: number): Promise<SectionKey>;
  replaceIssuerKey(tx: T): Promise<SectionKey>;
  /** A list of this city's own, into its own trust and to all nodes. */
  publishList(tx: T, bytes: Uint8Array): Promise<TrustRefusal | undefined>;
  proposeRoot(change: RootChange): Promise<ProposedRoot>;
  approveRoot(hash: string, insteadOf?: string): Promise<ApprovedRoot>;
  /** An observer asks to join, a member to leave; the hub puts it to the members. */
  requestRole(kind: RoleRequestKind): Promise<RoleRequested>;
  /** `GET /console/api/trust`; undefined before the founding. */
  report(): Promise<TrustReport | undefined>;
};

/** Handlers of the types that trust itself does not take. */
export type OtherHandlers<T> = Pick<
  PeerHandlers<T>,
  'party.apply' | 'party.leave' | 'taps.report'
> & { readonly receipts: ReceiptHandlers<T> };

const NOTHING: TrustView = {
  revision: undefined,
  state: undefined,
  root: undefined,
  held: undefined,
  sections: new Map(),
};

export function createTrustKeeper<T extends NodeTables>(
  ports: TrustPorts,
  store: NodeStore<T>,
  config: TrustConfig,
): TrustKeeper<T> {
  const { self, settings } = config;
  const views = createTrustViews(ports.rng);
  const ownKey = async (tx: T): Promise<OwnPeerKey> => ownPeerKey(room, await views.load(tx));
  const lookup = async (tx: T): Promise<PeerKeyLookup> =>
    peerKeyLookup(await views.load(tx), ports.clock.now(), ports.verify);
  const outbox = createOutbox<T>(self, ports, ownKey);
  const room: TrustRoom<T> = { ports, config, store, views, send: outbox.send };

  let handlers: PeerHandlers<T> | undefined;
  let receipts: ReceiptHandlers<T> = trustReceiptHandlers(room);
  let seen = NOTHING;
  let dueBundle: { readonly after: number; readonly since: number } | undefined;
  let pullTurn = 0;
  const delivering = new Set<NodeId>();

  /** Runs the work, remembers the newest view, and starts what it has caused. */
  const commit = async <R>(work: (tx: T, view: TrustView) => Promise<R>): Promise<R> => {
    const answer = await store.transaction(async (tx) => work(tx, await views.load(tx)));
    outbox.kick();
    return answer;
  };
  const look = async (): Promise<void> => {
    seen = await store.transaction((tx) => views.load(tx));
    for (const node of otherNodes(seen, self)) {
      if (delivering.has(node)) continue;
      delivering.add(node);
      ports.timers.every(settings.pullSeconds, deliveryJob(node), () => deliver(node));
    }
  };
  const deliver = async (to: NodeId): Promise<void> => {
    const { longestPauseSeconds } = settings;
    const options = { self, store, lookup, handlers: receipts, longestPauseSeconds };
    await deliverTo(to, ports, options);
    outbox.kick();
    ports.timers.soon('keep trust');
  };

  const keepBundle = async (tx: T, view: TrustView): Promise<void> => {
    const { root } = view;
    const delay = root === undefined ? undefined : proposalDelay(room, root);
    if (delay === undefined || !isBundleDue(view)) {
      dueBundle = undefined;
      return;
    }
    const now = ports.clock.now();
    const after = view.held?.bundle.version ?? 0;
    if (dueBundle?.after !== after) dueBundle = { after, since: now };
    if (now - dueBundle.since < delay) return;
    if (isProposalPending(room, view, await tx.trust.bundleProposal())) return;
    await proposeBundle(room, tx, view);
  };

  return {
    room,
    async open({ receipts: otherReceipts, ...others }) {
      handlers = { ...trustHandlers(room), ...others };
      receipts = { ...receipts, ...otherReceipts };
      await commit((tx, view) => ensureOwnSection(room, tx, view));
      await look();
      ports.timers.every(settings.keepSeconds, 'keep trust', () => this.keep());
      ports.timers.every(settings.pullSeconds, 'pull trust', () => this.pull());
      outbox.kick();
    },
    view: (tx) => views.load(tx),
    current: () => seen,
    send: outbox.send,
    kick: outbox.kick,
    async receive(envelopeText) {
      if (handlers === undefined) return { ok: false, refusal: { code: 'PEER_NOT_FOR_US' } };
      const options = { self, store, lookup, ownKey, handlers };
      const received = await receivePeer(envelopeText, ports, options);
      outbox.kick();
      if (received.ok && received.isNew) {
        ports.timers.soon('keep trust');
        ports.timers.soon(deliveryJob(received.from));
      }
      return received;
    },
    deliver,
    offer: (have, offerFor) => commit((tx, view) => makeOffer(tx, view, have, offerFor)),
    founding: async () => foundingText(await foundingAnswer(room)),
    async keep() {
      if (seen.state === undefined) {
        try {
          await keepFounding(room);
        } catch (error) {
          if (!(error instanceof PeerAway)) throw error; // it will come
        }
      }
      await commit(async (tx, view) => {
        if (view.root === undefined) return;
        await forgetGrantedRequest(room, tx, view);
        await keepBundle(tx, await keepTimeStatement(room, tx, view));
      });
      await look();
    },
    async pull() {
      const nodes = otherNodes(seen, self);
      const node = nodes[pullTurn++ % Math.max(1, nodes.length)];
      if (node === undefined || seen.state === undefined) return;
      try {
        const offer = await ports.net.fetchTrust(node, trustHaveOf(seen.state));
        const refusals = await commit(async (tx, view) => {
          const taken = await takeOffer(room, tx, view, offer);
          return taken.refusals;
        });
        for (const { code } of refusals) {
          ports.log.info({ peer: node, refusal: code }, 'part of an offer refused');
        }
      } catch (error) {
        if (!(error instanceof PeerAway)) throw error;
      }
      ports.timers.soon('keep trust');
    },
    addIssuerKey: async (tx, fromDay) =>
      (await addIssuerKey(room, tx, await views.load(tx), fromDay)).key,
    replaceIssuerKey: async (tx) => (await replaceIssuerKey(room, tx, await views.load(tx))).key,
    async publishList(tx, bytes) {
      const view = await views.load(tx);
      const taken = await takeStep(room, tx, view, (s) => acceptRevocationList(s, bytes));
      if (!taken.ok) return taken.refusal;
      await sendToAll(room, tx, taken.view, 'list.publish', { list: toBase64Url(bytes) });
      return undefined;
    },
    proposeRoot: (change) => commit((tx) => proposeRoot(room, tx, change)),
    async approveRoot(hash, insteadOf) {
      const answer = await commit((tx) => approveRoot(room, tx, hash, insteadOf));
      ports.timers.soon('keep trust');
      return answer;
    },
    requestRole: (kind) => commit((tx, view) => requestRole(room, tx, view, kind)),
    report: () =>
      commit(async (tx, view) => {
        const open = view.root === undefined ? [] : await openRootProposals(tx, view.root);
        return reportTrust(view, open, ports.clock.now());
      }),
  };
}
