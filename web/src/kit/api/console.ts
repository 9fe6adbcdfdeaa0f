/** Shapes of a city's console API. Times are seconds since 1970, money is integer 分. */

import type { Direction, LocalText } from '@tongyu/protocol';

export type TapVerdict = 'pass' | 'check' | 'refuse' | 'unknown';

/** One tap as the city's staff see it: never who. */
export type ConsoleTap = {
  readonly terminal: string;
  readonly number: number;
  readonly time: number;
  readonly receivedAt: number;
  readonly service: string;
  readonly kind: 'scan' | 'assisted';
  readonly verdict: TapVerdict;
  readonly refusal: string | null;
  readonly assistedReason: string | null;
  /** The issuing city, null when the code was not read. */
  readonly issuer: string | null;
  /** Null where nothing can be charged. */
  readonly charged: boolean | null;
  readonly exception: string | null;
  readonly home: 'pending' | 'accepted' | 'refused' | 'own' | 'none';
  readonly shownPriceFen: number | null;
  readonly warned: boolean;
};

/** GET /console/api/taps, newest first; `next` is the `after` of the older ones. */
export type TapPage = { readonly taps: readonly ConsoleTap[]; readonly next: string | null };

/** GET /console/api/exceptions. */
export type ExceptionPage = {
  readonly taps: readonly ConsoleTap[];
  /** Uploads that were refused and not stored; `code` is the refusal. */
  readonly refusedUploads: readonly {
    readonly terminal: string;
    readonly number: number;
    readonly code: string;
    readonly field: string | null;
    readonly at: number;
  }[];
};

/** GET /console/api/gaps: tap numbers that have not arrived. */
export type GapPage = {
  readonly gaps: readonly {
    readonly terminal: string;
    readonly first: number;
    readonly last: number;
    readonly noticedAt: number;
  }[];
};

/** GET /console/api/terminals. */
export type TerminalPage = {
  readonly operators: readonly { readonly id: string; readonly name: string }[];
  readonly terminals: readonly ConsoleTerminal[];
};

export type ConsoleTerminal = {
  readonly id: string;
  readonly operator: string;
  readonly service: string;
  readonly direction: Direction;
  /** A stop of the service's zone tariff. */
  readonly stop: string | null;
  readonly registeredAt: number;
  readonly revokedAt: number | null;
  readonly lastTapAt: number | null;
  /** Of its taps that have arrived. */
  readonly highestNumber: number;
};

/** GET /console/api/services: what terminals can be registered for, of the edition in force. */
export type ServicePage = {
  readonly services: readonly ConsoleService[];
};

export type ConsoleService = {
  readonly id: string;
  readonly operator: string;
  readonly name: LocalText;
  /** False while the city has suspended it. */
  readonly open: boolean;
  /** Where its terminals can stand; empty where the price does not depend on it. */
  readonly stops: readonly { readonly id: string; readonly name: LocalText }[];
};

/** GET /console/api/accessions of the hub: who asked to join or to leave. */
export type AccessionPage = {
  readonly accessions: readonly {
    readonly party: string;
    readonly kind: 'accession' | 'withdrawal';
    readonly appliedAt: number;
    /** The root proposal has been put to the members. */
    readonly proposed: boolean;
  }[];
};

/** GET /health: which node this page talks to, `hub` or a party's four digits. */
export type NodeHealth = {
  readonly status: string;
  readonly node: string;
  readonly version: string;
};
