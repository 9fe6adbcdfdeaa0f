import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { verifySync } from '../../tools/testing/crypto.ts';
import {
  acceptCatalogue,
  activeMembers,
  agreedSignedTime,
  bundleShape,
  bytesOf,
  currentKeys,
  dateAt,
  dateShape,
  dayOfDate,
  decodeBase45,
  documentHash,
  editionEnd,
  editionIdAt,
  editionIdShape,
  editionShape,
  editionStart,
  EMPTY_CATALOGUE_OFFER,
  encodeBase45,
  erratumShape,
  expandRevokedTags,
  findParty,
  fromBase64Url,
  fromHex,
  headShape,
  listTime,
  MAX_BUNDLE_LENGTH,
  MAX_EDITION_LENGTH,
  MAX_ERRATUM_LENGTH,
  MAX_HEAD_LENGTH,
  MAX_ROOT_LENGTH,
  MAX_SECTION_LENGTH,
  MAX_TAP_LENGTH,
  MAX_TIME_STATEMENT_LENGTH,
  nextEditionId,
  onlyRevokes,
  openPeerMessage,
  parseCanonicalJson,
  parseCode,
  parseDocument,
  parseRevocationList,
  passTag,
  readShape,
  rootShape,
  runChecks,
  sectionShape,
  seedAt,
  serviceDay,
  serviceDayDate,
  slotOf,
  startOfDate,
  tapId,
  tapShape,
  timeStatementShape,
  toHex,
  trustTime,
  verifyBundle,
  verifyEdition,
  verifyFirstRoot,
  verifyNextRoot,
  verifyPart,
  verifyRevocationList,
  verifySection,
  verifyTapSignature,
  verifyTimeStatement,
  type Bytes,
  type CatalogueState,
  type HeldTrust,
  type Json,
  type NamedPart,
  type ParsedCode,
  type PeerKeyLookup,
  type Shape,
  type SignatureAlgorithm,
  type Slot,
} from './index.ts';

/**
 * Every vector of the standard, through this implementation. Codes with a whole decision are run by
 * the domain's test; here stands what is protocol alone.
 */
type Input = Readonly<Record<string, Json>>;
type Outcome =
  { readonly ok: true; readonly facts: Input } | { readonly ok: false; readonly refusal: Input };
type Vector = { readonly id: string; readonly input: Input; readonly expect: Input };
type VectorFile = {
  readonly documents: Readonly<Record<string, string>>;
  readonly vectors: readonly Vector[];
};
type Operation = (
  input: Input,
  /** The text that a member of the input is or names. */
  text: (member: string) => string,
  document: (name: string) => string,
) => Outcome;

const accepted = (facts: Input = {}): Outcome => ({ ok: true, facts });
const refused = (refusal: object): Outcome => ({ ok: false, refusal: refusal as Input });

/** Thrown to end an operation early when a document of its input is malformed. */
class Malformed extends Error {}

function read<T>(shape: Shape<T>, text: string, maxLength: number): T {
  const parsed = parseDocument(shape, text, maxLength);
  if (!parsed.ok) throw new Malformed(parsed.refusal.path);
  return parsed.value;
}

function word(value: Json | undefined): string {
  assert.ok(typeof value === 'string', 'text in a vector');
  return value;
}

function binary(value: Json | undefined): Bytes {
  const bytes = fromBase64Url(word(value));
  assert.ok(bytes, 'base64url in a vector');
  return bytes;
}

const root = (text: string) => read(rootShape, text, MAX_ROOT_LENGTH);
const section = (text: string) => read(sectionShape, text, MAX_SECTION_LENGTH);
const bundle = (text: string) => read(bundleShape, text, MAX_BUNDLE_LENGTH);
const statement = (text: string) => read(timeStatementShape, text, MAX_TIME_STATEMENT_LENGTH);

