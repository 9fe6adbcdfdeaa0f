import type {
  Edition,
  EditionId,
  DocumentSignature,
  LocalText,
  PartyId,
  SignedEdition,
  SignedErratum,
  SignedHead,
} from '@tongyu/protocol';

/** What a node keeps of the service list. Numbers of editions, heads and errata only rise. */
export type CatalogueTables = { readonly catalogue: CatalogueRows };

export type CatalogueRows = {
  /**
   * Names the content of everything here but the parts: another one after each write of a job or
   * act, never used twice. So a view that was read under a revision stays right.
   */
  revision(): Promise<string | undefined>;
  setRevision(revision: string): Promise<void>;

  /** Published ones whose parts are all here, rising. */
  editions(): Promise<readonly SignedEdition[]>;
  addEdition(edition: SignedEdition): Promise<void>;
  /** The newest of each party, by party. */
  heads(): Promise<readonly SignedHead[]>;
  /** Those before it stay too: taps and journeys name them. Repeatable. */
  saveHead(head: SignedHead): Promise<void>;
  headOf(party: PartyId, number: number): Promise<SignedHead | undefined>;
  /** The head of the highest number among those of a time or earlier. */
  headAt(party: PartyId, time: number): Promise<SignedHead | undefined>;
  /** Drops heads of before a time, but never the newest of a party. Answers how many. */
  dropHeads(before: number): Promise<number>;
  /** By party, then number. */
  errata(): Promise<readonly SignedErratum[]>;
  addErratum(erratum: SignedErratum): Promise<void>;

  partText(hash: string): Promise<string | undefined>;
  /** Which of these are here. */
  heldParts(hashes: readonly string[]): Promise<ReadonlySet<string>>;
  /** Repeatable. */
  addPart(part: PartRow): Promise<void>;
  /** Drops all others. Answers how many. */
  keepParts(hashes: readonly string[]): Promise<number>;

  /** Rising by number. */
  openings(): Promise<readonly Opening[]>;
  /** Alone with it until the transaction ends. */
  lockOpening(number: number): Promise<Opening | undefined>;
  saveOpening(opening: Opening): Promise<void>;

  /** What this node has put its root key under; written before the signature exists. */
  signOffs(): Promise<readonly SignOffRow[]>;
  recordSignOff(row: SignOffRow): Promise<void>;

  /** Those that are not lifted, by entry, then rule. */
  suspensions(): Promise<readonly SuspensionRow[]>;
  /** All of an entry, lifted ones too, in the order in which they were made. */
  suspensionsOf(entry: string): Promise<readonly SuspensionRow[]>;
  /** By (entry, rule, since). */
  saveSuspension(row: SuspensionRow): Promise<void>;
  /** The newest of each entry, by entry. */
  checks(): Promise<readonly CheckRow[]>;
  addCheck(row: CheckRow): Promise<void>;
};

export type PartRow = { readonly hash: string; readonly party: PartyId; readonly text: string };

/** An edition from its opening on, as the hub collects it and as a city sees that. */
export type Opening = {
  readonly number: number;
  readonly id: EditionId;
  /** Null: at once when it is frozen. */
  readonly effectiveFrom: number | null;
  readonly root: EditionReference;
  readonly previous: EditionReference | null;
  readonly opened: number;
  /** `frozen`: its content stands and members are asked to sign it. */
  readonly state: 'open' | 'frozen' | 'published' | 'withdrawn';
  /** Of its withdrawal. */
  readonly reason: string | null;
  /** Last change of state. */
  readonly changedAt: number;
  /** The candidate's content, once frozen. */
  readonly edition: Edition | null;
  /** What this node found when it looked at the candidate. */
  readonly check: 'not yet' | 'good' | CandidateFault;
  /** At the hub of every party, at a city its own. */
  readonly submissions: readonly Submission[];
  /** At the hub of every member, at a city its own. */
  readonly answers: readonly EditionAnswer[];
};

export type EditionReference = { readonly number: number; readonly hash: string };

export type CandidateFault = {
  readonly code: string;
  readonly party?: PartyId;
  readonly entry?: string;
  readonly field?: string;
};

export type Submission = {
  readonly party: PartyId;
  readonly hash: string;
  readonly count: number;
  readonly at: number;
  /** `given`: its text is still to be fetched and checked; at a city: on its way. */
  readonly state: 'given' | 'good' | 'faulty';
  readonly fault: CandidateFault | null;
  /** Taken over from a withdrawn edition of the same id. */
  readonly carried: boolean;
};

export type EditionAnswer = {
  readonly party: PartyId;
  /** Of the candidate that it is about. */
  readonly hash: string;
  readonly at: number;
  /** Null: an objection. */
  readonly signature: DocumentSignature | null;
  readonly reason: string | null;
  /** The account that decided, at the city itself. */
  readonly by: string | null;
};

export type SignOffRow = {
  readonly number: number;
  readonly id: EditionId;
  readonly hash: string;
  readonly signedAt: number;
};

export type SuspensionRow = {
  readonly entry: string;
  readonly rule: string | null;
  readonly since: number;
  readonly reason: LocalText;
  readonly by: string;
  readonly lifted: { readonly at: number; readonly reason: LocalText; readonly by: string } | null;
};

export type CheckRow = {
  readonly entry: string;
  readonly on: string;
  readonly by: LocalText;
  readonly at: number;
  /** The account that wrote it down. */
  readonly author: string;
};
