// Runs one test file in a process of its own and says what became of it.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestRecord } from './event-reporter.ts';
import { killMarked, markedEnvironment, waitUntilGone } from './left-processes.ts';

const reporter = new URL('event-reporter.ts', import.meta.url).href;
const leftProcessGraceMs = 3000;
const outputLimit = 200_000;

export interface FileResult {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Everything a reader needs to find the fault; empty when all is well. */
  readonly report: string;
}

/** How to run one file. */
export interface FileRun {
  /** Path relative to `root`. */
  readonly file: string;
  readonly root: string;
  /** The file is killed, with all that it started, when it runs longer. */
  readonly limitSeconds: number;
  /** Aborted when the whole run is interrupted: kills the file likewise. */
  readonly signal: AbortSignal;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  readonly output: string;
}

function runProcess(run: FileRun, records: string, mark: string): Promise<Ended> {
  const env = markedEnvironment(mark);
  delete env['NODE_TEST_CONTEXT']; // set when we run under `node --test`; it changes reporters
  const reporting = [`--test-reporter=${reporter}`, `--test-reporter-destination=${records}`];
  return new Promise<Ended>((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', ...reporting, run.file], {
      cwd: run.root,
      detached: true, // a group of its own: Ctrl-C is ours to pass on
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-outputLimit);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      killMarked(mark);
    }, run.limitSeconds * 1000);
    const interrupt = (): void => {
      killMarked(mark);
    };
    run.signal.addEventListener('abort', interrupt);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      run.signal.removeEventListener('abort', interrupt);
      // A process left behind may hold the pipes open for ever: read what is there, then go.
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, signal, timedOut, output });
      });
    });
  });
}

function readRecords(file: string): TestRecord[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // The last line may be cut when the process was killed.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as TestRecord);
}

/** What is wrong with the file as a whole, apart from single tests. */
function faultsOfFile(
  records: readonly TestRecord[],
  ended: Ended,
  limitSeconds: number,
): string[] {
  const whole = records.some((record) => record.kind === 'end');
  const counted = records.filter((record) => record.kind !== 'end');
  if (ended.timedOut) {
    const last = counted.at(-1)?.name ?? 'none';
    const why = `after the test '${last}' something keeps running: a test, a timer, a server`;
    return [`killed after ${limitSeconds} s; ${why}`];
  }
  if (ended.signal !== null) return [`ended by ${ended.signal}`];
  if (!whole && counted.length > 0) return ['it ended before its tests did (process.exit?)'];
  if (counted.length === 0) {
    return [`no test was counted (exit code ${ended.code ?? 0}; process.exit, or no tests in it?)`];
  }
  const failed = counted.some((record) => record.kind === 'failed');
  if (ended.code !== 0 && !failed) return [`exit code ${ended.code ?? 0} although no test failed`];
  return [];
}

function describeRecord(file: string, record: TestRecord): string[] {
  if (record.kind === 'failed') {
    return [`FAILED ${file}:${record.line} ${record.name}\n${record.why}`];
  }
  return record.kind === 'skipped' ? [`SKIPPED ${file} ${record.name}`] : [];
}

function writeReport(
  file: string,
  records: readonly TestRecord[],
  faults: readonly string[],
  output: string,
): string {
  const parts = records.flatMap((record) => describeRecord(file, record));
  parts.push(...faults.map((fault) => `FAILED ${file}: ${fault}`));
  if (parts.length === 0) return '';
  if (output !== '') parts.push(`--- output of ${file}\n${output.trimEnd()}\n---`);
  return parts.join('\n');
}

/**
 * Runs a test file. Each of these counts as one failure: a failed test, a file that counts no
 * test or ends before its tests did, one that outlives its limit, a process left behind (which
 * is killed). Rejects only when no process can be started.
 */
export async function runTestFile(run: FileRun): Promise<FileResult> {
  const { file } = run;
  const startedAt = Date.now();
  const mark = randomUUID();
  const recordsFile = path.join(tmpdir(), `tongyu-test-${mark}.jsonl`);
  try {
    const ended = await runProcess(run, recordsFile, mark);
    const records = readRecords(recordsFile);
    const faults = faultsOfFile(records, ended, run.limitSeconds);
    const left = ended.timedOut ? [] : await waitUntilGone(mark, leftProcessGraceMs);
    for (const { pid, command } of left) faults.push(`left process ${pid} running: ${command}`);
    const count = (kind: TestRecord['kind']): number =>
      records.filter((record) => record.kind === kind).length;
    return {
      file,
      passed: count('passed'),
      failed: count('failed') + faults.length,
      skipped: count('skipped'),
      seconds: (Date.now() - startedAt) / 1000,
      report: writeReport(file, records, faults, ended.output),
    };
  } finally {
    killMarked(mark);
    rmSync(recordsFile, { force: true });
  }
}
