// `npm test`: runs the project's tests. `npm test -- protocol` runs those whose path holds it.
import path from 'node:path';
import { inspect } from 'node:util';
import { buildWebIfChanged } from './build-web.ts';
import { findTestFiles, runTests } from './testing/run-tests.ts';

const root = path.resolve(import.meta.dirname, '..');
const filesAtOnce = 2;
const limitSecondsPerFile = 600;
const withoutPages = /^(protocol|domain|spec|simulation)\//;

/** Builds the pages; a failure counts as one, and the tests that need no page still run. */
async function buildPages(): Promise<string[]> {
  try {
    await buildWebIfChanged();
    return [];
  } catch (error) {
    return [`FAILED the pages do not build\n${inspect(error)}`];
  }
}

async function main(): Promise<boolean> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interruption.abort();
    });
  }
  const files = findTestFiles(root, process.argv.slice(2));
  const needPages = files.some((file) => !withoutPages.test(file));
  const faults = needPages ? await buildPages() : [];
  return runTests({
    root,
    files,
    faults,
    concurrency: filesAtOnce,
    limitSecondsPerFile,
    signal: interruption.signal,
    write: (text) => process.stdout.write(text),
  });
}

process.exitCode = (await main()) ? 0 : 1;
