// `npm test`: runs the project's tests. `npm test -- protocol` runs those whose path holds it.
import path from 'node:path';
import { buildWebIfChanged } from './build-web.ts';
import { findTestFiles, runTests } from './testing/run-tests.ts';

const root = path.resolve(import.meta.dirname, '..');
const filesAtOnce = 2;
const limitSecondsPerFile = 300;
const withoutPages = /^(protocol|domain|spec|simulation)\//;

async function main(): Promise<boolean> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interruption.abort();
    });
  }
  const files = findTestFiles(root, process.argv.slice(2));
  if (files.some((file) => !withoutPages.test(file))) await buildWebIfChanged();
  return runTests({
    root,
    files,
    concurrency: filesAtOnce,
    limitSecondsPerFile,
    signal: interruption.signal,
    write: (text) => process.stdout.write(text),
  });
}

process.exitCode = (await main()) ? 0 : 1;
