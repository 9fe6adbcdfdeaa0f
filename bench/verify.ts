import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { examineCode, runChecks, utf8, type VerifySync } from '@tongyu/protocol';
import { generateSigner } from '../server/src/crypto/sign.ts';
import { rememberingVerify, verifySync } from '../server/src/crypto/verify.ts';
import { measure, microsecondsOf, type Case } from './measure.ts';
import type { Row } from './report.ts';
import { sampleCodes, type SampleCodes } from './sample-codes.ts';
import { sdJwtPeer } from './sd-jwt.ts';

const GROUP = 'Verifying a code (CPU, median of 7 alternating rounds)';

/** Cold: pass and device key never seen. Cached: the pass is remembered, the moment is new. */
export async function benchVerify(): Promise<readonly Row[]> {
  const peer = await sdJwtPeer();
  const es = await sampleCodes(1, 3_200);
  const mixed = await sampleCodes(2, 1_600);
  const sm = await sampleCodes(3, 1_600);
  const timings = await measure([
    rawEs256('raw ES256, DER', 'der'),
    rawEs256('raw ES256, r‖s', 'ieee-p1363'),
    rawSm2(),
    cold(es, 400),
    cached(es, 400),
    cold(mixed, 200),
    cold(sm, 200),
    cached(sm, 200),
    { name: 'sd-jwt library', timesPerRound: 200, run: () => peer.verifyByLibrary() },
    { name: 'sd-jwt tuned', timesPerRound: 200, run: () => check(peer.verifyTuned()) },
  ]);
  const of = (name: string): number => microsecondsOf(timings, name);
  const raw = Math.min(of('raw ES256, DER'), of('raw ES256, r‖s'));
  const rawSm = of('raw SM2');
  const row = (name: string, value: number, unit: Row['unit'], goal?: number): Row => ({
    group: GROUP,
    name,
    value,
    unit,
    ...(goal === undefined ? {} : { goal }),
  });
  return [
    row('fastest raw ES256 verify', raw, 'us'),
    row('raw SM2 verify', rawSm, 'us'),
    row('ES256/ES256 cold', of('cold 1') / raw, 'x raw ES256', 3.4),
    row('ES256/ES256 pass cached', of('cached 1') / raw, 'x raw ES256', 1.2),
    row('SM2/ES256 cold', of('cold 2') / raw, 'x raw ES256'),
    row('SM2/SM2 cold', of('cold 3') / rawSm, 'x raw SM2'),
    row('SM2/SM2 pass cached', of('cached 3') / rawSm, 'x raw SM2', 1.2),
    row('SD-JWT VC + key binding, library', of('sd-jwt library') / raw, 'x raw ES256'),
    row('SD-JWT VC + key binding, tuned', of('sd-jwt tuned') / raw, 'x raw ES256'),
  ];
}

function rawEs256(name: string, dsaEncoding: 'der' | 'ieee-p1363'): Case {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const message = Buffer.alloc(200, 1);
  const signature = sign('sha256', message, { key: privateKey, dsaEncoding });
  return {
    name,
    timesPerRound: 400,
    run: () => check(verify('sha256', message, { key: publicKey, dsaEncoding }, signature)),
  };
}

function rawSm2(): Case {
  const signer = generateSigner('SM2');
  const message = utf8('a'.repeat(200));
  const signature = signer.sign(message);
  const { publicKey } = signer;
  return {
    name: 'raw SM2',
    timesPerRound: 200,
    run: () => check(verifySync({ alg: 'SM2', publicKey, message, signature })),
  };
}

function cold(codes: SampleCodes, timesPerRound: number): Case {
  return {
    name: `cold ${String(codes.suite)}`,
    timesPerRound,
    run: (i) => examine(codes, codes.fresh[i % codes.fresh.length] ?? '', verifySync),
  };
}

function cached(codes: SampleCodes, timesPerRound: number): Case {
  // Remembers passes only, as a terminal does: the device's signature is new each time.
  const { lookup, time } = codes;
  const issuerKey = lookup('4301', 1, time).key;
  const known = issuerKey.state === 'good' ? issuerKey.publicKey : undefined;
  const remembering = rememberingVerify(1_000);
  const verifyPassOnce: VerifySync = (c) =>
    c.publicKey === known ? remembering(c) : verifySync(c);
  return {
    name: `cached ${String(codes.suite)}`,
    timesPerRound,
    run: (i) => examine(codes, codes.samePass[i % codes.samePass.length] ?? '', verifyPassOnce),
  };
}

function examine(codes: SampleCodes, text: string, verifier: VerifySync): void {
  const facts = runChecks(examineCode(text, codes.lookup), verifier);
  check(facts.form === 'good' && facts.deviceSignatureGood);
}

function check(good: boolean): void {
  if (!good) throw new Error('a measured verification failed');
}
