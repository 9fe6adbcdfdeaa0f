// The rules of the house as data. The checks beside this file read them; each finding names the
// cure that stands here.

/** What the modules of one area may import, besides their own area. Areas: see `areaOf`. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  'domain/index': ['protocol', 'domain'],
  'domain/catalogue': ['protocol', 'domain/entitlement'],
  'domain/entitlement': ['protocol'],
  'domain/admission': ['protocol', 'domain/entitlement', 'domain/catalogue'],
  'domain/journey': ['protocol', 'domain/entitlement', 'domain/catalogue'],
  'domain/clearing': ['protocol'],
  'domain/classes': ['protocol'],
  'domain/pool': ['protocol', 'domain/classes'],
  server: ['protocol', 'domain', 'server/search'],
  'server/search': [],
  'web/kit': ['protocol', 'domain'],
  'web/resident': ['protocol', 'domain', 'web/kit'],
  'web/gate': ['protocol', 'domain', 'web/kit'],
  'web/console': ['protocol', 'domain', 'web/kit'],
  'web/site': ['protocol', 'domain', 'web/kit'],
  'web/try': ['protocol', 'domain', 'web/kit'],
  'web/build': ['web'],
  journeys: ['protocol', 'domain', 'server', 'web', 'tools'],
  simulation: ['protocol', 'domain', 'server'],
  bench: ['protocol', 'domain', 'server', 'web', 'journeys', 'tools'],
  tools: ['protocol', 'domain', 'server', 'web', 'simulation'],
};

/** Imports that the table forbids and that stand all the same, with the reason. */
export const allowedImports: readonly {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}[] = [
  { from: 'server/src/region/', to: 'tools/build-web.ts', why: '`npm start` builds the pages' },
  {
    from: 'simulation/judge/',
    to: 'journeys/outside/compute-lines.mjs',
    why: 'the program that knows nothing of ours judges it here too',
  },
];

/** Packages from outside that a pure workspace may use; the others may use what they declare. */
export const packagesOf: Readonly<Record<string, readonly string[]>> = {
  protocol: ['@noble/hashes'],
  domain: [],
};

export const longestLine = 100;
export const longestFunction = 70;
export const longestFile = 400;

/** Files that are long by nature. */
export const longByNature: readonly RegExp[] = [
  /\.(test|contract)\.ts$/, // cases and tables
  /words\.tsx?$/, // the same sentences in three languages
  /^spec\/vectors\//, // written by a program
];

/** Sentences for people stand on one line each, however long. */
export const longLinesByNature = /words\.tsx?$/;

/** Places that must be repeatable from a seed, and so reach the world through ports only. */
export const pureFolders = /^(protocol|domain|server|simulation|web\/src)\//;

/** The adapters behind those ports. */
export const adapters: readonly RegExp[] = [
  /\.(test|contract)\.ts$/,
  /^server\/src\/ports\//,
  /^server\/src\/region\//, // the starter: processes, and how long it waits for them
  /^server\/src\/store\/local-postgres/,
  /^web\/src\/kit\/(ports|worker)\//,
];

const clock = 'take the time from the Clock port';
const rng = 'take it from the Rng port';
const timers = 'take it from the Timers port';

/** Calls that only adapters may make, and what to use instead. */
export const bannedCalls: Readonly<Record<string, string>> = {
  'Date.now': clock,
  Date: clock,
  'new Date': clock,
  'performance.now': clock,
  'process.hrtime': clock,
  'process.hrtime.bigint': clock,
  'Math.random': rng,
  'crypto.randomUUID': rng,
  'crypto.randomBytes': rng,
  'crypto.randomInt': rng,
  'crypto.getRandomValues': rng,
  randomUUID: rng,
  randomBytes: rng,
  randomInt: rng,
  randomFillSync: rng,
  getRandomValues: rng,
  setTimeout: timers,
  setInterval: timers,
  setImmediate: timers,
  'AbortSignal.timeout': timers,
  fetch: 'send it through the Net port',
};

/** Modules that only adapters may import. */
export const bannedModules: Readonly<Record<string, string>> = {
  'node:timers': timers,
  'node:timers/promises': timers,
};

/** Names that say nothing; a file or folder with one of them collects everything. */
export const emptyNames: readonly string[] = ['utils', 'helpers', 'common', 'manager', 'service'];

/** The domain's nouns that look like an empty name and are not: a service of the service list. */
export const meantNames: readonly string[] = ['domain/src/catalogue/service.ts'];

/** Files that the project is read from. */
export const requiredFiles: readonly string[] = [
  'README.md',
  'README.zh-CN.md',
  'LICENSE',
  'docs/ARCHITECTURE.md',
  'docs/GLOSSARY.md',
  'docs/HACKING.md',
  'docs/OPERATIONS.md',
  'docs/STYLE.md',
  '.ci/run',
];
