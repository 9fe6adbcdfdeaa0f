import {
  buildCode,
  buildPass,
  slotOf,
  SUITES,
  type IssuerLookup,
  type Signer,
  type SuiteNumber,
} from '@tongyu/protocol';
import { generateSigner } from '../server/src/crypto/sign.ts';

export type SampleCodes = {
  readonly suite: SuiteNumber;
  readonly time: number;
  /** Each with a pass and a device key of its own: the usual case at a gate. */
  readonly fresh: readonly string[];
  /** One pass, signed again at each 15 s: the pass is known, the moment is not. */
  readonly samePass: readonly string[];
  readonly lookup: IssuerLookup;
};

/** @param count of fresh codes, and as many of one pass */
export async function sampleCodes(suite: SuiteNumber, count: number): Promise<SampleCodes> {
  const issuer = generateSigner(SUITES[suite].issuer);
  const time = 1_800_000_000;
  const fresh: string[] = [];
  for (let i = 0; i < count; i++) fresh.push(await oneCode(suite, issuer, i, time));
  const device = generateSigner(SUITES[suite].device);
  const pass = await onePass(suite, issuer, count, time, device);
  const samePass: string[] = [];
  for (let i = 0; i < count; i++)
    samePass.push(await buildCode(pass, time + 15 * (i % 20), device));
  const lookup: IssuerLookup = () => ({
    party: 'member',
    key: { state: 'good', alg: SUITES[suite].issuer, publicKey: issuer.publicKey },
  });
  return { suite, time, fresh, samePass, lookup };
}

async function oneCode(
  suite: SuiteNumber,
  issuer: Signer,
  number: number,
  time: number,
): Promise<string> {
  const device = generateSigner(SUITES[suite].device);
  return buildCode(await onePass(suite, issuer, number, time, device), time, device);
}

function onePass(
  suite: SuiteNumber,
  issuer: Signer,
  number: number,
  time: number,
  device: Signer,
): Promise<Uint8Array> {
  const tag = new Uint8Array(10);
  new DataView(tag.buffer).setUint32(0, number);
  return buildPass(
    {
      suite,
      issuer: '4301',
      keyId: 1,
      tag,
      slot: slotOf(time),
      reserve: false,
      class: 0,
      deviceKey: device.publicKey,
    },
    issuer,
  );
}
