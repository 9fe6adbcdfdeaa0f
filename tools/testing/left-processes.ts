// Finds processes by a mark in their environment. Children inherit it, even those that leave
// their process group, so it finds what a test file left running.
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const markVariable = 'TONGYU_TEST_MARK';

/** The environment that marks a child; marks add up, so that a runner may run a runner. */
export function markedEnvironment(mark: string): NodeJS.ProcessEnv {
  const outer = process.env[markVariable];
  return { ...process.env, [markVariable]: outer === undefined ? mark : `${outer},${mark}` };
}

export interface LeftProcess {
  readonly pid: number;
  /** Its command line, shortened. */
  readonly command: string;
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // it ended, or belongs to another user
  }
}

function marksOf(pid: number): string[] {
  const prefix = `${markVariable}=`;
  const entry = readProc(pid, 'environ')
    .split('\0')
    .find((line) => line.startsWith(prefix));
  return entry === undefined ? [] : entry.slice(prefix.length).split(',');
}

/** The live processes that carry the mark. Empty on a system without /proc. */
export function processesWithMark(mark: string): LeftProcess[] {
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => marksOf(pid).includes(mark))
    .filter((pid) => !/^State:\s+Z/m.test(readProc(pid, 'status')))
    .map((pid) => ({ pid, command: readProc(pid, 'cmdline').replaceAll('\0', ' ').slice(0, 150) }));
}

/** Waits up to `graceMs` for the marked processes to end; returns those that did not. */
export async function waitUntilGone(mark: string, graceMs: number): Promise<LeftProcess[]> {
  const deadline = Date.now() + graceMs;
  let left = processesWithMark(mark);
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(50);
    left = processesWithMark(mark);
  }
  return left;
}

/** Ends every process that carries the mark, at once. */
export function killMarked(mark: string): void {
  for (const { pid } of processesWithMark(mark)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended between the look and the kill.
    }
  }
}
