// A PostgreSQL server of our own for one node, reached only through a socket in a private
// folder. It outlives a killed node; the next start adopts it.
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  commandLine,
  createCluster,
  databaseUser,
  findPrograms,
  inspectCluster,
  plainEnvironment,
  type PostgresPrograms,
} from './local-postgres-cluster.ts';
import {
  connect,
  ensureDatabase,
  lockStart,
  shortName,
  takeNodeLock,
  type LocalConnection,
} from './local-postgres-locks.ts';
import {
  livePostmaster,
  postgresProcessesIn,
  removeStaleLocks,
  stopServer,
  type Postmaster,
} from './local-postgres-processes.ts';

const database = 'tongyu';
const port = 5432;
const longestSocketPath = 107;
const answerLimitMs = 60_000;
/** After `kill -9` of a server its backends need a moment to end. */
const settleLimitMs = 10_000;
const logLimitBytes = 5_000_000;

/** Small when idle, durable always; the log shows no row and no statement. */
const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  port: String(port),
  unix_socket_permissions: '0700',
  max_connections: '30',
  shared_buffers: '16MB',
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

export interface LocalPostgresOptions {
  /** The node's data folder; made if absent. The cluster is its subfolder `postgres`. */
  readonly dataDir: string;
  /** Server settings that replace ours, by PostgreSQL's names. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called once if the server ends although nobody called `stop`. */
  readonly onUnexpectedEnd?: () => void;
}

export interface LocalPostgres {
  readonly connection: LocalConnection;
  readonly pid: number;
  readonly how: 'started' | 'adopted';
  /** Stops the server and returns when all its processes are gone. May be called again. */
  readonly stop: () => Promise<void>;
}

export interface LocalPostgresRefusal {
  readonly code: 'DIRECTORY_IN_USE' | 'DIRECTORY_UNUSABLE' | 'POSTGRES_UNAVAILABLE';
  /** One sentence for the person who starts the node. */
  readonly message: string;
}

export type LocalPostgresResult =
  | { readonly ok: true; readonly postgres: LocalPostgres }
  | { readonly ok: false; readonly refusal: LocalPostgresRefusal };

type Refused = Extract<LocalPostgresResult, { ok: false }>;

function refuse(code: LocalPostgresRefusal['code'], message: string): Refused {
  return { ok: false, refusal: { code, message } };
}

/** The start of one server, as its parts need it. */
interface Start {
  readonly options: LocalPostgresOptions;
  /** Real path of the data directory. */
  readonly cluster: string;
  readonly logFile: string;
}

function connectionTo(socketDir: string, name: string): LocalConnection {
  return { host: socketDir, port, user: databaseUser, database: name, ssl: false };
}

/**
 * The folder for the socket: the cluster itself, or, when that path is too long for a socket,
 * a private folder with a short name.
 */
function chooseSocketDir(cluster: string): string | Refused {
  const fits = (folder: string): boolean =>
    Buffer.byteLength(path.join(folder, `.s.PGSQL.${port}`)) <= longestSocketPath;
  if (fits(cluster)) return cluster;
  const folder = path.join(tmpdir(), `tongyu-${shortName(cluster)}`);
  if (!fits(folder)) {
    return refuse('DIRECTORY_UNUSABLE', 'the temporary folder has too long a name for a socket');
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Somebody else may have made it first, to listen in our place.
  const found = lstatSync(folder);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0) {
    return folder;
  }
  return refuse('DIRECTORY_UNUSABLE', `${folder} is not a folder that only this user can enter`);
}

/** Waits for the server's first answer; undefined when it dies or stays silent. */
async function waitForAnswer(
  socketDir: string,
  isAlive: () => boolean,
): Promise<pg.Client | undefined> {
  const deadline = Date.now() + answerLimitMs;
  while (isAlive() && Date.now() < deadline) {
    const client = await connect(connectionTo(socketDir, 'postgres'));
    if (client !== undefined) return client;
    await sleep(40);
  }
  return undefined;
}

/** Makes an answering server ours, unless a live node holds it. */
async function hold(
  start: Start,
  server: Postmaster,
  client: pg.Client,
  how: LocalPostgres['how'],
): Promise<LocalPostgresResult> {
  if (!(await takeNodeLock(client))) {
    await client.end();
    return inUse(start);
  }
  await ensureDatabase(client, database);
  let stopping: Promise<void> | undefined;
  client.once('end', () => {
    if (stopping === undefined) start.options.onUnexpectedEnd?.();
  });
  return {
    ok: true,
    postgres: {
      connection: connectionTo(server.socketDir, database),
      pid: server.pid,
      how,
      stop: () => (stopping ??= stopServer(server.pid, start.cluster)),
    },
  };
}

function inUse({ options, cluster }: Start): Refused {
  const pids = postgresProcessesIn(cluster);
  const which = pids.length > 0 ? ` (PostgreSQL process ${Math.min(...pids)})` : '';
  return refuse('DIRECTORY_IN_USE', `${options.dataDir} is in use by a running node${which}`);
}

