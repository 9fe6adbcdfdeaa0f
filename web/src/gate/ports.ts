import { browserCamera, type Camera } from '../kit/ports/camera.ts';
import { browserClock, type Clock } from '../kit/ports/clock.ts';
import { browserNet, type Net } from '../kit/ports/fetch.ts';
import { browserLocks, type Locks } from '../kit/ports/locks.ts';
import { browserTones, type Tones } from '../kit/ports/tones.ts';

/** The world as the gate page sees it. */
export type GatePorts = {
  readonly clock: Clock;
  readonly net: Net;
  readonly locks: Locks;
  readonly camera: Camera;
  readonly tones: Tones;
  /** The IndexedDB database of this terminal. */
  readonly storeName: string;
};

export const browserPorts: GatePorts = {
  clock: browserClock,
  net: browserNet,
  locks: browserLocks,
  camera: browserCamera,
  tones: browserTones,
  storeName: 'tongyu-gate',
};
