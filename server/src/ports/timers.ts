import type { Log } from './log.ts';

export type Timers = {
  /**
   * Runs the job every so many seconds; it never overlaps itself, and a failure is logged and
   * tried again.
   */
  every(seconds: number, name: string, job: () => Promise<void>): void;
  /** Runs an `every` job of this name as soon as it is not running. */
  soon(name: string): void;
  /** Stops all and waits for what is running. */
  stop(): Promise<void>;
};

type Job = {
  readonly run: () => Promise<void>;
  running: Promise<void> | undefined;
  again: boolean;
};

export function systemTimers(log: Log): Timers {
  const jobs = new Map<string, Job>();
  const handles: NodeJS.Timeout[] = [];
  let stopped = false;

  const start = (name: string, job: Job): void => {
    if (stopped) return;
    if (job.running !== undefined) {
      job.again = true;
      return;
    }
    job.running = job
      .run()
      .catch((error: unknown) => {
        log.error({ job: name }, 'job failed', error);
      })
      .then(() => {
        job.running = undefined;
        if (job.again) {
          job.again = false;
          start(name, job);
        }
      });
  };

  return {
    every(seconds, name, run) {
      const job: Job = { run, running: undefined, again: false };
      jobs.set(name, job);
      handles.push(
        setInterval(() => {
          if (job.running === undefined) start(name, job);
        }, seconds * 1000),
      );
    },
    soon(name) {
      const job = jobs.get(name);
      if (job !== undefined) start(name, job);
    },
    async stop() {
      stopped = true;
      for (const handle of handles) clearInterval(handle);
      await Promise.all([...jobs.values()].map((job) => job.running ?? Promise.resolve()));
    },
  };
}
