// package.json and package-lock.json: the same packages on every machine.
import { findLines, type Check, type Finding, type Source } from './source.ts';

const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const dependencyFields = ['dependencies', 'devDependencies', 'optionalDependencies'];

function checkVersions(source: Source): Finding[] {
  const manifest = JSON.parse(source.text) as Record<string, Record<string, string> | undefined>;
  return dependencyFields
    .flatMap((field) => Object.entries(manifest[field] ?? {}))
    .filter(([, version]) => !exact.test(version))
    .map(([name, version]) => ({
      path: source.path,
      line: 0,
      message: `${name} is '${version}': pin one version (npm install --save-exact)`,
    }));
}

/** Versions are exact, and the lock names no host to download from. */
export const checkPackages: Check = (sources) =>
  sources.flatMap((source) => {
    if (/(^|\/)package\.json$/.test(source.path)) return checkVersions(source);
    if (source.path !== 'package-lock.json') return [];
    return findLines(
      source,
      /"resolved": "https?:/,
      () => 'a download host: npm install with omit-lockfile-registry-resolved=true (.npmrc)',
    );
  });
