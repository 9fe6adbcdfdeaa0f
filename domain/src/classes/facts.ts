import { MAX_CLASS, slotEnd, type Slot } from '@tongyu/protocol';

/** How sure a proof makes that it is true, rising (CLS-2.2). */
export const ASSURANCES = ['low', 'substantial', 'high'] as const;
export type Assurance = (typeof ASSURANCES)[number];

/** What a home city keeps of a proof of a class: neither certificate nor birth date (CLS-3.1). */
export type ClassFact = {
  /** Number of CODE-3.7, never 0. */
  readonly class: number;
  /** Which register proved it. */
  readonly prover: string;
  readonly assurance: Assurance;
  /** From when on it is known to hold, at most 8 days back: how long before that is forgotten. */
  readonly since: number;
  /** When it was proved last. */
  readonly provedAt: number;
  /** The first second at which it holds no more; null when it has no end. */
  readonly expiresAt: number | null;
  /** When the register gave it no more; null while it does. */
  readonly endedAt: number | null;
};

/** What a register answers about one resident. */
export type ProvedClass = { readonly class: number; readonly expiresAt: number | null };

const SECONDS_PER_DAY = 86_400;
/** A proof stands this long when its register is not heard again (CLS-3.3). */
export const PROOF_STANDS_SECONDS = 7 * SECONDS_PER_DAY;
/** How long what was is kept, for repairs (CLS-3.5): 7 days and one more. */
export const FACT_MEMORY_SECONDS = 8 * SECONDS_PER_DAY;

/** The least assurance that each class needs (CLS-2.3); no other number is a class. */
const NEEDED: Readonly<Record<number, Assurance>> = {
  1: 'substantial',
  2: 'substantial',
  3: 'substantial',
  4: 'substantial',
  5: 'high',
  6: 'high',
};

/** The assurances that are enough for a class (CLS-2.3). */
export function assurancesFor(classNumber: number): readonly Assurance[] {
  const needed = NEEDED[classNumber];
  return needed === undefined ? [] : ASSURANCES.slice(ASSURANCES.indexOf(needed));
}

export function isAssuredEnough({ class: number, assurance }: ClassFact): boolean {
  return assurancesFor(number).includes(assurance);
}

/** Whether the fact holds at that time, with whatever assurance (CLS-3.3, CLS-3.4). */
export function holdsAt(fact: ClassFact, time: number): boolean {
  const until = Math.min(fact.expiresAt ?? Infinity, fact.endedAt ?? Infinity);
  return fact.since <= time && time < until && time < fact.provedAt + PROOF_STANDS_SECONDS;
}

/** Whether somebody's facts prove the class for that time (CLS-3.4). */
export function provesClass(facts: readonly ClassFact[], number: number, time: number): boolean {
  return facts.some(
    (fact) => fact.class === number && isAssuredEnough(fact) && holdsAt(fact, time),
  );
}

/**
 * Of each class that holds now, the fact that counts: one with enough assurance before one without,
 * then the one that lasts longest. In the order of the classes.
 */
export function countingFacts(facts: readonly ClassFact[], now: number): readonly ClassFact[] {
  const best = new Map<number, ClassFact>();
  for (const fact of facts) {
    if (!holdsAt(fact, now)) continue;
    const other = best.get(fact.class);
    if (other === undefined || isBetter(fact, other)) best.set(fact.class, fact);
  }
  return [...best.values()].sort((a, b) => a.class - b.class);
}

function isBetter(fact: ClassFact, other: ClassFact): boolean {
  const enough = isAssuredEnough(fact);
  if (enough !== isAssuredEnough(other)) return enough;
  return (fact.expiresAt ?? Infinity) > (other.expiresAt ?? Infinity);
}

/** The class that a pass of the slot may carry under a proof that ends then (CLS-4.2). */
export function classOnSlot(number: number, expiresAt: number | null, slot: Slot): number {
  return expiresAt === null || slotEnd(slot) <= expiresAt ? number : 0;
}

/**
 * One register's facts of one resident after it has answered (CLS-3): what it gives again goes on,
 * what it gives no more ends, what ended longer ago than is needed is forgotten.
 * @param known the facts of this register and resident alone
 */
export function mergeProof(
  known: readonly ClassFact[],
  prover: { readonly id: string; readonly assurance: Assurance },
  proved: readonly ProvedClass[],
  at: number,
): readonly ClassFact[] {
  const given = provedNow(proved, at);
  const goesOn = (fact: ClassFact): boolean =>
    fact.endedAt === null &&
    (fact.expiresAt === null || fact.expiresAt > at) &&
    fact.assurance === prover.assurance &&
    given.some((one) => one.class === fact.class);
  const ended = known
    .filter((fact) => !goesOn(fact))
    .map((fact) => (fact.endedAt === null ? { ...fact, endedAt: at } : fact))
    .filter((fact) => fact.since < at && endOf(fact) > at - FACT_MEMORY_SECONDS);
  const going = given.map((one): ClassFact => {
    const before = known.find((fact) => fact.class === one.class && goesOn(fact));
    return {
      ...{ class: one.class, prover: prover.id, assurance: prover.assurance },
      since: Math.max(before?.since ?? at, at - FACT_MEMORY_SECONDS),
      ...{ provedAt: at, expiresAt: one.expiresAt, endedAt: null },
    };
  });
  return [...ended, ...going];
}

/** Of a register's answer what can be believed: each class once, with the latest of its ends. */
function provedNow(proved: readonly ProvedClass[], at: number): readonly ProvedClass[] {
  const last = new Map<number, ProvedClass>();
  for (const one of proved) {
    const { expiresAt } = one;
    const isOver = expiresAt !== null && !(Number.isSafeInteger(expiresAt) && expiresAt > at);
    if (isOver || !isClass(one.class)) continue;
    const other = last.get(one.class);
    const otherEnd = other === undefined ? -Infinity : (other.expiresAt ?? Infinity);
    if ((expiresAt ?? Infinity) > otherEnd) last.set(one.class, one);
  }
  return [...last.values()];
}

/** When a fact that holds no more stopped to hold. */
function endOf(fact: ClassFact): number {
  return Math.min(fact.expiresAt ?? Infinity, fact.endedAt ?? Infinity);
}

function isClass(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= MAX_CLASS;
}
