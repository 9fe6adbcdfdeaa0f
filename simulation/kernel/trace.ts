/** Everything that happened in a seed, as one number: the same seed has the same one for ever. */
export type Trace = {
  add(timeMilliseconds: number, what: string): void;
  events(): number;
  hash(): string;
};

/** @param onLine is given each line, for people */
export function createTrace(onLine?: (line: string) => void): Trace {
  let [high, low, count] = [0x811c9dc5, 0x1b873593, 0];
  const mix = (word: number): void => {
    high = Math.imul(high ^ word, 0x0100_0193);
    low = Math.imul(low + word, 0x85eb_ca6b) ^ (high >>> 13);
  };
  return {
    add(time, what) {
      count += 1;
      mix(time | 0);
      for (let i = 0; i < what.length; i++) mix(what.charCodeAt(i));
      onLine?.(`${String(time / 1000)} ${what}`);
    },
    events: () => count,
    hash: () => [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join(''),
  };
}
