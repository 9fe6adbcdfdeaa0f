/** Shapes that the hub and the city nodes share. All times are seconds since 1970. */

/** A proposed next root: who wants what changed, and which members have signed so far. */
export type RootProposal = {
  readonly hash: string;
  readonly number: number;
  readonly change: RootChange;
  readonly signedBy: readonly string[];
};

export type RootChange = {
  readonly kind:
    | 'accession'
    | 'withdrawal'
    | 'suspension'
    | 'reinstatement'
    | 'removal'
    | 'keys'
    | 'addition'
    | 'hub';
  /** Whom it concerns; null for the hub. */
  readonly party: string | null;
};

/** GET /console/api/trust. */
export type ConsoleTrust = {
  readonly root: {
    readonly number: number;
    readonly hash: string;
    readonly members: readonly string[];
    readonly threshold: number;
  };
  /** Null until the first bundle is signed. */
  readonly bundle: {
    readonly version: number;
    readonly made: number;
    readonly signedBy: readonly string[];
  } | null;
  readonly trustTime: number | null;
  readonly ageSeconds: number | null;
  readonly sections: readonly TrustSection[];
  readonly lists: readonly {
    readonly party: string;
    readonly number: number;
    readonly phones: number;
  }[];
  readonly proposals: readonly RootProposal[];
};

export type TrustSection = {
  readonly party: string;
  readonly number: number;
  readonly keys: readonly TrustKey[];
};

/** One key of a section, from its first to its last service day, both included. */
export type TrustKey = {
  readonly keyId: number;
  readonly purpose: string;
  readonly alg: string;
  readonly fromDay: number;
  readonly untilDay: number;
  readonly revokedAt: number | null;
};

/** How fresh trust is: warned from 24 h on, no verdict from 72 h on (TIME-2.4). */
export type Freshness = 'fresh' | 'old' | 'stale' | 'none';

export function freshnessOf(ageSeconds: number | null): Freshness {
  if (ageSeconds === null) return 'none';
  if (ageSeconds <= 24 * 3600) return 'fresh';
  return ageSeconds <= 72 * 3600 ? 'old' : 'stale';
}
