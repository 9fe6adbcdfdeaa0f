import { spawn } from 'node:child_process';
import path from 'node:path';

/** The repository's root: the starter runs from a clone. */
export const REPOSITORY = path.resolve(import.meta.dirname, '../../..');

const SCRIPT = "await (await import('./tools/build-web.ts')).buildWebIfChanged();";

/**
 * Builds the pages if their sources have changed, in a process of its own: the bundler's memory is
 * gone when the region runs. @returns false when they cannot be built; why stands on standard error
 */
export function buildPages(isQuiet: boolean, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
      cwd: REPOSITORY,
      stdio: ['ignore', isQuiet ? 'ignore' : 'inherit', 'inherit'],
      signal,
    });
    child.on('error', () => {
      resolve(false);
    });
    child.on('close', (code) => {
      resolve(code === 0);
    });
  });
}
