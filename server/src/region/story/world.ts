import type { Clock } from '../../ports/clock.ts';
import type { RegionNodeId } from '../../config.ts';
import type { NodeClient } from './console-client.ts';
import type { StoryGate } from './story-gate.ts';
import type { StoryPhone } from './story-phone.ts';

/** Everything that the story may touch: as outsiders and staff would, over HTTP and at gates. */
export type World = {
  readonly clock: Clock;
  /** Folder for what only the story's own gates and phones keep. */
  readonly folder: string;
  /** How far all clocks of the region are shifted from the machine's. */
  readonly clockOffsetSeconds: number;
  readonly pinnedRootHash: string;
  node(id: RegionNodeId): NodeClient;
  readonly gates: {
    /** Two turnstiles of the Wuhan metro and the door of a Hefei museum. */
    readonly metroOne: StoryGate;
    readonly metroTwo: StoryGate;
    readonly museum: StoryGate;
    /** A Wuhan turnstile whose clock is 10 minutes ahead; unplugged after its first sync. */
    readonly metroAhead: StoryGate;
    /** A sight and a ferry pier of Wuhan; a way into Nanchang's metro, which has zones. */
    readonly sight: StoryGate;
    readonly ferry: StoryGate;
    readonly zoneIn: StoryGate;
  };
  readonly phones: {
    readonly changsha: StoryPhone;
    readonly changshaNeighbour: StoryPhone;
    /** 68 years old, and its passes say so. */
    readonly changshaSenior: StoryPhone;
    /** Its clock will be wrong. */
    readonly changshaFast: StoryPhone;
    /** It will be lost. */
    readonly changshaLost: StoryPhone;
    readonly hefei: StoryPhone;
    readonly huangshi: StoryPhone;
  };
  /** One more phone of a synthetic resident, with a pool of its own. */
  bindPhone(party: RegionNodeId, persona: string): Promise<StoryPhone>;
  /** By the program that started it. */
  stopHub(): Promise<void>;
  startHub(): Promise<void>;
};
