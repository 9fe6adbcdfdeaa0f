import type { RootProposal } from './trust.ts';

/** The four documents of 21 February 2023, by the names that the API uses. */
export const documentIds = [
  'action-plan-2023-2025',
  'one-code',
  'legal-services',
  'key-items-2023',
] as const;
export type DocumentId = (typeof documentIds)[number];

/** What a party is to one document: signed it in 2023, joined later, or neither. */
export type DocumentRight = 'signed' | 'acceded' | 'none';

export type StatusParty = {
  readonly party: string;
  readonly role: 'member' | 'observer';
  readonly status: 'active' | 'suspended';
  /** Asked to accede and not yet a member. */
  readonly isApplying?: boolean;
  readonly rights: Readonly<Partial<Record<DocumentId, DocumentRight>>>;
};

/** GET /status.json of the hub. Times are seconds since 1970. */
export type HubStatus = {
  readonly parties: readonly StatusParty[];
  readonly root: { readonly number: number; readonly hash: string; readonly threshold: number };
  /** Null until the first bundle is signed. */
  readonly bundle: {
    readonly version: number;
    readonly hash: string;
    readonly made: number;
    readonly signedBy: readonly string[];
  } | null;
  readonly trustTime: number | null;
  readonly ageSeconds: number | null;
  readonly times: readonly { readonly party: string; readonly time: number }[];
  readonly proposals: readonly RootProposal[];
};

/** What a city's front page shows; given by the city's node. */
export type CityHome = {
  readonly party: string;
  readonly mode: 'demo' | 'production';
  readonly role: 'member' | 'observer';
  readonly rootNumber: number | null;
  readonly bundle: { readonly version: number; readonly signedBy: readonly string[] } | null;
  readonly ageSeconds: number | null;
  /** Address of the hub's public page; null when unknown. */
  readonly hubUrl: string | null;
};
