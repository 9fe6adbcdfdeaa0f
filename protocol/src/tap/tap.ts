import { flag, integer, nullable, object, oneOf, text, type Shape } from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import { entryIdShape } from '../catalogue/entry.ts';
import { ruleIdShape } from '../catalogue/rule.ts';
import { stopIdShape } from '../catalogue/tariff.ts';
import {
  hashShape,
  signatureCheck,
  signedShape,
  timeShape,
  type KeyEntry,
  type SignedDocument,
} from '../trust/signed-document.ts';

/** One accepted or refused presentation, or an assisted passage, signed by its terminal (TAP-2). */
export type Tap = {
  readonly type: 'tongyu.tap';
  /** `4201-gate-1`: host city, then a name that the city gave. */
  readonly terminal: string;
  /** 1, 2, 3 … without a gap. The tap's id is terminal and number. */
  readonly number: number;
  readonly time: number;
  readonly service: string;
  /** Which way the terminal lets people go; `single` where one tap is a whole journey. */
  readonly direction: Direction;
  /** The stop of the tariff at which the terminal stands; null where the tariff has none. */
  readonly stop: string | null;
  readonly kind: 'scan' | 'assisted';
  readonly verdict: Verdict;
  /** Why not, from the list of REF-1; null when it passed. */
  readonly refusal: string | null;
  /** Why a person was let through by a guard; null for a scan. Never who. */
  readonly assistedReason: AssistedReason | null;
  /** The code as it was read, as evidence; null when it was no code of ours (TAP-2.4). */
  readonly code: string | null;
  /** The most that the screen said one pays, in 分; null when no price was shown. */
  readonly shownPriceFen: number | null;
  /** The concession that the screen named; null for none. */
  readonly shownRule: string | null;
  /** Trust was 24 to 72 h old and the screen said so. */
  readonly warned: boolean;
  readonly held: HeldNumbers;
};

export type Verdict = 'pass' | 'check' | 'refuse' | 'unknown';
export const DIRECTIONS = ['single', 'entry', 'exit'] as const;
export type Direction = (typeof DIRECTIONS)[number];
export type AssistedReason = 'no-phone' | 'code-unreadable' | 'card-or-paper' | 'other';

/** The list versions that the verdict stands on. */
export type HeldNumbers = {
  readonly bundleVersion: number;
  readonly bundleHash: string;
  /** Of the edition in force and the host city's head (LIST-4); 0 for none. */
  readonly editionNumber: number;
  readonly headNumber: number;
  /** Number of the issuer's revocation list; null when there was none or no issuer. */
  readonly listNumber: number | null;
  /** Trust time and list time at the verdict (TIME-2.4); null when unknown. */
  readonly trustTime: number | null;
  readonly listTime: number | null;
};

export type SignedTap = SignedDocument<Tap>;

export const terminalIdShape = text(40, /^[1-9][0-9]{3}-[a-z0-9-]{1,34}$/);
const nullableTime = nullable(timeShape);

const tapContentShape: Shape<Tap> = object({
  type: oneOf('tongyu.tap'),
  terminal: terminalIdShape,
  number: integer(1, 2 ** 48),
  time: timeShape,
  service: entryIdShape,
  direction: oneOf(...DIRECTIONS),
  stop: nullable(stopIdShape),
  kind: oneOf('scan', 'assisted'),
  verdict: oneOf('pass', 'check', 'refuse', 'unknown'),
  refusal: nullable(text(40, /^[A-Z_]+$/)),
  assistedReason: nullable(oneOf('no-phone', 'code-unreadable', 'card-or-paper', 'other')),
  code: nullable(text(283, /^TY1:[0-9A-Z $%*+\-./:]{279}$/)),
  shownPriceFen: nullable(integer(0, 10_000_000)),
  shownRule: nullable(ruleIdShape),
  warned: flag(),
  held: object({
    bundleVersion: integer(0, 1_000_000_000),
    bundleHash: hashShape,
    editionNumber: integer(0, 1_000_000),
    headNumber: integer(0, 1_000_000_000),
    listNumber: nullable(integer(1, 0xffffffff)),
    trustTime: nullableTime,
    listTime: nullableTime,
  }),
});
export const tapShape: Shape<SignedTap> = signedShape(tapContentShape, 1);
export const MAX_TAP_LENGTH = 2_000;

export type TapId = `${string}/${number}`;

const tapIdText = text(60, /^[1-9][0-9]{3}-[a-z0-9-]{1,34}\/[1-9][0-9]{0,14}$/);
export const tapIdShape: Shape<TapId> = (value, path) => tapIdText(value, path) as TapId;

export function tapId(tap: Tap): TapId {
  return `${tap.terminal}/${tap.number}`;
}

/** Whether the terminal's key signed the tap. */
export function* verifyTapSignature(tap: SignedTap, terminalKey: KeyEntry): Checked<boolean> {
  const signature = tap.signatures[0];
  if (signature?.by !== tap.signed.terminal || signature.keyId !== terminalKey.keyId) return false;
  return yield signatureCheck(tap.signed, signature, terminalKey);
}
