import { browserClock, type Clock } from '../kit/ports/clock.ts';
import { browserNet, type Net } from '../kit/ports/fetch.ts';
import { browserLocks, type Locks } from '../kit/ports/locks.ts';
import { browserRng, type Rng } from '../kit/ports/rng.ts';
import { browserScreen, type Screen } from '../kit/ports/screen.ts';

/** The world as the resident page sees it. */
export type ResidentPorts = {
  readonly clock: Clock;
  readonly net: Net;
  readonly rng: Rng;
  readonly locks: Locks;
  readonly screen: Screen;
  /** The IndexedDB database of this phone. */
  readonly walletName: string;
};

export const browserPorts: ResidentPorts = {
  clock: browserClock,
  net: browserNet,
  rng: browserRng,
  locks: browserLocks,
  screen: browserScreen,
  walletName: 'tongyu-phone',
};