const edition = (text: string) => read(editionShape, text, MAX_EDITION_LENGTH);
const head = (text: string) => read(headShape, text, MAX_HEAD_LENGTH);
const erratum = (text: string) => read(erratumShape, text, MAX_ERRATUM_LENGTH);

const operations: Readonly<Record<string, Operation>> = {
  base45: (input) => {
    const bytes = decodeBase45(word(input['text']));
    if (bytes === undefined) return refused({ code: 'MALFORMED', rule: 'base45' });
    assert.equal(encodeBase45(bytes), input['text']);
    return accepted({ bytesHex: toHex(bytes) });
  },
  'canonical-json': (input) => {
    const value = parseCanonicalJson(word(input['text']), Number(input['maxLength']));
    return value === undefined ? refused({ code: 'MALFORMED' }) : accepted({ value });
  },
  'service-days': (input) => {
    const time = Number(input['time']);
    const { day, slot } = slotOf(time);
    assert.equal(serviceDay(time), day);
    return accepted({ day, slot, date: serviceDayDate(day) });
  },
  signatures: (input) => {
    const good = verifySync({
      alg: input['alg'] as SignatureAlgorithm,
      publicKey: binary(input['publicKey']),
      message: binary(input['message']),
      signature: binary(input['signature']),
    });
    return good ? accepted() : refused({ code: 'SIGNATURE_INVALID' });
  },
  'code-form': (input) => {
    const parsed = parseCode(word(input['text']));
    return parsed.ok ? accepted(factsOfCode(parsed.code)) : refused(parsed.refusal);
  },
  roots: (input, text) => {
    const result =
      input['first'] === undefined
        ? runChecks(verifyNextRoot(root(text('current')), root(text('next'))), verifySync)
        : runChecks(verifyFirstRoot(root(text('first')), word(input['pinnedHash'])), verifySync);
    if (!result.ok) return refused(result.refusal);
    const { signed } = result.root;
    return accepted({ number: signed.number, hash: documentHash(signed) });
  },
  sections: (input, text) => {
    const held = input['held'] === null ? undefined : section(text('held')).signed;
    const now = section(text('section'));
    const owner = findParty(root(text('root')).signed, now.signed.party);
    const result = runChecks(verifySection(owner, held, now), verifySync);
    if (!result.ok) return refused(result.refusal);
    const revokes = held !== undefined && onlyRevokes(held, now.signed);
    return accepted({ number: now.signed.number, onlyRevokes: revokes });
  },
  bundles: (input, text) => {
    const held = input['held'] === null ? undefined : bundle(text('held')).signed;
    const now = bundle(text('bundle'));
    const result = runChecks(verifyBundle(root(text('root')).signed, held, now), verifySync);
    if (!result.ok) return refused(result.refusal);
    return accepted({ version: now.signed.version, hash: documentHash(now.signed) });
  },
  times: (input, text) => {
    const [trustRoot, trustBundle] = [root(text('root')).signed, bundle(text('bundle')).signed];
    if (input['statements'] !== undefined) {
      const all = (input['statements'] as string[]).map((source) => statement(source).signed);
      const { party, number } = input['list'] as { party: string; number: number };
      return accepted({
        trustTime: trustTime(trustRoot, trustBundle, all) ?? null,
        listTime: listTime(trustRoot, party, number, all) ?? null,
        signedTime: agreedSignedTime(trustRoot, all) ?? null,
      });
    }
    const held = (input['held'] as string[]).map((source) => statement(source).signed);
    const lists = input['lists'] as { party: string; number: number }[];
    const now = statement(text('statement'));
    const steps = verifyTimeStatement(trustRoot, trustBundle, lists, held, now);
    const result = runChecks(steps, verifySync);
    return result.ok ? accepted({ time: now.signed.time }) : refused(result.refusal);
  },
  revocations: (input, text) => {
    if (input['seedHex'] !== undefined) return seedAndTag(input);
    const bytes = binary(input['list']);
    if (input['expand'] !== undefined) return expansion(bytes, input['expand'] as Slot);
    const heldBytes = input['held'] === null ? undefined : binary(input['held']);
    const heldList = heldBytes === undefined ? undefined : parseRevocationList(heldBytes);
    const held =
      heldBytes === undefined || heldList === undefined
        ? undefined
        : { number: heldList.number, bytes: heldBytes };
    const steps = verifyRevocationList(bytes, section(text('section')).signed, held);
    const result = runChecks(steps, verifySync);
    if (!result.ok) return refused(result.refusal);
    const phones = result.list.groups.reduce((sum, group) => sum + group.seeds.length, 0);
    return accepted({ number: result.list.number, phones });
  },
  taps: (input, text) => {
    const tap = read(tapShape, text('tap'), MAX_TAP_LENGTH);
    const { alg, key, keyId } = input['terminal'] as {
      alg: SignatureAlgorithm;
      key: string;
      keyId: number;
    };
    const good = runChecks(verifyTapSignature(tap, { alg, key, keyId }), verifySync);
    if (!good) return refused({ code: 'TAP_SIGNATURE_INVALID' });
    return accepted({ tapId: tapId(tap.signed) });
  },
  'peer-messages': (input, text) => {
    const lookup = peerKeys(text('root'), text('bundle'));
    const steps = openPeerMessage(word(input['message']), word(input['self']), lookup);
    const result = runChecks(steps, verifySync);
    if (!result.ok) return refused(result.refusal);
    const { iss, jti, type } = result.message;
    return accepted({ iss, jti, type });
  },
  'edition-ids': (input) => {
    if (input['time'] !== undefined) {
      const time = Number(input['time']);
      return accepted({ date: dateAt(time), edition: editionIdAt(time) });
    }
    if (input['edition'] !== undefined) {
      const id = readShape(editionIdShape, input['edition']);
      if (!id.ok) return refused({ code: 'MALFORMED' });
      const [begins, over] = [editionStart(id.value), editionEnd(id.value)];
      return accepted({ begins, over, next: nextEditionId(id.value) });
    }
    const date = readShape(dateShape, input['date']);
    if (!date.ok) return refused({ code: 'MALFORMED' });
    return accepted({ day: dayOfDate(date.value), begins: startOfDate(date.value) });
  },
  parts: (input, text) => {
    const named = input['named'] as NamedPart;
    const source = word(input['text']);
    const steps = verifyPart(root(text('root')).signed, word(input['edition']), named, source);
    const result = runChecks(steps, verifySync);
    if (!result.ok) return refused(result.refusal);
    return accepted({ entries: result.part.entries.length });
  },
  editions: (input, text, document) => {
    const held = input['held'] === null ? undefined : edition(text('held')).signed;
    const earlier = (input['earlier'] as string[]).map((name) => root(document(name)));
    const now = edition(text('edition'));
    const steps = verifyEdition(root(text('root')).signed, earlier, held, now);
    const result = runChecks(steps, verifySync);
    if (!result.ok) return refused(result.refusal);
    const { number } = now.signed;
    return accepted({ number, hash: documentHash(now.signed), root: result.root.number });
  },
  heads: (input, text) => {
    const trust: HeldTrust = {
      root: root(text('root')).signed,
      bundle: bundle(text('bundle')).signed,
      revokingSections: [],
    };
    const held: CatalogueState = { editions: [edition(text('edition'))], heads: [], errata: [] };
    const isHead = input['head'] !== undefined;
    const heads = isHead && input['held'] !== null ? [head(text('held'))] : [];
    const errata = !isHead && input['held'] !== null ? [erratum(text('held'))] : [];
    const now = isHead
      ? { ...EMPTY_CATALOGUE_OFFER, heads: [head(text('head'))] }
      : { ...EMPTY_CATALOGUE_OFFER, errata: [erratum(text('erratum'))] };
    const steps = acceptCatalogue(trust, { ...held, heads, errata }, now);
    const { state, changed, refusals } = runChecks(steps, verifySync);
    assert.ok(!changed || refusals.length === 0);
    if (refusals[0] !== undefined) return refused(refusals[0]);
    const number = (isHead ? state.heads : state.errata).at(-1)?.signed.number ?? 0;
    return accepted({ number, suspended: state.heads[0]?.signed.suspended.length ?? 0 });
  },
};

