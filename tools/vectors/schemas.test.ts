import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {
  catalogueOfferShape,
  emptyTrust,
  readShape,
  trustHaveOf,
  trustOfferShape,
  type Json,
} from '@tongyu/protocol';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { journeyDocuments } from './journey-documents.ts';
import { tapVectors } from './taps.ts';

const spec = path.resolve(import.meta.dirname, '../../spec');

type Vector = {
  readonly id: string;
  readonly clause: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expect: { readonly ok?: true; readonly refusal?: string };
};
type VectorFile = {
  readonly operation: string;
  readonly documents: Readonly<Record<string, string>>;
  readonly vectors: readonly Vector[];
};

const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: false });
for (const name of readdirSync(path.join(spec, 'schemas'))) {
  ajv.addSchema(JSON.parse(readFileSync(path.join(spec, 'schemas', name), 'utf8')) as object);
}

const files = readdirSync(path.join(spec, 'vectors'))
  .filter((name) => name !== 'test-keys.json')
  .map((name) => ({
    name,
    file: JSON.parse(readFileSync(path.join(spec, 'vectors', name), 'utf8')) as VectorFile,
  }));

function mustFit(schema: string, value: unknown, what: string): void {
  const validate = ajv.getSchema(schemaUri(schema));
  assert.ok(validate, `schema ${schema}`);
  assert.ok(validate(value), `${what}: ${ajv.errorsText(validate.errors)}`);
}

/** `name`, or `name#member` for one of its `$defs`. */
function schemaUri(name: string): string {
  const [file = '', member] = name.split('#');
  return `${file}.schema.json${member === undefined ? '' : `#/$defs/${member}`}`;
}

const SCHEMA_OF: Readonly<Record<string, string>> = {
  'tongyu.root': 'root',
  'tongyu.section': 'section',
  'tongyu.bundle': 'bundle',
  'tongyu.time': 'time-statement',
  'tongyu.tap': 'tap',
  'tongyu.edition': 'edition',
  'tongyu.head': 'head',
  'tongyu.erratum': 'erratum',
};

void test('every file of vectors has the form of its schema', () => {
  for (const { name, file } of files) mustFit('vectors', file, name);
});

void test('every document in the vectors fits the schema of its type', () => {
  const seen = new Set<string>();
  for (const { name, file } of files) {
    const inputs = file.vectors.flatMap((vector) =>
      vector.expect.refusal === 'MALFORMED' ? [] : Object.values(vector.input),
    );
    for (const text of [...Object.values(file.documents), ...inputs]) {
      if (typeof text !== 'string' || !text.startsWith('{"signatures":')) continue;
      const document = JSON.parse(text) as { signed: { type: string } };
      const schema = SCHEMA_OF[document.signed.type] ?? 'no schema';
      seen.add(schema);
      mustFit(schema, document, name);
    }
  }
  assert.deepEqual([...seen].sort(), Object.values(SCHEMA_OF).sort());
});

void test('a tap that is malformed by its members fits no schema either', async () => {
  const validate = ajv.getSchema('tap.schema.json');
  assert.ok(validate);
  for (const { id, input, expect } of (await tapVectors()).vectors) {
    if ((expect as { refusal?: string }).refusal !== 'MALFORMED') continue;
    const text = (input as { tap: string }).tap;
    assert.equal(validate(JSON.parse(text)), false, id);
  }
});

void test('every part and entry in the vectors fits its schema, and no malformed part does', () => {
  const seen = { part: 0, entry: 0, malformed: 0 };
  for (const { name, file } of files) {
    if (!['parts.json', 'quotes.json', 'differences.json'].includes(name)) continue;
    const isPart = (text: unknown): text is string =>
      typeof text === 'string' && text.endsWith('"type":"tongyu.part"}');
    for (const text of Object.values(file.documents)) {
      if (!text.startsWith('{"access":')) continue;
      mustFit('entry', JSON.parse(text), name);
      seen.entry++;
    }
    for (const { id, input, expect } of file.vectors) {
      const text = input['text'] ?? input['after'];
      if (!isPart(text)) continue;
      if (expect.refusal !== 'PART_MALFORMED') mustFit('part', JSON.parse(text), id);
      else if (!ofSpelling.has(id) && ajv.getSchema('part.schema.json')?.(JSON.parse(text))) {
        assert.fail(`${id} fits the schema`);
      } else seen.malformed++;
      seen.part++;
    }
  }
  assert.ok(seen.part > 100 && seen.entry > 20 && seen.malformed > 20, JSON.stringify(seen));
});

