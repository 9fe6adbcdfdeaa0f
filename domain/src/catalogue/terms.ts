import {
  HEAD_LIFE_SECONDS,
  serviceDay,
  serviceDayDate,
  type Entry,
  type Head,
  type Suspension,
} from '@tongyu/protocol';
import type { Rider } from '../entitlement/types.ts';
import { quoteFor, type Quote } from './quote.ts';

/** What a terminal knows of its service at one moment. */
export type ServiceTerms = {
  readonly id: string;
  /** Whether the list and the head that the terminal holds let anybody in now (LIST-4.5). */
  readonly open: boolean;
  /** Undefined: no price exists for this residence. */
  readonly quote: (rider: Rider) => Quote | undefined;
};

/**
 * The terms of an entry, as its city's head narrows them. Without a head, or on one older than
 * 72 h, nobody can say whether it is suspended.
 */
export function termsOf(entry: Entry, head: Head | undefined, now: number): ServiceTerms {
  const rules = suspendedRules(head, entry.id);
  const date = serviceDayDate(serviceDay(now));
  return {
    id: entry.id,
    open: isHeadGood(head, now) && suspensionOf(head, entry.id) === undefined,
    quote: (rider) => quoteFor(entry, rules, rider, date),
  };
}

export function isHeadGood(head: Head | undefined, now: number): boolean {
  return head !== undefined && now - head.time <= HEAD_LIFE_SECONDS;
}

/** Why the whole service is closed by its host; undefined when it is not. */
export function suspensionOf(head: Head | undefined, entryId: string): Suspension | undefined {
  return head?.suspended.find((one) => one.entry === entryId && one.rule === null);
}

/** The rules of an entry that its host has suspended. */
export function suspendedRules(head: Head | undefined, entryId: string): ReadonlySet<string> {
  const rules = (head?.suspended ?? [])
    .filter((one) => one.entry === entryId)
    .flatMap(({ rule }) => (rule === null ? [] : [rule]));
  return new Set(rules);
}