/** A server that a killed node left running, or 'none' when nobody works in the directory. */
async function findOrphan(cluster: string): Promise<Postmaster | 'none' | 'unclear'> {
  const deadline = Date.now() + settleLimitMs;
  for (;;) {
    const server = livePostmaster(cluster);
    if (server !== undefined) return server;
    if (postgresProcessesIn(cluster).length === 0) return 'none';
    if (Date.now() > deadline) return 'unclear';
    await sleep(50);
  }
}

/** Opens the log, setting a long one aside; says where the new part begins. */
function openLog(logFile: string): { readonly descriptor: number; readonly from: number } {
  if (existsSync(logFile) && statSync(logFile).size > logLimitBytes) {
    renameSync(logFile, `${logFile}.1`);
  }
  const from = existsSync(logFile) ? statSync(logFile).size : 0;
  return { descriptor: openSync(logFile, 'a', 0o600), from };
}

function lastComplaint(logFile: string, from: number): string {
  const lines = readFileSync(logFile).subarray(from).toString().split('\n');
  const complaint = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-2) ?? '';
  return complaint.replace(/^.*(FATAL|PANIC): +/, '');
}

async function startServer(start: Start, programs: PostgresPrograms): Promise<LocalPostgresResult> {
  const { cluster, logFile, options } = start;
  const state = inspectCluster(cluster);
  if (typeof state !== 'string') return refuse('DIRECTORY_UNUSABLE', state.problem);
  const socketDir = chooseSocketDir(cluster);
  if (typeof socketDir !== 'string') return socketDir;
  if (state === 'absent') await createCluster(programs, cluster);
  removeStaleLocks(cluster, socketDir);
  const settings = { ...serverSettings, ...options.settings, unix_socket_directories: socketDir };
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, words: all } = commandLine(programs, 'postgres', ['-D', cluster, ...words]);
  const log = openLog(logFile);
  const child = spawn(file, all, {
    cwd: '/',
    detached: true, // out of the terminal's Ctrl-C: we stop it last, when its clients are gone
    env: plainEnvironment(),
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
  closeSync(log.descriptor);
  const end = new AbortController();
  const markEnded = (): void => {
    end.abort();
  };
  child.on('exit', markEnded);
  child.on('error', markEnded);
  child.unref();
  try {
    const client = await waitForAnswer(socketDir, () => !end.signal.aborted);
    if (client !== undefined) {
      return await hold(start, { pid: child.pid ?? 0, socketDir }, client, 'started');
    }
  } catch (error) {
    await stopServer(child.pid ?? 0, cluster);
    throw error;
  }
  if (!end.signal.aborted) await stopServer(child.pid ?? 0, cluster);
  const complaint = lastComplaint(logFile, log.from);
  return refuse('DIRECTORY_UNUSABLE', `PostgreSQL does not start in ${cluster}: ${complaint}`);
}

async function adoptOrStart(start: Start): Promise<LocalPostgresResult> {
  const { cluster } = start;
  const orphan = await findOrphan(cluster);
  if (orphan === 'unclear') return inUse(start);
  if (orphan !== 'none') {
    const isAlive = (): boolean => postgresProcessesIn(cluster).includes(orphan.pid);
    const client = await waitForAnswer(orphan.socketDir, isAlive);
    if (client !== undefined) return hold(start, orphan, client, 'adopted');
    // It was about to end, which it has done; or it is stuck, and then not ours to end.
    if (isAlive()) return inUse(start);
  }
  const programs = await findPrograms();
  if ('problem' in programs) return refuse('POSTGRES_UNAVAILABLE', programs.problem);
  return startServer(start, programs);
}

/**
 * Starts the node's own PostgreSQL server, or adopts the one that a killed node left running.
 * Nothing in the folder is overwritten: a directory that a live node uses, or that is damaged,
 * is refused with one sentence. Throws when the disk or initdb fails.
 */
export async function startLocalPostgres(
  options: LocalPostgresOptions,
): Promise<LocalPostgresResult> {
  let folder: string;
  try {
    mkdirSync(options.dataDir, { recursive: true });
    folder = realpathSync(options.dataDir);
  } catch (error) {
    const why = (error as Error).message;
    return refuse('DIRECTORY_UNUSABLE', `${options.dataDir} cannot be used: ${why}`);
  }
  const cluster = path.join(folder, 'postgres');
  const start: Start = { options, cluster, logFile: path.join(folder, 'postgres.log') };
  const release = await lockStart(cluster);
  if (release === undefined) return inUse(start);
  try {
    return await adoptOrStart(start);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return refuse('DIRECTORY_UNUSABLE', `PostgreSQL cannot serve ${cluster}: ${error.message}`);
  } finally {
    release();
  }
}
