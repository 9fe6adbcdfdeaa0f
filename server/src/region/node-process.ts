import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RegionNodeId } from '../config.ts';
import { isNodeReport, type StarterOrder } from './node-messages.ts';

const PROGRAM = fileURLToPath(new URL('../main.ts', import.meta.url));
/** Six nodes share one machine here: half the memory, and no slower at this load. */
const SMALL_HEAP = ['--max-semi-space-size=2', '--optimize-for-size'];
/** A first start makes a database; twice the time that a crowded machine was seen to need. */
const START_LIMIT_MS = 120_000;
/** A node that has not stopped by then is killed: its database is adopted at the next start. */
const STOP_LIMIT_MS = 20_000;

/** One node of the region as the starter sees it: a process of its own, in a group of its own. */
export type NodeProcess = {
  readonly id: RegionNodeId;
  /** Settles when the node listens, or with the sentence why it cannot start. */
  readonly started: Promise<NodeStart>;
  /** Settles when the process is gone. */
  readonly ended: Promise<void>;
  /** A one-time token for the node's console. */
  issueEntry(): Promise<string>;
  /** Asks it to stop; settles when it is gone. May be called again. */
  stop(): Promise<void>;
};

export type NodeStart =
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly sentence: string };

export type NodeProcessOptions = {
  readonly id: RegionNodeId;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onProgress: (text: string) => void;
};

/**
 * Forks a node. Detached, so that a terminal's Ctrl-C reaches the starter alone, which then stops
 * its nodes in order; when the starter dies, the IPC channel closes and the node stops by itself.
 */
export function forkNode({ id, env, onProgress }: NodeProcessOptions): NodeProcess {
  const child = fork(PROGRAM, ['--node', id], {
    execArgv: SMALL_HEAP,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const complaint = lastLineOf(child);
  const waiting = new Map<number, (token: string) => void>();
  let order = 0;
  let stopping: Promise<void> | undefined;

  const started = new Promise<NodeStart>((resolve) => {
    child.on('message', (message) => {
      if (!isNodeReport(message)) return;
      if (message.kind === 'progress') onProgress(message.text);
      if (message.kind === 'ready') resolve({ ok: true, url: message.url });
      if (message.kind === 'failed') resolve({ ok: false, sentence: message.sentence });
      if (message.kind === 'entry') waiting.get(message.order)?.(message.token);
    });
    child.on('exit', (code, signal) => {
      const how = signal ?? `code ${String(code)}`;
      const why = complaint();
      resolve({ ok: false, sentence: `ended (${how})${why === '' ? '' : `: ${why}`}` });
    });
    child.on('error', (error) => {
      resolve({ ok: false, sentence: error.message });
    });
    setTimeout(() => {
      const limit = String(START_LIMIT_MS / 1000);
      resolve({ ok: false, sentence: `did not start within ${limit} s` });
    }, START_LIMIT_MS).unref();
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => {
      resolve();
    });
    child.on('error', () => {
      if (child.pid === undefined) resolve();
    });
  });

  return {
    id,
    started,
    ended,
    issueEntry() {
      const number = ++order;
      return new Promise((resolve, reject) => {
        waiting.set(number, resolve);
        void ended.then(() => {
          reject(new Error(`node ${id} has ended`));
        });
        send(child, { kind: 'issue-entry', order: number });
      });
    },
    stop: () => (stopping ??= stopChild(child, ended)),
  };
}

/** A child that has just died makes `send` fail; its exit tells, so the failure is passed over. */
function send(child: ChildProcess, order: StarterOrder): void {
  if (child.connected) child.send(order, () => undefined);
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  send(child, { kind: 'stop' });
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
  }, STOP_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}

/** The last line that the node wrote to its standard error: why it died, if it could not say. */
function lastLineOf(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text = (text + part).slice(-4000);
  });
  return () => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return (lines.findLast((line) => line.includes('Error')) ?? lines.at(-1) ?? '').slice(0, 300);
  };
}
