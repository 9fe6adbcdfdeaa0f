// The changes that `npm run mutate` makes, one at a time: each takes out one check of the rules
// that protect people, and at least one of the named tests must then fail.
import { admissionMutations } from './mutation/admission-mutations.ts';
import { catalogueMutations } from './mutation/catalogue-mutations.ts';
import { classMutations } from './mutation/class-mutations.ts';
import { journeyMutations } from './mutation/journey-mutations.ts';
import { entitlementMutations } from './mutation/entitlement-mutations.ts';
import { trustMutations } from './mutation/trust-mutations.ts';
import type { Mutation } from './mutation/try-mutation.ts';

export const mutations: readonly Mutation[] = [
  ...admissionMutations,
  ...trustMutations,
  ...catalogueMutations,
  ...entitlementMutations,
  ...classMutations,
  ...journeyMutations,
];
