import type { DateText, Entry, Suspension } from '@tongyu/protocol';
import { treat } from '../entitlement/entitle.ts';
import type { Quote, Rider } from '../entitlement/types.ts';

/**
 * The price for a rider on a date by the edition, less what is suspended (LIST-2.2): of the rules
 * that fit, the one with which they pay least, the earlier one on a tie. Undefined when the service
 * opens to no code of that residence. Whether the city's last word is too old is not asked here.
 */
export function quoteFor(
  entry: Entry,
  suspensions: readonly Suspension[],
  rider: Rider,
  date: DateText,
): Quote | undefined {
  const treatment = treat({ entry, rider, date }, suspensions);
  return treatment.admitted ? treatment : undefined;
}
