import type { App } from '../http/create-app.ts';
import type { JourneyViews } from '../journey-views/journey-views.ts';
import { addResidentJourneys } from '../journey-views/resident-journey-routes.ts';
import type { CityFace } from './city.ts';
import { addResidentRoutes } from './resident-routes.ts';
import { addTerminalRoutes, type OfferSource } from './terminal-routes.ts';

export { addCityConsole } from './console-routes.ts';

/** The public routes of a city: phones and terminals. The console's are added behind its guard. */
export async function addCityRoutes(
  app: App,
  city: CityFace,
  trust: OfferSource,
  views?: JourneyViews,
): Promise<void> {
  await addResidentRoutes(app, city, (scope, recognise) => {
    if (views !== undefined) addResidentJourneys(scope, recognise, views);
  });
  await addTerminalRoutes(app, city, trust);
}
