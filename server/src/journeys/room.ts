import type { PartyId } from '@tongyu/protocol';
import type { CityTables } from '../store/city-tables.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { JourneyList, JourneyPeers, JourneyPorts } from './types.ts';

/** All that a verb of this room is given. */
export type JourneyRoom<Tx extends CityTables = CityTables> = {
  readonly ports: JourneyPorts;
  readonly store: NodeStore<Tx>;
  readonly list: JourneyList<Tx>;
  readonly peers: JourneyPeers<Tx>;
  readonly party: PartyId;
};

export const PRICE_JOB = 'price journeys';
