import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import {
  editionContent,
  headContent,
  namedPartOf,
  partContent,
  suspension,
} from '../../tools/vectors/catalogue-region.ts';
import { makeCode } from '../../tools/vectors/code-maker.ts';
import {
  KEY_IDS,
  listContent,
  listSigner,
  NOW,
  rootContent,
  rootParty,
  rootSigner,
  sectionContent,
  sectionKey,
  signed,
  signedSection,
} from '../../tools/vectors/region.ts';
import { testKey, verifySync } from '../../tools/testing/crypto.ts';
import { mutateBytes, mutateText, rollDice, type Dice } from '../../tools/testing/mutate-input.ts';
import {
  buildRevocationList,
  bundleShape,
  canonicalJson,
  decodeBase45,
  documentHash,
  documentText,
  editionShape,
  encodeBase45,
  examineCode,
  headShape,
  openPeerMessage,
  parseCanonicalJson,
  parseCode,
  parseDocument,
  parseRevocationList,
  readUint16,
  runChecks,
  sealPeerMessage,
  tapShape,
  toBase64Url,
  verifyBundle,
  verifyEdition,
  verifyHead,
  verifyTapSignature,
  type Bundle,
  type Edition,
  type Head,
  type PeerMessage,
  type Shape,
  type SignedDocument,
  type Tap,
  type Typed,
} from './index.ts';

/**
 * Spoiled inputs at every decoder: none throws, and what is still read has the one spelling of its
 * value. Those that parse are verified, up to a limit, and a changed meaning is never accepted.
 */
const TIMES = 100_000;
const VERIFY_AT_MOST = 1_000;

// Most inputs end in an exception inside JSON.parse: without stacks it costs a fifth.
Error.stackTraceLimit = 0;

function dice(context: TestContext): Dice {
  const rolled = rollDice();
  context.diagnostic(`seed ${String(rolled.seed)}: set TONGYU_SEED to see it again`);
  return rolled;
}

void test('100,000 spoiled codes: each has one spelling, and none is accepted', async (t) => {
  const rolled = dice(t);
  const good = await makeCode();
  const key = sectionKey('4301', KEY_IDS.issuer);
  const standing = { state: 'good', alg: key.alg, publicKey: key.publicKey } as const;
  let verified = 0;
  for (let i = 0; i < TIMES; i++) {
    const text = mutateText(good, rolled);
    const parsed = parseCode(text);
    if (!parsed.ok || text === good) continue;
    assert.equal(`TY1:${encodeBase45(parsed.code.bytes)}`, text);
    if (verified++ >= VERIFY_AT_MOST) continue;
    const facts = runChecks(
      examineCode(text, () => ({ party: 'member', key: standing })),
      verifySync,
    );
    assert.ok(facts.form === 'good');
    assert.ok(!facts.passSignatureGood || !facts.deviceSignatureGood, `accepted: ${text}`);
  }
  assert.ok(verified > 100, 'some spoiled codes still parse');
});

void test('100,000 spoiled base45 texts: each is refused or is the one spelling', (t) => {
  const rolled = dice(t);
  const good = encodeBase45(Uint8Array.from({ length: 65 }, (_, i) => i * 7));
  for (let i = 0; i < TIMES; i++) {
    const text = mutateText(good, rolled);
    const bytes = decodeBase45(text);
    if (bytes !== undefined) assert.equal(encodeBase45(bytes), text);
  }
});

void test('100,000 spoiled JSON texts: each is refused or is canonical', (t) => {
  const rolled = dice(t);
  const good = canonicalJson({ a: [1, -2, { b: '一\n', c: null }], d: true, é: 'x', z: {} });
  for (let i = 0; i < TIMES; i++) {
    const text = mutateText(good, rolled);
    const value = parseCanonicalJson(text, 1_000);
    if (value !== undefined) assert.equal(canonicalJson(value), text);
  }
});

void test('100,000 spoiled revocation lists: each is refused or is the one form', async (t) => {
  const rolled = dice(t);
  const key = sectionKey('4301', KEY_IDS.list);
  const good = await buildRevocationList(listContent('4301'), KEY_IDS.list, key);
  let read = 0;
  for (let i = 0; i < TIMES; i++) {
    const bytes = mutateBytes(good, rolled);
    const list = parseRevocationList(bytes);
    if (list === undefined) continue;
    read++;
    const signer = { ...key, sign: () => bytes.subarray(bytes.length - 64) };
    const again = await buildRevocationList(list, readUint16(bytes, bytes.length - 66), signer);
    assert.deepEqual(again, bytes);
  }
  assert.ok(read > 100);
});

