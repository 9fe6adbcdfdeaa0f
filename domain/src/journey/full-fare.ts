import type { Tariff } from '@tongyu/protocol';
import type { MendedJourney } from './repair-journey.ts';

/**
 * The tariff of a journey without any concession, in 分 (JRN-3.3). With an end that nobody knows it
 * is the highest. Undefined: an end stands at a stop that the tariff does not have.
 */
export function fullFare(tariff: Tariff, { from, to }: MendedJourney): number | undefined {
  if (tariff.kind === 'free') return 0;
  if (tariff.kind !== 'zones') return tariff.priceFen;
  const highest = tariff.pricesFen.at(-1) ?? 0;
  if (from === null || to === null) return highest;
  const zoneOf = (stop: string | null) => tariff.stops.find(({ id }) => id === stop)?.zone;
  const [start, end] = [zoneOf(from.stop), zoneOf(to.stop)];
  if (start === undefined || end === undefined) return undefined;
  return tariff.pricesFen[Math.abs(end - start)] ?? highest;
}
