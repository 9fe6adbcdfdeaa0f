import { concat, ALGORITHMS, AT, passSignatureInput, utf8 } from '@tongyu/protocol';
import {
  bytesOfCode,
  makeCode,
  respelled,
  textOfBytes,
  withBitFlipped,
  withBytes,
} from './code-maker.ts';
import type { Stage } from './codes.ts';
import { KEY_IDS, NOON, sectionKey } from './region.ts';
import { testKey } from './test-keys.ts';

const ES256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const SM2_ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

const PASS = 'PASS_SIGNATURE_INVALID';
const DEVICE = 'DEVICE_SIGNATURE_INVALID';

/** Codes that somebody made up or changed. */
export async function addForgeries(stage: Stage): Promise<void> {
  await addForeignSigners(stage);
  await addChangedFields(stage);
  await addOddNumbers(stage);
  await addWrongInputs(stage);
}

async function addForeignSigners({ refuse }: Stage): Promise<void> {
  const forger = testKey('forger');
  const forged = { code: { issuerKey: forger } };
  await refuse('forged-issuer', 'CODE-6.1', 'signed by a key of nobody', forged, PASS);
  const neighbour = { code: { issuerKey: sectionKey('4201', KEY_IDS.issuer) } };
  await refuse('neighbour-issuer', 'CODE-6.1', "signed by another city's key", neighbour, PASS);
  const byDevice = { code: { issuerKey: testKey('phone') } };
  await refuse('self-signed', 'CODE-6.1', 'the device key signed the pass', byDevice, PASS);
  const device = { code: { deviceSigner: forger } };
  await refuse('forged-device', 'CODE-5.2', 'signed by another device', device, DEVICE);
  for (const suite of [2, 3] as const) {
    const sm2 = { code: { suite, issuerKey: testKey('forger', 'SM2') } };
    await refuse(`forged-issuer-suite-${String(suite)}`, 'CODE-4.4', 'a key of nobody', sm2, PASS);
  }
  const sm2Device = { code: { suite: 3 as const, deviceSigner: testKey('forger', 'SM2') } };
  await refuse('forged-device-suite-3', 'CODE-4.4', 'another device', sm2Device, DEVICE);
}

/** One bit of each field turned over, in each suite: none of them can be changed by others. */
async function addChangedFields({ refuse }: Stage): Promise<void> {
  const fields: readonly (readonly [string, number, string])[] = [
    ['tag', 5 * 8, PASS],
    ['tag-last', 14 * 8 + 7, PASS],
    ['slot', 17 * 8 + 6, PASS],
    ['flags', 18 * 8 + 7, PASS],
    ['class', 20 * 8 + 7, PASS],
    ['device-key-parity', 21 * 8 + 7, PASS],
    ['device-key-x', 53 * 8 + 7, PASS],
    ['issuer-signature-r', 54 * 8 + 9, PASS],
    ['issuer-signature-s', 117 * 8 + 7, PASS],
    ['device-signature-r', 122 * 8 + 9, DEVICE],
    ['device-signature-s', 185 * 8 + 7, DEVICE],
  ];
  for (const suite of [1, 2, 3] as const) {
    const good = await makeCode({ suite });
    for (const [field, bit, refusal] of fields) {
      const text = withBitFlipped(good, bit);
      const id = `changed-${field}-suite-${String(suite)}`;
      await refuse(id, 'CODE-5.1', `one bit of ${field} changed`, { text }, refusal);
    }
    // 1803873615 instead of …600: still a multiple of 15, so only the signature can tell.
    const later = { text: withBytes(good, AT.time, [0x6b, 0x84, 0xed, 0x4f]) };
    const id = `changed-time-suite-${String(suite)}`;
    await refuse(id, 'CODE-5.2', 'the time put 15 s later', later, DEVICE);
  }
  const other = bytesOfCode(await makeCode({ index: 1 }));
  const good = await makeCode();
  const grafted = withBytes(good, AT.issuerSignature, other.subarray(AT.issuerSignature, AT.time));
  await refuse('grafted-issuer', 'CODE-5.1', "another pass's signature", { text: grafted }, PASS);
  const moment = bytesOfCode(await makeCode({ time: NOON - 15 })).subarray(AT.deviceSignature);
  const text = withBytes(good, AT.deviceSignature, moment);
  await refuse('grafted-device', 'CODE-5.2', "another moment's signature", { text }, DEVICE);
}

