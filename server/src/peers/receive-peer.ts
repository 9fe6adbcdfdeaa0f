import {
  openPeerMessage,
  readPeerHeader,
  readStoredPeerMessage,
  runChecks,
  sealPeerMessage,
  toBase64Url,
  verifyPeerSignature,
  type Json,
  type KeyEntry,
  type NodeId,
  type PeerHeader,
  type PeerKeyLookup,
  type PeerRefusal,
  type VerifiedPeerMessage,
  type VerifySync,
} from '@tongyu/protocol';
import type { Clock } from '../ports/clock.ts';
import type { Faults } from '../ports/faults.ts';
import type { Rng } from '../ports/rng.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { InboxRow, PeerTables } from '../store/peer-tables.ts';
import { EVIDENCE_MARGIN_SECONDS } from './drop-evidence.ts';
import { firstDifference } from './first-difference.ts';
import type { OwnPeerKey } from './send-peer.ts';
import {
  refused,
  type HandledType,
  type PeerAnswer,
  type PeerHandlers,
  type ReceiptBody,
} from './types.ts';

export type ReceiverPorts = {
  readonly clock: Clock;
  readonly rng: Rng;
  readonly faults: Faults;
  readonly verify: VerifySync;
};

export type ReceiverOptions<T> = {
  readonly self: NodeId;
  readonly store: NodeStore<T>;
  readonly lookup: (tx: T) => Promise<PeerKeyLookup>;
  readonly earlyKey: EarlyPeerKey;
  readonly ownKey: (tx: T) => Promise<OwnPeerKey>;
  readonly handlers: PeerHandlers<T>;
  /** How long messages are kept; an older one might have been here before (PEER-3.4). */
  readonly evidenceSeconds: number;
};

/** What the node knows of a key before it has read the message: its key, nothing, or not yet. */
export type EarlyPeerKey = (header: PeerHeader) => Omit<KeyEntry, 'keyId'> | 'brought' | undefined;

/** A section with its signature, in base64url, and the envelope around it (TRUST-1.6). */
const MAX_BROUGHT_LENGTH = 300_000;

/** A sender's clock may be ahead by less than what messages are kept longer (PEER-3.4). */
const MAX_AHEAD_SECONDS = EVIDENCE_MARGIN_SECONDS / 2;

/** A refusal here is of the envelope: nothing is stored and there is no receipt. */
export type ReceivedPeer =
  | {
      readonly ok: true;
      readonly receipt: string;
      readonly from: NodeId;
      readonly type: HandledType;
      readonly isNew: boolean;
    }
  | {
      readonly ok: false;
      readonly refusal:
        PeerRefusal | { readonly code: 'PEER_TYPE_UNEXPECTED' | 'PEER_TOO_OLD' | 'PEER_IN_FUTURE' };
    };

/**
 * Takes a message in with exactly one effect per (iss, jti) (PEER-2): effect, inbox row and signed
 * receipt are one transaction. The same message again gets the stored receipt; the same id with
 * other content is refused, naming the first field that differs, and changes nothing.
 */
export async function receivePeer<T extends PeerTables>(
  source: string,
  ports: ReceiverPorts,
  options: ReceiverOptions<T>,
): Promise<ReceivedPeer> {
  const early = examineEarly(source, ports, options.earlyKey);
  if (!early.ok) return early;
  // What was checked already is not checked again, should the key still be the same.
  const verify: VerifySync = (check) =>
    early.goodKey === toBase64Url(check.publicKey) || ports.verify(check);
  const result = await options.store.transaction(async (tx): Promise<ReceivedPeer> => {
    const lookup = await options.lookup(tx);
    const opened = runChecks(openPeerMessage(source, options.self, lookup), verify);
    if (!opened.ok) return opened;
    const { message } = opened;
    if (message.type === 'receipt') return { ok: false, refusal: { code: 'PEER_TYPE_UNEXPECTED' } };
    const { iss: from, type } = message;
    const known = await tx.peers.inbox(from, message.jti);
    if (known !== undefined) {
      const receipt =
        known.hash === message.hash
          ? known.receipt
          : await seal(tx, message, contentDiffers(known, message), ports, options);
      return { ok: true, receipt, from, type, isNew: false };
    }
    const age = ports.clock.now() - message.iat;
    if (age > options.evidenceSeconds) return { ok: false, refusal: { code: 'PEER_TOO_OLD' } };
    if (age < -MAX_AHEAD_SECONDS) return { ok: false, refusal: { code: 'PEER_IN_FUTURE' } };
    const answer = await options.handlers[type](tx, message);
    ports.faults.point('peer/after-effect');
    const receipt = await seal(tx, message, answer, ports, options);
    await tx.peers.putInbox({
      iss: from,
      jti: message.jti,
      hash: message.hash,
      type: message.type,
      text: source,
      receipt,
      receivedAt: ports.clock.now(),
    });
    await tx.peers.wakeOutbox(from, ports.clock.now());
    ports.faults.point('peer/before-inbox-commit');
    return { ok: true, receipt, from, type, isNew: true };
  });
  ports.faults.point('peer/after-inbox-commit');
  return result;
}

type Early =
  | { readonly ok: true; readonly goodKey: string | undefined }
  | { readonly ok: false; readonly refusal: PeerRefusal };

/** Anybody may send megabytes: they are read, in a transaction, once a known key signed them. */
function examineEarly(source: string, ports: ReceiverPorts, earlyKey: EarlyPeerKey): Early {
  const refuse = (code: PeerRefusal['code']): Early => ({ ok: false, refusal: { code } });
  const header = readPeerHeader(source);
  if (header === undefined) return refuse('PEER_MALFORMED');
  const key = earlyKey(header);
  if (key === undefined) return refuse('PEER_KEY_UNKNOWN');
  if (key === 'brought') {
    if (source.length > MAX_BROUGHT_LENGTH) return refuse('PEER_KEY_UNKNOWN');
    return { ok: true, goodKey: undefined };
  }
  const isGood = runChecks(verifyPeerSignature(source, key), ports.verify);
  return isGood ? { ok: true, goodKey: key.key } : refuse('PEER_SIGNATURE_INVALID');
}

function contentDiffers(known: InboxRow, message: VerifiedPeerMessage): PeerAnswer {
  const before = readStoredPeerMessage(known.text);
  const field = firstDifference(contentOf(before), contentOf(message));
  return refused('PEER_CONTENT_DIFFERS', field ?? 'body');
}

function contentOf(message: VerifiedPeerMessage | undefined): Json {
  if (message === undefined) return null;
  const { type, body, iat, aud } = message;
  return { aud, iat, type, body };
}

async function seal<T>(
  tx: T,
  message: VerifiedPeerMessage,
  answer: PeerAnswer,
  ports: ReceiverPorts,
  options: ReceiverOptions<T>,
): Promise<string> {
  const { keyId, signer } = await options.ownKey(tx);
  const body: ReceiptBody = {
    of: message.jti,
    hash: message.hash,
    outcome: answer.outcome,
    refusal:
      answer.outcome === 'refused' ? { code: answer.code, field: answer.field ?? null } : null,
    answer: answer.answer ?? null,
  };
  const receipt = {
    iss: options.self,
    aud: message.iss,
    jti: ports.rng.id(),
    iat: ports.clock.now(),
    type: 'receipt' as const,
    body: body as unknown as Json,
  };
  return sealPeerMessage(receipt, keyId, signer);
}
