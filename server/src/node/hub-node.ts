import { Type } from '@fastify/type-provider-typebox';
import type { NodeConfig } from '../config.ts';
import { addFeedbackRoutes } from '../draft/feedback-routes.ts';
import { createHubFeedback, type HubFeedback } from '../draft/feedback.ts';
import { createHub, type Hub } from '../hub/hub.ts';
import { addConsole, needs } from '../http/console-guard.ts';
import type { ConsoleSessions } from '../http/console-session.ts';
import type { App } from '../http/create-app.ts';
import type { BuiltPages } from '../http/page-files.ts';
import { addPages, addRenderedPage, HUB_PAGES } from '../http/page-routes.ts';
import { sendProblem } from '../http/problem.ts';
import { addHubCatalogueConsole } from '../http/catalogue-console.ts';
import { addCatalogueRoutes } from '../http/catalogue-routes.ts';
import { addTrustRoutes } from '../http/trust-routes.ts';
import type { Clock } from '../ports/clock.ts';
import { addPublicList } from '../public-list/add-public-list.ts';
import { addStaffConsole } from '../staff/staff-routes.ts';
import { createStaff, type Staff } from '../staff/staff.ts';
import type { Database } from '../store/database.ts';
import { feedbackMigrations, pgFeedback } from '../store/feedback-pg.ts';
import type { FeedbackTables } from '../store/feedback-tables.ts';
import { hubMigrations, pgHub } from '../store/hub-pg.ts';
import type { HubTables } from '../store/hub-tables.ts';
import { createPgStore } from '../store/node-store.ts';
import { peerMigrations } from '../store/peer-migrations.ts';
import { pgPeers } from '../store/peer-pg.ts';
import { pgStaff, staffMigrations } from '../store/staff-pg.ts';
import type { StaffTables } from '../store/staff-tables.ts';
import { trustMigrations } from '../store/trust-migrations.ts';
import { pgTrust } from '../store/trust-pg.ts';
import { publicTrust } from '../trust/public-trust.ts';
import type { CataloguePorts, ListTables } from '../catalogue/room.ts';
import { catalogueMigrations } from '../store/catalogue-migrations.ts';
import { pgCatalogue } from '../store/catalogue-pg.ts';
import { catalogueConfig, trustConfig } from './node-ports.ts';
import { framingOf } from './open-pages.ts';

type Tables = ListTables & HubTables & StaffTables & FeedbackTables;

export const HUB_MIGRATIONS = [
  ...trustMigrations,
  ...peerMigrations,
  ...hubMigrations,
  ...staffMigrations,
  ...catalogueMigrations,
  ...feedbackMigrations,
];

export type HubNode = {
  readonly hub: Hub<Tables>;
  readonly staff: Staff;
  /** What the public reports. */
  readonly feedback: HubFeedback;
  readonly clock: Clock;
};

/** The hub over its database. */
export function openHub(config: NodeConfig, ports: CataloguePorts, database: Database): HubNode {
  const store = createPgStore<Tables>(database, (tx) => ({
    ...pgTrust(tx),
    ...pgPeers(tx),
    ...pgHub(tx),
    ...pgStaff(tx),
    ...pgCatalogue(tx),
    ...pgFeedback(tx),
  }));
  const listConfig = catalogueConfig(config, ports.clock);
  const hub = createHub(ports, store, trustConfig(config), listConfig, {
    feedback: () => store.read((tx) => tx.feedback.countsByEntry()),
  });
  const { keeper } = hub;
  const feedback = createHubFeedback<Tables>({
    ports,
    store,
    root: async (tx) => (await keeper.view(tx)).root,
    peers: {
      send: keeper.send,
      kick() {
        keeper.kick();
      },
    },
  });
  return { hub, staff: createStaff(ports, store), feedback, clock: ports.clock };
}

/** All addresses of the hub: trust and peers, the public status, the console. */
export async function addHubRoutes(
  app: App,
  { hub, staff, feedback, clock }: HubNode,
  pages: BuiltPages,
  sessions: ConsoleSessions,
  config: NodeConfig,
): Promise<void> {
  await addTrustRoutes(app, publicTrust(hub.keeper));
  await addCatalogueRoutes(app, hub.catalogue.face);
  await addPages(app, pages, HUB_PAGES, framingOf(config));
  addRenderedPage(app, '/', pages, async (language) =>
    pages.site.renderHubStatus((await hub.status()) ?? NOT_FOUNDED, language),
  );
  await addPublicList(app, {
    source: hub.catalogue.face,
    clock,
    desk: feedback,
    pages,
    origin: config.url,
    isDemo: config.mode === 'demo',
  });
  app.get('/status.json', { schema: { tags: ['status'] } }, async (_request, reply) => {
    const status = await hub.status();
    return status ?? sendProblem(reply, { status: 503, code: 'NOT_FOUNDED' });
  });
  const secure = config.mode === 'production';
  const access = { nodeId: config.nodeId, sessions, staff, secure };
  await addConsole(app, access, (scope) => {
    addStaffConsole(scope, staff);
    addHubConsole(scope, hub);
    addHubCatalogueConsole(scope, hub.catalogue.face, hub.keeper.room.ports.clock);
    addFeedbackRoutes(scope, feedback);
  });
}

/** What the status page shows while root number 1 waits for its signatures. */
const NOT_FOUNDED = {
  parties: [],
  root: { number: 0, hash: '', threshold: 0 },
  bundle: null,
  trustTime: null,
  ageSeconds: null,
  times: [],
  proposals: [],
};

const tags = ['console'];
const byParty = Type.Object({ party: Type.String({ pattern: '^[1-9][0-9]{3}$' }) });

function addHubConsole(scope: App, hub: Hub<Tables>): void {
  scope.get(
    '/console/api/trust',
    { ...needs('viewer'), schema: { tags } },
    async (_request, reply) => {
      const report = await hub.keeper.report();
      return report ?? sendProblem(reply, { status: 503, code: 'NOT_FOUNDED' });
    },
  );
  scope.get('/console/api/accessions', { ...needs('viewer'), schema: { tags } }, async () => ({
    accessions: await hub.requests(),
  }));
  scope.post(
    '/console/api/accessions/:party/propose',
    { ...needs('keeper'), schema: { params: byParty, tags } },
    async (request, reply) => {
      const proposed = await hub.propose(request.params.party);
      if (proposed.ok) return { hash: proposed.hash };
      return sendProblem(reply, { status: 409, code: proposed.refusal.code });
    },
  );
}
