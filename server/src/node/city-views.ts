import type { PartShelf } from '../catalogue/part-shelf.ts';
import type { ListTables } from '../catalogue/room.ts';
import type { CityCatalogue } from '../catalogue/types.ts';
import type { ClassRoom } from '../classes/ports.ts';
import { refreshClasses } from '../classes/refresh-classes.ts';
import { createJourneyViews, type JourneyViews } from '../journey-views/journey-views.ts';
import type { ViewTables } from '../journey-views/types.ts';
import { journeyList } from '../journeys/list-book.ts';
import type { JourneysFace } from '../journeys/types.ts';

/** What riders and staff see of a city's journeys, over its node's own list and classes. */
export function openViews<Tx extends ListTables & ViewTables>(
  party: string,
  classes: ClassRoom<Tx>,
  journeys: JourneysFace<Tx>,
  catalogue: CityCatalogue<Tx>,
  shelf: PartShelf,
): JourneyViews {
  const list = journeyList(party, catalogue, shelf);
  return createJourneyViews({
    party,
    clock: classes.ports.clock,
    store: classes.store,
    journeys,
    part: list.part,
    partInForce: async () => (await catalogue.inForce())?.part(party),
    refreshClasses: (residentRef) => refreshClasses(classes, residentRef),
  });
}