void test('100,000 spoiled messages: none is opened with another meaning', async (t) => {
  const rolled = dice(t);
  const peerKey = testKey('peer');
  const message: PeerMessage = {
    ...({ iss: '4201', aud: '4301', jti: 'message-1', iat: NOW } as const),
    ...({ type: 'section.offer', body: { section: [1, 'a'] } } as const),
  };
  const good = await sealPeerMessage(message, 7, peerKey);
  const payload = canonicalJson({ ...message });
  const [header = '', , signature = ''] = good.split('.');
  const entry = { alg: 'ES256', key: toBase64Url(peerKey.publicKey) } as const;
  let parsed = 0;
  for (let i = 0; i < TIMES; i++) {
    const inside = toBase64Url(Buffer.from(mutateText(payload, rolled)));
    const text = i % 2 === 0 ? mutateText(good, rolled) : `${header}.${inside}.${signature}`;
    const lookup = () => entry;
    const loose = runChecks(openPeerMessage(text, '4301', lookup), () => true);
    if (!loose.ok || text === good) continue;
    const strict = parsed++ < VERIFY_AT_MOST;
    if (!strict) continue;
    const result = runChecks(openPeerMessage(text, '4301', lookup), verifySync);
    assert.deepEqual(result, { ok: false, refusal: { code: 'PEER_SIGNATURE_INVALID' } }, text);
  }
  assert.ok(parsed > 10);
});

/**
 * Spoils a document's text; what still parses is canonical, and is good only if nothing changed.
 */
function spoilDocument<T extends Typed>(
  rolled: Dice,
  good: SignedDocument<T>,
  shape: Shape<SignedDocument<T>>,
  isGood: (document: SignedDocument<T>) => boolean,
): void {
  const text = documentText(good);
  const hash = documentHash(good.signed);
  assert.ok(isGood(good));
  let parsed = 0;
  for (let i = 0; i < TIMES; i++) {
    const spoiled = mutateText(text, rolled);
    const result = parseDocument(shape, spoiled, 10_000);
    if (!result.ok) {
      assert.equal(result.refusal.code, 'MALFORMED');
      continue;
    }
    assert.equal(documentText(result.value), spoiled);
    if (documentHash(result.value.signed) === hash || parsed++ >= VERIFY_AT_MOST) continue;
    assert.ok(!isGood(result.value), `accepted: ${spoiled}`);
  }
  assert.ok(parsed > 10);
}

void test('100,000 spoiled taps: none is good with another content', async (t) => {
  const key = testKey('gate');
  const tap: Tap = {
    ...({ type: 'tongyu.tap', terminal: '4201-gate-1', number: 12, time: NOW } as const),
    ...({ service: '4201-metro', kind: 'scan', verdict: 'pass', refusal: null } as const),
    ...{ assistedReason: null, code: await makeCode(), shownPriceFen: 230, warned: false },
    ...({ direction: 'entry', stop: 'a', shownRule: 'senior-65' } as const),
    held: {
      ...{ bundleVersion: 12, bundleHash: '0'.repeat(64), listNumber: 7 },
      ...{ editionNumber: 3, headNumber: 5 },
      ...{ trustTime: NOW, listTime: null },
    },
  };
  const good = await signed(tap, [{ by: '4201-gate-1', keyId: 1, key }]);
  const entry = { keyId: 1, alg: 'ES256', key: toBase64Url(key.publicKey) } as const;
  const isGood = (document: SignedDocument<Tap>): boolean =>
    runChecks(verifyTapSignature(document, entry), verifySync);
  spoilDocument(dice(t), good, tapShape, isGood);
});

/** A region of one city, so that the text stays short. */
async function smallBundle() {
  const root = rootContent({ parties: [rootParty('4301')] });
  const section = await signedSection('4301', { keys: [] });
  const bundle: Bundle = {
    ...({ type: 'tongyu.bundle', version: 12, made: NOW } as const),
    ...{ root: { number: 1, hash: documentHash(root) }, sections: [section] },
  };
  return { root, bundle };
}

void test('100,000 spoiled bundles: none is good with another content', async (t) => {
  const { root, bundle } = await smallBundle();
  const good = await signed(bundle, [rootSigner('4301')]);
  const isGood = (document: SignedDocument<Bundle>): boolean =>
    runChecks(verifyBundle(root, undefined, document), verifySync).ok;
  spoilDocument(dice(t), good, bundleShape, isGood);
});

void test('100,000 spoiled editions: none is good with another content', async (t) => {
  const root = rootContent({ parties: [rootParty('4201')] });
  const parts = [namedPartOf(partContent('4201'))];
  const good = await signed(editionContent({ parts }, root), [rootSigner('4201')]);
  const isGood = (document: SignedDocument<Edition>): boolean =>
    runChecks(verifyEdition(root, [], undefined, document), verifySync).ok;
  spoilDocument(dice(t), good, editionShape, isGood);
});

void test('100,000 spoiled heads: none is good with another content', async (t) => {
  const section = sectionContent('4201');
  const suspended = [suspension('4201-metro', 'senior-65')];
  const good = await signed(headContent({ suspended }), [listSigner('4201')]);
  const isGood = (document: SignedDocument<Head>): boolean =>
    runChecks(verifyHead(section, undefined, document), verifySync).ok;
  spoilDocument(dice(t), good, headShape, isGood);
});
