import type { PartyId, ServiceEntry, ServiceFile } from '@tongyu/protocol';

/** What a terminal knows of its service; the service list will fill the same type. */
export type ServiceTerms = {
  readonly id: string;
  readonly open: boolean;
  /** Flat price in 分 by residence; a residence without one is not entitled. */
  readonly priceFenByResidence: ReadonlyMap<PartyId, number>;
};

export function serviceTerms(file: ServiceFile, serviceId: string): ServiceTerms | undefined {
  const entry = file.services.find((service) => service.id === serviceId);
  return entry === undefined ? undefined : termsOf(entry);
}

function termsOf(entry: ServiceEntry): ServiceTerms {
  return {
    id: entry.id,
    open: entry.open,
    priceFenByResidence: new Map(entry.prices.map((price) => [price.residence, price.priceFen])),
  };
}
