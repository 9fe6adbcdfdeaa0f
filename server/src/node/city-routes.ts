import { activeMembers, canonicalJson } from '@tongyu/protocol';
import type { HeldList } from '../city/here-list.ts';
import { addHereRoutes } from '../city/here-routes.ts';
import { addCityConsole, addCityRoutes } from '../city/routes.ts';
import { REGION_NODES, type NodeConfig } from '../config.ts';
import { addDraftConsole } from '../draft/draft-routes.ts';
import { addConsole } from '../http/console-guard.ts';
import type { ConsoleSessions } from '../http/console-session.ts';
import type { App } from '../http/create-app.ts';
import { addDemoRoutes, type Demo } from '../http/demo-routes.ts';
import type { BuiltPages } from '../http/page-files.ts';
import {
  addListWay,
  addPages,
  addRenderedPage,
  CITY_PAGES,
  DEMO_PAGES,
} from '../http/page-routes.ts';
import { addTrustConsole } from '../http/trust-console.ts';
import { addCityCatalogueConsole } from '../http/catalogue-console.ts';
import { addCatalogueRoutes } from '../http/catalogue-routes.ts';
import { addTrustRoutes } from '../http/trust-routes.ts';
import { addConsoleJourneys } from '../journey-views/console-journey-routes.ts';
import { addStaffConsole } from '../staff/staff-routes.ts';
import { publicTrust } from '../trust/public-trust.ts';
import type { CityNode } from './city-node.ts';
import { framingOf } from './open-pages.ts';

/** All addresses of a city: trust and peers, phones, terminals, pages, the console. */
export async function addCityAddresses(
  app: App,
  node: CityNode,
  pages: BuiltPages,
  sessions: ConsoleSessions,
  config: NodeConfig,
): Promise<void> {
  const { city, keeper } = node;
  const isDemo = config.mode === 'demo';
  await addTrustRoutes(app, publicTrust(keeper));
  await addCatalogueRoutes(app, node.catalogue.face);
  await addCityRoutes(app, city, keeper, node.views);
  await addHereRoutes(app, heldList(node));
  await addPages(
    app,
    pages,
    isDemo ? { ...CITY_PAGES, ...DEMO_PAGES } : CITY_PAGES,
    framingOf(config),
  );
  addRenderedPage(app, '/', pages, async (language) =>
    pages.site.renderCityHome(await cityHome(node, config), language),
  );
  addListWay(app, config.urls.hub);
  if (isDemo) await addDemoRoutes(app, config.nodeId, demoOf(node, config));
  const { staff, draft } = node;
  const access = { nodeId: config.nodeId, sessions, staff, secure: !isDemo };
  await addConsole(app, access, (scope) => {
    addStaffConsole(scope, staff);
    addTrustConsole(scope, keeper);
    addCityConsole(scope, city);
    addConsoleJourneys(scope, node.views);
    addCityCatalogueConsole(scope, node.catalogue.face, keeper.room.ports.clock);
    addDraftConsole(scope, draft);
  });
}

/** What phones are told of: the list that this node holds, and whose codes its root takes. */
function heldList({ catalogue, keeper }: CityNode): HeldList {
  const { face } = catalogue;
  return {
    inForce: () => face.inForce(),
    current: () => face.current(),
    members: () => {
      const root = keeper.current().state?.root?.signed;
      return root === undefined ? [] : activeMembers(root).map(({ party }) => party);
    },
  };
}

async function cityHome({ keeper }: CityNode, config: NodeConfig): Promise<object> {
  const report = await keeper.report();
  return {
    party: config.nodeId,
    mode: config.mode,
    role: report?.root.members.includes(config.nodeId) === true ? 'member' : 'observer',
    rootNumber: report?.root.number ?? null,
    bundle: report?.bundle ?? null,
    ageSeconds: report?.ageSeconds ?? null,
    hubUrl: config.urls.hub,
  };
}

/** Beside a city's gate stands another city's phone: that is what the code is for. */
function demoOf({ city, keeper, views }: CityNode, config: NodeConfig): Demo {
  const phoneCity = config.nodeId === '4301' ? '4201' : '4301';
  const service = REGION_NODES.some(({ id }) => id === config.nodeId && id !== '4202')
    ? 'metro'
    : 'bus';
  return {
    phoneUrl: `${config.urls[phoneCity]}/code?embed`,
    origins: [config.url, config.urls[phoneCity]],
    service: `${config.nodeId}-${service}`,
    pinnedRootHash: () => Promise.resolve(keeper.current().state?.pinnedRootHash),
    async register(id, serviceId, key) {
      const service = (await city.services()).find((one) => one.id === serviceId);
      // Where the price depends on the stop, a gate that stands nowhere could charge nothing.
      const stop = service?.stops[0]?.id ?? null;
      const done = await city.registerTerminal({ id, service: serviceId, alg: 'ES256', key, stop });
      return done.ok ? done.value : done.refusal.code;
    },
    async lineOf(tap) {
      // The try page asks right after the tap: its line is among the last that have changed.
      const { lines } = await views.lines({ limit: 100 });
      const found = lines.find(({ line }) => line.taps.includes(tap));
      if (found === undefined) return undefined;
      return { text: canonicalJson(found.line), state: found.state, field: found.field };
    },
  };
}
