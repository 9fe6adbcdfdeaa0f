import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { browserClock, type Clock } from './ports/clock.ts';
import { browserNet, type Net } from './ports/fetch.ts';
import { browserRng, type Rng } from './ports/rng.ts';

/** What a face may use of the world outside; tests and the try page hand in others. */
export type Ports = { readonly clock: Clock; readonly net: Net; readonly rng: Rng };

export const browserPorts: Ports = { clock: browserClock, net: browserNet, rng: browserRng };

export const PortsContext = createContext<Ports>(browserPorts);

export function usePorts(): Ports {
  return useContext(PortsContext);
}
