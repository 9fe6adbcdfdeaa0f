import { encodeBase45 } from '../encoding/base45.ts';
import { concat, uint32, utf8, type Bytes } from '../encoding/bytes.ts';
import type { Signer } from '../signature/check.ts';
import { CODE_PREFIX, DEVICE_CONTEXT, PASS_BYTES, TIME_STEP_SECONDS } from './layout.ts';

const CONTEXT = utf8(DEVICE_CONTEXT);

/** What the device signs: the context text, then pass and time (CODE-5.2). */
export function deviceSignatureInput(passAndTime: Uint8Array): Bytes {
  return concat(CONTEXT, passAndTime);
}

/** The moment that a phone may sign at `nowSeconds`: the last multiple of 15 s (CODE-3.9). */
export function signingTime(nowSeconds: number): number {
  return Math.floor(nowSeconds / TIME_STEP_SECONDS) * TIME_STEP_SECONDS;
}

/**
 * The text that the QR carries: the phone signs the moment over the city's pass.
 *
 * @param passBytes 118 bytes from the home city
 * @param timeSeconds a multiple of 15, see `signingTime`
 * @param deviceKey the key that the pass names
 */
export async function buildCode(
  passBytes: Uint8Array,
  timeSeconds: number,
  deviceKey: Signer,
): Promise<string> {
  if (passBytes.length !== PASS_BYTES) throw new TypeError('a pass has 118 bytes');
  const passAndTime = concat(passBytes, uint32(timeSeconds));
  const signature = await deviceKey.sign(deviceSignatureInput(passAndTime));
  return CODE_PREFIX + encodeBase45(concat(passAndTime, signature));
}
