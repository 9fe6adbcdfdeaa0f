import type {
  DocumentSignature,
  Root,
  Bundle,
  SignedBundle,
  SignedRoot,
  SignedSection,
  TrustState,
} from '@tongyu/protocol';

/** What a node keeps of trust. Every number in it only rises. */
export type TrustTables = { readonly trust: TrustRows };

export type TrustRows = {
  /**
   * Names the content of state and sections: another one after each save, never used twice. So a
   * view that was read under a revision stays right for as long as this answers the same.
   */
  revision(): Promise<string | undefined>;
  /** Undefined before the founding. */
  loadState(): Promise<TrustState | undefined>;
  /** Writes only the parts that are other objects than in `before`. */
  saveState(after: TrustState, before: TrustState | undefined, revision: string): Promise<void>;

  /** The newest section of each party that its root key vouches for, in a bundle or not yet. */
  newestSections(): Promise<readonly SignedSection[]>;
  saveNewestSection(section: SignedSection, revision: string): Promise<void>;

  rootsAfter(number: number, limit: number): Promise<readonly SignedRoot[]>;
  /** A bundle that this node has held, by its version. */
  bundleOf(version: number): Promise<SignedBundle | undefined>;
  /**
   * When each of the node's own keys first stood in a bundle that it held: that bundle's `made`.
   */
  bundledKeys(): Promise<ReadonlyMap<number, number>>;
  saveBundledKey(keyId: number, since: number): Promise<void>;

  /** What this node has put its root key under; written before the signature leaves the node. */
  signedRecords(kind: SignedKind, atLeast: number): Promise<readonly SignedRecord[]>;
  highestSigned(kind: SignedKind): Promise<number>;
  recordSigned(record: SignedRecord): Promise<void>;

  rootProposals(): Promise<readonly RootProposal[]>;
  saveRootProposal(proposal: RootProposal): Promise<void>;
  /** This node's own newest bundle proposal. */
  bundleProposal(): Promise<BundleProposal | undefined>;
  saveBundleProposal(proposal: BundleProposal): Promise<void>;

  note(name: TrustNote): Promise<string | undefined>;
  setNote(name: TrustNote, value: string): Promise<void>;
};

export type SignedKind = 'root' | 'bundle' | 'section';
export type SignedRecord = {
  readonly kind: SignedKind;
  readonly number: number;
  readonly hash: string;
  readonly signedAt: number;
};

export type RootProposal = {
  readonly hash: string;
  readonly root: Root;
  readonly signatures: readonly DocumentSignature[];
  readonly proposedAt: number;
  /** When this node's operator approved it; null when not, and at a node that signs no roots. */
  readonly approvedAt: number | null;
};

export type BundleProposal = {
  readonly bundle: Bundle;
  readonly signatures: readonly DocumentSignature[];
  readonly proposedAt: number;
  /** `failed`: a member has refused it, so that the next one is due at once. */
  readonly state: 'open' | 'failed' | 'published';
  /** The highest version that a refusing member named; the next proposal goes above. */
  readonly skipTo: number;
};

/**
 * Single values of a node: its highest key id, and the change of its own role that it has asked
 * for.
 */
export type TrustNote = 'highest-key-id' | 'application' | 'held-back';
