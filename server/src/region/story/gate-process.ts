import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Direction, Json } from '@tongyu/protocol';
import { Hopeless } from './wait-until.ts';

const PROGRAM = fileURLToPath(new URL('../../terminal/main.ts', import.meta.url));
const ANSWER_LIMIT_MS = 40_000;

export type GateOptions = {
  readonly dataDir: string;
  readonly cityUrl: string;
  readonly terminal: string;
  readonly service: string;
  readonly direction: Direction;
  readonly stop: string | null;
  readonly keyFile: string;
  readonly pinnedRootHash: string;
  readonly clockOffsetSeconds: number;
  /** `host:port` of its only way out. */
  readonly proxy: string;
};

export type Answer = Readonly<Record<string, Json>>;

/** The headless gate program as the board beside a turnstile runs it: lines in, JSON lines out. */
export type GateProcess = {
  /** A scan, or a command that begins with `!`. */
  ask(line: string): Promise<Answer>;
  /** As a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

export function startGate(options: GateOptions): GateProcess {
  const child = spawn(process.execPath, [PROGRAM, ...words(options)]);
  const waiting: ((answer: Answer | Error) => void)[] = [];
  const end = endOf(child);
  let complaint = '';
  mkdirSync(options.dataDir, { recursive: true });
  child.stderr.pipe(createWriteStream(`${options.dataDir}.log`, { flags: 'a', mode: 0o600 }));
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    complaint = (complaint + part).slice(-1000);
  });
  child.stdin.on('error', () => undefined); // its end tells
  const endedError = (): Hopeless => {
    const lines = complaint.trim().split('\n');
    const why = lines.find((line) => line.includes('Error')) ?? lines.at(-1) ?? '';
    return new Hopeless(`gate ${options.terminal} has ended: ${why}`);
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.(JSON.parse(line) as Answer);
  });
  void end.then(() => {
    for (const settle of waiting.splice(0)) settle(endedError());
  });

  return {
    ask: (line) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`gate ${options.terminal} did not answer ${line.slice(0, 12)}`));
        }, ANSWER_LIMIT_MS);
        waiting.push((answer) => {
          clearTimeout(timer);
          if (answer instanceof Error) reject(answer);
          else resolve(answer);
        });
        if (child.exitCode === null && child.signalCode === null) child.stdin.write(`${line}\n`);
        else waiting.pop()?.(endedError());
      }),
    async kill() {
      child.kill('SIGKILL');
      await end;
    },
    async stop() {
      child.stdin.end();
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await end;
      clearTimeout(timer);
    },
  };
}

function words(options: GateOptions): string[] {
  return [
    ...['--data', options.dataDir],
    ...['--city', options.cityUrl],
    ...['--terminal', options.terminal],
    ...['--service', options.service],
    ...['--direction', options.direction],
    ...(options.stop === null ? [] : ['--stop', options.stop]),
    ...['--key', options.keyFile],
    ...['--pin', options.pinnedRootHash],
    // With `=`, since a clock that is behind has a number that begins with a dash.
    `--clock-offset-seconds=${String(options.clockOffsetSeconds)}`,
    ...['--proxy', options.proxy],
    // The story presents the same picture at once, on purpose.
    ...['--debounce-seconds', '0'],
  ];
}

function endOf(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve) => {
    child.on('close', () => {
      resolve();
    });
    child.on('error', () => {
      resolve();
    });
  });
}
