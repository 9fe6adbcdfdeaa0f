import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64Url, toHex, utf8, type Bytes } from '../encoding/bytes.ts';
import {
  canonicalBytes,
  canonicalJson,
  MAX_JSON_VALUES,
  parseCanonicalJson,
} from '../encoding/canonical-json.ts';
import {
  base64Url,
  bytesOf,
  integer,
  list,
  object,
  oneOf,
  readShape,
  text,
} from '../encoding/shape.ts';
import type { Shape } from '../encoding/shape.ts';
import type { SignatureAlgorithm } from '../signature/algorithms.ts';
import type { SignatureCheck, Signer } from '../signature/check.ts';
import type { PartyId } from '../code/pass.ts';

/**
 * Root, section, bundle, time statement, edition, head and tap are all signed alike (TRUST-1): the
 * content's canonical JSON after a line that names its type, so that no signature serves twice.
 */
export type SignedDocument<T> = {
  readonly signed: T;
  readonly signatures: readonly DocumentSignature[];
};

export type DocumentSignature = {
  /** Who signed: a party's number, or a terminal's id for taps. */
  readonly by: string;
  readonly keyId: number;
  /** base64url of r ‖ s. */
  readonly signature: string;
};

/** A public key as the trust documents write it. */
export type KeyEntry = {
  readonly keyId: number;
  readonly alg: SignatureAlgorithm;
  /** base64url of the 33-byte compressed point. */
  readonly key: string;
};

export const partyShape: Shape<PartyId> = text(4, /^[1-9][0-9]{3}$/);
export const timeShape = integer(0, 0xffffffff);
export const keyIdShape = integer(1, 0xffff);
export const algorithmShape = oneOf('ES256', 'SM2');
export const hashShape = text(64, /^[0-9a-f]{64}$/);
export const urlShape = text(200, /^https?:\/\/[a-zA-Z0-9.:[\]-]+(\/[a-zA-Z0-9._~/-]*)?$/);
export const keyEntryShape: Shape<KeyEntry> = object({
  keyId: keyIdShape,
  alg: algorithmShape,
  key: base64Url(33),
});

export const signatureShape: Shape<DocumentSignature> = object({
  by: text(40, /^[0-9A-Za-z-]+$/),
  keyId: keyIdShape,
  signature: base64Url(64),
});

export function signedShape<T>(content: Shape<T>, maxSignatures = 16): Shape<SignedDocument<T>> {
  return object({ signed: content, signatures: list(signatureShape, 1, maxSignatures) });
}

export type ParseResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: { readonly code: 'MALFORMED'; readonly path: string } };

/** Reads a whole canonical document from outside; `MALFORMED` names the path that broke. */
export function parseDocument<T>(
  shape: Shape<T>,
  source: string,
  maxLength: number,
  maxValues: number = MAX_JSON_VALUES,
): ParseResult<T> {
  const json = parseCanonicalJson(source, maxLength, maxValues);
  const read = json === undefined ? undefined : readShape(shape, json);
  if (read?.ok === true) return read;
  return { ok: false, refusal: { code: 'MALFORMED', path: read?.path ?? 'not canonical JSON' } };
}

/** Every document's content names its type; the type is the signature's context. */
export type Typed = { readonly type: string };

/** What a signature over the content covers (TRUST-1.3). */
export function signatureInput(content: Typed): Bytes {
  if (lastInput?.content !== content) {
    lastInput = { content, bytes: utf8(`${content.type}\n${canonicalJson(content)}`) };
  }
  return lastInput.bytes;
}

/** A root or bundle has many signatures, and each is checked over the same bytes. */
let lastInput: { readonly content: Typed; readonly bytes: Bytes } | undefined;

/** Identifies the content whoever signed it: SHA-256 of its canonical JSON, lower-case hex. */
export function documentHash(content: Typed): string {
  const known = hashes.get(content);
  if (known !== undefined) return known;
  const hash = toHex(sha256(canonicalBytes(content)));
  hashes.set(content, hash);
  return hash;
}

/** Contents are never changed in place, and a bundle's hash is asked for with every statement. */
const hashes = new WeakMap<Typed, string>();

export function documentText(document: SignedDocument<Typed>): string {
  return canonicalJson(document);
}

export async function signContent(
  content: Typed,
  by: string,
  keyId: number,
  signer: Signer,
): Promise<DocumentSignature> {
  const signature = toBase64Url(await signer.sign(signatureInput(content)));
  return { by, keyId, signature };
}

/** The check of one signature of a document against one key. */
export function signatureCheck(
  content: Typed,
  signature: DocumentSignature,
  key: KeyEntry,
): SignatureCheck {
  return {
    alg: key.alg,
    publicKey: bytesOf(key.key),
    message: signatureInput(content),
    signature: bytesOf(signature.signature),
  };
}
