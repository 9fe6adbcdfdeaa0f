import type { Log } from '../../server/src/ports/log.ts';
import type { Timers } from '../../server/src/ports/timers.ts';
import type { NodeStore } from '../../server/src/store/node-store.ts';
import type { Dice } from '../kernel/dice.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { NoAnswer } from '../kernel/wire.ts';

/** One start of a program, until it is killed. Everything volatile belongs to a life. */
export type Life = { readonly name: string; alive: boolean };

/** The program died at this place; whoever waits for its answer gets none. */
export class Crash extends NoAnswer {}

/** What a dead program still waits for never comes. */
export function forEver<R>(): Promise<R> {
  return new Promise(() => undefined);
}

/** The store as one life sees it: a dead one reads and writes nothing more. */
export function storeOfLife<T>(inner: NodeStore<T>, life: Life): NodeStore<T> {
  const isDead = (): boolean => !life.alive;
  const transaction = async <R>(work: (tx: T) => Promise<R>): Promise<R> => {
    if (isDead()) return forEver();
    const answer = await inner.transaction(async (tx) => {
      if (isDead()) throw new Crash('died while it waited for its turn');
      return work(tx);
    });
    return isDead() ? forEver() : answer;
  };
  return { transaction, read: transaction };
}

/** Jobs as events of the scheduler; a dead life's jobs run no more. */
export function simulatedTimers(
  scheduler: Scheduler,
  dice: Dice,
  life: Life,
  onDefect: (error: unknown, job: string) => void,
): Timers {
  type Job = {
    readonly run: () => Promise<void>;
    running: boolean;
    again: boolean;
    /** Somebody has asked for it in this moment. */
    isSoon: boolean;
  };
  const jobs = new Map<string, Job>();
  const start = async (name: string, job: Job): Promise<void> => {
    if (!life.alive) return;
    if (job.running) {
      job.again = true;
      return;
    }
    job.running = true;
    try {
      await job.run();
    } catch (error) {
      if (!(error instanceof Crash)) onDefect(error, `${life.name} ${name}`);
    }
    job.running = false;
    if (!job.again) return;
    job.again = false;
    await start(name, job);
  };
  return {
    every(seconds, name, run) {
      const job: Job = { run, running: false, again: false, isSoon: false };
      jobs.set(name, job);
      const label = `${life.name} ${name}`;
      const tick = (): Promise<void> | undefined => {
        if (!life.alive) return undefined;
        scheduler.after(seconds * 1000, label, turn);
        return job.running ? undefined : start(name, job);
      };
      const turn = (): void | Promise<void> => tick();
      scheduler.after(dice.below(seconds * 1000), label, turn);
    },
    soon(name) {
      const job = jobs.get(name);
      if (job === undefined || job.isSoon) return;
      job.isSoon = true;
      scheduler.after(1, `${life.name} ${name}`, () => {
        job.isSoon = false;
        return start(name, job);
      });
    },
    stop: () => Promise.resolve(),
  };
}

/** A node must catch nothing that it should not: errors in its log are defects here. */
export function strictLog(onDefect: (error: unknown, job: string) => void, node: string): Log {
  return {
    info: () => undefined,
    warn: () => undefined,
    error: (_fields, message, error) => {
      onDefect(error ?? message, node);
    },
  };
}
