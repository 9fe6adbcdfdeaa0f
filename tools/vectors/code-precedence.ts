import { nextSeed, slotFromIndex, slotIndex } from '@tongyu/protocol';
import {
  LOST_SEED_NOW,
  makeCode,
  withBitFlipped,
  withBytes,
  type CodeParts,
} from './code-maker.ts';
import type { Scene, Stage } from './codes.ts';
import { KEY_IDS, LOST_SEED, NOON, NOW, OBSERVER, SLOT, STRANGER } from './region.ts';

/** The order of REF-1.2, written down here once more: the vectors must not follow a program. */
export const ORDER = [
  'MALFORMED',
  'UNSUPPORTED_VERSION',
  'TERMINAL_CLOCK',
  'TRUST_STALE',
  'ISSUER_UNKNOWN',
  'ISSUER_NOT_PARTY',
  'ISSUER_SUSPENDED',
  'KEY_UNKNOWN',
  'KEY_REVOKED',
  'PASS_SIGNATURE_INVALID',
  'DEVICE_SIGNATURE_INVALID',
  'PASS_NOT_YET_VALID',
  'PASS_EXPIRED',
  'CODE_STALE',
  'CLOCK_SKEW',
  'PASS_REVOKED',
  'REVOCATION_STALE',
  'ALREADY_USED',
  'SERVICE_NOT_OPEN',
  'NOT_ENTITLED',
] as const;

export type Rung = (typeof ORDER)[number];

/** Rungs that cannot fail together: a code has one issuer, one key, one time. */
const EXCLUSIVE: readonly (readonly Rung[])[] = [
  ['ISSUER_UNKNOWN', 'ISSUER_NOT_PARTY', 'ISSUER_SUSPENDED'],
  ['ISSUER_UNKNOWN', 'KEY_REVOKED'],
  ['KEY_UNKNOWN', 'KEY_REVOKED'],
  ['PASS_NOT_YET_VALID', 'PASS_EXPIRED'],
  ['CODE_STALE', 'CLOCK_SKEW'],
];

function canFailWith(rung: Rung, others: readonly Rung[]): boolean {
  return !EXCLUSIVE.some((group) => group.includes(rung) && others.some((o) => group.includes(o)));
}

/** Each rung with the next that can fail beside it, and each with all later ones at once. */
export async function addPrecedence({ refuse }: Stage): Promise<void> {
  for (const [i, rung] of ORDER.entries()) {
    const later = ORDER.slice(i + 1);
    const next = later.find((other) => canFailWith(other, [rung]));
    if (next === undefined) continue;
    const pair = await sceneWith([rung, next]);
    await refuse(`${rung}-before-${next}`, 'REF-1.1', 'both fail', pair, rung);
    const all: Rung[] = [rung];
    for (const other of later) if (canFailWith(other, all)) all.push(other);
    const what = `all of these fail: ${all.join(', ')}`;
    await refuse(`${rung}-before-all-later`, 'REF-1.1', what, await sceneWith(all), rung);
  }
}

/** A scene in which just these rungs fail. */
async function sceneWith(failing: readonly Rung[]): Promise<Scene> {
  const fails = (rung: Rung): boolean => failing.includes(rung);
  let text = await makeCode(partsWith(fails));
  if (fails('PASS_SIGNATURE_INVALID')) text = withBitFlipped(text, 54 * 8 + 9);
  if (fails('DEVICE_SIGNATURE_INVALID')) text = withBitFlipped(text, 122 * 8 + 9);
  if (fails('UNSUPPORTED_VERSION')) text = withBytes(text, 0, [0x21]);
  if (fails('MALFORMED')) text = text.toLowerCase();
  let now = NOW;
  if (fails('CODE_STALE')) now = NOON + 121;
  if (fails('CLOCK_SKEW')) now = NOON - 61;
  const closed = fails('SERVICE_NOT_OPEN');
  const priceless = fails('NOT_ENTITLED');
  const open = priceless ? '4201-museum' : '4201-metro';
  const stale = 3 * 86_400 + 200;
  return {
    text,
    now,
    trust: {
      ...(fails('TRUST_STALE') ? { trustAge: stale } : {}),
      ...(fails('REVOCATION_STALE') ? { listAge: stale } : {}),
      suspended: fails('ISSUER_SUSPENDED'),
    },
    ...(fails('TERMINAL_CLOCK') ? { highestSignedTime: now + 61 } : {}),
    ...(fails('ALREADY_USED') ? { lastAcceptedTime: NOON } : {}),
    service: closed ? (priceless ? '4201-tower' : '4201-bus') : open,
  };
}

function partsWith(fails: (rung: Rung) => boolean): CodeParts {
  let issuer = '4301';
  if (fails('ISSUER_UNKNOWN')) issuer = STRANGER;
  if (fails('ISSUER_NOT_PARTY')) issuer = OBSERVER;
  if (fails('ISSUER_SUSPENDED')) issuer = '3601';
  let keyId: number = KEY_IDS.issuer;
  if (fails('KEY_UNKNOWN')) keyId = 999;
  if (fails('KEY_REVOKED')) keyId = KEY_IDS.issuerRevoked;
  let step = 0;
  if (fails('PASS_NOT_YET_VALID')) step = 1;
  if (fails('PASS_EXPIRED')) step = -1;
  const slot = slotFromIndex(slotIndex(SLOT) + step);
  const parts = { issuer, keyId, slot };
  return fails('PASS_REVOKED') ? { ...parts, seed: seedFor(step) } : parts;
}

/** The lost phone's seed at the pass's slot; its list begins one slot before `SLOT`. */
function seedFor(step: number): Uint8Array {
  if (step < 0) return LOST_SEED;
  return step > 0 ? nextSeed(LOST_SEED_NOW) : LOST_SEED_NOW;
}
