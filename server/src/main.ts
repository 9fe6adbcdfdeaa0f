// One node of the region: `main.ts --node 4201`. Its settings come from the environment.
import { parseArgs } from 'node:util';
import path from 'node:path';
import { nodeConfig, type NodeConfig } from './config.ts';
import { openLog } from './node/node-ports.ts';
import { runNode, type RunningNode } from './node/run-node.ts';
import { starterChannel, type StarterChannel } from './node/starter-channel.ts';
import { StartRefused } from './node/start-refused.ts';
import { systemClock } from './ports/clock.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');
const EXIT_FAILED = 1;
const EXIT_WRONG_SETTING = 2;

/** What stops the node, whenever the wish comes: while it starts, too. */
const wish = new AbortController();
const stopSoon = (): void => {
  wish.abort();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopSoon);
const channel = starterChannel(stopSoon);

process.exitCode = await main(channel);
process.exit();

async function main(starter: StarterChannel): Promise<number> {
  const config = readConfig();
  if (typeof config === 'string') return refuse(starter, config, EXIT_WRONG_SETTING);
  let node: RunningNode | undefined;
  // From the first moment on: a wish to stop must not be lost while the node starts.
  starter.onOrder({ stop: stopSoon, issueEntry: () => node?.sessions.issueEntry() ?? '' });
  try {
    node = await runNode(config, openLog(config), stopSoon);
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    return refuse(starter, error.message, EXIT_FAILED);
  }
  if (!wish.signal.aborted) {
    await starter.report({ kind: 'ready', url: config.url });
    if (process.send === undefined) {
      const link = `${config.url}/console#enter=${node.sessions.issueEntry()}`;
      process.stdout.write(`Ready ${config.url}  console, once: ${link}\n`);
    }
  }
  await new Promise<void>((resolve) => {
    if (wish.signal.aborted) resolve();
    wish.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  await node.stop();
  return 0;
}

async function refuse(
  starter: StarterChannel,
  sentence: string,
  exitCode: number,
): Promise<number> {
  await starter.report({ kind: 'failed', sentence });
  if (process.send === undefined) process.stderr.write(`Tongyu: ${sentence}.\n`);
  return exitCode;
}

function readConfig(): NodeConfig | string {
  let node: string | undefined;
  try {
    ({ node } = parseArgs({ options: { node: { type: 'string' } } }).values);
  } catch (error) {
    return (error as Error).message.split('.')[0] ?? '';
  }
  const read = nodeConfig(process.env, REPOSITORY, systemClock().now() * 1000, node ?? '');
  return read.ok ? read.config : read.sentence;
}
