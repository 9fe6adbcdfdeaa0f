import { suspendedRules } from '../catalogue/terms.ts';
import type { Entitlement, EntitlementFacts } from '../entitlement/types.ts';
import { quoteFor } from '../catalogue/quote.ts';

/** The treatment until the entitlement room has its own. */
export function entitle(facts: EntitlementFacts): Entitlement {
  const { entry, head, rider, date, fullFen = 0, usesToday } = facts;
  const stopped = new Set(suspendedRules(head, entry.id));
  for (const rule of entry.rules) {
    const only = head?.suspended.some(
      (one) => one.entry === entry.id && one.rule === rule.id && one.residence === rider.residence,
    );
    const open = head?.suspended.some(
      (one) => one.entry === entry.id && one.rule === rule.id && one.residence === null,
    );
    const isUsed = rule.perDay !== null && (usesToday?.(rule.id) ?? 0) >= rule.perDay;
    stopped.delete(rule.id);
    if (only === true || open === true || isUsed) stopped.add(rule.id);
  }
  const flat = { ...entry, tariff: { kind: 'flat', priceFen: fullFen } as const };
  const quote = quoteFor(flat, stopped, rider, date);
  const none = { priceFen: 0, fromFen: 0, fullFen: 0, rule: null };
  return { admitted: quote !== undefined, findings: [], ...(quote ?? none) };
}
