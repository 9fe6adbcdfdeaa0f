import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acceptOffer,
  documentHash,
  documentText,
  emptyTrust,
  parseTrustOffer,
  runChecks,
  signContent,
  toBase64Url,
  trustHaveOf,
  trustOfferText,
  type Bundle,
  type Json,
  type NodeId,
  type Section,
  type SignedBundle,
  type SignedSection,
  type TrustOffer,
  type TrustState,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import { generateSigner } from '../crypto/sign.ts';
import { verifySync } from '../crypto/verify.ts';
import { PeerAway } from '../peers/types.ts';
import { signProposedBundle } from './bundle-proposals.ts';
import { ownRootSigner } from './own-section.ts';
import {
  foundTestRegion,
  MEMBERS,
  NODES,
  OBSERVER,
  type TestRegion,
} from './testing/test-region.ts';

const NOTHING = { root: 0, bundle: 0, lists: {} };
const CONSPIRATORS: readonly NodeId[] = ['3401', '3601', '4201'];

function stateOf(region: TestRegion, node: NodeId): TrustState {
  const { state } = region.node(node).keeper.current();
  assert.ok(state !== undefined);
  return state;
}

async function signedBy(region: TestRegion, nodes: readonly NodeId[], content: Bundle) {
  const signatures = nodes.map((node) =>
    signContent(content, node, 1, ownRootSigner(region.node(node).keeper.room)),
  );
  return { signed: content, signatures: await Promise.all(signatures) };
}

/** Changsha's section with a key of somebody else's, signed by whoever is named. */
async function forgedSection(
  region: TestRegion,
  by: NodeId,
  spelledAs: NodeId,
): Promise<SignedSection> {
  const held = region.node('hub').keeper.current().sections.get('4301')?.signed;
  assert.ok(held !== undefined);
  const key = toBase64Url(generateSigner('ES256').publicKey);
  const [issuer] = held.keys.filter((entry) => entry.purpose === 'issuer');
  assert.ok(issuer !== undefined);
  const keys = [...held.keys, { ...issuer, keyId: 99, key }];
  const content: Section = { ...held, number: held.number + 1, keys };
  const signer = ownRootSigner(region.node(by).keeper.room);
  const signature = await signContent(content, spelledAs, 1, signer);
  return { signed: content, signatures: [signature] };
}

async function forgedBundle(region: TestRegion): Promise<SignedBundle> {
  const held = stateOf(region, 'hub').bundle?.signed;
  assert.ok(held !== undefined);
  const forged = await forgedSection(region, '4201', '4301');
  const sections = held.sections.map((entry) => (entry.signed.party === '4301' ? forged : entry));
  const content: Bundle = { ...held, version: held.version + 1, sections };
  return signedBy(region, CONSPIRATORS, content);
}

function offerWith(part: Partial<TrustOffer>): TrustOffer {
  const nothing = { roots: [], bundle: null, revokingSections: [], times: [], lists: [] };
  return { ...nothing, used: [], usedCursor: '', ...part };
}

async function publish(
  region: TestRegion,
  from: NodeId,
  type: 'bundle.publish' | 'bundle.propose' | 'section.offer',
  body: object,
): Promise<void> {
  const { store, keeper } = region.node(from);
  await store.transaction(async (tx) => {
    for (const to of NODES.filter((node) => node !== from)) {
      await keeper.send(tx, { to, type, body: JSON.parse(JSON.stringify(body)) as never });
    }
  });
  keeper.kick();
  await region.pass(3);
}

test('a key under a fourth city is refused by all, though three sign the bundle', async () => {
  const region = await foundTestRegion();
  const bundle = await forgedBundle(region);
  const before = stateOf(region, 'hub').bundle;
  await publish(region, '4201', 'bundle.publish', { bundle });
  for (const node of NODES) {
    const held = stateOf(region, node).bundle;
    assert.equal(
      documentHash(held?.signed ?? bundle.signed),
      documentHash(before?.signed ?? bundle.signed),
    );
    // What a terminal does with the same thing, from the node that it trusts most.
    const result = runChecks(acceptOffer(stateOf(region, node), offerWith({ bundle })), verifySync);
    assert.deepEqual(result.refusals, [{ code: 'SECTION_SIGNATURE_INVALID', party: '4301' }]);
    assert.equal(result.changed, false);
  }
});

