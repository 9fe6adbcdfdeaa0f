import type {
  CatalogueHave,
  CatalogueOffer,
  Json,
  NodeId,
  PeerMessageType,
  TrustHave,
  TrustOffer,
  VerifiedPeerMessage,
} from '@tongyu/protocol';

/** The way to other nodes, at message level; each function throws `PeerAway` on any trouble. */
export type PeerNet = {
  /** Delivers an envelope and answers the receipt's envelope. */
  send(to: NodeId, envelopeText: string): Promise<string>;
  fetchTrust(from: NodeId, have: TrustHave): Promise<TrustOffer>;
  /** The node's founding answer (canonical JSON). */
  fetchFounding(from: NodeId): Promise<string>;
  fetchCatalogue(from: NodeId, have: CatalogueHave): Promise<CatalogueOffer>;
  /** A part's text by its hash, as that node spells it: not checked yet. */
  fetchPart(from: NodeId, hash: string): Promise<string>;
};

/** The other node did not answer, or not in a form that counts. Always tried again. */
export class PeerAway extends Error {
  override readonly name = 'PeerAway';
}

/** What travels in a receipt's body; signed by the receiver (PEER-3). */
export type ReceiptBody = {
  readonly of: string;
  /** Payload hash of the message as it was received. */
  readonly hash: string;
  readonly outcome: 'applied' | 'refused';
  readonly refusal: { readonly code: string; readonly field: string | null } | null;
  readonly answer: Json;
};

/** What a handler answers; its effect is in the same transaction as the receipt. */
export type PeerAnswer =
  | { readonly outcome: 'applied'; readonly answer: Json }
  | {
      readonly outcome: 'refused';
      readonly code: string;
      readonly field?: string;
      readonly answer?: Json;
    };

export type PeerHandler<T> = (tx: T, message: VerifiedPeerMessage) => Promise<PeerAnswer>;

export type HandledType = Exclude<PeerMessageType, 'receipt'>;

/** Total: a node answers every type, if only by `notHere`. */
export type PeerHandlers<T> = Readonly<Record<HandledType, PeerHandler<T>>>;

/** Called once when the receipt of an own message arrives, in the transaction that stores it. */
export type ReceiptHandler<T> = (tx: T, sent: SentMessage, receipt: ReceiptBody) => Promise<void>;

/** Types that nobody waits for may be left out: their receipt is only kept. */
export type ReceiptHandlers<T> = Partial<Readonly<Record<HandledType, ReceiptHandler<T>>>>;

export type SentMessage = {
  readonly to: NodeId;
  readonly jti: string;
  readonly type: HandledType;
  readonly body: Json;
};

export function applied(answer: Json = null): PeerAnswer {
  return { outcome: 'applied', answer };
}

export function refused(code: string, field?: string, answer: Json = null): PeerAnswer {
  return { outcome: 'refused', code, answer, ...(field === undefined ? {} : { field }) };
}

/** The service list's own types: what an edition and what is said between two need. */
export type CatalogueMessageType =
  | 'edition.open'
  | 'part.submit'
  | 'part.answer'
  | 'edition.propose'
  | 'edition.answer'
  | 'edition.withdraw'
  | 'edition.publish'
  | 'head.publish'
  | 'erratum.publish';

/** Between offices that write the list together. */
export type OfficeMessageType =
  'entry.comment' | 'entry.comment-answer' | 'feedback.forward' | 'funding.ask' | 'funding.answer';

export function noCatalogue<T>(): Pick<PeerHandlers<T>, CatalogueMessageType> {
  return {
    'edition.open': notHere(),
    'part.submit': notHere(),
    'part.answer': notHere(),
    'edition.propose': notHere(),
    'edition.answer': notHere(),
    'edition.withdraw': notHere(),
    'edition.publish': notHere(),
    'head.publish': notHere(),
    'erratum.publish': notHere(),
  };
}

export function noOffice<T>(): Pick<PeerHandlers<T>, OfficeMessageType> {
  return {
    'entry.comment': notHere(),
    'entry.comment-answer': notHere(),
    'feedback.forward': notHere(),
    'funding.ask': notHere(),
    'funding.answer': notHere(),
  };
}

/** From a tap's key to the line that both cities agree on. */
export type JourneyMessageType = 'lines.claim' | 'journey.repair' | 'line.object' | 'line.answer';

export function noJourneys<T>(): Pick<PeerHandlers<T>, JourneyMessageType> {
  return {
    'lines.claim': notHere(),
    'journey.repair': notHere(),
    'line.object': notHere(),
    'line.answer': notHere(),
  };
}

/** For types that this kind of node does not take. */
export function notHere<T>(): PeerHandler<T> {
  return () => Promise.resolve(refused('PEER_TYPE_NOT_HERE', 'type'));
}
