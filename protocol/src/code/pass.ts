import { concat, readUint16, uint16, type Bytes } from '../encoding/bytes.ts';
import type { SuiteNumber } from '../signature/algorithms.ts';
import type { Signer } from '../signature/check.ts';
import type { Slot } from '../time/service-day.ts';
import { AT, FLAG_RESERVE, FORMAT_VERSION, PASS_CONTENT_BYTES } from './layout.ts';
import { passSignatureInput } from './sig-structure.ts';

/** A party's number: the first four digits of its GB/T 2260 code, e.g. `4301` (CODE-3.2). */
export type PartyId = string;

export type PassContent = {
  readonly suite: SuiteNumber;
  readonly issuer: PartyId;
  /** 1 to 65535, unique per issuer. */
  readonly keyId: number;
  /** 10 bytes (REV-2). */
  readonly tag: Uint8Array;
  readonly slot: Slot;
  readonly reserve: boolean;
  /** Concession class, 0 for none; codes stand in the standard (CODE-3.7). */
  readonly class: number;
  /** 33-byte compressed point, fresh for every pass. */
  readonly deviceKey: Uint8Array;
};

/** The 54 bytes that the issuer's signature covers. */
export function encodePassContent(pass: PassContent): Bytes {
  const content = concat(
    new Uint8Array([FORMAT_VERSION * 16 + pass.suite]),
    uint16(Number(pass.issuer)),
    uint16(pass.keyId),
    pass.tag,
    uint16(pass.slot.day),
    new Uint8Array([pass.slot.slot, pass.reserve ? FLAG_RESERVE : 0]),
    uint16(pass.class),
    pass.deviceKey,
  );
  if (content.length !== PASS_CONTENT_BYTES)
    throw new TypeError('tag or device key has a wrong length');
  return content;
}

/**
 * The 118 bytes of a pass. The signer must be the issuer key that the bundle lists under `keyId`
 * for the pass's day.
 */
export async function buildPass(pass: PassContent, issuerKey: Signer): Promise<Bytes> {
  const content = encodePassContent(pass);
  return concat(content, await issuerKey.sign(passSignatureInput(content)));
}

/** A pass whose bytes are well formed; nothing is said about its signature. */
export type ParsedPass = PassContent & { readonly bytes: Uint8Array };

/** Reads pass fields from bytes whose length and ranges have been checked by `parseCode`. */
export function readPassFields(bytes: Uint8Array, suite: SuiteNumber): ParsedPass {
  return {
    suite,
    issuer: String(readUint16(bytes, AT.issuer)).padStart(4, '0'),
    keyId: readUint16(bytes, AT.keyId),
    tag: bytes.subarray(AT.tag, AT.day),
    slot: { day: readUint16(bytes, AT.day), slot: bytes[AT.slot] ?? 0 },
    reserve: bytes[AT.flags] === FLAG_RESERVE,
    class: readUint16(bytes, AT.class),
    deviceKey: bytes.subarray(AT.deviceKey, AT.issuerSignature),
    bytes: bytes.subarray(0, AT.time),
  };
}