test('nobody signs such a bundle, and nobody keeps such a section', async () => {
  const region = await foundTestRegion();
  const { signed } = await forgedBundle(region);
  await publish(region, '4201', 'bundle.propose', { bundle: signed });
  for (const node of MEMBERS) {
    const highest = await region
      .node(node)
      .store.transaction((tx) => tx.trust.highestSigned('bundle'));
    assert.ok(highest < signed.version, node);
  }
  for (const spelledAs of ['4301', '4201']) {
    const section = await forgedSection(region, '4201', spelledAs);
    await publish(region, '4201', 'section.offer', { section });
    for (const node of NODES) {
      const known = region.node(node).keeper.current().sections.get('4301')?.signed;
      assert.ok((known?.number ?? 0) < section.signed.number, node);
    }
  }
});

test('a member signs no version twice, no older section and none left out', async () => {
  const region = await foundTestRegion();
  const held = stateOf(region, 'hub').bundle?.signed;
  assert.ok(held !== undefined);
  const { store, keeper } = region.node('4301');
  const older = held.sections;
  await store.transaction((tx) => keeper.addIssuerKey(tx, 20_800));
  keeper.kick();
  await region.pass(4);
  const now = stateOf(region, '4201').bundle?.signed;
  assert.ok(now !== undefined && now.version > held.version);
  const cases: readonly (readonly [string, Bundle])[] = [
    ['the version that is held', { ...now, made: now.made - 1 }],
    ['an older section', { ...now, version: now.version + 1, sections: older }],
    [
      'the observer left out',
      {
        ...now,
        version: now.version + 1,
        sections: now.sections.filter((entry) => entry.signed.party !== OBSERVER),
      },
    ],
    ['made tomorrow', { ...now, version: now.version + 1, made: region.now + 86_400 }],
    ['another root', { ...now, version: now.version + 1, root: { ...now.root, number: 7 } }],
  ];
  const signedBefore = await region
    .node('3401')
    .store.transaction((tx) => tx.trust.highestSigned('bundle'));
  for (const [name, bundle] of cases) {
    await publish(region, '4201', 'bundle.propose', { bundle });
    const signedNow = await region
      .node('3401')
      .store.transaction((tx) => tx.trust.highestSigned('bundle'));
    assert.equal(signedNow, signedBefore, name);
  }
});

test('a member signs no bundle that takes back a revocation which it holds', async () => {
  const region = await foundTestRegion();
  const held = stateOf(region, '3401').bundle?.signed;
  const own = held?.sections.find((section) => section.signed.party === '4301')?.signed;
  assert.ok(held !== undefined && own !== undefined);
  const signSection = async (parts: Partial<Section>): Promise<SignedSection> => {
    const content: Section = { ...own, made: region.now, ...parts };
    const signer = ownRootSigner(region.node('4301').keeper.room);
    return { signed: content, signatures: [await signContent(content, '4301', 1, signer)] };
  };
  const revoked = own.keys.map((key) =>
    key.purpose === 'issuer' ? { ...key, revokedAt: region.now } : key,
  );
  const revoking = await signSection({ number: own.number + 1, keys: revoked });
  const taking = await signSection({ number: own.number + 2, urls: ['http://127.0.0.1/other'] });
  // The one that takes back comes first, so that the revoking one is the older of the two.
  region.dark.add('hub').add('3601').add('4201').add(OBSERVER);
  await publish(region, '4301', 'section.offer', { section: taking });
  await publish(region, '4301', 'section.offer', { section: revoking });
  const { room } = region.node('3401').keeper;
  const body = (section: SignedSection) => ({
    bundle: {
      ...held,
      version: held.version + 50,
      made: region.now,
      sections: held.sections.map((s) => (s.signed.party === '4301' ? section : s)),
    },
  });
  const propose = (section: SignedSection) =>
    room.store.transaction((tx) =>
      signProposedBundle(room, tx, {
        ...{ iss: '4201', aud: '3401', jti: 'a-proposal', iat: region.now },
        type: 'bundle.propose',
        body: JSON.parse(JSON.stringify(body(section))) as Json,
      } as VerifiedPeerMessage),
    );
  const answer = await propose(taking);
  assert.deepEqual(answer, {
    ...{ outcome: 'refused', code: 'SECTION_UNREVOKES' },
    ...{ answer: { section: revoking }, field: '4301' },
  });
  const known = region.node('3401').keeper.current().sections.get('4301')?.signed.number;
  assert.equal(known, own.number + 1, 'the next bundle carries the revocation');
  assert.equal((await propose(revoking)).outcome, 'applied');
});

