import { eventHeap } from './event-heap.ts';

/** The only clock of a simulated region: events in the order of (time, sequence), one at a time. */
export type Scheduler = {
  /** Milliseconds of true time, whatever the nodes' clocks say. */
  now(): number;
  after(milliseconds: number, label: string, act: Act): void;
  /** Lets other events run; with 0 those that are due at the same moment. */
  sleep(milliseconds: number): Promise<void>;
  /** Nobody runs for so long: what becomes due meanwhile happens at the end, in its order. */
  jump(milliseconds: number): void;
  /** Runs events until that time, with all the promises that hang on each. */
  runUntil(milliseconds: number): Promise<void>;
};

type Act = () => void | Promise<void>;

export type SchedulerHooks = {
  onEvent(timeMilliseconds: number, label: string): void;
  /** What an event threw, also long after it began. */
  onError(error: unknown, label: string): void;
};

export function createScheduler(startMilliseconds: number, hooks: SchedulerHooks): Scheduler {
  const heap = eventHeap<{ readonly label: string; readonly act: Act }>();
  let now = startMilliseconds;
  const after = (milliseconds: number, label: string, act: Act): void => {
    heap.push(now + milliseconds, { label, act });
  };
  return {
    now: () => now,
    after,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        after(milliseconds, '', resolve);
      }),
    jump(milliseconds) {
      now += milliseconds;
    },
    async runUntil(end) {
      for (;;) {
        const next = heap.pop(end);
        if (next === undefined) break;
        now = Math.max(now, next.time);
        const { label, act } = next.value;
        if (label !== '') hooks.onEvent(now, label);
        try {
          const running = act();
          running?.catch((error: unknown) => {
            hooks.onError(error, label);
          });
        } catch (error) {
          hooks.onError(error, label);
        }
        await drained();
      }
      now = Math.max(now, end);
    },
  };
}

/**
 * Resolves when no promise is left to run: Node takes the tick queue up only after the microtasks
 * are done. No event loop turn is needed, and none happens within a seed.
 */
function drained(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
