import type { PartyId } from '@tongyu/protocol';

/** What only the hub keeps: who asked to come or go. No resident, no tap. */
export type HubTables = { readonly hub: HubRows };

export type HubRows = {
  /** The newest request of each party. */
  requests(): Promise<readonly PartyRequest[]>;
  saveRequest(request: PartyRequest): Promise<void>;
};

export type PartyRequest = {
  readonly party: PartyId;
  readonly kind: 'accession' | 'withdrawal';
  /** When it was received. */
  readonly at: number;
  /** `proposed` once a root that grants it has been put to the members. */
  readonly state: 'asked' | 'proposed';
  readonly proposalHash: string | null;
};
