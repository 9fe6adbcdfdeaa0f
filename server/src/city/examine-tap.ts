import { admit, termsOf } from '@tongyu/domain';
import {
  bytesOf,
  examineCode,
  issuerLookup,
  parseCode,
  utf8,
  type Checked,
  type Entry,
  type Head,
  type IssuerLookup,
  type ParsedCode,
  type Part,
  type Tap,
} from '@tongyu/protocol';
import type { TerminalRow } from '../store/city-tables.ts';
import type { TrustAt } from './ports.ts';
import type { ReadTap } from './tap-results.ts';

/** What the host looks a tap up in: the versions that the terminal says it held. */
export type TapContext = {
  readonly terminal: TerminalRow;
  /** The trust of the tap's bundle version; undefined when the node never held that. */
  readonly trust: { readonly at: TrustAt; readonly lookup: IssuerLookup } | undefined;
  /** This city's part of the tap's edition, and its head of the tap's number. */
  readonly part: Part | undefined;
  readonly head: Head | undefined;
};

export type ExaminedTap =
  | { readonly state: 'forged' }
  | {
      readonly state: 'signed';
      /** The code as far as it can be read; its signatures count only when `invalid` is null. */
      readonly code: ParsedCode | undefined;
      /**
       * The member that does not hold: a `pass` that the host, with what the terminal held, cannot
       * reach again. For the code itself with the rung that fails: `code/KEY_REVOKED`.
       */
      readonly invalid: string | null;
    };

/**
 * A root reaches a terminal before the first bundle under it, so a tap's bundle leaves open which
 * root decided: whoever was a member in one of them was one for that tap (TAP-3).
 */
export function trustContext(at: TrustAt): NonNullable<TapContext['trust']> {
  const first = issuerLookup(at.trust);
  const later = at.laterRoots.map((root) => issuerLookup({ ...at.trust, root }));
  const lookup: IssuerLookup = (issuer, keyId, day) => {
    const standing = first(issuer, keyId, day);
    if (standing.party === 'member') return standing;
    const found = later.map((ask) => ask(issuer, keyId, day));
    return found.find(({ party }) => party === 'member') ?? standing;
  };
  return { at, lookup };
}

/** The terminal's signature, then the same decision once more on the facts of the tap (TAP-3). */
export function* examineTap(
  { tap, contentText }: Pick<ReadTap, 'tap' | 'contentText'>,
  context: TapContext,
): Checked<ExaminedTap> {
  const { terminal } = context;
  const signature = tap.signatures[0];
  if (signature?.by !== terminal.id || signature.keyId !== terminal.keyId) {
    return { state: 'forged' };
  }
  // The same check as `verifyTapSignature` makes, over the text that is there already.
  const isGood = yield {
    alg: terminal.alg,
    publicKey: bytesOf(terminal.key),
    message: utf8(`${tap.signed.type}\n${contentText}`),
    signature: bytesOf(signature.signature),
  };
  if (!isGood) return { state: 'forged' };
  const { code: text } = tap.signed;
  const parsed = text === null ? undefined : parseCode(text);
  const code = parsed?.ok === true ? parsed.code : undefined;
  return { state: 'signed', code, invalid: yield* findInvalid(tap.signed, code, context) };
}

function* findInvalid(
  tap: Tap,
  code: ParsedCode | undefined,
  context: TapContext,
): Checked<string | null> {
  const { trust, part, head, terminal } = context;
  if (tap.direction !== terminal.direction) return 'direction';
  if (tap.stop !== terminal.stop) return 'stop';
  if (tap.kind === 'assisted') return contradictionOfAssisted(tap);
  if (tap.assistedReason !== null) return 'assistedReason';
  if (tap.verdict !== 'pass') return tap.refusal === null ? 'refusal' : null;
  if (tap.refusal !== null) return 'refusal';
  if (tap.code === null || code === undefined) return 'code';
  if (trust === undefined) return 'held.bundleVersion';
  if (trust.at.bundleHash !== tap.held.bundleHash) return 'held.bundleHash';
  if (part === undefined) return 'held.editionNumber';
  if (head === undefined) return 'held.headNumber';
  const entry = part.entries.find(({ id }) => id === tap.service);
  if (entry?.operator.id !== terminal.operator) return 'service';
  if (tap.stop !== null && !hasStop(entry, tap.stop)) return 'stop';

  const admission = admit({
    now: tap.time,
    highestSignedTime: 0,
    trustTime: tap.held.trustTime ?? undefined,
    agedAcceptsToday: 0,
    code: yield* examineCode(tap.code, trust.lookup),
    revoked: false,
    listTime: tap.held.listTime ?? undefined,
    lastAcceptedTime: undefined,
    service: termsOf(entry, head, tap.time),
  });
  if (admission.verdict !== 'pass') return `code/${admission.refusal}`;
  if (admission.quote.priceFen !== tap.shownPriceFen) return 'shownPriceFen';
  if ((admission.quote.rule?.id ?? null) !== tap.shownRule) return 'shownRule';
  return admission.warned === tap.warned ? null : 'warned';
}

/** Whether the edition that the terminal held knows the stop: without it the tap has no price. */
function hasStop({ tariff }: Entry, stop: string): boolean {
  return tariff.kind === 'zones' && tariff.stops.some(({ id }) => id === stop);
}

/** A guard's passage names a reason and nothing else. */
function contradictionOfAssisted(tap: Tap): string | null {
  if (tap.assistedReason === null) return 'assistedReason';
  if (tap.verdict !== 'pass') return 'verdict';
  if (tap.code !== null) return 'code';
  if (tap.shownPriceFen !== null) return 'shownPriceFen';
  return tap.shownRule === null ? null : 'shownRule';
}
