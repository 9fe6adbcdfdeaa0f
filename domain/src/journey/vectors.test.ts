import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {
  canonicalJson,
  entryShape,
  parseDocument,
  type ConcessionRule,
  type Entry,
  type GroupClaim,
  type Head,
  type Json,
} from '@tongyu/protocol';
import { answerGroup } from './answer-group.ts';
import { headThen } from './head-then.ts';
import { priceGroup } from './price-group.ts';
import type { GroupFacts, GroupTap } from './types.ts';

/** Every group of journeys.json and every claim of claims.json, as the standard says. */
type Input = Omit<GroupFacts, 'terms' | 'ceilingLeft'> & {
  readonly editions: Readonly<Record<string, readonly string[]>>;
  readonly heads: readonly string[];
  readonly ceilings: Readonly<Record<string, number>>;
  readonly claim?: GroupClaim;
};
type VectorFile = {
  readonly documents: Readonly<Record<string, string>>;
  readonly vectors: readonly {
    readonly id: string;
    readonly input: Input;
    readonly expect: { readonly facts: Json };
  }[];
};

function load(name: string): VectorFile {
  const place = path.resolve(import.meta.dirname, '../../../spec/vectors', `${name}.json`);
  return JSON.parse(readFileSync(place, 'utf8')) as VectorFile;
}

function factsOf(input: Input, documents: VectorFile['documents']): GroupFacts {
  const entryOf = (name: string): Entry => {
    const parsed = parseDocument(entryShape, documents[name] ?? '', 100_000);
    assert.ok(parsed.ok, name);
    return parsed.value;
  };
  const heads = input.heads.map((name) => JSON.parse(documents[name] ?? '') as Head);
  const entries = Object.entries(input.editions).flatMap(([edition, names]) =>
    names.map((name) => ({ edition: Number(edition), entry: entryOf(name) })),
  );
  const terms = (tap: GroupTap) => {
    const found = entries.find(
      ({ edition, entry }) => edition === tap.edition && entry.id === tap.service,
    );
    const head = heads.find(({ number }) => number === tap.head);
    if (found === undefined || head === undefined) return undefined;
    return { entry: found.entry, head, headThen: headThen(head, heads, tap.time) };
  };
  const ceilingLeft = (_: string, { funder }: ConcessionRule): number => {
    assert.ok(funder.kind === 'party', 'only of rules that a party funds');
    return input.ceilings[funder.signature.signature] ?? Number.MAX_SAFE_INTEGER;
  };
  return { ...input, terms, ceilingLeft };
}

void test('JRN-2, JRN-3: every group of journeys.json has the lines that the standard says', () => {
  const { documents, vectors } = load('journeys');
  assert.ok(vectors.length > 200);
  for (const { id, input, expect } of vectors) {
    const priced = priceGroup(factsOf(input, documents));
    assert.equal(canonicalJson(priced), canonicalJson(expect.facts), id);
  }
});

void test('JRN-4.4: every claim of claims.json is answered as the standard says', () => {
  const { documents, vectors } = load('claims');
  assert.ok(vectors.length > 50);
  for (const { id, input, expect } of vectors) {
    assert.ok(input.claim, id);
    const answer = answerGroup(input.claim, factsOf(input, documents));
    assert.equal(canonicalJson(answer), canonicalJson(expect.facts), id);
  }
});
