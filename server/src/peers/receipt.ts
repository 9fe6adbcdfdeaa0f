import {
  nullable,
  object,
  oneOf,
  openPeerMessage,
  readShape,
  runChecks,
  text,
  type Json,
  type NodeId,
  type PeerKeyLookup,
  type Shape,
  type VerifySync,
} from '@tongyu/protocol';
import { PeerAway, type ReceiptBody } from './types.ts';

const anyJson: Shape<Json> = (value) => value ?? null;

const receiptShape: Shape<ReceiptBody> = object({
  of: text(64, /^[0-9A-Za-z._-]{8,64}$/),
  hash: text(64, /^[0-9a-f]{64}$/),
  outcome: oneOf('applied', 'refused'),
  refusal: nullable(object({ code: text(60, /^[A-Z][A-Z0-9_]*$/), field: nullable(text(400)) })),
  answer: anyJson,
});

export type ExpectedReceipt = {
  readonly from: NodeId;
  readonly jti: string;
  readonly hash: string;
};

/**
 * Opens a receipt for a message that was sent. Throws `PeerAway` for anything that is not this
 * message's receipt by its receiver: the message then counts as not delivered (PEER-3.2).
 */
export function openReceipt(
  source: string,
  self: NodeId,
  expected: ExpectedReceipt,
  lookup: PeerKeyLookup,
  verify: VerifySync,
): ReceiptBody {
  const opened = runChecks(openPeerMessage(source, self, lookup), verify);
  if (!opened.ok) throw new PeerAway(`receipt refused: ${opened.refusal.code}`);
  const { message } = opened;
  const read = readShape(receiptShape, message.body);
  if (message.type !== 'receipt' || message.iss !== expected.from || !read.ok) {
    throw new PeerAway('the answer is no receipt');
  }
  if (read.value.of !== expected.jti || read.value.hash !== expected.hash) {
    throw new PeerAway('the receipt is for another message');
  }
  return read.value;
}
