import type {
  CatalogueHave,
  CatalogueOffer,
  Direction,
  Signer,
  TrustHave,
  TrustOffer,
  UsedTag,
  VerifySync,
} from '@tongyu/protocol';
import type { Clock } from '../ports/clock.ts';
import type { Faults } from '../ports/faults.ts';
import type { TerminalStore } from './terminal-store.ts';

/** The way to the host city. All throw `CityAway` when it gives no answer that can be used. */
export type CityLink = {
  sync(have: TrustHave, usedCursor: string): Promise<TrustOffer>;
  /** What is newer in the service list: editions, and the host city's head. */
  list(have: CatalogueHave): Promise<CatalogueOffer>;
  /** The canonical text of a part of the list. */
  part(hash: string): Promise<string>;
  /** @param batch texts of signed taps, at most 500, in rising order of number */
  uploadTaps(batch: readonly string[], usedCursor: string): Promise<UploadAnswer>;
};

export type UploadAnswer = {
  readonly results: readonly UploadResult[];
  readonly used: readonly UsedTag[];
  /** Not to be stored when empty: the host knows no operator's feed for this terminal. */
  readonly usedCursor: string;
  readonly serverTime: number;
};

export type UploadResult = {
  readonly number: number;
  readonly outcome: 'accepted' | 'duplicate' | 'refused';
  readonly refusal: { readonly code: string; readonly field: string | null } | null;
};

/** Cut cable, dark node, an answer that is no answer: tried again later, never a verdict. */
export class CityAway extends Error {
  override readonly name = 'CityAway';
}

export type TerminalPorts = {
  readonly clock: Clock;
  readonly city: CityLink;
  /** The terminal's own key, registered at its host city. */
  readonly key: Signer;
  readonly verify: VerifySync;
  /** Lets other work run between two slices of a long computation. */
  readonly pause: () => Promise<void>;
  readonly faults: Faults;
};

export type TerminalConfig = {
  /** `4201-gate-1` */
  readonly terminal: string;
  /** `4201-metro` */
  readonly service: string;
  /** As registered at the host city. */
  readonly direction: Direction;
  readonly stop: string | null;
  readonly keyId: number;
  /** Hash of root number 1 (TRUST-2.4). */
  readonly pinnedRootHash: string;
  /** The same text within so many seconds of its verdict gets that verdict again; 0 for never. */
  readonly debounceSeconds: number;
  readonly maxWarnedAcceptsPerDay: number;
};

export const DEFAULT_DEBOUNCE_SECONDS = 3;

export type TerminalParts = {
  readonly ports: TerminalPorts;
  readonly store: TerminalStore;
  readonly config: TerminalConfig;
};
