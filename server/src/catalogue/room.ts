import type { Breathe } from '../ports/breathe.ts';
import type { CatalogueTables } from '../store/catalogue-tables.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';
import type { NodeTables, TrustPorts } from '../trust/types.ts';
import type { CatalogueViews } from './catalogue-view.ts';
import type { PartShelf } from './part-shelf.ts';
import type { FeedbackCounts, FirstEntries } from './types.ts';

export type CataloguePorts = TrustPorts & { readonly breathe: Breathe };

/** What every transaction of a node that keeps the list offers at least. */
export type ListTables = NodeTables & CatalogueTables;

export type CatalogueConfig = {
  /**
   * A demonstration makes its first edition by itself: entries of each city, submitted, signed and
   * published without anybody's click. Undefined in production, where people do it.
   */
  readonly firstEntries: FirstEntries | undefined;
  readonly settings: CatalogueSettings;
};

export type CatalogueSettings = {
  /** How often the node looks whether something is due. */
  readonly keepSeconds: number;
  /** How often one other node is asked for news, in turn. */
  readonly pullSeconds: number;
  /** Observers' parts are waited for so long once all members have submitted theirs. */
  readonly freezeGraceSeconds: number;
  /** A city's head is signed anew after this long at the latest. */
  readonly headSeconds: number;
};

export const DEFAULT_CATALOGUE_SETTINGS: CatalogueSettings = {
  keepSeconds: 1,
  pullSeconds: 5,
  freezeGraceSeconds: 60,
  headSeconds: 86_400,
};

/** All that a verb of this room is given. */
export type CatalogueRoom<T extends ListTables> = {
  readonly ports: CataloguePorts;
  readonly config: CatalogueConfig;
  readonly store: NodeStore<T>;
  readonly trust: TrustKeeper<T>;
  readonly views: CatalogueViews;
  readonly shelf: PartShelf;
  readonly feedback: FeedbackCounts | undefined;
};

export function selfOf<T extends ListTables>(room: CatalogueRoom<T>): string {
  return room.trust.room.config.self;
}

/** The job that looks whether something is due. */
export const KEEP_CATALOGUE_JOB = 'keep catalogue';
export const PULL_CATALOGUE_JOB = 'pull catalogue';
