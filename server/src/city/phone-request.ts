import { bytesOf, fromBase64Url, utf8, type Bytes } from '@tongyu/protocol';
import type { CityTables, PhoneRow } from '../store/city-tables.ts';
import { REQUEST_CLOCK_SECONDS } from './bind-phone.ts';
import type { CityRoom } from './ports.ts';
import { done, refuse, type CityResult } from './refusals.ts';

/** A request of a bound phone, as far as its signature covers it. */
export type PhoneRequest = {
  /** `<phoneId>.<time>.<nonce>.<base64url signature>` */
  readonly header: string | undefined;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** SHA-256 of the body's bytes, lower-case hex; of nothing for GET. */
  readonly bodyHash: string;
};

const HEADER =
  /^([A-Za-z0-9_-]{22})\.([1-9][0-9]{0,9})\.([A-Za-z0-9_-]{8,44})\.([A-Za-z0-9_-]{86})$/;

export function phoneRequestInput(
  request: Omit<PhoneRequest, 'header'>,
  time: number,
  nonce: string,
): Bytes {
  const { method, path, bodyHash } = request;
  return utf8(`tongyu-phone-1\n${method} ${path}\n${String(time)}\n${nonce}\n${bodyHash}`);
}

/**
 * Which phone asks. The signature comes before the clock, so that only a phone of ours learns the
 * node's time from the refusal; the nonce comes last, so that nobody else can use one up.
 * A phone that is over is recognised too: it must be able to learn that.
 */
export async function recognisePhone<Tx extends CityTables>(
  room: CityRoom<Tx>,
  request: PhoneRequest,
): Promise<CityResult<PhoneRow>> {
  const [, phoneId = '', timeText, nonce = '', signatureText = ''] =
    HEADER.exec(request.header ?? '') ?? [];
  const time = Number(timeText);
  const signature = fromBase64Url(signatureText);
  if (signature?.length !== 64) return refuse('PHONE_SIGNATURE_INVALID');
  const phone = await room.store.read((tx) => tx.city.phone(phoneId));
  if (phone === undefined) return refuse('PHONE_UNKNOWN');
  const message = phoneRequestInput(request, time, nonce);
  const publicKey = bytesOf(phone.phoneKey);
  const [good] = await room.ports.verifyMany([{ alg: 'ES256', publicKey, message, signature }]);
  if (good !== true) return refuse('PHONE_SIGNATURE_INVALID');
  const now = room.ports.clock.now();
  if (Math.abs(time - now) > REQUEST_CLOCK_SECONDS) {
    return refuse('PHONE_CLOCK', { serverTime: now });
  }
  const isNew = await room.store.transaction((tx) => tx.city.useNonce(phoneId, nonce, time));
  return isNew ? done(phone) : refuse('PHONE_NONCE_USED');
}
