import { toBase64Url, type KeyEntry, type Signer, type VerifySync } from '@tongyu/protocol';
import { rememberingVerify, verifySync } from '../crypto/verify.ts';
import { breathe } from '../ports/breathe.ts';
import { systemClock } from '../ports/clock.ts';
import { noFaults } from '../ports/faults.ts';
import { createHttpExchange } from '../ports/http-exchange.ts';
import { jsonLog, type Log } from '../ports/log.ts';
import { systemRng } from '../ports/rng.ts';
import { systemTimers } from '../ports/timers.ts';
import { CITY_TIMEOUT_SECONDS, httpCityLink, MAX_CITY_ANSWER_BYTES } from './city-link-http.ts';
import { cityRounds } from './city-rounds.ts';
import { createTerminal, type Terminal } from './create-terminal.ts';
import { terminalKey } from './key-file.ts';
import { OptionsError, readOptions, type ProgramOptions } from './program-options.ts';
import { readLines } from './read-lines.ts';
import { runLine, type LineAnswer } from './run-command.ts';
import { answerOfFault } from './scan-answer.ts';
import { openTerminalStore } from './sqlite-terminal-store.ts';
import { StorageFault, StoreUnusable, type TerminalStore } from './terminal-store.ts';

/** Passes that are shown again and again are checked once (CODE-6.3). */
const REMEMBERED_PASSES = 20_000;
const PREPARE_EVERY_SECONDS = 60;
/** More unanswered lines than this, and reading waits. */
const MAX_WAITING_LINES = 256;

type Program = {
  readonly terminal: Terminal;
  readonly store: TerminalStore;
  readonly key: KeyEntry;
  readonly log: Log;
  readonly wake: () => void;
};

function start(options: ProgramOptions): Program {
  const log = jsonLog(options.terminal, process.stderr);
  const clock = systemClock(options.clockOffsetSeconds);
  const signer = terminalKey(options.key);
  const store = openTerminalStore(options.data);
  const city = httpCityLink({
    cityUrl: options.city,
    terminal: options.terminal,
    key: signer,
    clock,
    exchange: createHttpExchange({
      timeoutSeconds: CITY_TIMEOUT_SECONDS,
      maxAnswerBytes: MAX_CITY_ANSWER_BYTES,
      via: options.proxy,
    }),
  });
  const terminal = createTerminal({
    ports: { clock, city, key: signer, verify: terminalVerify(), pause: breathe, faults: noFaults },
    store,
    config: { ...options, pinnedRootHash: options.pin },
  });
  const { syncSeconds } = options;
  const rounds = cityRounds({ terminal, clock, rng: systemRng(), log, syncSeconds });
  const timers = systemTimers(log);
  timers.every(1, 'city', () => rounds.tick());
  timers.every(PREPARE_EVERY_SECONDS, 'prepare', () => terminal.prepare());
  return {
    terminal,
    store,
    key: keyEntry(options.keyId, signer),
    log,
    wake: () => {
      rounds.wake();
    },
  };
}

/** The first byte of a pass's signed structure; a device signs text (CODE-5). */
const PASS_STRUCTURE = 0x84;

/** Only passes are remembered: a device signs each moment anew, and would push them out. */
function terminalVerify(): VerifySync {
  const verifyPass = rememberingVerify(REMEMBERED_PASSES);
  return (check) => (check.message[0] === PASS_STRUCTURE ? verifyPass : verifySync)(check);
}

function keyEntry(keyId: number, signer: Signer): KeyEntry {
  return { keyId, alg: signer.alg, key: toBase64Url(signer.publicKey) };
}

/** Answers in the order of the lines; a scan is decided at once, whatever a command waits for. */
async function answerLines(program: Program): Promise<void> {
  process.stdin.setEncoding('utf8');
  let printed = Promise.resolve();
  let waiting = 0;
  for await (const line of readLines(process.stdin as AsyncIterable<string>)) {
    if (line.trim() === '!quit') break;
    if (line === '') continue;
    const answer = answerOf(program, line);
    waiting += 1;
    printed = printed.then(async () => {
      process.stdout.write(`${JSON.stringify(await answer)}\n`);
      waiting -= 1;
    });
    if (waiting >= MAX_WAITING_LINES) await printed;
  }
  await printed;
}

async function answerOf({ terminal, key, log, wake }: Program, line: string): Promise<LineAnswer> {
  try {
    const answer = await runLine(terminal, key, line);
    wake();
    return answer;
  } catch (error) {
    // A defect of ours: the lock stays shut, the attendant is told, and the next one can try.
    log.error({}, 'a line could not be answered', error);
    return line.startsWith('!') ? { ok: false, error: 'INTERNAL' } : answerOfFault('internal');
  }
}

async function main(): Promise<void> {
  const program = start(readOptions(process.argv.slice(2)));
  const stop = (): never => {
    // A request under way is dropped: what it would have settled is sent again after the start.
    program.store.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.once('error', stop); // nobody reads the answers any more
  await program.terminal.prepare();
  await answerLines(program);
  stop();
}

main().catch((error: unknown) => {
  const isExpected =
    error instanceof OptionsError ||
    error instanceof StoreUnusable ||
    error instanceof StorageFault;
  process.stderr.write(`${isExpected ? error.message : String((error as Error).stack)}\n`);
  process.exit(error instanceof OptionsError ? 2 : 1);
});
