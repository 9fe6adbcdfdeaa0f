import { canonicalJson, type GroupClaim } from '@tongyu/protocol';
import { repairsInOrder } from './repair-journey.ts';
import type { GroupFacts, PricedGroup } from './types.ts';

/** What the host claims of a group (JRN-4.2). */
export function claimOf(facts: GroupFacts, priced: PricedGroup, revision: number): GroupClaim {
  const { key, fareGroup, day, asOf } = facts;
  const { exceptions, lines, open, taps } = priced;
  const repairs = repairsInOrder(facts.repairs);
  return { asOf, day, exceptions, fareGroup, key, lines, open, repairs, revision, taps };
}

/**
 * Whether there is something new to claim (JRN-4.3): a later look at the same taps that finds the
 * same is no new revision.
 */
export function differsFrom(held: GroupClaim | undefined, next: GroupClaim): boolean {
  return held === undefined || contentOf(held) !== contentOf(next);
}

function contentOf({ revision: _, asOf: __, ...content }: GroupClaim): string {
  return canonicalJson(content);
}
