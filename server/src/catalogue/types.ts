import type {
  CatalogueHave,
  CatalogueOffer,
  CatalogueState,
  EditionId,
  Entry,
  LocalText,
  Part,
  PartyId,
  SignedEdition,
  SignedHead,
  SignedRoot,
} from '@tongyu/protocol';
import type { Comparison } from './compare-parts.ts';
import type { Opening } from '../store/catalogue-tables.ts';
import type { CatalogueResult } from './refusals.ts';

/** The service list as a node holds it; hub and cities have this face alike. */
export type Catalogue = {
  /** Editions, heads and errata that this node has checked, with all parts of those editions. */
  state(): Promise<CatalogueState>;
  /** As last seen by this process: for hot paths that open no transaction. */
  current(): CatalogueState;
  /** Parsed, kept by hash: the same object for as long as it is among the last used ones. */
  part(hash: string): Promise<Part | undefined>;
  /** The canonical text as it travels. */
  partText(hash: string): Promise<string | undefined>;
  /** The edition in force and its parts; undefined before the first. */
  inForce(): Promise<InForce | undefined>;
  /**
   * Everything newer than what somebody has.
   * @param heads only these parties' heads and no errata: what a terminal needs
   */
  offer(have: CatalogueHave, heads?: readonly PartyId[]): Promise<CatalogueOffer>;
  /** A root that this node has held: who checks an edition needs the one that it names. */
  root(number: number): Promise<SignedRoot | undefined>;
};

export type InForce = {
  readonly edition: SignedEdition;
  /** Undefined for a party that has none. */
  part(party: PartyId): Promise<Part | undefined>;
  head(party: PartyId): SignedHead | undefined;
};

/** Who does it: the name of the staff account, kept beside what was done. */
export type Author = string;

/** What a city does with the list: its own part, its sign-off, what it says between editions. */
export type CityCatalogue<Tx> = Catalogue & {
  /** `GET /console/api/editions`: newest first. */
  openings(): Promise<readonly Opening[]>;
  /** The difference of a candidate, or of the edition that is open, to the one before it. */
  compare(number: number): Promise<CatalogueResult<Comparison>>;
  /**
   * Checks the part like everybody else will, keeps it and hands it in, in the caller's
   * transaction; call `kick` after the commit. Again, with another part, replaces it until the
   * edition is frozen. A refusal names entry and field.
   */
  submitPart(tx: Tx, number: number, part: Part): Promise<CatalogueResult<{ hash: string }>>;
  /** Messages that a transaction of the caller wrote leave at once. */
  kick(): void;
  /** The office agrees to a candidate by its hash; again is harmless. */
  signOff(number: number, hash: string, by: Author): Promise<CatalogueResult<{ hash: string }>>;
  /** @param reason up to 400 characters */
  objectTo(
    number: number,
    hash: string,
    reason: string,
    by: Author,
  ): Promise<CatalogueResult<{ hash: string }>>;

  /** Closes an own entry, or stops one of its rules, at once: a head goes out. */
  suspend(suspension: SuspensionAsked, by: Author): Promise<CatalogueResult<{ since: number }>>;
  restore(suspension: SuspensionAsked, by: Author): Promise<CatalogueResult<{ at: number }>>;
  /** Somebody looked today, and the entry is true. */
  confirmCheck(
    check: { readonly entry: string; readonly by: LocalText },
    by: Author,
  ): Promise<CatalogueResult<{ on: string }>>;
  addErratum(erratum: ErratumAsked, by: Author): Promise<CatalogueResult<{ number: number }>>;
};

export type SuspensionAsked = {
  readonly entry: string;
  /** Null: the whole service. */
  readonly rule: string | null;
  readonly reason: LocalText;
};

export type ErratumAsked = {
  /** Number of a published edition. */
  readonly edition: number;
  readonly entry: string;
  readonly field: string | null;
  readonly correction: LocalText;
};

/** What the hub does: it collects, compares and publishes, and signs nothing. */
export type HubCatalogue = Catalogue & {
  /** Newest first. */
  openings(): Promise<readonly Opening[]>;
  /** @param effectiveFrom null: at once when it is frozen */
  openEdition(asked: {
    readonly id: EditionId;
    readonly effectiveFrom: number | null;
  }): Promise<CatalogueResult<{ number: number }>>;
  compare(number: number): Promise<CatalogueResult<Comparison>>;
  /** Makes the candidate of the parts that are there and asks the members to sign it. */
  freeze(number: number): Promise<CatalogueResult<{ hash: string }>>;
  withdraw(number: number, reason: string): Promise<CatalogueResult<{ number: number }>>;
  /** `already`: somebody else has published this same content before. */
  publish(
    number: number,
    hash: string,
  ): Promise<CatalogueResult<{ hash: string; already: boolean }>>;
};

/** A city's first entries, for the first edition of a demonstration. */
export type FirstEntries = (party: PartyId) => readonly Entry[];

/** What the public has reported of entries, by entry id; the hub's comparison shows it. */
export type FeedbackCounts = () => Promise<ReadonlyMap<string, FeedbackCount>>;
export type FeedbackCount = { readonly errors: number; readonly wishes: number };
