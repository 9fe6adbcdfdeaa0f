import { hostTerms, type HostTerms } from '@tongyu/domain';
import {
  documentHash,
  heldTrust,
  issuerLookup,
  listTime,
  parseRevocationList,
  trustTime,
  type HeldNumbers,
  type IssuerLookup,
  type PartyId,
} from '@tongyu/protocol';
import type { KeptTrust } from './kept-trust.ts';

/** What scans ask of the trust, worked out once per trust state. */
export type TrustView = {
  readonly kept: KeptTrust;
  readonly lookup: IssuerLookup;
  readonly trustTime: number | undefined;
  /** The terms of the terminal's service at a moment, and of which edition and head. */
  readonly service: (now: number) => HostTerms;
  readonly list: (issuer: PartyId) => ListStanding | undefined;
  readonly numbers: Pick<HeldNumbers, 'bundleVersion' | 'bundleHash'>;
};

export type ListStanding = {
  readonly number: number;
  readonly time: number | undefined;
  readonly made: number;
};

const NO_BUNDLE_HASH = '0'.repeat(64);

export function viewTrust(kept: KeptTrust, serviceId: string): TrustView {
  const { state, list } = kept;
  const trust = heldTrust(state);
  const statements = state.times.map((statement) => statement.signed);
  const lists = new Map<PartyId, ListStanding>();
  if (trust !== undefined) {
    for (const { party, number, bytes } of state.lists) {
      const time = listTime(trust.root, party, number, statements);
      lists.set(party, { number, time, made: parseRevocationList(bytes)?.made ?? 0 });
    }
  }
  return {
    kept,
    lookup: trust === undefined ? knowsNobody : issuerLookup(trust),
    trustTime: trust === undefined ? undefined : trustTime(trust.root, trust.bundle, statements),
    service: hostTerms(list, serviceId.slice(0, 4), serviceId),
    list: (issuer) => lists.get(issuer),
    numbers: {
      bundleVersion: trust?.bundle.version ?? 0,
      bundleHash: trust === undefined ? NO_BUNDLE_HASH : documentHash(trust.bundle),
    },
  };
}

const knowsNobody: IssuerLookup = () => ({ party: 'unknown', key: { state: 'unknown' } });
