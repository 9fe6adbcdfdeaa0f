import type { NodeId, VerifySync } from '@tongyu/protocol';
import type { NodeStore } from '../../server/src/store/node-store.ts';
import type { CityLink } from '../../server/src/terminal/ports.ts';
import type { TerminalStore } from '../../server/src/terminal/terminal-store.ts';
import type { SimTables } from '../judge/watched-store.ts';
import type { Life } from '../world/process.ts';

/**
 * A bug, put between a program and its ports. The judge watches on the far side of it, where the
 * disk is, so that it sees what really happens.
 */
export type Plant = {
  readonly name: string;
  readonly nodeStore?: (
    node: NodeId,
    store: NodeStore<SimTables>,
    life: Life,
  ) => NodeStore<SimTables>;
  readonly terminalStore?: (store: TerminalStore) => PlantedTerminalStore;
  readonly cityLink?: (link: CityLink) => CityLink;
  readonly verify?: VerifySync;
  /** Home cities say that they took a report and keep nothing of it. */
  readonly ignoresReports?: boolean;
};

export type PlantedTerminalStore = {
  readonly store: TerminalStore;
  readonly onCrash: () => void;
};

export const NOTHING_PLANTED: Plant = { name: 'nothing' };
