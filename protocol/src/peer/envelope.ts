import { sha256 } from '@noble/hashes/sha2.js';
import {
  fromBase64Url,
  toBase64Url,
  toHex,
  utf8,
  utf8Text,
  type Bytes,
} from '../encoding/bytes.ts';
import { canonicalJson, parseCanonicalJson, type Json } from '../encoding/canonical-json.ts';
import { object, oneOf, readShape, text, type Shape } from '../encoding/shape.ts';
import type { Checked, Signer } from '../signature/check.ts';
import { bytesOf } from '../encoding/shape.ts';
import { timeShape, type KeyEntry } from '../trust/signed-document.ts';

/**
 * Messages between nodes (PEER-1): a compact JWS with one fixed header form, ES256 only. Both sides
 * keep the text whole, as evidence. The list of types is closed, and none of them can change
 * another city's resident: there is no message for it.
 */
export const PEER_MESSAGE_TYPES = [
  'section.offer',
  'root.propose',
  'root.publish',
  'bundle.propose',
  'bundle.publish',
  'time.publish',
  'list.publish',
  'party.apply',
  'party.leave',
  'taps.report',
  'lines.claim',
  'journey.repair',
  'line.object',
  'line.answer',
  'edition.open',
  'part.submit',
  'part.answer',
  'edition.propose',
  'edition.answer',
  'edition.withdraw',
  'edition.publish',
  'head.publish',
  'erratum.publish',
  'entry.comment',
  'entry.comment-answer',
  'feedback.forward',
  'funding.ask',
  'funding.answer',
  'receipt',
] as const;
export type PeerMessageType = (typeof PEER_MESSAGE_TYPES)[number];

/** `hub` or a party's number. */
export type NodeId = string;

export type PeerMessage = {
  readonly iss: NodeId;
  readonly aud: NodeId;
  /** Made by the sender, unique for (iss): the key of exactly-once effect. */
  readonly jti: string;
  readonly iat: number;
  readonly type: PeerMessageType;
  readonly body: Json;
};

export type VerifiedPeerMessage = PeerMessage & {
  /** SHA-256 of the payload, hex: same id with another hash is refused, naming the field. */
  readonly hash: string;
  readonly text: string;
};

export type PeerRefusal = {
  readonly code:
    'PEER_MALFORMED' | 'PEER_KEY_UNKNOWN' | 'PEER_SIGNATURE_INVALID' | 'PEER_NOT_FOR_US';
};
export type PeerResult =
  | { readonly ok: true; readonly message: VerifiedPeerMessage }
  | { readonly ok: false; readonly refusal: PeerRefusal };

export const MAX_PEER_MESSAGE_LENGTH = 4_000_000;
/** The header of PEER-1.2 has 63 bytes at most. */
const MAX_HEADER_LENGTH = 100;

const nodeIdShape: Shape<NodeId> = text(4, /^(hub|[1-9][0-9]{3})$/);
const anyJson: Shape<Json> = (value) => value ?? null;
const messageShape: Shape<PeerMessage> = object({
  iss: nodeIdShape,
  aud: nodeIdShape,
  jti: text(64, /^[0-9A-Za-z._-]{8,64}$/),
  iat: timeShape,
  type: oneOf(...PEER_MESSAGE_TYPES),
  body: anyJson,
});

/** The only header form: canonical JSON, so that a header has one spelling (PEER-1.2). */
function headerText(iss: NodeId, keyId: number): string {
  return `{"alg":"ES256","kid":"${iss}.${String(keyId)}","typ":"tongyu-peer+jws"}`;
}

export async function sealPeerMessage(
  message: PeerMessage,
  keyId: number,
  peerKey: Signer,
): Promise<string> {
  const header = toBase64Url(utf8(headerText(message.iss, keyId)));
  const { aud, body, iat, iss, jti, type } = message;
  const payload = toBase64Url(utf8(canonicalJson({ aud, body, iat, iss, jti, type })));
  const input = `${header}.${payload}`;
  return `${input}.${toBase64Url(await peerKey.sign(utf8(input)))}`;
}

export type PeerKeyLookup = (
  message: PeerMessage,
  keyId: number,
) => Omit<KeyEntry, 'keyId'> | undefined;

export type PeerHeader = { readonly iss: NodeId; readonly keyId: number };

/**
 * Sender and key id as the header names them, so that a receiver can look at the signature before
 * it reads megabytes; undefined when the text is no message. Nothing is vouched for yet.
 */
