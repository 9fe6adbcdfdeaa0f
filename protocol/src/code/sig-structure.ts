import { concat, readUint16, uint32, utf8, type Bytes } from '../encoding/bytes.ts';
import { ALGORITHMS, SUITES, type Suite, type SuiteNumber } from '../signature/algorithms.ts';
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
  const frame = frameOf(content);
  const header = protectedHeader(frame, content);
  const claims = claimsSet(frame, content);
  return concat(SIGNATURE1, frame.headerHead, header, EMPTY, frame.claimsHead, claims);
}

/** The same pass as a tagged COSE_Sign1, which any COSE library can check (CODE-5.4). */
export function passAsCoseSign1(passBytes: Uint8Array): Bytes {
  const content = passBytes.subarray(0, AT.issuerSignature);
  const frame = frameOf(content);
  const header = protectedHeader(frame, content);
  const claims = claimsSet(frame, content);
  return concat(
    new Uint8Array([0xd2, 0x84]),
    frame.headerHead,
    header,
    new Uint8Array([0xa0]),
    frame.claimsHead,
    claims,
    new Uint8Array([0x58, 64]),
    passBytes.subarray(AT.issuerSignature, AT.time),
  );
}

/** array(4), text(10) "Signature1" */
const SIGNATURE1 = concat(new Uint8Array([0x84, 0x6a]), utf8('Signature1'));
const EMPTY = new Uint8Array([0x40]);
/** Private-use claim key (RFC 8392 §9.1: below -65536). */
const HEAD_FLAGS_CLASS_CLAIM = -70001;

/**
 * The parts that are equal for all passes of a suite, with zeros where a pass has its own bytes.
 */
type Frame = {
  readonly headerHead: Bytes;
  readonly header: Bytes;
  readonly headerAt: number;
  readonly claimsHead: Bytes;
  readonly claims: Bytes;
  readonly at: Readonly<Record<ClaimPart, number>>;
};
type ClaimPart = 'issuer' | 'exp' | 'nbf' | 'tag' | 'x' | 'sign' | 'own';

const FRAMES: Readonly<Record<SuiteNumber, Frame>> = {
  1: frame(SUITES[1]),
  2: frame(SUITES[2]),
  3: frame(SUITES[3]),
};

function frameOf(content: Uint8Array): Frame {
  const suite = (content[AT.head] ?? 0) & 15;
  return suite === 2 ? FRAMES[2] : suite === 3 ? FRAMES[3] : FRAMES[1];
}

function frame(suite: Suite): Frame {
  const algorithm = integer(ALGORITHMS[suite.issuer].coseAlgorithm);
  const header = concat(new Uint8Array([0xa2, 0x01]), algorithm, new Uint8Array([0x04, 0x44]));
  const curve = integer(ALGORITHMS[suite.device].coseCurve);
  const parts: Bytes[] = [];
  const at: Record<ClaimPart, number> = {
    issuer: 0,
    exp: 0,
    nbf: 0,
    tag: 0,
    x: 0,
    sign: 0,
    own: 0,
  };
  let length = 0;
  const put = (part: Bytes): void => {
    parts.push(part);
    length += part.length;
  };
  const leave = (name: ClaimPart, bytes: number): void => {
    at[name] = length;
    put(new Uint8Array(bytes));
  };
  put(concat(new Uint8Array([0xa6, 0x01, 0x67]), utf8('CN-')));
  leave('issuer', 4);
  put(new Uint8Array([0x04, 0x1a]));
  leave('exp', 4);
  put(new Uint8Array([0x05, 0x1a]));
  leave('nbf', 4);
  put(new Uint8Array([0x07, 0x4a]));
  leave('tag', 10);
  put(concat(new Uint8Array([0x08, 0xa1, 0x01, 0xa4, 0x01, 0x02, 0x20]), curve));
  put(new Uint8Array([0x21, 0x58, 32]));
  leave('x', 32);
  put(new Uint8Array([0x22]));
  leave('sign', 1);
  put(concat(integer(HEAD_FLAGS_CLASS_CLAIM), new Uint8Array([0x44])));
  leave('own', 4);
  return {
    headerHead: new Uint8Array([0x40 + header.length + 4]),
    header: concat(header, new Uint8Array(4)),
    headerAt: header.length,
    claimsHead: new Uint8Array([0x58, length]),
    claims: concat(...parts),
    at,
  };
}

function protectedHeader(frame: Frame, content: Uint8Array): Bytes {
  const header = frame.header.slice();
  header.set(content.subarray(AT.issuer, AT.tag), frame.headerAt);
  return header;
}

function claimsSet(frame: Frame, content: Uint8Array): Bytes {
  const { at } = frame;
  const claims = frame.claims.slice();
  const slot = { day: readUint16(content, AT.day), slot: content[AT.slot] ?? 0 };
  const issuer = readUint16(content, AT.issuer);
  for (let i = 0, digits = issuer; i < 4; i++, digits = Math.floor(digits / 10)) {
    claims[at.issuer + 3 - i] = 0x30 + (digits % 10);
  }
  claims.set(uint32(slotEnd(slot)), at.exp);
  claims.set(uint32(slotStart(slot)), at.nbf);
  claims.set(content.subarray(AT.tag, AT.day), at.tag);
  claims.set(content.subarray(AT.deviceKey + 1, AT.issuerSignature), at.x);
  claims[at.sign] = content[AT.deviceKey] === 3 ? 0xf5 : 0xf4;
  claims[at.own] = content[AT.head] ?? 0;
  claims[at.own + 1] = content[AT.flags] ?? 0;
  claims[at.own + 2] = content[AT.class] ?? 0;
  claims[at.own + 3] = content[AT.class + 1] ?? 0;
  return claims;
}

/** The integers that occur: 0 to 23, -1 to -24, and private ones that need 32 bits. */
function integer(value: number): Bytes {
  if (value >= 0) return new Uint8Array([value]);
  const rest = -1 - value;
  return rest < 24 ? new Uint8Array([0x20 + rest]) : concat(new Uint8Array([0x3a]), uint32(rest));
}
