import { decodeBase45 } from '../encoding/base45.ts';
import { readUint16, readUint32 } from '../encoding/bytes.ts';
import { suiteOf, type SuiteNumber } from '../signature/algorithms.ts';
import { SLOTS_PER_DAY } from '../time/service-day.ts';
import {
  AT,
  CODE_BYTES,
  CODE_PREFIX,
  CODE_TEXT_LENGTH,
  FIRST_DAY,
  FLAG_RESERVE,
  FORMAT_VERSION,
  LAST_DAY,
  TIME_STEP_SECONDS,
} from './layout.ts';
import { readPassFields, type ParsedPass } from './pass.ts';

/** A code whose form is right; nothing is said about its signatures or its time. */
export type ParsedCode = {
  readonly pass: ParsedPass;
  /** When the phone signed, Unix seconds, a multiple of 15. */
  readonly time: number;
  readonly deviceSignature: Uint8Array;
  readonly bytes: Uint8Array;
};

export type CodeFormRefusal =
  | { readonly code: 'MALFORMED'; readonly rule: CodeFormRule }
  | { readonly code: 'UNSUPPORTED_VERSION'; readonly version: number };

/** Which rule of CODE-2 and CODE-3 the text broke; for engineers, not for screens. */
export type CodeFormRule =
  | 'prefix'
  | 'base45'
  | 'length'
  | 'suite'
  | 'issuer'
  | 'key-id'
  | 'day'
  | 'slot'
  | 'flags'
  | 'device-key'
  | 'time';

export type ParseCodeResult =
  | { readonly ok: true; readonly code: ParsedCode }
  | { readonly ok: false; readonly refusal: CodeFormRefusal };

/** Longer texts are refused unread; version 1 needs 283 characters, a later one may need more. */
const MAX_TEXT_LENGTH = 4_096;

/**
 * Text to code, strictly (CODE-2, CODE-3): prefix and base45, then the version, then length and
 * ranges, so that a code of a later version is told apart from junk. Work is bounded by the length.
 */
export function parseCode(text: string): ParseCodeResult {
  if (text.length > MAX_TEXT_LENGTH || !text.startsWith(CODE_PREFIX)) return malformed('prefix');
  const bytes = decodeBase45(text.slice(CODE_PREFIX.length));
  const head = bytes?.[AT.head];
  if (bytes === undefined || head === undefined) return malformed('base45');
  const version = head >>> 4;
  if (version !== FORMAT_VERSION) {
    return { ok: false, refusal: { code: 'UNSUPPORTED_VERSION', version } };
  }
  if (bytes.length !== CODE_BYTES || text.length !== CODE_TEXT_LENGTH) return malformed('length');
  const broken = brokenRange(bytes, head & 15);
  if (broken !== undefined) return malformed(broken);
  const pass = readPassFields(bytes, (head & 15) as SuiteNumber);
  const time = readUint32(bytes, AT.time);
  const deviceSignature = bytes.subarray(AT.deviceSignature);
  return { ok: true, code: { pass, time, deviceSignature, bytes } };
}

function malformed(rule: CodeFormRule): ParseCodeResult {
  return { ok: false, refusal: { code: 'MALFORMED', rule } };
}

function brokenRange(bytes: Uint8Array, suite: number): CodeFormRule | undefined {
  if (suiteOf(suite) === undefined) return 'suite';
  const issuer = readUint16(bytes, AT.issuer);
  if (issuer < 1000 || issuer > 9999) return 'issuer';
  if (readUint16(bytes, AT.keyId) === 0) return 'key-id';
  const day = readUint16(bytes, AT.day);
  if (day < FIRST_DAY || day > LAST_DAY) return 'day';
  if ((bytes[AT.slot] ?? 0) >= SLOTS_PER_DAY) return 'slot';
  if (((bytes[AT.flags] ?? 0) & ~FLAG_RESERVE) !== 0) return 'flags';
  const keyForm = bytes[AT.deviceKey];
  if (keyForm !== 2 && keyForm !== 3) return 'device-key';
  if (readUint32(bytes, AT.time) % TIME_STEP_SECONDS !== 0) return 'time';
  return undefined;
}
