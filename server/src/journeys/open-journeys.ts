import { sectionOf } from '@tongyu/protocol';
import type { PartShelf } from '../catalogue/part-shelf.ts';
import type { ListTables } from '../catalogue/room.ts';
import type { CityCatalogue } from '../catalogue/types.ts';
import type { CityTables } from '../store/city-tables.ts';
import type { NodeStore } from '../store/node-store.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';
import { createJourneys, type JourneySettings } from './journeys.ts';
import { journeyList } from './list-book.ts';
import type { JourneyPorts, Journeys } from './types.ts';

/** Journeys over a node's own trust, list and outbox. */
export function openJourneys<Tx extends ListTables & CityTables>(
  ports: JourneyPorts,
  store: NodeStore<Tx>,
  keeper: TrustKeeper<Tx>,
  catalogue: CityCatalogue<Tx>,
  shelf: PartShelf,
  settings?: JourneySettings,
): Journeys<Tx> {
  const { self } = keeper.room.config;
  const peers = {
    send: keeper.send,
    kick: () => {
      keeper.kick();
    },
    section: async (tx: Tx, party: string) => {
      const { held } = await keeper.view(tx);
      return held === undefined ? undefined : sectionOf(held, party);
    },
  };
  return createJourneys(ports, store, journeyList(self, catalogue, shelf), peers, self, settings);
}
