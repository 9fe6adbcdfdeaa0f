import { namedPart, type HostList, type PartyId } from '@tongyu/protocol';
import { termsOf, type ServiceTerms } from './terms.ts';

/** What a terminal's decision stands on, of the service list. */
export type HostTerms = {
  /** Undefined: the edition in force does not hold the service. */
  readonly terms: ServiceTerms | undefined;
  readonly editionNumber: number;
  readonly headNumber: number;
};

/**
 * The terms of a terminal's service at any moment: an edition takes effect while the terminal runs.
 * The entries are found once per list, as scans ask every time.
 */
export function hostTerms(
  list: HostList,
  host: PartyId,
  serviceId: string,
): (now: number) => HostTerms {
  const head = list.catalogue.heads.find(({ signed }) => signed.party === host)?.signed;
  const editions = list.catalogue.editions.map(({ signed }) => {
    const part = list.parts.get(namedPart(signed, host)?.hash ?? '');
    const entry = part?.entries.find(({ id }) => id === serviceId);
    return { number: signed.number, from: signed.effectiveFrom, entry };
  });
  return (now) => {
    const inForce = editions.findLast(({ from }) => from <= now);
    return {
      terms: inForce?.entry && termsOf(inForce.entry, head, now),
      editionNumber: inForce?.number ?? 0,
      headNumber: head?.number ?? 0,
    };
  };
}
