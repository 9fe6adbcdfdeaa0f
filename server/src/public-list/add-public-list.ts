import type { App } from '../http/create-app.ts';
import type { BuiltPages } from '../http/page-files.ts';
import { breathe } from '../ports/breathe.ts';
import type { Clock } from '../ports/clock.ts';
import { addPublicApi } from './api-routes.ts';
import { createPublicList } from './public-list.ts';
import { addListSite } from './site-routes.ts';
import type { PublicSource, ReportDesk } from './types.ts';

export type PublicListPorts = {
  readonly source: PublicSource;
  readonly clock: Clock;
  readonly desk: ReportDesk;
  readonly pages: BuiltPages;
  /** Address of the site, without a slash at the end. */
  readonly origin: string;
  readonly isDemo: boolean;
};

/** Everything that the hub tells everybody of the service list: API, downloads, feed, pages. */
export async function addPublicList(app: App, ports: PublicListPorts): Promise<void> {
  const { source, clock, origin, isDemo, pages, desk } = ports;
  const list = createPublicList({ source, clock, breathe });
  await addPublicApi(app, { list, source, breathe, origin });
  await addListSite(app, { list, origin, isDemo, pages, desk });
}