/** What the spelling (TRUST-1.2) and the calendar refuse, a schema does not see. */
const ofSpelling = new Set(['spaced', 'member-twice', 'no-such-date']);

void test('an offer of the list fits its schema, as it fits the shape', () => {
  const documentsOf = (name: string) =>
    files.find((entry) => entry.name === name)?.file.documents ?? {};
  const [editions, heads] = [documentsOf('editions.json'), documentsOf('heads.json')];
  const parse = (text = ''): Json => JSON.parse(text) as Json;
  const offer = {
    editions: [parse(editions['edition 3']), parse(editions['edition 4'])],
    roots: [parse(editions['root 1'])],
    heads: [parse(heads['head 12'])],
    errata: [parse(heads['erratum 1'])],
  };
  mustFit('catalogue-offer', offer, 'offer');
  assert.ok(readShape(catalogueOfferShape, offer).ok);
  const { roots, ...incomplete } = offer;
  assert.ok(!readShape(catalogueOfferShape, incomplete).ok);
  assert.equal(ajv.getSchema('catalogue-offer.schema.json')?.(incomplete), false);
  assert.equal(roots.length, 1);
});

void test('what cities tell of journeys fits the schemas as it fits the shapes', () => {
  for (const [schema, shape, good] of journeyDocuments) {
    mustFit(schema, good, schema);
    assert.ok(readShape(shape, good).ok, schema);
    for (const [name, value] of Object.entries(good)) {
      const missing = Object.fromEntries(Object.entries(good).filter(([other]) => other !== name));
      for (const bad of [missing, { ...good, extra: value }, { ...good, [name]: -1 }]) {
        const fits = ajv.getSchema(schemaUri(schema))?.(bad);
        assert.deepEqual([fits, readShape(shape, bad).ok], [false, false], `${schema} ${name}`);
      }
    }
  }
});

void test('the payload of every good message fits its schema', () => {
  const messages = files.find(({ name }) => name === 'peer-messages.json');
  assert.ok(messages);
  for (const { id, input, expect } of messages.file.vectors) {
    if (expect.ok !== true || typeof input['message'] !== 'string') continue;
    const payload = Buffer.from(input['message'].split('.')[1] ?? '', 'base64url').toString();
    mustFit('peer-message', JSON.parse(payload), id);
  }
});

void test('an offer of trust fits its schema, as it fits the shape', () => {
  const bundles = files.find(({ name }) => name === 'bundles.json')?.file.documents ?? {};
  const times = files.find(({ name }) => name === 'codes.json')?.file.documents ?? {};
  const parse = (text = ''): Json => JSON.parse(text) as Json;
  const offer = {
    roots: [parse(bundles['root 1'])],
    bundle: parse(bundles['bundle 12']),
    revokingSections: [],
    times: Object.entries(times)
      .filter(([name]) => name.startsWith('time trust-600 list-600 all'))
      .map(([, text]) => parse(text)),
    lists: [{ party: '4301', number: 7, bytes: times['list 4301 7'] ?? '' }],
    used: [{ issuer: '4301', tag: '0'.repeat(20), time: 1 }],
    usedCursor: '',
  };
  assert.equal(offer.times.length, 4);
  mustFit('trust-offer', offer, 'offer');
  assert.ok(readShape(trustOfferShape, offer).ok);
  assert.deepEqual(trustHaveOf(emptyTrust('')).lists, {});
});

void test('every clause that a vector names stands in the standard', () => {
  const chapters = readdirSync(spec)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(path.join(spec, name), 'utf8'))
    .join('\n');
  for (const { name, file } of files) {
    for (const { id, clause } of file.vectors) {
      assert.ok(chapters.includes(`**${clause}**`), `${name} ${id}: ${clause}`);
    }
  }
});

void test('every refusal that a vector names stands in the table of refusals', () => {
  const table = readFileSync(path.join(spec, 'refusals.md'), 'utf8');
  const named = new Set<string>();
  for (const { name, file } of files) {
    for (const { id, expect } of file.vectors) {
      if (expect.refusal === undefined || name === 'signatures.json') continue;
      named.add(expect.refusal);
      assert.ok(table.includes(`\`${expect.refusal}\``), `${name} ${id}: ${expect.refusal}`);
    }
  }
  assert.ok(named.size >= 70, `${String(named.size)} refusals have a vector`);
});

void test('there are at least 40 vectors to accept and 200 to refuse', () => {
  const all = files.flatMap(({ file }) => file.vectors);
  assert.ok(all.filter((vector) => vector.expect.ok === true).length >= 40);
  assert.ok(all.filter((vector) => vector.expect.refusal !== undefined).length >= 200);
});
