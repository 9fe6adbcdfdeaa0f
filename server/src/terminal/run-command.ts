import { oneOf, readShape, type KeyEntry } from '@tongyu/protocol';
import type { Terminal } from './create-terminal.ts';
import { CityAway } from './ports.ts';
import { StorageFault } from './terminal-store.ts';

const reasonShape = oneOf('no-phone', 'code-unreadable', 'card-or-paper', 'other');

/** One line of answer, as JSON. */
export type LineAnswer = Readonly<Record<string, unknown>>;

/**
 * One line of the program's input: a scan, or a command that begins with `!`. Faults become an
 * answer too: whoever waits for a line always gets one.
 */
export async function runLine(
  terminal: Terminal,
  key: KeyEntry,
  line: string,
): Promise<LineAnswer> {
  if (!line.startsWith('!')) return terminal.scan(line);
  const [command = '', ...words] = line.slice(1).trim().split(/ +/);
  try {
    return await runCommand(terminal, key, command, words);
  } catch (error) {
    if (error instanceof CityAway) return { command, ok: false, error: 'CITY_AWAY' };
    if (error instanceof StorageFault) return { command, ok: false, error: 'STORAGE' };
    throw error;
  }
}

async function runCommand(
  terminal: Terminal,
  key: KeyEntry,
  command: string,
  words: readonly string[],
): Promise<LineAnswer> {
  if (command === 'sync') return { command, ok: true, ...(await terminal.sync()) };
  if (command === 'upload') return { command, ok: true, ...(await terminal.upload()) };
  if (command === 'status') return { command, ok: true, ...terminal.status(), key };
  if (command === 'retry') return { command, ok: true, retried: terminal.retryRefused() };
  if (command === 'assist') {
    const reason = readShape(reasonShape, words[0]);
    if (!reason.ok) return { command, ok: false, error: 'REASON_UNKNOWN' };
    return { command, ok: true, ...(await terminal.assist(reason.value)) };
  }
  return { command, ok: false, error: 'COMMAND_UNKNOWN' };
}
