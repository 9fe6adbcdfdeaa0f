import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Rng } from '../ports/rng.ts';
import type { Terminal } from './create-terminal.ts';
import { CityAway } from './ports.ts';
import { StorageFault } from './terminal-store.ts';

/** The longest pause after failures: a gate notices the mended cable within this time. */
const MAX_PAUSE_SECONDS = 60;

export type CityRounds = {
  /** Synchronises and uploads when it is time; called every second. */
  tick(): Promise<void>;
  /** There is a new tap: it is sent with the next tick, unless the city is away. */
  wake(): void;
};

export type CityRoundsParts = {
  readonly terminal: Pick<Terminal, 'sync' | 'upload'>;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly log: Log;
  readonly syncSeconds: number;
};

/**
 * The terminal's own rhythm with its city. After a failure the pause doubles up to a minute, with a
 * random part, so that a station's gates do not all come back in the same second.
 */
export function cityRounds(parts: CityRoundsParts): CityRounds {
  const { terminal, clock, rng, log, syncSeconds } = parts;
  let nextSync = 0;
  let nextUpload = 0;
  let failures = 0;

  const pauseAfterFailure = (): number => {
    const pause = Math.min(MAX_PAUSE_SECONDS, syncSeconds * 2 ** Math.min(failures, 10));
    return Math.ceil(pause * (0.5 + (rng.bytes(1)[0] ?? 0) / 512));
  };
  const round = async (): Promise<void> => {
    const now = clock.now();
    const isSync = now >= nextSync;
    if (isSync) {
      const { refusals } = await terminal.sync();
      nextSync = now + syncSeconds;
      for (const refusal of refusals) {
        log.warn({ refusal: refusal.code, ...partyField(refusal.party) }, 'trust refused');
      }
    }
    if (isSync || now >= nextUpload) {
      nextUpload = now + MAX_PAUSE_SECONDS;
      const { blocked } = await terminal.upload();
      if (blocked !== null) log.warn({ refusal: blocked }, 'the city takes no taps');
    }
    failures = 0;
  };

  return {
    async tick() {
      if (clock.now() < Math.min(nextSync, nextUpload)) return;
      try {
        await round();
      } catch (error) {
        if (!(error instanceof CityAway) && !(error instanceof StorageFault)) throw error;
        failures += 1;
        nextSync = clock.now() + pauseAfterFailure();
        nextUpload = nextSync;
        if (failures === 1) log.warn({ job: 'city' }, 'the city is away, or nothing can be saved');
      }
    },
    wake() {
      if (failures === 0) nextUpload = 0;
    },
  };
}

function partyField(party: string | null): { readonly party?: string } {
  return party === null ? {} : { party };
}
