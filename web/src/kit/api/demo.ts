/** Shapes of the demo routes; a node in production mode answers 404 to each of them. */

import type { Direction } from '@tongyu/protocol';

/** GET /demo/try: what the try page of this city shows beside its own gate. */
export type TryPlace = {
  /** Address of another city's code page, e.g. `http://127.0.0.1:4102/code?embed`. */
  readonly phoneUrl: string;
  /** Origins between which the framed pages may talk: this city's and the phone's. */
  readonly origins: readonly string[];
};

/** POST /demo/gate {key}: registers this browser's key as a terminal of the demo operator. */
export type DemoGate = {
  readonly terminal: string;
  readonly service: string;
  /** As registered; each tap of the terminal repeats it. */
  readonly direction: Direction;
  readonly stop: string | null;
  readonly pinnedRootHash: string;
};

/** GET /demo/line?tap=…: the host's line for a tap at this city's gate; 404 before there is one. */
export type DemoLine = {
  /** The bytes that both cities compare. */
  readonly text: string;
  readonly state: 'claimed' | 'accepted' | 'disputed';
  /** In which member they differ. */
  readonly field: string | null;
};
