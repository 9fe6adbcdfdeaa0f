import type { Assurance, ClassFact } from '@tongyu/domain';

/** A fact of one resident: class, prover, assurance and times; never what it was proved from. */
export type ClassFactRow = ClassFact & { readonly residentRef: string };

/** When a prover was asked about a resident last, whatever it answered. */
export type ClassAskedRow = {
  readonly residentRef: string;
  readonly prover: string;
  readonly askedAt: number;
};

/** What a city keeps of its residents' concession classes (CLS-3). */
export type ClassTables = {
  /** In rising order of class, prover, since. Those that ended too, while they are kept. */
  classFacts(residentRef: string): Promise<readonly ClassFactRow[]>;
  /** Puts these in the place of all that the prover gave of the resident before. */
  replaceClassFacts(
    residentRef: string,
    prover: string,
    facts: readonly ClassFactRow[],
  ): Promise<void>;
  /** In rising order of prover. */
  classesAsked(residentRef: string): Promise<readonly ClassAskedRow[]>;
  saveClassAsked(row: ClassAskedRow): Promise<void>;
  /**
   * How many residents hold the class at that time by a proof of one of these assurances; stops
   * counting at `limit`.
   */
  countHolders(
    classNumber: number,
    assurances: readonly Assurance[],
    at: number,
    limit: number,
  ): Promise<number>;
  /** Forgets facts that ended or expired before then. */
  dropClassFacts(before: number): Promise<void>;
};
