// Builds the browser faces into web/dist when their sources have changed.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const repository = path.resolve(import.meta.dirname, '..');
/** What the built pages depend on: folders, read without their tests, and single files. */
const sources = ['web', 'protocol/src', 'domain/src', 'package-lock.json'];
const passedOver: ReadonlySet<string> = new Set(['node_modules', 'dist']);
const stampName = '.stamp';

interface WebBuild {
  readonly buildWeb: (outDir: string) => Promise<void>;
}

function filesOf(root: string, place: string): string[] {
  const full = path.join(root, place);
  if (!existsSync(full)) return [];
  if (/\.[a-z]+$/.test(place)) return [place];
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    if (passedOver.has(entry.name) || /^dist\.|\.test\.ts$/.test(entry.name)) return [];
    const inner = path.posix.join(place, entry.name);
    return entry.isDirectory() ? filesOf(root, inner) : [inner];
  });
}

/** A hash over the names and contents of everything that the pages are made from. */
export function hashSources(root: string): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((place) => filesOf(root, place)).sort()) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function builtStamp(root: string): string {
  const file = path.join(root, 'web/dist', stampName);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Puts `fresh` in the place of web/dist, unless another process has put the same there. */
function swapIn(root: string, fresh: string, stamp: string): void {
  const dist = path.join(root, 'web/dist');
  const old = `${fresh}.old`;
  while (builtStamp(root) !== stamp) {
    try {
      renameSync(fresh, dist);
    } catch (error) {
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
      try {
        renameSync(dist, old);
      } catch (moveError) {
        if (!hasCode(moveError, 'ENOENT')) throw moveError; // another process moved it away
      }
    }
  }
  rmSync(fresh, { recursive: true, force: true });
  rmSync(old, { recursive: true, force: true });
}

/** Where the pages come from and who builds them; the defaults are this repository's. */
export interface WebBuildPlace {
  readonly root: string;
  /** Writes the pages into a folder, given as a full path. */
  readonly build: (outDir: string) => Promise<void>;
}

async function buildOwn(outDir: string): Promise<void> {
  const script = pathToFileURL(path.join(repository, 'web/build.ts')).href;
  const { buildWeb } = (await import(script)) as WebBuild;
  await buildWeb(outDir);
}

/**
 * Builds web/dist if a source, a dependency or the lock has changed since the last build. Each
 * build goes to a folder of its own and is then put in place, so that two processes may do it
 * at once and nobody sees half a build.
 *
 * @returns whether it built
 */
export async function buildWebIfChanged(
  place: WebBuildPlace = { root: repository, build: buildOwn },
): Promise<boolean> {
  const stamp = hashSources(place.root);
  if (builtStamp(place.root) === stamp) return false;
  const startedAt = Date.now();
  const cache = path.join(place.root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(path.join(cache, 'web-build-'));
  try {
    await place.build(fresh);
    writeFileSync(path.join(fresh, stampName), stamp);
    swapIn(place.root, fresh, stamp);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  console.log(`Pages built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return true;
}