test('a member that dies between recording and signing holds up no bundle', async () => {
  const region = await foundTestRegion();
  const before = stateOf(region, '4201').bundle?.signed.version ?? 0;
  for (const node of MEMBERS) {
    region.crashAt = { node, point: 'trust/after-sign-recorded' };
    const { store, keeper } = region.node('4301');
    try {
      await store.transaction((tx) => keeper.addIssuerKey(tx, 20_800));
    } catch {
      await store.transaction((tx) => keeper.addIssuerKey(tx, 20_800)); // it was its own crash
    }
    keeper.kick();
    await region.pass(12);
  }
  const versions = NODES.map((node) => stateOf(region, node).bundle?.signed.version ?? 0);
  assert.equal(new Set(versions).size, 1);
  assert.ok((versions[0] ?? 0) >= before + MEMBERS.length);
});

test('with a third of all messages and answers lost everybody ends with the same', async () => {
  const region = await foundTestRegion();
  let draw = 7;
  const random = (): number => (draw = (draw * 16_807) % 2_147_483_647) / 2_147_483_647;
  region.wire = async (_from, _to, deliver) => {
    if (random() < 0.2) throw new PeerAway('lost on the way');
    const answer = await deliver();
    if (random() < 0.1) await deliver();
    if (random() < 0.2) throw new PeerAway('answer lost');
    return answer;
  };
  for (const party of MEMBERS) {
    const { store, keeper } = region.node(party);
    await store.transaction((tx) => keeper.addIssuerKey(tx, 20_800));
    keeper.kick();
    await region.pass(7);
  }
  await region.pass(60);
  const hashes = NODES.map((node) => {
    const signed = stateOf(region, node).bundle?.signed;
    assert.ok(signed !== undefined);
    for (const { signed: section } of signed.sections) {
      assert.equal(section.number, MEMBERS.includes(section.party) ? 2 : 1, section.party);
    }
    return documentHash(signed);
  });
  assert.equal(new Set(hashes).size, 1);
});

test('pulling alone brings everything, when no message ever arrives', async () => {
  const region = await foundTestRegion();
  const { store, keeper } = region.node('4301');
  await store.transaction((tx) => keeper.replaceIssuerKey(tx));
  region.dark.add(OBSERVER);
  await region.pass(6);
  region.dark.delete(OBSERVER);
  region.wire = () => Promise.reject(new PeerAway('no message arrives'));
  await region.pass(8);
  assert.equal(
    documentHash(stateOf(region, OBSERVER).bundle?.signed ?? { type: 'none' }),
    documentHash(stateOf(region, '4201').bundle?.signed ?? { type: 'nothing' }),
  );
});

