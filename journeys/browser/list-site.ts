// The hub's public list over a sample of real signed editions, for the tests of its pages.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createApp, type App } from '../../server/src/http/create-app.ts';
import { loadPages } from '../../server/src/http/page-files.ts';
import { silentLog } from '../../server/src/ports/log.ts';
import { systemRng } from '../../server/src/ports/rng.ts';
import { addPublicList } from '../../server/src/public-list/add-public-list.ts';
import { LIST_NOW, type ListFixture } from '../../server/src/public-list/list-fixture.ts';
import { startSampleList } from '../../server/src/public-list/sample-list.ts';
import type { PublicReport } from '../../server/src/public-list/types.ts';
import { buildWebIfChanged } from '../../tools/build-web.ts';

export type ListSite = {
  readonly app: App;
  readonly fixture: ListFixture;
  /** What the form has handed over. */
  readonly reports: PublicReport[];
  /** What the clocks show; a test may turn it on. */
  readonly clock: { time: number };
  /** Starts to listen, for a browser; its address from then on. */
  readonly listen: () => Promise<string>;
  readonly close: () => Promise<void>;
};

export const LIST_ORIGIN = 'http://hub.example';

/** Builds the pages when their sources have changed. */
export async function startListSite(): Promise<ListSite> {
  await buildWebIfChanged();
  const pages = await loadPages(path.resolve(import.meta.dirname, '../../web/dist'));
  if (pages === undefined) throw new Error('the pages are not built');
  const fixture = await startSampleList();
  const reports: PublicReport[] = [];
  const clock = { time: LIST_NOW };
  const app = await createApp({
    ...{ title: 't', version: '0', strictTransport: false },
    ...{ log: silentLog, rng: systemRng() },
  });
  await addPublicList(app, {
    source: fixture.source,
    clock: { now: () => clock.time },
    desk: {
      add: (report) => {
        reports.push(report);
        return Promise.resolve({ ok: true, value: { id: `report-${String(reports.length)}` } });
      },
    },
    pages,
    origin: LIST_ORIGIN,
    isDemo: true,
  });
  await app.ready();
  return {
    ...{ app, fixture, reports, clock },
    listen: async () => {
      if (!app.server.listening) {
        app.server.listen(0, '127.0.0.1');
        await once(app.server, 'listening');
      }
      return `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`;
    },
    close: () => app.close(),
  };
}
