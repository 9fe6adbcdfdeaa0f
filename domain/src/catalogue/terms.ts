import { serviceDay, serviceDayDate, type Entry, type Head } from '@tongyu/protocol';
import { entitle } from '../entitlement/entitle.ts';
import { isHeadGood, suspensionOf } from '../entitlement/suspensions.ts';
import type { Entitled, Rider } from '../entitlement/types.ts';

/** What a terminal knows of its service at one moment. */
export type ServiceTerms = {
  readonly id: string;
  /** Whether the list and the head that the terminal holds let anybody in now (LIST-4.5). */
  readonly open: boolean;
  /** Undefined: no price exists for this residence. */
  readonly quote: (rider: Rider) => Entitled | undefined;
};

/**
 * The terms of an entry, as its city's head narrows them. Without a head, or on one older than
 * 72 h, nobody can say whether it is suspended.
 */
export function termsOf(entry: Entry, head: Head | undefined, now: number): ServiceTerms {
  const date = serviceDayDate(serviceDay(now));
  return {
    id: entry.id,
    open: isHeadGood(head, now) && suspensionOf(head, entry.id) === undefined,
    quote: (rider) => {
      const treatment = entitle({ entry, head, rider, date, now });
      return treatment.admitted ? treatment : undefined;
    },
  };
}
