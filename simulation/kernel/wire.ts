import type { Dice } from './dice.ts';
import type { Scheduler } from './scheduler.ts';

/** How bad the network of a seed is. Rates are per mille, for requests and answers alike. */
export type WireFaults = {
  readonly lost: number;
  /** A request arrives a second time, perhaps much later. */
  readonly duplicated: number;
  readonly slow: number;
  readonly delayMilliseconds: number;
};

/** Somebody who sends or receives: `hub`, `4201`, `gate 4201-g1`, `phone 3`. */
export type Endpoint = string;

export type Wire = {
  faults: WireFaults;
  /** Directions that carry nothing, as `from>to`; `*` for everybody. */
  readonly cuts: Set<string>;
  /**
   * One request with its answer. Either may be lost, late or overtaken, so `deliver` may have had
   * its effect although this throws what `away` makes.
   */
  request<R>(
    from: Endpoint,
    to: Endpoint,
    deliver: () => Promise<R>,
    away: (why: string) => Error,
  ): Promise<R>;
};

const TIMEOUT_MILLISECONDS = 5_000;
const LATEST_DUPLICATE_MILLISECONDS = 900_000;

/** Thrown by `deliver` when nobody answers, as when the process died over the request. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

export function createWire(scheduler: Scheduler, dice: Dice, faults: WireFaults): Wire {
  const cuts = new Set<string>();
  const isCut = (from: Endpoint, to: Endpoint): boolean =>
    cuts.size > 0 && (cuts.has(`${from}>${to}`) || cuts.has(`${from}>*`) || cuts.has(`*>${to}`));
  const delay = (): number => {
    const usual = 5 + dice.below(wire.faults.delayMilliseconds);
    return dice.perMille(wire.faults.slow) ? usual * 20 : usual;
  };
  const wire: Wire = {
    faults,
    cuts,
    request: (from, to, deliver, away) =>
      new Promise((resolve, reject) => {
        let isOver = false;
        scheduler.after(TIMEOUT_MILLISECONDS, '', () => {
          if (isOver) return;
          isOver = true;
          reject(away(`${to} does not answer ${from}`));
        });
        const arrive = async (): Promise<void> => {
          if (isCut(from, to)) return;
          try {
            const answer = await deliver();
            if (isOver || isCut(to, from) || dice.perMille(wire.faults.lost)) return;
            scheduler.after(delay(), '', () => {
              if (isOver) return;
              isOver = true;
              resolve(answer);
            });
          } catch (error) {
            if (!(error instanceof NoAnswer)) throw error;
          }
        };
        const { lost, duplicated } = wire.faults;
        const label = `${from} > ${to}`;
        if (!dice.perMille(lost)) scheduler.after(delay(), label, arrive);
        if (dice.perMille(duplicated)) {
          scheduler.after(dice.below(LATEST_DUPLICATE_MILLISECONDS), `${label} again`, arrive);
        }
      }),
  };
  return wire;
}