export function readPeerHeader(source: string): PeerHeader | undefined {
  if (source.length > MAX_PEER_MESSAGE_LENGTH) return undefined;
  const [header = '', , signature, fourth] = source.split('.', 4);
  if (header.length > MAX_HEADER_LENGTH || fourth !== undefined) return undefined;
  if (decode(signature)?.length !== 64) return undefined;
  const iss = /"kid":"([^".]{1,4})\./.exec(
    utf8Text(decode(header) ?? new Uint8Array(0)) ?? '',
  )?.[1];
  const keyId = iss === undefined ? undefined : keyIdOf(header, iss);
  return iss === undefined || keyId === undefined ? undefined : { iss, keyId };
}

/** Whether this key signed the message, whatever it says (PEER-1.4). */
export function* verifyPeerSignature(
  source: string,
  key: Omit<KeyEntry, 'keyId'>,
): Checked<boolean> {
  const end = source.lastIndexOf('.');
  const signature = decode(source.slice(end + 1));
  if (key.alg !== 'ES256' || signature?.length !== 64) return false;
  const message = utf8(source.slice(0, end));
  return yield { alg: 'ES256', publicKey: bytesOf(key.key), message, signature };
}

/**
 * Opens a message for `self`. The key comes from the held trust by sender and key id, never from
 * the message. Algorithm and type are fixed by the header's one form, so neither can be chosen.
 */
export function* openPeerMessage(
  source: string,
  self: NodeId,
  lookup: PeerKeyLookup,
): Checked<PeerResult> {
  const parts = source.length > MAX_PEER_MESSAGE_LENGTH ? [] : source.split('.', 4);
  const [header, payload, signatureText] = parts;
  const payloadBytes = decode(payload);
  const signature = decode(signatureText);
  if (parts.length !== 3 || payloadBytes === undefined || signature?.length !== 64) {
    return refuse('PEER_MALFORMED');
  }
  const json = parseCanonicalJson(utf8Text(payloadBytes) ?? '', MAX_PEER_MESSAGE_LENGTH);
  const read = json === undefined ? undefined : readShape(messageShape, json);
  if (read?.ok !== true) return refuse('PEER_MALFORMED');
  const message = read.value;
  const keyId = keyIdOf(header, message.iss);
  if (keyId === undefined) return refuse('PEER_MALFORMED');
  if (message.aud !== self) return refuse('PEER_NOT_FOR_US');
  const key = lookup(message, keyId);
  if (key?.alg !== 'ES256') return refuse('PEER_KEY_UNKNOWN');
  const good = yield {
    alg: 'ES256',
    publicKey: bytesOf(key.key),
    message: utf8(`${header ?? ''}.${payload ?? ''}`),
    signature,
  };
  if (!good) return refuse('PEER_SIGNATURE_INVALID');
  return { ok: true, message: { ...message, hash: toHex(sha256(payloadBytes)), text: source } };
}

/**
 * The hash of a message that this node has sealed, by which its receipt names it; undefined when
 * the text is no message.
 */
export function sealedMessageHash(source: string): string | undefined {
  const payload = decode(source.split('.', 2)[1]);
  return payload === undefined ? undefined : toHex(sha256(payload));
}

/**
 * Reads a message that this node has sealed or has opened before, out of its own store: form only,
 * no signature. Undefined when the text is no message.
 */
export function readStoredPeerMessage(source: string): VerifiedPeerMessage | undefined {
  const payload = decode(source.split('.')[1]);
  if (payload === undefined) return undefined;
  const json = parseCanonicalJson(utf8Text(payload) ?? '', MAX_PEER_MESSAGE_LENGTH);
  const read = json === undefined ? undefined : readShape(messageShape, json);
  if (read?.ok !== true) return undefined;
  return { ...read.value, hash: toHex(sha256(payload)), text: source };
}

function keyIdOf(header: string | undefined, iss: NodeId): number | undefined {
  const given = utf8Text(decode(header) ?? new Uint8Array(0)) ?? '';
  const keyId = Number(/"kid":"[^".]{1,4}\.([1-9][0-9]{0,4})"/.exec(given)?.[1]);
  return given === headerText(iss, keyId) ? keyId : undefined;
}

function decode(part: string | undefined): Bytes | undefined {
  return part === undefined ? undefined : fromBase64Url(part);
}

function refuse(code: PeerRefusal['code']): PeerResult {
  return { ok: false, refusal: { code } };
}