function factsOfCode(code: ParsedCode): Input {
  const { pass, time } = code;
  return {
    suite: pass.suite,
    issuer: pass.issuer,
    keyId: pass.keyId,
    tagHex: toHex(pass.tag),
    day: pass.slot.day,
    slot: pass.slot.slot,
    reserve: pass.reserve,
    class: pass.class,
    time,
  };
}

function seedAndTag(input: Input): Outcome {
  const slot = input['slot'] as Slot;
  const seed = fromHex(word(input['seedHex']));
  assert.ok(seed);
  const stepped = seedAt(seed, input['from'] as Slot, slot);
  assert.ok(stepped);
  const tag = passTag(stepped, word(input['issuer']), slot, Number(input['index']));
  return accepted({ seedHex: toHex(stepped), tagHex: toHex(tag) });
}

function expansion(bytes: Uint8Array, slot: Slot): Outcome {
  const list = parseRevocationList(bytes);
  assert.ok(list);
  const tags = [...expandRevokedTags(list, slot)].map((key) => key.slice(4));
  return accepted({ tagsHex: tags.sort() });
}

/** PEER-1.4: the root's key for the hub, a section's for a party. */
function peerKeys(rootText: string, bundleText: string): PeerKeyLookup {
  const trustRoot = root(rootText).signed;
  const { sections } = bundle(bundleText).signed;
  assert.equal(activeMembers(trustRoot).length, 4);
  return (message, keyId) => {
    if (message.iss === 'hub') {
      return keyId === trustRoot.hub.peerKey.keyId ? trustRoot.hub.peerKey : undefined;
    }
    const own = sections.find((entry) => entry.signed.party === message.iss)?.signed;
    const keys = own === undefined ? [] : currentKeys(own, 'peer', serviceDay(message.iat));
    const key = keys.find((entry) => entry.keyId === keyId);
    assert.ok(key === undefined || bytesOf(key.key).length === 33);
    return key;
  };
}

