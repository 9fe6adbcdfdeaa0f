import {
  buildCode,
  buildPass,
  concat,
  CODE_PREFIX,
  decodeBase45,
  encodeBase45,
  nextSeed,
  passTag,
  SUITES,
  toHex,
  type Bytes,
  type Json,
  type PassContent,
  type Slot,
  type SuiteNumber,
} from '@tongyu/protocol';
import { KEY_IDS, LOST_SEED, NOON, sectionKey, SLOT } from './region.ts';
import { testKey, type TestKey } from './test-keys.ts';

/** What a code of the vectors is made of; what is not given is that of a good code. */
export type CodeParts = {
  readonly suite?: SuiteNumber;
  readonly issuer?: string;
  readonly keyId?: number;
  readonly seed?: Uint8Array;
  readonly index?: number;
  readonly slot?: Slot;
  readonly reserve?: boolean;
  readonly class?: number;
  readonly time?: number;
  /** Signs in the issuer's place. */
  readonly issuerKey?: TestKey;
  /** Signs in the device's place. */
  readonly deviceSigner?: TestKey;
  readonly deviceKey?: TestKey;
};

export const PHONE_SEED = testKey('seed of a good phone').privateKey.slice(0, 16);

/** The seed of the lost phone at `SLOT`, one step after the slot in which it was reported. */
export const LOST_SEED_NOW = nextSeed(LOST_SEED);

export function passContentOf(parts: CodeParts): PassContent {
  const suite = parts.suite ?? 1;
  const issuer = parts.issuer ?? '4301';
  const slot = parts.slot ?? SLOT;
  const issuerAlg = SUITES[suite].issuer;
  const keyId = parts.keyId ?? (issuerAlg === 'SM2' ? KEY_IDS.issuerSm2 : KEY_IDS.issuer);
  const deviceKey = parts.deviceKey ?? testKey('phone', SUITES[suite].device);
  return {
    suite,
    issuer,
    keyId,
    tag: passTag(parts.seed ?? PHONE_SEED, issuer, slot, parts.index ?? 0),
    slot,
    reserve: parts.reserve ?? false,
    class: parts.class ?? 0,
    deviceKey: deviceKey.publicKey,
  };
}

export async function makeCode(parts: CodeParts = {}): Promise<string> {
  const content = passContentOf(parts);
  const issuerKey = parts.issuerKey ?? sectionKey(content.issuer, content.keyId);
  const deviceKey = parts.deviceKey ?? testKey('phone', SUITES[content.suite].device);
  const pass = await buildPass(content, issuerKey);
  return buildCode(pass, parts.time ?? NOON, parts.deviceSigner ?? deviceKey);
}

/** What a verifier must read in the code. */
export function factsOf(parts: CodeParts): Record<string, Json> {
  const content = passContentOf(parts);
  return {
    suite: content.suite,
    issuer: content.issuer,
    keyId: content.keyId,
    tagHex: toHex(content.tag),
    day: content.slot.day,
    slot: content.slot.slot,
    reserve: content.reserve,
    class: content.class,
    time: parts.time ?? NOON,
  };
}

export function bytesOfCode(text: string): Bytes {
  const bytes = decodeBase45(text.slice(CODE_PREFIX.length));
  if (bytes === undefined) throw new TypeError('not a code');
  return bytes;
}

export function textOfBytes(bytes: Uint8Array): string {
  return CODE_PREFIX + encodeBase45(bytes);
}

/** The code with some bytes put in place of those at an offset; nothing is signed again. */
export function withBytes(text: string, at: number, bytes: Iterable<number>): string {
  const all = bytesOfCode(text);
  all.set([...bytes], at);
  return textOfBytes(all);
}

/** The code with one bit turned over, counted from the most significant bit of the first byte. */
export function withBitFlipped(text: string, bit: number): string {
  const all = bytesOfCode(text);
  const at = bit >>> 3;
  all[at] = (all[at] ?? 0) ^ (0x80 >>> (bit & 7));
  return textOfBytes(all);
}

/** The same ECDSA signature spelled with n − s. */
export function respelled(signature: Uint8Array, order: bigint): Bytes {
  const s = BigInt(`0x${toHex(signature.subarray(32))}`);
  const other = (order - s).toString(16).padStart(64, '0');
  return concat(signature.subarray(0, 32), Buffer.from(other, 'hex'));
}
