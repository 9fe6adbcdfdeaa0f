import type { Head } from '@tongyu/protocol';

/** A terminal's list is at most this old, or its host bears what that costs (JRN-3.5). */
const LIST_LIFE_SECONDS = 86_400;

/**
 * The head by which the host bears what a terminal did not know (JRN-3.5): the one that the tap
 * names, unless that was too old by then; then the newest that had been made.
 *
 * @param heads the host's own, all that may have been made up to the tap, in any order
 */
export function headThen(held: Head, heads: Iterable<Head>, tapTime: number): Head {
  if (tapTime - held.time <= LIST_LIFE_SECONDS) return held;
  let newest = held;
  for (const head of heads) {
    if (head.time <= tapTime && head.number > newest.number) newest = head;
  }
  return newest;
}
