import type { NodeConfig } from '../config.ts';
import { consoleSessions, type ConsoleSessions } from '../http/console-session.ts';
import { createApp, type App } from '../http/create-app.ts';
import type { Log } from '../ports/log.ts';
import { addCityAddresses } from './city-routes.ts';
import { CITY_MIGRATIONS, openCity } from './city-node.ts';
import { closing, type Closing } from './closing.ts';
import { addHubRoutes, HUB_MIGRATIONS, openHub } from './hub-node.ts';
import { nodePorts } from './node-ports.ts';
import { openPages } from './open-pages.ts';
import { openNodeDatabase } from './open-store.ts';
import { StartRefused } from './start-refused.ts';
import type { TrustKeeper } from '../trust/trust-keeper.ts';
import type { NodeTables } from '../trust/types.ts';

export const VERSION = '0.1.0';

export type RunningNode = {
  readonly sessions: ConsoleSessions;
  /** HTTP first, then jobs, then the pool, then the database. May be called again. */
  stop(): Promise<void>;
};

/**
 * Opens everything of one node, in order; what was opened is closed again when a later part cannot
 * be. Throws `StartRefused` with one sentence when a person has to do something.
 */
export async function runNode(
  config: NodeConfig,
  log: Log,
  onLost: () => void,
): Promise<RunningNode> {
  const opened = closing(log);
  try {
    const sessions = await openParts(config, log, opened, onLost);
    return { sessions, stop: () => opened.closeAll() };
  } catch (error) {
    await opened.closeAll();
    throw error;
  }
}

async function openParts(
  config: NodeConfig,
  log: Log,
  opened: Closing,
  onLost: () => void,
): Promise<ConsoleSessions> {
  const isHub = config.nodeId === 'hub';
  const ports = nodePorts(config, log);
  const pages = await openPages();
  const migrations = isHub ? HUB_MIGRATIONS : CITY_MIGRATIONS;
  const opening = await openNodeDatabase(config, migrations, log, onLost);
  const { database } = opening;
  opened.add('database', () => opening.close());
  opened.add('jobs', () => ports.timers.stop());
  const sessions = consoleSessions(ports.clock, ports.rng);
  const app = await createApp({
    title: `Tongyu node ${config.nodeId}`,
    version: VERSION,
    log,
    rng: ports.rng,
    strictTransport: config.mode === 'production',
  });
  opened.add('http', () => app.close());
  app.get('/health', { schema: { tags: ['health'] } }, () => ({
    status: 'ok',
    node: config.nodeId,
    version: VERSION,
  }));
  let open: () => Promise<void>;
  if (isHub) {
    const node = openHub(config, ports, database);
    await addHubRoutes(app, node, pages, sessions, config);
    await refuseOldClock(config, ports.clock.now(), node.hub.keeper);
    open = () => node.hub.open();
  } else {
    const node = openCity(config, ports, database);
    await addCityAddresses(app, node, pages, sessions, config);
    await refuseOldClock(config, ports.clock.now(), node.keeper);
    open = () => node.open();
  }
  await listen(app, config.port);
  await open();
  return sessions;
}

const CLOCK_SLACK_SECONDS = 120;
/** A demo's clock may be started at the same time again; then its story waits. */
const DEMO_CLOCK_SLACK_SECONDS = 3600;

/**
 * A node whose clock is behind what the region has signed would sign nothing that others accept,
 * and its terminals would open for nobody (TIME-3): better said at once.
 */
async function refuseOldClock<T extends NodeTables>(
  config: NodeConfig,
  now: number,
  keeper: TrustKeeper<T>,
): Promise<void> {
  const { state } = await keeper.room.store.transaction((tx) => keeper.view(tx));
  const behind = (state?.highestSignedTime ?? 0) - now;
  const slack = config.mode === 'demo' ? DEMO_CLOCK_SLACK_SECONDS : CLOCK_SLACK_SECONDS;
  if (behind <= slack) return;
  throw new StartRefused(
    `the clock is ${String(Math.ceil(behind / 60))} minutes behind the last time that the region ` +
      'signed: set it right, or use another data folder',
  );
}

/** On the loopback only: TLS and the world stand before it. */
async function listen(app: App, port: number): Promise<void> {
  try {
    await app.listen({ port, host: '127.0.0.1' });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw cause;
    const why = code === 'EADDRINUSE' ? 'in use' : 'not allowed';
    throw new StartRefused(`port ${String(port)} is ${why}`, { cause });
  }
}
