import type { TapCounts } from './journey-tables.ts';

/**
 * Where a tap stands: `line`, `open`, `pending`, `unpriced`, `doubled`, or `tap …` and `group …`
 * with the reason of its exception.
 */
export type TapPlace = { readonly place: string; readonly n: number };

export function countPlaces(places: readonly TapPlace[]): TapCounts {
  const at = (place: string): number => places.find((one) => one.place === place)?.n ?? 0;
  const under = (prefix: string): Record<string, number> =>
    Object.fromEntries(
      places
        .filter(({ place }) => place.startsWith(prefix))
        .map(({ place, n }) => [place.slice(prefix.length), n] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return {
    accepted: places.reduce((sum, { n }) => sum + n, 0),
    exceptions: under('tap '),
    groupExceptions: under('group '),
    pending: at('pending'),
    unpriced: at('unpriced'),
    inLines: at('line'),
    open: at('open'),
    doubled: at('doubled'),
  };
}
