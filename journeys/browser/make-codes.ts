// Codes as phones would show them, made without a browser.
import { randomBytes } from 'node:crypto';
import {
  buildCode,
  buildPass,
  signingTime,
  slotOf,
  type PartyId,
  type Slot,
} from '@tongyu/protocol';
import { generateSigner } from '../../server/src/crypto/sign.ts';
import { keyIds, sm2City, type TestRegion } from './test-region.ts';

export type CodeParts = {
  /** When the phone signs, Unix seconds; now when left out. */
  readonly time?: number;
  readonly slot?: Slot;
  readonly tag?: Uint8Array;
  readonly class?: number;
};

/** A code with a pass of its own. */
export async function makeCode(
  region: TestRegion,
  party: PartyId,
  parts: CodeParts = {},
): Promise<string> {
  const time = signingTime(parts.time ?? Math.floor(Date.now() / 1000));
  const device = generateSigner('ES256');
  const content = {
    suite: party === sm2City ? 2 : 1,
    issuer: party,
    keyId: keyIds.issuer,
    tag: parts.tag ?? new Uint8Array(randomBytes(10)),
    slot: parts.slot ?? slotOf(time),
    reserve: false,
    class: parts.class ?? 0,
    deviceKey: device.publicKey,
  } as const;
  const pass = await buildPass(content, region.issuerKey(party));
  return buildCode(pass, time, device);
}