async function addOddNumbers({ accept, refuse }: Stage): Promise<void> {
  const good = await makeCode();
  const bytes = bytesOfCode(good);
  const zero = new Uint8Array(64);
  for (const [name, at, refusal] of [
    ['issuer', AT.issuerSignature, PASS],
    ['device', AT.deviceSignature, DEVICE],
  ] as const) {
    const put = (id: string, what: string, value: Uint8Array) =>
      refuse(`${name}-${id}`, 'CODE-4.2', what, { text: withBytes(good, at, value) }, refusal);
    const was = bytes.subarray(at, at + 64);
    await put('r-and-s-zero', 'r = s = 0', zero);
    await put('r-zero', 'r = 0', concat(zero.subarray(32), was.subarray(32)));
    await put('s-zero', 's = 0', concat(was.subarray(0, 32), zero.subarray(32)));
    await put(
      'all-ones',
      'r and s above the order',
      zero.map(() => 255),
    );
    const order = Buffer.from(ES256_ORDER.toString(16), 'hex');
    await put('r-is-order', 'r = n', concat(order, was.subarray(32)));
    await put('swapped', 's before r', concat(was.subarray(32), was.subarray(0, 32)));
    const text = withBytes(good, at, respelled(was, ES256_ORDER));
    // The device signs the issuer's signature too, so only its own can be spelled otherwise.
    const spelling = 's replaced by n − s';
    if (name === 'device') await accept('device-other-spelling', 'CODE-4.2', spelling, { text });
    else await refuse('issuer-other-spelling', 'CODE-5.2', spelling, { text }, DEVICE);
  }
  const sm2 = await makeCode({ suite: 3 });
  const was = bytesOfCode(sm2).subarray(AT.deviceSignature);
  const text = withBytes(sm2, AT.deviceSignature, respelled(was, SM2_ORDER));
  await refuse('sm2-n-minus-s', 'CODE-4.4', 'SM2 has no second spelling', { text }, DEVICE);
  const offCurve = { code: { deviceKey: { ...testKey('phone'), publicKey: notOnCurve() } } };
  await refuse('device-key-off-curve', 'CODE-3.8', 'x of no point', offCurve, DEVICE);
}

/** x = 1 has no y on P-256 with this parity or the other: x³ − 3x + b is no square. */
function notOnCurve(): Uint8Array {
  const point = new Uint8Array(33);
  point[0] = 2;
  point[32] = 1;
  return point;
}

/** Signatures over something that looks alike: the mistakes that implementations make. */
async function addWrongInputs({ refuse }: Stage): Promise<void> {
  const issuer = sectionKey('4301', KEY_IDS.issuer);
  const over = (input: (content: Uint8Array) => Uint8Array) => ({
    code: {
      issuerKey: { ...issuer, sign: (m: Uint8Array) => issuer.sign(input(m)) },
    },
  });
  const contentOf = bytesOfCode(await makeCode()).slice(0, AT.issuerSignature);
  const bare = over(() => contentOf);
  await refuse('issuer-over-bare-fields', 'CODE-5.1', 'signed the 54 bytes as such', bare, PASS);
  const sm2Input = passSignatureInput(concat(new Uint8Array([0x12]), contentOf.subarray(1)));
  const asSm2 = over(() => sm2Input);
  const what = `header with alg ${String(ALGORITHMS.SM2.coseAlgorithm)}`;
  await refuse('issuer-over-other-alg', 'CODE-5.1', what, asSm2, PASS);
  const phone = testKey('phone');
  const device = (input: (message: Uint8Array) => Uint8Array) => ({
    code: { deviceSigner: { ...phone, sign: (m: Uint8Array) => phone.sign(input(m)) } },
  });
  const context = utf8('tongyu-code-1').length;
  const bareDevice = device((message) => message.subarray(context));
  await refuse('device-without-context', 'CODE-5.2', 'context text left out', bareDevice, DEVICE);
  const timeOnly = device((message) => message.subarray(message.length - 4));
  await refuse('device-over-time-only', 'CODE-5.2', 'signed the time alone', timeOnly, DEVICE);
  const otherContext = device((m) => concat(utf8('tongyu-code-2'), m.subarray(context)));
  await refuse('device-other-context', 'CODE-5.2', 'another context text', otherContext, DEVICE);
  const text = textOfBytes(bytesOfCode(await makeCode({ time: NOON - 120 })));
  const old = { text, now: NOON + 7 };
  await refuse('picture', 'CODE-7.5', 'a picture, 127 s old', old, 'CODE_STALE');
}
