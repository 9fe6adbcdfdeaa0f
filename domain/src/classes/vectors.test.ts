import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { dateAt } from '@tongyu/protocol';
import { agesReached, endOfCertificate } from './ages.ts';
import { classOnSlot, provesClass, type ClassFact } from './facts.ts';

type Input =
  | { readonly born: string; readonly time: number }
  | { readonly until: string }
  | { readonly facts: readonly ClassFact[]; readonly class: number; readonly time: number }
  | {
      readonly class: number;
      readonly end: number | null;
      readonly day: number;
      readonly slot: number;
    };
type Vector = {
  readonly id: string;
  readonly input: Input;
  readonly expect: { readonly facts: object };
};

const file = path.resolve(import.meta.dirname, '../../../spec/vectors/classes.json');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly vectors: readonly Vector[];
};

/** What this room finds for the input of a vector. */
function answer(input: Input): object {
  if ('born' in input) return { classes: agesReached(input.born, dateAt(input.time)) };
  if ('until' in input) return { end: endOfCertificate(input.until) };
  if ('facts' in input) return { proved: provesClass(input.facts, input.class, input.time) };
  return { carried: classOnSlot(input.class, input.end, input) };
}

void test('every vector of classes.json is what the standard says (CLS-2, CLS-3, CLS-4)', () => {
  assert.ok(vectors.length > 40);
  for (const { id, input, expect } of vectors) assert.deepEqual(answer(input), expect.facts, id);
});
