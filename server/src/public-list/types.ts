import type { CatalogueState, Part, PartyId, SignedRoot } from '@tongyu/protocol';

/** What the public list reads: the hub's checked editions, heads and errata, and their parts. */
export type PublicSource = {
  state(): Promise<CatalogueState>;
  part(hash: string): Promise<Part | undefined>;
  /** Canonical text as it travels. */
  partText(hash: string): Promise<string | undefined>;
  root(number: number): Promise<SignedRoot | undefined>;
};

/** A report or wish from the public form. It names nobody, and no source is kept with it. */
export type PublicReport = {
  readonly entry: string | null;
  readonly party: PartyId | null;
  readonly kind: 'error' | 'wish';
  readonly text: string;
};

/** Keeps a report and sends it on to the city that owns the entry. */
export type ReportDesk = {
  addFeedback(report: PublicReport): Promise<{ readonly id: string }>;
};
