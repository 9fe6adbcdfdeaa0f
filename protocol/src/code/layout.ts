/** The 186 bytes of a code, version 1 (CODE-3). All numbers big-endian. */
export const FORMAT_VERSION = 1;
/** `TY1:` and base45 of the 186 bytes: 283 characters, QR version 10 at level M. */
export const CODE_PREFIX = 'TY1:';
export const CODE_TEXT_LENGTH = 4 + 279;

export const AT = {
  head: 0,
  issuer: 1,
  keyId: 3,
  tag: 5,
  day: 15,
  slot: 17,
  flags: 18,
  class: 19,
  deviceKey: 21,
  issuerSignature: 54,
  time: 118,
  deviceSignature: 122,
} as const;

export const TAG_BYTES = 10;
/** Head to class and device key: what the issuer signs. */
export const PASS_CONTENT_BYTES = AT.issuerSignature;
export const PASS_BYTES = AT.time;
export const CODE_BYTES = 186;

/** The only flag of version 1: this pass may be used again (CODE-7.4). */
export const FLAG_RESERVE = 1;

/** The first and last service day whose slots end within 32 bits of seconds (CODE-3.5). */
export const FIRST_DAY = 1;
export const LAST_DAY = 49_709;

/** A phone signs at multiples of 15 s, which hides its clock's offset (CODE-3.9). */
export const TIME_STEP_SECONDS = 15;

/** What the device signature covers begins with this text (CODE-5.2). */
export const DEVICE_CONTEXT = 'tongyu-code-1';
