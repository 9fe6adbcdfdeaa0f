import { serviceDay, serviceDayDate, type Entry, type Head } from '@tongyu/protocol';
import { entitle } from '../entitlement/entitle.ts';
import { isHeadGood, suspensionOf } from '../entitlement/suspensions.ts';
import type { Entitled, Rider } from '../entitlement/types.ts';
import { whyUnusable } from './usable.ts';

/** What one person's code does at one service, and why not where it does nothing. */
export type Opening = {
  readonly entry: Entry;
  /** The price with the code; undefined where the code does not open it now. */
  readonly quote: Entitled | undefined;
  /** Why the code does not open it, all reasons; empty where it does. */
  readonly closed: readonly ClosedBecause[];
  /** Checked too long ago: true or not, nobody has looked lately. */
  readonly unchecked: boolean;
};

export type ClosedBecause =
  /** It takes no codes: one signs in, rings up or goes to the counter. */
  | 'NO_CODE_HERE'
  | 'NOT_FOR_RESIDENTS'
  /** No price exists for this residence. */
  | 'RESIDENCE_NOT_ADMITTED'
  | 'SUSPENDED'
  /** What the phone or node holds of the host city is too old to tell. */
  | 'LIST_TOO_OLD';

/** "What can I use here": every entry of a city for one rider, in the order of the entries. */
export function whatOpens(
  entries: readonly Entry[],
  head: Head | undefined,
  rider: Rider,
  now: number,
): readonly Opening[] {
  const date = serviceDayDate(serviceDay(now));
  return entries.map((entry) => {
    const treatment = entitle({ entry, head, rider, date, now });
    const closed: ClosedBecause[] = [];
    if (!entry.access.includes('code')) closed.push('NO_CODE_HERE');
    else if (!treatment.admitted) closed.push('RESIDENCE_NOT_ADMITTED');
    if (!entry.audience.residents) closed.push('NOT_FOR_RESIDENTS');
    if (suspensionOf(head, entry.id) !== undefined) closed.push('SUSPENDED');
    else if (!isHeadGood(head, now)) closed.push('LIST_TOO_OLD');
    return {
      entry,
      quote: closed.length === 0 && treatment.admitted ? treatment : undefined,
      closed,
      unchecked: whyUnusable(entry, head, now).includes('CHECK_TOO_OLD'),
    };
  });
}
