// Finds the test files and runs them, a few at a time.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runTestFile, type FileResult } from './run-test-file.ts';

/** The folders that may hold tests. */
export const testFolders: readonly string[] = [
  'protocol',
  'domain',
  'server',
  'web',
  'journeys',
  'simulation',
  'spec',
  'bench',
  'tools',
];

const passedOver: ReadonlySet<string> = new Set(['node_modules', 'dist', 'data', '.cache']);

export interface TestPlan {
  /** The folder that everything is relative to. */
  readonly root: string;
  readonly files: readonly string[];
  /** What went wrong before the tests; each counts as a failure. */
  readonly faults: readonly string[];
  /** How many files run at the same time. */
  readonly concurrency: number;
  readonly limitSecondsPerFile: number;
  /** Aborting it kills the running files and starts no more. */
  readonly signal: AbortSignal;
  readonly write: (text: string) => void;
}

function walk(root: string, folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  } catch {
    return []; // a folder that is not there holds no tests
  }
  return entries.flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : walk(root, file);
    return entry.name.endsWith('.test.ts') ? [file] : [];
  });
}

/**
 * The test files below the test folders, in order.
 *
 * @param filters parts of paths, such as `protocol` or `server/src/store`; none means all
 */
export function findTestFiles(root: string, filters: readonly string[]): string[] {
  const wanted = filters.map((filter) => filter.replace(/^\.\//, ''));
  return testFolders
    .flatMap((folder) => walk(root, folder))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .sort();
}

function describeFile(result: FileResult, done: number, of: number): string {
  const bad = result.failed + result.skipped;
  const counts = bad === 0 ? `${result.passed} passed` : `${result.passed} passed, ${bad} NOT`;
  const seconds = result.seconds.toFixed(1).padStart(6);
  return `${seconds} s  [${done}/${of}] ${result.file}: ${counts}\n`;
}

const SHOWN_LENGTH = 5_000;

function describeBad({ file, report }: FileResult): string {
  const shown = report.length > SHOWN_LENGTH ? `${report.slice(0, SHOWN_LENGTH)} …` : report;
  return `  ${file}\n${shown.replace(/^/gm, '    ')}\n`;
}

/**
 * Runs the files of the plan and writes progress, every failure in full, and last of all
 * `N passed, M failed`. A skipped test counts as failed: nothing is left out silently.
 *
 * @returns whether at least one test ran and none failed
 */
export async function runTests(plan: TestPlan): Promise<boolean> {
  const waiting = [...plan.files];
  const results: FileResult[] = [];
  const lane = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      if (plan.signal.aborted) return;
      const { root, limitSecondsPerFile: limitSeconds, signal } = plan;
      const result = await runTestFile({ file, root, limitSeconds, signal });
      results.push(result);
      plan.write(describeFile(result, results.length, plan.files.length));
      if (result.report !== '') plan.write(`${result.report}\n\n`);
    }
  };
  await Promise.all(Array.from({ length: plan.concurrency }, lane));
  const sum = (pick: (result: FileResult) => number): number =>
    results.reduce((total, result) => total + pick(result), 0);
  const passed = sum((result) => result.passed);
  const failed = plan.faults.length + sum((result) => result.failed + result.skipped);
  const bad = results.filter((result) => result.failed + result.skipped > 0);
  if (bad.length > 0) {
    // Again at the end: who reads a log that was cut sees its last lines.
    plan.write(`\nNot passed:\n${bad.map(describeBad).join('')}`);
  }
  for (const fault of plan.faults) plan.write(`\n${fault}\n`);
  if (passed + failed === 0) plan.write('\nNo test ran.\n');
  plan.write(`\n${passed} passed, ${failed} failed\n`);
  return passed > 0 && failed === 0 && !plan.signal.aborted;
}
