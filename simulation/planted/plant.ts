import type { NodeId, VerifySync } from '@tongyu/protocol';
import type { JourneyList } from '../../server/src/journeys/types.ts';
import type { NodeStore } from '../../server/src/store/node-store.ts';
import type { CityLink } from '../../server/src/terminal/ports.ts';
import type { TerminalStore } from '../../server/src/terminal/terminal-store.ts';
import type { SimTables } from '../judge/watched-store.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import type { Life } from '../world/process.ts';

/**
 * A bug, put between a program and its ports. The judge watches on the far side of it, where the
 * disk is, so that it sees what really happens.
 */
export type Plant = {
  /** Says what is wrong, as a sentence. */
  readonly name: string;
  readonly nodeStore?: (place: PlantedNode) => NodeStore<SimTables>;
  readonly terminalStore?: (store: TerminalStore) => PlantedTerminalStore;
  readonly cityLink?: (link: CityLink, store: TerminalStore) => CityLink;
  readonly journeyList?: (list: JourneyList<SimTables>) => JourneyList<SimTables>;
  readonly verify?: VerifySync;
};

export type PlantedNode = {
  readonly node: NodeId;
  readonly store: NodeStore<SimTables>;
  readonly life: Life;
  readonly sleep: Scheduler['sleep'];
};

export type PlantedTerminalStore = {
  readonly store: TerminalStore;
  /** The power goes. */
  readonly onCrash: () => void;
};

export const NOTHING_PLANTED: Plant = { name: 'nothing' };

/** A store in which some acts are other ones. */
export function changedStore(
  store: NodeStore<SimTables>,
  change: (tx: SimTables) => SimTables,
): NodeStore<SimTables> {
  return {
    transaction: (work) => store.transaction((tx) => work(change(tx))),
    read: (work) => store.read((tx) => work(change(tx))),
  };
}
