/** Times by CPU, in alternating rounds, so that other work on the machine falls on all alike. */
export type Case = {
  readonly name: string;
  /** Does the work once; `i` rises, so that a case can take fresh input each time. */
  readonly run: (i: number) => unknown;
  readonly timesPerRound: number;
};

export type Timing = { readonly name: string; readonly microseconds: number };

const ROUNDS = 7;

/** Median CPU microseconds of each case over alternating rounds, after one round to warm up. */
export async function measure(cases: readonly Case[]): Promise<readonly Timing[]> {
  const samples = new Map<string, number[]>(cases.map((entry) => [entry.name, []]));
  const counters = new Map<string, number>();
  for (let round = -1; round < ROUNDS; round++) {
    for (const entry of cases) {
      const from = counters.get(entry.name) ?? 0;
      counters.set(entry.name, from + entry.timesPerRound);
      const before = process.cpuUsage();
      for (let i = 0; i < entry.timesPerRound; i++) {
        const result = entry.run(from + i);
        if (result instanceof Promise) await result;
      }
      const spent = process.cpuUsage(before);
      const microseconds = (spent.user + spent.system) / entry.timesPerRound;
      if (round >= 0) samples.get(entry.name)?.push(microseconds);
    }
  }
  return cases.map(({ name }) => ({ name, microseconds: median(samples.get(name) ?? []) }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function microsecondsOf(timings: readonly Timing[], name: string): number {
  const found = timings.find((timing) => timing.name === name);
  if (found === undefined) throw new Error(`no case named ${name}`);
  return found.microseconds;
}
