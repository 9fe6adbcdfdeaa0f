import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {
  bundleShape,
  entryShape,
  examineCode,
  expandRevokedTags,
  fromBase64Url,
  issuerLookup,
  listTime,
  parseDocument,
  headShape,
  parseHead,
  parsePart,
  parseRevocationList,
  rootShape,
  runChecks,
  sectionShape,
  tagKey,
  timeStatementShape,
  toHex,
  trustTime,
  type HeldTrust,
  type Shape,
} from '@tongyu/protocol';
import { verifySync } from '../../tools/testing/crypto.ts';
import { suspension } from '../../tools/vectors/catalogue-region.ts';
import {
  admit,
  changesFault,
  differenceOf,
  entitle,
  quoteFor,
  termsOf,
  type AdmissionFacts,
  type Rider,
} from './index.ts';

/** Every decision of spec/vectors/codes.json, from the text of the code to the verdict. */
type Trust = {
  readonly root: string;
  readonly bundle: string;
  readonly revokingSections: readonly string[];
  readonly times: readonly string[];
  readonly lists: Readonly<Record<string, string>>;
  readonly part: string;
  readonly head: string;
};
type Vector = {
  readonly id: string;
  readonly input: { readonly text: string };
  readonly context: {
    readonly trust: string;
    readonly now: number;
    readonly highestSignedTime: number;
    readonly agedAcceptsToday: number;
    readonly maxAgedAcceptsPerDay: number;
    readonly lastAcceptedTime: number | null;
    readonly service: string;
  };
  readonly expect: { readonly refusal?: string; readonly facts?: Record<string, unknown> };
};
type VectorFile = {
  readonly documents: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, Trust>>;
  readonly vectors: readonly Vector[];
};

const file = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../spec/vectors/codes.json'), 'utf8'),
) as VectorFile;

function read<T>(shape: Shape<T>, name: string): T {
  const parsed = parseDocument(shape, file.documents[name] ?? '', 4_000_000);
  assert.ok(parsed.ok, `document ${name}`);
  return parsed.value;
}

function decide(vector: Vector) {
  const trust = file.contexts[vector.context.trust];
  assert.ok(trust);
  const held: HeldTrust = {
    root: read(rootShape, trust.root).signed,
    bundle: read(bundleShape, trust.bundle).signed,
    revokingSections: trust.revokingSections.map((name) => read(sectionShape, name)),
  };
  const times = trust.times.map((name) => read(timeStatementShape, name).signed);
  const code = runChecks(examineCode(vector.input.text, issuerLookup(held)), verifySync);
  const { now, highestSignedTime, agedAcceptsToday, lastAcceptedTime, service } = vector.context;
  const part = parsePart(file.documents[trust.part] ?? '');
  assert.ok(part.ok);
  const head = read(headShape, trust.head).signed;
  const entry = part.value.entries.find(({ id }) => id === service);
  const facts: AdmissionFacts = {
    now,
    highestSignedTime,
    trustTime: trustTime(held.root, held.bundle, times),
    agedAcceptsToday,
    code,
    revoked: false,
    listTime: undefined,
    lastAcceptedTime: lastAcceptedTime ?? undefined,
    service: entry && termsOf(entry, head, now),
  };
  const { maxAgedAcceptsPerDay } = vector.context;
  if (code.form === 'bad') return admit(facts, { maxAgedAcceptsPerDay });
  const { pass } = code.code;
  const listBytes = fromBase64Url(file.documents[trust.lists[pass.issuer] ?? ''] ?? '');
  const list = listBytes === undefined ? undefined : parseRevocationList(listBytes);
  const revoked =
    list !== undefined && expandRevokedTags(list, pass.slot).has(tagKey(pass.issuer, pass.tag));
  const asOf = list && listTime(held.root, pass.issuer, list.number, times);
  return admit({ ...facts, revoked, listTime: asOf }, { maxAgedAcceptsPerDay });
}

void test('every decision of codes.json is the one that the standard says', () => {
  assert.ok(file.vectors.length > 150);
  for (const vector of file.vectors) {
    const admission = decide(vector);
    if (admission.verdict !== 'pass') {
      assert.equal(admission.refusal, vector.expect.refusal, vector.id);
      continue;
    }
    const { pass, time } = admission.code.code;
    const { slot, tag, suite, issuer, keyId, reserve } = pass;
    const { warned } = admission;
    const { priceFen } = admission.quote;
    const facts = {
      ...{ suite, issuer, keyId, tagHex: toHex(tag), day: slot.day, slot: slot.slot },
      ...{ reserve, class: pass.class, time, priceFen, warned },
    };
    assert.deepEqual(facts, vector.expect.facts, vector.id);
  }
});

