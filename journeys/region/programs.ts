// Starts the project's own programs as a person would, on ports and in a folder of the test's own.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const repository = path.resolve(import.meta.dirname, '../..');
const programs = {
  start: 'server/src/region/main.ts',
  story: 'server/src/region/story-main.ts',
} as const;

export interface Program {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The text so far, once it holds the pattern; throws when the program ends before. */
  readonly untilPrinted: (pattern: RegExp) => Promise<string>;
  /** Settles with the exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly isUp: () => boolean;
}

export interface Place {
  readonly data: string;
  readonly port: number;
}

export function run(
  name: keyof typeof programs,
  place: Place,
  words: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Program {
  const child = spawn(process.execPath, [path.join(repository, programs[name]), ...words], {
    cwd: repository,
    env: {
      ...process.env,
      TONGYU_DATA: place.data,
      TONGYU_PORT: String(place.port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, complaint] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (complaint += part));
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code);
    });
  });
  let isOver = false;
  void ended.then(() => (isOver = true));
  return {
    child,
    stdout: () => out,
    stderr: () => complaint,
    ended,
    isUp: () => !isOver,
    async untilPrinted(pattern) {
      while (!pattern.test(out)) {
        if (isOver) throw new Error(`ended without ${String(pattern)}:\n${out}\n${complaint}`);
        await sleep(50);
      }
      return out;
    },
  };
}

/** A folder and six free ports; `remove` ends whatever still works there. */
export async function makePlace(): Promise<Place & { readonly remove: () => void }> {
  const data = mkdtempSync(path.join(tmpdir(), 'tongyu-journey-'));
  return {
    data,
    port: await findFreePorts(),
    remove() {
      killAllOf(data);
      rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function findFreePorts(): Promise<number> {
  // Below 32768: from there on the system gives ports to whoever connects, also between our starts.
  for (let base = 20_000 + (process.pid % 1200) * 10; ; base += 10) {
    const free = await Promise.all([0, 1, 2, 3, 4, 5].map((offset) => isFree(base + offset)));
    if (free.every((one) => one)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** Processes whose environment names the data folder, and those that work inside it. */
export function processesOf(data: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        if (readlinkSync(`/proc/${name}/cwd`).startsWith(`${data}/`)) return true;
        return readFileSync(`/proc/${name}/environ`, 'utf8').includes(`TONGYU_DATA=${data}\0`);
      } catch {
        return false; // it ended, or is another user's
      }
    })
    .map(Number);
}

/** A power cut, as far as processes can have one. */
export function killAllOf(data: string): number {
  const pids = processesOf(data);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  }
  return pids.length;
}

export interface StepLine {
  readonly step: string;
  readonly expect: unknown;
  readonly got: unknown;
  readonly ok: boolean;
}

/** Every line of standard output must be one step: nothing else may stand there. */
export function stepLines(stdout: string): StepLine[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as StepLine);
}
