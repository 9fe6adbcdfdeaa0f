import { inFile, type Row } from './admission-mutations.ts';
import type { Mutation } from './try-mutation.ts';

const facts: readonly Row[] = [
  ['age-substantial', "2: 'substantial',", "2: 'low',"],
  ['disability-high', "5: 'high',", "5: 'substantial',"],
  ['enough', 'return assurancesFor(number).includes(assurance);', 'return number > 0;'],
  ['since', 'return fact.since <= time && time < until', 'return time < until'],
  ['since-equal', 'fact.since <= time', 'fact.since < time'],
  ['until', ' && time < until && ', ' && '],
  ['until-equal', 'time < until', 'time <= until'],
  [
    'ended',
    'Math.min(fact.expiresAt ?? Infinity, fact.endedAt ?? Infinity);\n  return fact.since',
    'fact.expiresAt ?? Infinity;\n  return fact.since',
  ],
  ['stands', ' && time < fact.provedAt + PROOF_STANDS_SECONDS', ''],
  ['stands-equal', 'time < fact.provedAt + PROOF', 'time <= fact.provedAt + PROOF'],
  ['proves-assured', ' && isAssuredEnough(fact) && holdsAt(fact, time)', ' && holdsAt(fact, time)'],
  ['better', 'if (enough !== isAssuredEnough(other)) return enough;', ''],
  ['longest', '(fact.expiresAt ?? Infinity) > (other.expiresAt ?? Infinity)', 'true'],
  ['slot', 'slotEnd(slot) <= expiresAt', 'slotEnd(slot) - 21_600 <= expiresAt'],
  ['slot-equal', 'slotEnd(slot) <= expiresAt', 'slotEnd(slot) < expiresAt'],
  ['ends', 'fact.endedAt === null ? { ...fact, endedAt: at } : fact', 'fact'],
  ['goes-on-ended', 'fact.endedAt === null &&\n', 'true &&\n'],
  ['goes-on-expired', '(fact.expiresAt === null || fact.expiresAt > at) &&\n', ''],
  ['goes-on-assurance', 'fact.assurance === prover.assurance &&\n', ''],
  ['forgets', ' && endOf(fact) > at - FACT_MEMORY_SECONDS', ''],
  ['slides', 'Math.max(before?.since ?? at, at - FACT_MEMORY_SECONDS)', 'before?.since ?? at'],
  ['over', ' && expiresAt > at);', ');'],
  ['whole', 'Number.isSafeInteger(expiresAt) && ', ''],
  ['reserved', ' && number <= MAX_CLASS', ''],
];

const ages: readonly Row[] = [
  ['years', 'years: 65', 'years: 66'],
  ['on-the-day', '<= today', '< today'],
  ['certificate', 'dayOfDate(until) + 1', 'dayOfDate(until)'],
];

const pool: readonly Row[] = [
  ['other-class', 'return passes.filter((pass) => pass.class === number);', 'return passes;'],
  ['falls-back', 'return chooseAmong(ofClass(here, 0), now, wantsAnother);', 'return found;'],
  ['missing-class', 'if (pass.class !== chosenOnSlot(choice, pass.slot)) continue;', ''],
  ['days', 'pass.class === 0 || pass.class === chosenOnSlot(choice, pass.slot)', 'true'],
];

const factTests = ['domain/src/classes/facts.test.ts', 'domain/src/classes/vectors.test.ts'];

export const classMutations: readonly Mutation[] = [
  ...inFile('class', 'domain/src/classes/facts.ts', factTests, facts),
  ...inFile('class', 'domain/src/classes/ages.ts', ['domain/src/classes/vectors.test.ts'], ages),
  ...inFile('class-pool', 'domain/src/pool/pool.ts', ['domain/src/pool/pool.test.ts'], pool),
];
