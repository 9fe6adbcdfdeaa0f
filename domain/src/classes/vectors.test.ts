import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { dateAt } from '@tongyu/protocol';
import { agesReached, endOfCertificate } from './ages.ts';
import { classOnSlot, provesClass, type ClassFact } from './facts.ts';

type Vector = {
  readonly id: string;
  readonly input: Readonly<Record<string, never>>;
  readonly expect: { readonly facts: object };
};

const file = path.resolve(import.meta.dirname, '../../../spec/vectors/classes.json');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly vectors: readonly Vector[];
};

/** What this room finds for the input of a vector. */
function answer(input: Vector['input']): object {
  const { born, until, facts, time, class: number, end, day, slot } = input;
  if (born !== undefined) return { classes: agesReached(born, dateAt(time ?? 0)) };
  if (until !== undefined) return { end: endOfCertificate(until) };
  if (facts !== undefined) {
    const known: readonly ClassFact[] = facts;
    return { proved: provesClass(known, number ?? 0, time ?? 0) };
  }
  return { carried: classOnSlot(number ?? 0, end ?? null, { day: day ?? 0, slot: slot ?? 0 }) };
}

void test('every vector of classes.json is what the standard says (CLS-2, CLS-3, CLS-4)', () => {
  assert.ok(vectors.length > 40);
  for (const { id, input, expect } of vectors) assert.deepEqual(answer(input), expect.facts, id);
});
