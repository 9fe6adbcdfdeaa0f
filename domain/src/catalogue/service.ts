import type { ServiceFile } from '@tongyu/protocol';
import type { ServiceTerms } from './terms.ts';

/** The terms of one service in a service file. */
export function serviceTerms(file: ServiceFile, serviceId: string): ServiceTerms | undefined {
  const entry = file.services.find((service) => service.id === serviceId);
  if (entry === undefined) return undefined;
  const prices = new Map(entry.prices.map((price) => [price.residence, price.priceFen]));
  return {
    id: entry.id,
    open: entry.open,
    quote: ({ residence }) => {
      const priceFen = prices.get(residence);
      if (priceFen === undefined) return undefined;
      return { priceFen, fromFen: priceFen, fullFen: priceFen, rule: null };
    },
  };
}
