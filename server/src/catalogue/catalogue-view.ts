import type { CatalogueState } from '@tongyu/protocol';
import type { Rng } from '../ports/rng.ts';
import type {
  CatalogueTables,
  CheckRow,
  Opening,
  SuspensionRow,
} from '../store/catalogue-tables.ts';

/** All that a node knows of the list but the parts, as of one revision. Never changed in place. */
export type CatalogueView = {
  readonly revision: string | undefined;
  readonly state: CatalogueState;
  /** Rising by number. */
  readonly openings: readonly Opening[];
  /** This city's own, not lifted. */
  readonly suspensions: readonly SuspensionRow[];
  /** This city's own, the newest of each entry. */
  readonly checks: readonly CheckRow[];
};

export type CatalogueViews = {
  /** One small question to the store when nothing has changed. */
  load(tx: CatalogueTables): Promise<CatalogueView>;
  /** Writes what is another object than in the view. */
  saveState(
    tx: CatalogueTables,
    view: CatalogueView,
    state: CatalogueState,
  ): Promise<CatalogueView>;
  saveOpening(tx: CatalogueTables, view: CatalogueView, opening: Opening): Promise<CatalogueView>;
  saveSuspension(
    tx: CatalogueTables,
    view: CatalogueView,
    row: SuspensionRow,
  ): Promise<CatalogueView>;
  addCheck(tx: CatalogueTables, view: CatalogueView, row: CheckRow): Promise<CatalogueView>;
};

/** Enough for a few views of one transaction beside the committed one. */
const KEPT_VIEWS = 8;

/** Views by revision: a revision names its content for ever, so a rolled-back one does no harm. */
export function createCatalogueViews(rng: Rng): CatalogueViews {
  const views = new Map<string, CatalogueView>();
  const keep = (view: CatalogueView): CatalogueView => {
    if (view.revision !== undefined) views.set(view.revision, view);
    for (const oldest of views.keys()) {
      if (views.size <= KEPT_VIEWS) break;
      views.delete(oldest);
    }
    return view;
  };
  const next = async (
    tx: CatalogueTables,
    view: CatalogueView,
    changed: Partial<CatalogueView>,
  ): Promise<CatalogueView> => {
    const revision = rng.id();
    await tx.catalogue.setRevision(revision);
    return keep({ ...view, ...changed, revision });
  };
  return {
    async load(tx) {
      const { catalogue } = tx;
      const revision = await catalogue.revision();
      const known = revision === undefined ? undefined : views.get(revision);
      if (known !== undefined) return known;
      if (revision === undefined) return EMPTY_VIEW;
      return keep({
        revision,
        state: {
          editions: await catalogue.editions(),
          heads: await catalogue.heads(),
          errata: await catalogue.errata(),
        },
        openings: await catalogue.openings(),
        suspensions: await catalogue.suspensions(),
        checks: await catalogue.checks(),
      });
    },
    async saveState(tx, view, state) {
      const before = view.state;
      for (const edition of state.editions) {
        if (!before.editions.includes(edition)) await tx.catalogue.addEdition(edition);
      }
      for (const head of state.heads) {
        if (before.heads.includes(head)) continue;
        await tx.catalogue.saveHead(head);
      }
      for (const erratum of state.errata) {
        if (!before.errata.includes(erratum)) await tx.catalogue.addErratum(erratum);
      }
      return next(tx, view, { state });
    },
    async saveOpening(tx, view, opening) {
      await tx.catalogue.saveOpening(opening);
      const others = view.openings.filter(({ number }) => number !== opening.number);
      const openings = [...others, opening].sort((a, b) => a.number - b.number);
      return next(tx, view, { openings });
    },
    async saveSuspension(tx, view, row) {
      await tx.catalogue.saveSuspension(row);
      return next(tx, view, { suspensions: await tx.catalogue.suspensions() });
    },
    async addCheck(tx, view, row) {
      await tx.catalogue.addCheck(row);
      return next(tx, view, { checks: await tx.catalogue.checks() });
    },
  };
}

const EMPTY_VIEW: CatalogueView = {
  revision: undefined,
  state: { editions: [], heads: [], errata: [] },
  openings: [],
  suspensions: [],
  checks: [],
};

export function openingOf(view: CatalogueView, number: number): Opening | undefined {
  return view.openings.find((opening) => opening.number === number);
}
