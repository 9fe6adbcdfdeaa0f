import type { Assurance, ProvedClass } from '@tongyu/domain';
import type { Clock } from '../ports/clock.ts';
import type { Faults } from '../ports/faults.ts';
import type { CityTables } from '../store/city-tables.ts';
import type { NodeStore } from '../store/node-store.ts';

/**
 * A register that proves classes, plugged in behind this port (CLS-2). It knows residents by their
 * reference alone and finds behind it what it needs; birth dates and certificates stay there.
 */
export type ClassProver = {
  /** As the facts name it, `birth-date`. */
  readonly id: string;
  readonly assurance: Assurance;
  /**
   * What it proves of the resident at that time. It bounds its own waiting, and never throws
   * because the register cannot be reached.
   */
  prove(residentRef: string, at: number): Promise<ProverAnswer>;
};

export type ProverAnswer =
  | { readonly state: 'answered'; readonly classes: readonly ProvedClass[] }
  /** Not known now: what was proved before stands for its time (CLS-3.3). */
  | { readonly state: 'away' };

/** What this room is given: a part of the city's. */
export type ClassRoom<Tx extends CityTables = CityTables> = {
  readonly ports: {
    readonly clock: Clock;
    readonly faults: Faults;
    /** Only who proofs residents can find the person behind a reference. */
    readonly proofing: { readonly provers: readonly ClassProver[] };
  };
  readonly store: NodeStore<Tx>;
  readonly config: {
    /** A class that fewer enrolled residents hold is put on no pass (CLS-4.3). */
    readonly classMinHolders: number;
  };
};
