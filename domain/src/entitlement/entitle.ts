import type { ConcessionRule, PartyId, Suspension, Tariff } from '@tongyu/protocol';
import { isHeadGood, suspensionsOf } from './suspensions.ts';
import {
  RULE_REASONS,
  type Entitlement,
  type EntitlementFacts,
  type RuleFinding,
  type RuleReason,
  type TreatmentFacts,
} from './types.ts';

/**
 * What a rider is treated to at a service (ENT): pure and total. Every rule is looked at with all
 * that stands against it; what is not known is kept apart from what is not so.
 */
export function entitle(facts: EntitlementFacts): Entitlement {
  const { head, now } = facts;
  const isTold = now === undefined ? head !== undefined : isHeadGood(head, now);
  return weigh(facts, suspensionsOf(head, facts.entry.id), isTold ? 0 : LIST_TOO_OLD);
}

/**
 * The same by the edition and given suspensions, where nobody asks how old the host's last word is:
 * for what the list promises, not for what a gate does.
 */
export function treat(facts: TreatmentFacts, suspensions: readonly Suspension[]): Entitlement {
  return weigh(facts, suspensions, 0);
}

/** Reasons are collected as bits, in the order of `RULE_REASONS`: thousands of times a second. */
const bitOf = (reason: RuleReason): number => 1 << RULE_REASONS.indexOf(reason);
const RESIDENCE_NOT_NAMED = bitOf('RESIDENCE_NOT_NAMED');
const CLASS_NOT_SHOWN = bitOf('CLASS_NOT_SHOWN');
const NOT_YET = bitOf('NOT_YET');
const ENDED = bitOf('ENDED');
const SUSPENDED = bitOf('SUSPENDED');
const SUSPENDED_FOR_RESIDENCE = bitOf('SUSPENDED_FOR_RESIDENCE');
const DAILY_NUMBER_USED = bitOf('DAILY_NUMBER_USED');
const DAILY_NUMBER_OPEN = bitOf('DAILY_NUMBER_OPEN');
const LIST_TOO_OLD = bitOf('LIST_TOO_OLD');
const NOT_LOWEST = bitOf('NOT_LOWEST');
/** With one of these a rule does not apply, whatever else is open (ENT-2.2). */
const AGAINST = DAILY_NUMBER_OPEN - 1;

const reasonLists = Array.from({ length: 1 << RULE_REASONS.length }, (_, bits) =>
  RULE_REASONS.filter((reason) => (bits & bitOf(reason)) !== 0),
);

function weigh(
  facts: TreatmentFacts,
  suspensions: readonly Suspension[],
  age: number,
): Entitlement {
  const { entry, rider, fullFen } = facts;
  const { rules, tariff } = entry;
  const highest = fullFen ?? highestFen(tariff);
  const lowest = fullFen ?? lowestFen(tariff);
  const findings: RuleFinding[] = [];
  let priceFen = highest;
  let fromFen = lowest;
  let best = -1;
  for (const rule of rules) {
    const bits = age | lookAt(rule, facts, suspensions);
    if ((bits & ~DAILY_NUMBER_OPEN) === 0) fromFen = Math.min(fromFen, priceWith(rule, lowest));
    const price = bits === 0 ? priceWith(rule, highest) : highest;
    if (price < priceFen) {
      priceFen = price;
      best = findings.length;
    }
    const standing = bits === 0 ? 'fits' : (bits & AGAINST) === 0 ? 'unknown' : 'no';
    findings.push({ rule, standing, reasons: reasonLists[bits || NOT_LOWEST] ?? [] });
  }
  if (!entry.admits.includes(rider.residence)) return { admitted: false, findings };
  const rule = rules[best] ?? null;
  if (rule !== null) findings[best] = { rule, standing: 'applied', reasons: [] };
  return { admitted: true, priceFen, fromFen, fullFen: highest, rule, findings };
}

/** All that stands against a rule for this rider, or leaves it open, but the head's age. */
function lookAt(
  rule: ConcessionRule,
  { rider, date, usesToday }: TreatmentFacts,
  suspensions: readonly Suspension[],
): number {
  const { until, perDay } = rule;
  let bits = 0;
  if (!rule.residences.includes(rider.residence)) bits |= RESIDENCE_NOT_NAMED;
  if (!hasClass(rider.class, rule.class)) bits |= CLASS_NOT_SHOWN;
  if (date < rule.from) bits |= NOT_YET;
  if (until !== null && date > until) bits |= ENDED;
  if (suspensions.length > 0) bits |= suspended(suspensions, rule.id, rider.residence);
  if (perDay === null) return bits;
  if (usesToday === undefined) return bits | DAILY_NUMBER_OPEN;
  return usesToday(rule.id) >= perDay ? bits | DAILY_NUMBER_USED : bits;
}

function suspended(list: readonly Suspension[], ruleId: string, residence: PartyId): number {
  let bits = 0;
  for (const one of list) {
    if (one.rule !== ruleId) continue;
    if (one.residence === null) bits |= SUSPENDED;
    else if (one.residence === residence) bits |= SUSPENDED_FOR_RESIDENCE;
  }
  return bits;
}

/**
 * Whether who shows a class has the wanted one: who is 70 is also 65 and 60, everybody is anybody.
 * Reserved classes count as none (CODE-3.7).
 */
export function hasClass(shown: number, wanted: number): boolean {
  if (wanted === 0 || wanted === shown) return true;
  return wanted <= 3 && wanted < shown && shown <= 3;
}

function highestFen(tariff: Tariff): number {
  if (tariff.kind === 'free') return 0;
  return tariff.kind === 'zones' ? (tariff.pricesFen.at(-1) ?? 0) : tariff.priceFen;
}

function lowestFen(tariff: Tariff): number {
  return tariff.kind === 'zones' ? (tariff.pricesFen[0] ?? 0) : highestFen(tariff);
}

/** A price with a rule: rounded down to the 分, and never above what everybody pays (LIST-2.2). */
export function priceWith({ benefit }: ConcessionRule, fullFen: number): number {
  const price =
    benefit.kind === 'price' ? benefit.priceFen : Math.floor((fullFen * benefit.permille) / 1000);
  return Math.min(price, fullFen);
}
