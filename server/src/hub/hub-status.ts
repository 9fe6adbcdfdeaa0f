import { findParty, type PartyId, type Root } from '@tongyu/protocol';
import type { PartyRequest } from '../store/hub-tables.ts';
import type { TrustReport } from '../trust/trust-report.ts';
import {
  PARTIES,
  rightsOf,
  type DocumentId,
  type DocumentRight,
  type RegisteredParty,
} from './parties.ts';

/** `GET /status.json`: public, and nothing in it about any resident. Times are Unix seconds. */
export type HubStatus = Pick<
  TrustReport,
  'root' | 'bundle' | 'trustTime' | 'ageSeconds' | 'times' | 'proposals'
> & { readonly parties: readonly PartyStatus[] };

export type PartyStatus = {
  readonly party: PartyId;
  readonly names: RegisteredParty['names'];
  readonly role: 'member' | 'observer';
  readonly status: 'active' | 'suspended';
  readonly isApplying: boolean;
  readonly rights: Readonly<Record<DocumentId, DocumentRight>>;
};

export function hubStatus(
  root: Root,
  report: TrustReport,
  openRequests: readonly PartyRequest[],
): HubStatus {
  const { bundle, trustTime, ageSeconds, times, proposals } = report;
  const parties = PARTIES.map((registered): PartyStatus => {
    const entry = findParty(root, registered.party);
    const role = entry?.role ?? 'observer';
    return {
      party: registered.party,
      names: registered.names,
      role,
      status: entry?.status ?? 'active',
      isApplying: openRequests.some(
        ({ party, kind }) => party === registered.party && kind === 'accession',
      ),
      rights: rightsOf(registered, role),
    };
  });
  return { parties, root: report.root, bundle, trustTime, ageSeconds, times, proposals };
}
