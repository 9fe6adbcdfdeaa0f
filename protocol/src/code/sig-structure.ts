import { concat, readUint16, uint16, uint32, utf8, type Bytes } from '../encoding/bytes.ts';
import { ALGORITHMS, suiteOf } from '../signature/algorithms.ts';
import { slotEnd, slotStart } from '../time/service-day.ts';
import { AT } from './layout.ts';

/**
 * The COSE `Sig_structure` (RFC 9052 §4.4) of the CWT that is rebuilt from a pass's first 54 bytes
 * (CODE-5.1). Only fixed-length members occur, so deterministic CBOR is a matter of joining:
 *
 *     ["Signature1", << {1: alg, 4: h'issuer keyId'} >>, h'', <<{
 *        1: "CN-4301", 4: exp, 5: nbf, 7: h'tag', 8: {1: {1: 2, -1: curve, -2: h'x', -3: sign}},
 *       -70001: h'head flags class' }>>]
 */
export function passSignatureInput(content: Uint8Array): Bytes {
  return concat(
    SIGNATURE1,
    byteString(protectedHeader(content)),
    byteString(new Uint8Array(0)),
    byteString(claimsSet(content)),
  );
}

/** The same pass as a tagged COSE_Sign1, which any COSE library can check (CODE-5.4). */
export function passAsCoseSign1(passBytes: Uint8Array): Bytes {
  const content = passBytes.subarray(0, AT.issuerSignature);
  return concat(
    new Uint8Array([0xd2, 0x84]),
    byteString(protectedHeader(content)),
    new Uint8Array([0xa0]),
    byteString(claimsSet(content)),
    byteString(passBytes.subarray(AT.issuerSignature, AT.time)),
  );
}

/** array(4), text(10) "Signature1" */
const SIGNATURE1 = concat(new Uint8Array([0x84, 0x6a]), utf8('Signature1'));

function protectedHeader(content: Uint8Array): Bytes {
  const { coseAlgorithm } = ALGORITHMS[issuerAlgorithm(content)];
  return concat(
    new Uint8Array([0xa2, 0x01]),
    negativeInteger(coseAlgorithm),
    new Uint8Array([0x04]),
    byteString(content.subarray(AT.issuer, AT.tag)),
  );
}

function claimsSet(content: Uint8Array): Bytes {
  const slot = { day: readUint16(content, AT.day), slot: content[AT.slot] ?? 0 };
  const issuer = String(readUint16(content, AT.issuer)).padStart(4, '0');
  const key = content.subarray(AT.deviceKey, AT.issuerSignature);
  return concat(
    new Uint8Array([0xa6, 0x01, 0x67]),
    utf8(`CN-${issuer}`),
    new Uint8Array([0x04, 0x1a]),
    uint32(slotEnd(slot)),
    new Uint8Array([0x05, 0x1a]),
    uint32(slotStart(slot)),
    new Uint8Array([0x07]),
    byteString(content.subarray(AT.tag, AT.day)),
    new Uint8Array([0x08, 0xa1, 0x01, 0xa4, 0x01, 0x02, 0x20]),
    curve(content),
    new Uint8Array([0x21]),
    byteString(key.subarray(1)),
    new Uint8Array([0x22, key[0] === 3 ? 0xf5 : 0xf4]),
    negativeInteger(HEAD_FLAGS_CLASS_CLAIM),
    byteString(
      concat(
        content.subarray(AT.head, 1),
        content.subarray(AT.flags, AT.class),
        uint16(readUint16(content, AT.class)),
      ),
    ),
  );
}

/** Private-use claim key (RFC 8392 §9.1: below -65536). */
const HEAD_FLAGS_CLASS_CLAIM = -70001;

function issuerAlgorithm(content: Uint8Array): 'ES256' | 'SM2' {
  return suiteOf((content[AT.head] ?? 0) & 15)?.issuer ?? 'ES256';
}

/** COSE curve numbers: P-256 is the small positive 1, SM2 a private negative one. */
function curve(content: Uint8Array): Bytes {
  const device = suiteOf((content[AT.head] ?? 0) & 15)?.device ?? 'ES256';
  const { coseCurve } = ALGORITHMS[device];
  return coseCurve >= 0 ? new Uint8Array([coseCurve]) : negativeInteger(coseCurve);
}

function negativeInteger(value: number): Bytes {
  const rest = -1 - value;
  return rest < 24 ? new Uint8Array([0x20 + rest]) : concat(new Uint8Array([0x3a]), uint32(rest));
}

function byteString(bytes: Uint8Array): Bytes {
  const head = bytes.length < 24 ? [0x40 + bytes.length] : [0x58, bytes.length];
  return concat(new Uint8Array(head), bytes);
}
