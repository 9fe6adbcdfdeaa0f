import type { Entry, Head, PartyId } from '@tongyu/protocol';
import type { CityTables } from '../../store/city-tables.ts';
import type { NodeStore } from '../../store/node-store.ts';
import { testJourneys, type TestJourneys, type TestTap } from './two-cities.ts';

export type MakeStore = (party: PartyId) => NodeStore<CityTables>;

/** A list of Wuhan's, as the vectors have it. */
export type TestList = {
  /** A time of the service day: `08:20`. */
  readonly at: (clock: string) => number;
  readonly heads: readonly Head[];
  readonly editions: ReadonlyMap<number, readonly Entry[]>;
};

/** Changsha's residents ride in Wuhan. */
export function ridesOf({ at, heads, editions }: TestList) {
  return {
    async wuhanAndChangsha(makeStore: MakeStore): Promise<TestJourneys> {
      const world = await testJourneys(at('09:00'), ['4201', '4301'], makeStore);
      world.editions.set('4201', new Map(editions));
      const host = world.city('4201');
      for (const head of heads) {
        host.heads.set(head.number, await host.sign({ ...head, party: '4201' }));
      }
      return world;
    },
    /** `1 metro entry a 08:00`, of a resident. */
    tap(spec: string, more: Partial<TestTap> = {}): TestTap {
      const [number, service = '', direction, stop = '-', clock = ''] = spec.split(' ');
      return {
        ...{ terminal: '4201-gate', number: Number(number), time: at(clock) },
        ...{ service: `4201-${service}`, direction: direction as TestTap['direction'] },
        stop: stop === '-' ? null : stop,
        ...{ resident: 'r-1', class: 0, shownFen: 100_000, edition: 3, head: 12 },
        ...{ fareGroup: '4201-transit', operator: '4201-transit-co' },
        ...more,
      };
    },
  };
}
