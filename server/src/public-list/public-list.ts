import type { SignedEdition } from '@tongyu/protocol';
import type { EditionFacts, ListedEntry, ListQuery, ListRefusal } from '@tongyu/domain';
import { createDifferences, type EditionDifference } from './difference.ts';
import { createListView, type ListPorts, type ListView } from './list-view.ts';

/** The public face of the service list: what the API and the pages say. */
export type PublicList = {
  view(): Promise<ListView>;
  /** Undefined while a part, or the edition before, is missing here. */
  difference(view: ListView, hash: string): Promise<EditionDifference | undefined>;
};

export function createPublicList(ports: ListPorts): PublicList {
  return {
    view: createListView(ports),
    difference: createDifferences(ports.source, ports.breathe),
  };
}

export const DEFAULT_PAGE = 30;
export const LARGEST_PAGE = 100;
/** Nobody reads on from here; a search that is narrower finds more. */
export const LAST_OFFSET = 1_000_000;

export type FoundEntries =
  | { readonly ok: true; readonly total: number; readonly entries: readonly ListedEntry[] }
  | { readonly ok: false; readonly refusal: ListRefusal };

/** One page of the entries in force that a query finds, the best first. */
export function findEntries(view: ListView, query: ListQuery): FoundEntries {
  const { text, city, category, audience, usable, offset, limit } = query;
  const answer = view.search.search({
    ...{ text, offset, limit },
    ...(city === null ? {} : { party: city }),
    ...(category === null ? {} : { category }),
    ...(audience === null ? {} : { audience }),
    ...(usable ? { usable: true } : {}),
  });
  if (!answer.ok) return { ok: false, refusal: answer.refusal.code };
  const entries = answer.ids.map((id) => view.entry(id)).filter((one) => one !== undefined);
  return { ok: true, total: answer.total, entries };
}

export type FoundEdition = { readonly facts: EditionFacts; readonly signed: SignedEdition };

/** By its half-year; each has at most one edition (LIST-3.1). */
export function findEdition(view: ListView, id: string): FoundEdition | undefined {
  const at = view.editions.findIndex((edition) => edition.id === id);
  const [facts, signed] = [view.editions[at], view.signedEditions[at]];
  return facts && signed && { facts, signed };
}
