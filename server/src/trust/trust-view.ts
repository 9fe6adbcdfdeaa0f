import {
  findParty,
  heldTrust,
  type HeldTrust,
  type NodeId,
  type PartyId,
  type Root,
  type SignedSection,
  type TrustState,
} from '@tongyu/protocol';
import type { Rng } from '../ports/rng.ts';
import type { TrustTables } from '../store/trust-tables.ts';

/** What a node knows, as of one revision of its store. Never changed, only replaced. */
export type TrustView = {
  readonly revision: string | undefined;
  /** Undefined before the founding. */
  readonly state: TrustState | undefined;
  readonly root: Root | undefined;
  /** Root and bundle, once both are there. */
  readonly held: HeldTrust | undefined;
  /** The newest section of each party that its root key vouches for, bundled or not. */
  readonly sections: ReadonlyMap<PartyId, SignedSection>;
};

export type TrustViews = {
  /** One small question to the store when nothing has changed. */
  load(tx: TrustTables): Promise<TrustView>;
  saveState(tx: TrustTables, view: TrustView, state: TrustState): Promise<TrustView>;
  saveSection(tx: TrustTables, view: TrustView, section: SignedSection): Promise<TrustView>;
};

/** Enough for a few views of one transaction beside the committed one. */
const KEPT_VIEWS = 8;

/** Views by revision: a revision names its content for ever, so a rolled-back one does no harm. */
export function createTrustViews(rng: Rng): TrustViews {
  const views = new Map<string, TrustView>();
  const keep = (view: TrustView): TrustView => {
    if (view.revision !== undefined) views.set(view.revision, view);
    for (const oldest of views.keys()) {
      if (views.size <= KEPT_VIEWS) break;
      views.delete(oldest);
    }
    return view;
  };
  return {
    async load(tx) {
      const revision = await tx.trust.revision();
      const known = revision === undefined ? undefined : views.get(revision);
      if (known !== undefined) return known;
      const sections = await tx.trust.newestSections();
      return keep(makeView(revision, await tx.trust.loadState(), bySection(sections)));
    },
    async saveState(tx, view, state) {
      const revision = rng.id();
      await tx.trust.saveState(state, view.state, revision);
      return keep(makeView(revision, state, view.sections));
    },
    async saveSection(tx, view, section) {
      const revision = rng.id();
      await tx.trust.saveNewestSection(section, revision);
      return keep(makeView(revision, view.state, bySection([...view.sections.values(), section])));
    },
  };
}

function makeView(
  revision: string | undefined,
  state: TrustState | undefined,
  sections: ReadonlyMap<PartyId, SignedSection>,
): TrustView {
  const held = state === undefined ? undefined : heldTrust(state);
  return { revision, state, root: state?.root?.signed, held, sections };
}

function bySection(sections: readonly SignedSection[]): ReadonlyMap<PartyId, SignedSection> {
  return new Map(sections.map((section) => [section.signed.party, section]));
}

/** The hub and every party that runs a node, without the node itself. */
export function otherNodes(view: TrustView, self: NodeId): readonly NodeId[] {
  if (view.root === undefined) return []; // before the founding nobody could check a message
  const parties = view.root.parties.filter((entry) => entry.rootKeys.length > 0);
  return ['hub', ...parties.map((entry) => entry.party)].filter((node) => node !== self);
}

/** Whether the node may sign bundles, roots and time statements now. */
export function isActiveMember(view: TrustView, node: NodeId): boolean {
  const entry = view.root === undefined ? undefined : findParty(view.root, node);
  return entry?.role === 'member' && entry.status === 'active';
}
