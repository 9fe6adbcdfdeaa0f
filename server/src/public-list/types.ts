import type { PartyId } from '@tongyu/protocol';
import type { Catalogue } from '../catalogue/types.ts';

/** What the public list reads: the hub's checked editions, heads and errata, and their parts. */
export type PublicSource = Pick<Catalogue, 'state' | 'part' | 'partText' | 'root'>;

/** A report or wish from the public form. It names nobody, and no source is kept with it. */
export type PublicReport = {
  readonly entry: string | null;
  /** The city that it goes to; null: to the hub's own office. */
  readonly party: PartyId | null;
  readonly kind: 'error' | 'wish';
  readonly text: string;
};

/** Keeps a report and sends it on to the city that owns the entry. */
export type ReportDesk = {
  add(report: PublicReport): Promise<TakenReport>;
};

type TakenReport =
  | { readonly ok: true; readonly value: { readonly id: string } }
  | { readonly ok: false; readonly refusal: { readonly code: string } };