function outcomeOf(operation: Operation, vector: Vector, file: VectorFile): Outcome {
  const text = (member: string): string => {
    const value = word(vector.input[member]);
    return file.documents[value] ?? value;
  };
  try {
    return operation(vector.input, text, (name) => file.documents[name] ?? name);
  } catch (error) {
    if (error instanceof Malformed) return refused({ code: 'MALFORMED' });
    throw error;
  }
}

const folder = path.resolve(import.meta.dirname, '../../spec/vectors');

for (const [name, operation] of Object.entries(operations)) {
  void test(`every vector of ${name}.json gives what the standard says`, () => {
    const file = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as VectorFile;
    assert.ok(file.vectors.length > 10);
    for (const vector of file.vectors) {
      const outcome = outcomeOf(operation, vector, file);
      const { refusal: wanted, ...details } = vector.expect;
      if (!outcome.ok) {
        const { code, ...more } = outcome.refusal;
        assert.equal(code, wanted, `${name} ${vector.id}`);
        assert.deepEqual({ ...more, ...details }, more, `${name} ${vector.id}`);
        continue;
      }
      assert.equal(vector.expect['ok'], true, `${name} ${vector.id}: wrongly accepted`);
      const wantedFacts = vector.expect['facts'] as Input;
      const facts = { ...outcome.facts, ...wantedFacts };
      assert.deepEqual(outcome.facts, facts, `${name} ${vector.id}`);
    }
  });
}