test('a terminal walks from its pin through all roots, also before the bundle', async () => {
  const region = await foundTestRegion();
  const pin = stateOf(region, '4201').pinnedRootHash;
  const early = await region.node('4201').keeper.offer(NOTHING, 'terminal');
  const terminal = runChecks(acceptOffer(emptyTrust(pin), early), verifySync);
  assert.deepEqual(terminal.refusals, []);
  await region.node('4201').keeper.proposeRoot({ kind: 'suspension', party: '4301' });
  await region.pass(2);
  for (const node of CONSPIRATORS) {
    const { keeper } = region.node(node);
    const report = await keeper.report();
    await keeper.approveRoot(report?.proposals[0]?.hash ?? '');
  }
  // The root is in force here and its bundle is not made yet.
  await region.node('4201').timers.settle();
  const between = stateOf(region, '4201');
  assert.equal(between.root?.signed.number, 2);
  assert.equal(between.bundle?.signed.root.number, 1);
  for (const start of [emptyTrust(pin), terminal.state]) {
    let state = start;
    for (let round = 1; round <= 2; round++) {
      const offer = await region.node('4201').keeper.offer(trustHaveOf(state), 'terminal');
      const result = runChecks(acceptOffer(state, offer), verifySync);
      assert.deepEqual(result.refusals, []);
      state = result.state;
    }
    assert.equal(state.root?.signed.number, 2);
    assert.equal(state.bundle?.signed.version, between.bundle.signed.version);
  }
  const roots = await region.node('4201').store.transaction((tx) => tx.trust.rootsAfter(0, 9));
  const all = { ...(await region.node('4201').keeper.offer(NOTHING, 'terminal')), roots };
  const atOnce = runChecks(acceptOffer(emptyTrust(pin), all), verifySync);
  assert.deepEqual(atOnce.refusals, [], 'the bundle is taken on the way');
  assert.equal(atOnce.state.root?.signed.number, 2);
  await region.pass(5);
  const offer = await region.node('3601').keeper.offer(trustHaveOf(terminal.state), 'terminal');
  const result = runChecks(acceptOffer(terminal.state, offer), verifySync);
  assert.equal(result.state.bundle?.signed.root.number, 2);
});

test('a rolled-back, forked or mixed offer leaves the last good trust as it was', async () => {
  const region = await foundTestRegion();
  const old = stateOf(region, 'hub');
  const { store, keeper } = region.node('4301');
  await store.transaction((tx) => keeper.addIssuerKey(tx, 20_800));
  keeper.kick();
  await region.pass(4);
  const state = stateOf(region, '4201');
  const held = state.bundle?.signed;
  assert.ok(held !== undefined && old.bundle !== undefined);
  const forked = await signedBy(region, CONSPIRATORS, { ...held, made: held.made + 1 });
  const unsigned = await signedBy(region, CONSPIRATORS.slice(1), {
    ...held,
    version: held.version + 1,
  });
  const cases: readonly (readonly [SignedBundle, string])[] = [
    [old.bundle, 'BUNDLE_OLDER'],
    [forked, 'TRUST_FORKED'],
    [unsigned, 'BUNDLE_UNSIGNED'],
  ];
  for (const [bundle, code] of cases) {
    const result = runChecks(acceptOffer(state, offerWith({ bundle })), verifySync);
    assert.deepEqual(
      result.refusals.map((refusal) => refusal.code),
      [code],
    );
    assert.equal(result.state, state);
  }
});

test('an offer survives its journey as text, and only in its one spelling', async () => {
  const region = await foundTestRegion();
  const offer = await region.node('4201').keeper.offer(NOTHING, 'node');
  const text = trustOfferText(offer);
  const read = parseTrustOffer(text);
  assert.ok(read.ok);
  assert.deepEqual(read.value, offer);
  assert.equal(
    documentText(read.value.roots[0] ?? assert.fail()),
    documentText(offer.roots[0] ?? assert.fail()),
  );
  for (const broken of [` ${text}`, text.slice(0, -1), text.replace('"roots"', '"root"'), '{}']) {
    assert.equal(parseTrustOffer(broken).ok, false);
  }
});