type ListVectors<Input> = {
  readonly documents: Readonly<Record<string, string>>;
  readonly vectors: readonly {
    readonly id: string;
    readonly input: Input;
    readonly expect: { readonly refusal?: string; readonly entry?: string; facts?: unknown };
  }[];
};

function listVectors<Input>(name: string): ListVectors<Input> {
  const place = path.resolve(import.meta.dirname, '../../spec/vectors', `${name}.json`);
  return JSON.parse(readFileSync(place, 'utf8')) as ListVectors<Input>;
}

void test('LIST-2.2: every price of quotes.json is the one that the standard says', () => {
  type Input = {
    readonly entry: string;
    readonly residence: string;
    readonly class: number;
    readonly date: string;
    readonly suspended: readonly string[];
  };
  const { documents, vectors } = listVectors<Input>('quotes');
  assert.ok(vectors.length > 100);
  for (const { id, input, expect } of vectors) {
    const entry = parseDocument(entryShape, documents[input.entry] ?? '', 100_000);
    assert.ok(entry.ok, id);
    const rider = { residence: input.residence, class: input.class };
    const suspended = input.suspended.map((rule) => suspension(input.entry, rule));
    const quote = quoteFor(entry.value, suspended, rider, input.date);
    if (quote === undefined) {
      assert.equal(expect.refusal, 'NOT_ENTITLED', id);
      continue;
    }
    const { priceFen, fromFen, fullFen, rule } = quote;
    assert.deepEqual({ priceFen, fromFen, fullFen, rule: rule?.id ?? null }, expect.facts, id);
  }
});

void test('ENT: every decision of entitlements.json is the one that the standard says', () => {
  type Input = Rider & {
    readonly entry: string;
    readonly head: string | null;
    readonly date: string;
    readonly now: number | null;
    readonly fullFen: number | null;
    readonly usesToday: Readonly<Record<string, number>> | null;
  };
  const { documents, vectors } = listVectors<Input>('entitlements');
  assert.ok(vectors.length > 600);
  for (const { id, input, expect } of vectors) {
    const entry = parseDocument(entryShape, documents[input.entry] ?? '', 100_000);
    assert.ok(entry.ok, id);
    const { residence, date, now, fullFen, usesToday } = input;
    const head = input.head === null ? undefined : parseHead(documents[input.head] ?? '');
    assert.ok(head?.ok !== false, id);
    const found = entitle({
      ...{ entry: entry.value, head: head?.value.signed, date },
      rider: { residence, class: input.class },
      ...(now === null ? {} : { now }),
      ...(fullFen === null ? {} : { fullFen }),
      ...(usesToday === null ? {} : { usesToday: (rule: string) => usesToday[rule] ?? 0 }),
    });
    const findings = found.findings.map((one) => ({ ...one, rule: one.rule.id }));
    const named = found.admitted ? { rule: found.rule?.id ?? null } : {};
    assert.deepEqual({ ...found, ...named, findings }, expect.facts, id);
  }
});

void test('LIST-3.7: every difference of differences.json is what the standard says', () => {
  const { documents, vectors } = listVectors<{ before: string | null; after: string }>(
    'differences',
  );
  assert.ok(vectors.length > 30);
  const part = (text: string) => {
    const parsed = parsePart(documents[text] ?? text);
    assert.ok(parsed.ok);
    return parsed.value;
  };
  for (const { id, input, expect } of vectors) {
    const before = input.before === null ? undefined : part(input.before);
    const after = part(input.after);
    const fault = changesFault(before, after);
    if (fault !== undefined) {
      assert.deepEqual({ refusal: fault.code, entry: fault.entry }, expect, id);
      continue;
    }
    const { added, removed, changed, unchanged } = differenceOf(
      before?.entries ?? [],
      after.entries,
    );
    const facts = {
      added: added.map((entry) => entry.id),
      removed: removed.map((entry) => entry.id),
      changed: Object.fromEntries(
        changed.map((entry) => [entry.after.id, entry.fields.map(({ path: at }) => at).sort()]),
      ),
      unchanged,
    };
    assert.deepEqual(facts, expect.facts, id);
  }
});
