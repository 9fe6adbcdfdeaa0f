import {
  acceptRevocationList,
  toBase64Url,
  type NodeId,
  type PeerKeyLookup,
  type SectionKey,
  type TrustHave,
  type TrustOffer,
  type TrustRefusal,
} from '@tongyu/protocol';
import { receivePeer, type ReceivedPeer } from '../peers/receive-peer.ts';
import { createOutbox, deliveryJob, type OwnPeerKey, type SendPeer } from '../peers/send-peer.ts';
import type { HandledType, PeerHandlers, ReceiptHandlers } from '../peers/types.ts';
import type { NodeStore } from '../store/node-store.ts';
import { approveRoot, type ApprovedRoot } from './approve-root.ts';
import { foundingAnswer } from './founding.ts';
import { foundingText } from './founding-card.ts';
import { makeOffer, type OfferFor } from './offer.ts';
import { addIssuerKey, ownPeerKey, replaceIssuerKey } from './own-section.ts';
import { earlyPeerKey, peerKeyLookup } from './peer-keys.ts';
import { requestRole, type RoleRequestKind, type RoleRequested } from './role-request.ts';
import type { RootChange } from './root-change.ts';
import { openRootProposals, proposeRoot, type ProposedRoot } from './root-proposals.ts';
import { sendToAll } from './send-trust.ts';
import { takeStep } from './take-trust.ts';
import { trustHandlers, trustReceiptHandlers, type TrustMessageType } from './trust-handlers.ts';
import { createTrustJobs, KEEP_JOB, type TrustJobs } from './trust-jobs.ts';
import { reportTrust, type TrustReport } from './trust-report.ts';
import { createTrustViews, type TrustView } from './trust-view.ts';
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
export type OtherHandlers<T> = Omit<PeerHandlers<T>, TrustMessageType> & {
  readonly receipts: ReceiptHandlers<T>;
  /** A new message's effect is committed: whoever keeps what it is about may look at it. */
  readonly received?: (type: HandledType) => void;
  /** Receipts that somebody waited for are committed, with what they caused. */
  readonly answered?: () => void;
};

export function createTrustKeeper<T extends NodeTables>(
  ports: TrustPorts,
  store: NodeStore<T>,
  config: TrustConfig,
): TrustKeeper<T> {
  const { self } = config;
  const views = createTrustViews(ports.rng);
  const ownKey = async (tx: T): Promise<OwnPeerKey> => ownPeerKey(room, await views.load(tx));
  const lookup = async (tx: T): Promise<PeerKeyLookup> =>
    peerKeyLookup(await views.load(tx), ports.clock.now(), ports.verify);
  const outbox = createOutbox<T>(self, ports, ownKey);
  const room: TrustRoom<T> = { ports, config, store, views, send: outbox.send };
  const jobs = createTrustJobs(room, outbox, lookup);
  let handlers: PeerHandlers<T> | undefined;
  let onReceived: OtherHandlers<T>['received'];

  return {
    room,
    async open({ receipts, received, answered, ...others }) {
      handlers = { ...trustHandlers(room), ...others };
      onReceived = received;
      await jobs.start({ ...receipts, ...trustReceiptHandlers(room) }, answered);
    },
    view: (tx) => views.load(tx),
    current: jobs.current,
    send: outbox.send,
    kick: outbox.kick,
    async receive(envelopeText) {
      if (handlers === undefined) return { ok: false, refusal: { code: 'PEER_NOT_FOR_US' } };
      const { evidenceSeconds } = config.settings;
      const earlyKey = earlyPeerKey(jobs.current(), ports.clock.now());
      const options = { self, store, lookup, earlyKey, ownKey, handlers, evidenceSeconds };
      const received = await receivePeer(envelopeText, ports, options);
      outbox.kick();
      if (received.ok && received.isNew) {
        ports.timers.soon(KEEP_JOB);
        ports.timers.soon(deliveryJob(received.from));
        onReceived?.(received.type);
      }
      return received;
    },
    deliver: jobs.deliver,
    offer: (have, offerFor) =>
      store.read(async (tx) => makeOffer(tx, await views.load(tx), have, offerFor)),
    founding: async () => foundingText(await foundingAnswer(room)),
    keep: jobs.keep,
    pull: jobs.pull,
    ...ownActs(room, jobs),
  };
}

/** A longer list does not fit into an envelope, whose base64 is 16/9 of it; nodes pull that one. */
const MAX_LIST_IN_MESSAGE = 2_000_000;

type OwnAct =
  | 'addIssuerKey'
  | 'replaceIssuerKey'
  | 'publishList'
  | 'proposeRoot'
  | 'approveRoot'
  | 'requestRole'
  | 'report';

/** What this node's city, operator or console does. */
function ownActs<T extends NodeTables>(
  room: TrustRoom<T>,
  jobs: TrustJobs<T>,
): Pick<TrustKeeper<T>, OwnAct> {
  const { ports, views } = room;
  return {
    addIssuerKey: async (tx, fromDay) =>
      (await addIssuerKey(room, tx, await views.load(tx), fromDay)).key,
    replaceIssuerKey: async (tx) => (await replaceIssuerKey(room, tx, await views.load(tx))).key,
    async publishList(tx, bytes) {
      const view = await views.load(tx);
      const taken = await takeStep(room, tx, view, (s) => acceptRevocationList(s, bytes));
      if (!taken.ok) return taken.refusal;
      if (bytes.length <= MAX_LIST_IN_MESSAGE) {
        await sendToAll(room, tx, taken.view, 'list.publish', { list: toBase64Url(bytes) });
      }
      return undefined;
    },
    proposeRoot: (change) => jobs.commit((tx) => proposeRoot(room, tx, change)),
    async approveRoot(hash, insteadOf) {
      const answer = await jobs.commit((tx) => approveRoot(room, tx, hash, insteadOf));
      ports.timers.soon(KEEP_JOB);
      return answer;
    },
    requestRole: (kind) => jobs.commit((tx, view) => requestRole(room, tx, view, kind)),
    report: () =>
      room.store.read(async (tx) => {
        const view = await views.load(tx);
        const open = view.root === undefined ? [] : await openRootProposals(tx, view.root);
        return reportTrust(view, open, ports.clock.now());
      }),
  };
}
