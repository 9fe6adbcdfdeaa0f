import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  documentHash,
  EMPTY_CATALOGUE_OFFER,
  signContent,
  type CatalogueOffer,
  type Edition,
  type Head,
  type Json,
  type NodeId,
  type PeerMessageType,
  type SignedEdition,
  type SignedHead,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import { PeerAway } from '../peers/types.ts';
import { ownRootSigner, ownSigner } from '../trust/own-section.ts';
import { MEMBERS, type TestRegion } from '../trust/testing/test-region.ts';
import { completeHave } from './offer-catalogue.ts';
import {
  candidateOf,
  collectAll,
  everywhere,
  listRegion,
  newestEverywhere,
  officeOf,
  openingAt,
  openNext,
  refusalOf,
  signAll,
  valueOf,
} from './testing/list-region.ts';
import { firstTestEntries, testPart } from './testing/test-entries.ts';

async function signedBy(
  region: TestRegion,
  content: Edition,
  parties: readonly NodeId[],
): Promise<SignedEdition> {
  const signatures = parties.map((party) =>
    signContent(content, party, 1, ownRootSigner(region.node(party).keeper.room)),
  );
  return { signed: content, signatures: await Promise.all(signatures) };
}

/** What a node says to a message, as if its envelope had been good. */
async function say(
  region: TestRegion,
  to: NodeId,
  from: NodeId,
  type: Extract<PeerMessageType, `${'edition' | 'head' | 'part'}.${string}`>,
  body: object,
): Promise<string> {
  const message: VerifiedPeerMessage = {
    ...{ iss: from, aud: to, jti: 'hostile-1', iat: region.now, type },
    ...{ body: body as Json, hash: '', text: '' },
  };
  const { store, catalogue } = region.node(to);
  const handler = catalogue.handlers[type];
  const answer = await store.transaction((tx) => handler(tx, message));
  return answer.outcome === 'applied' ? 'applied' : answer.code;
}

async function publishedFirst(region: TestRegion): Promise<SignedEdition> {
  const [first] = (await region.hub.catalogue.face.state()).editions;
  assert.ok(first !== undefined);
  return first;
}

/** A next edition that says the same as the first. */
function nextOf(first: SignedEdition, changed: Partial<Edition> = {}): Edition {
  const { signed } = first;
  return {
    ...signed,
    number: 2,
    id: '2027-H1',
    previous: { number: signed.number, hash: documentHash(signed) },
    effectiveFrom: signed.effectiveFrom + 100,
    ...changed,
  };
}

test('an edition that lacks one signature is taken by nobody, whoever brings it', async () => {
  const region = await listRegion();
  const content = nextOf(await publishedFirst(region));
  const half = await signedBy(region, content, ['3401', '3601', '4201']);
  for (const node of ['hub', '4301', '4202']) {
    const answer = await say(region, node, 'hub', 'edition.publish', { edition: half });
    assert.equal(answer, 'EDITION_UNSIGNED', node);
  }
  const twice = { ...half, signatures: [...half.signatures, half.signatures[0]] };
  assert.equal(
    await say(region, '4201', '4301', 'edition.publish', { edition: twice }),
    'EDITION_UNSIGNED',
  );
  await region.pass(3);
  assert.deepEqual(await newestEverywhere(region), everywhere(1));
});

test('forged, forked, wrongly linked: each edition has its reason', async () => {
  const region = await listRegion();
  const first = await publishedFirst(region);
  const publish = (edition: SignedEdition) =>
    say(region, '4201', 'hub', 'edition.publish', { edition });
  const good = await signedBy(region, nextOf(first), MEMBERS);
  const forged = { ...good, signed: { ...good.signed, made: good.signed.made + 1 } };
  assert.equal(await publish(forged), 'EDITION_UNSIGNED');
  const fork = await signedBy(region, { ...first.signed, made: first.signed.made + 1 }, MEMBERS);
  assert.equal(await publish(fork), 'TRUST_FORKED');
  const previous = { number: 1, hash: 'ab'.repeat(32) };
  const unlinked = await signedBy(region, nextOf(first, { previous }), MEMBERS);
  assert.equal(await publish(unlinked), 'EDITION_PREVIOUS');
  const root = { number: 1, hash: 'cd'.repeat(32) };
  assert.equal(
    await publish(await signedBy(region, nextOf(first, { root }), MEMBERS)),
    'EDITION_ROOT_UNKNOWN',
  );
  assert.equal(await publish(first), 'applied', 'the same again changes nothing');
  await region.pass(2);
  assert.deepEqual(await newestEverywhere(region), everywhere(1));
});

test('an older edition is refused and the newer one stays', async () => {
  const region = await listRegion();
  const first = await publishedFirst(region);
  const number = await openNext(region);
  const { hash } = await collectAll(region, number);
  await signAll(region, number, hash);
  valueOf(await region.hub.catalogue.face.publish(number, hash));
  await region.pass(3);
  const answer = await say(region, '4202', '4201', 'edition.publish', { edition: first });
  assert.equal(answer, 'EDITION_OLDER');
  assert.deepEqual(await newestEverywhere(region), everywhere(number));
});

test('a published edition without its parts does not count; other texts are not they', async () => {
  const region = await listRegion();
  const number = await openNext(region);
  const { hash } = await collectAll(region, number);
  await signAll(region, number, hash);
  region.carry = (asker, _asked, text) => (asker === '4202' ? text.replace('300', '301') : text);
  // Huangshi signs nothing and so has not looked at the candidate: it has its own part only.
  valueOf(await region.hub.catalogue.face.publish(number, hash));
  await region.pass(4);
  assert.equal((await newestEverywhere(region))['4202'], 1);
  region.carry = (_asker, _asked, text) => text;
  await region.pass(8);
  assert.deepEqual(await newestEverywhere(region), everywhere(number));
});

test('a part of another edition under the right number is found by its content', async () => {
  const region = await listRegion();
  const first = await publishedFirst(region);
  const mixed = await signedBy(region, nextOf(first), MEMBERS);
  // All members have signed, so only the parts themselves can tell: they are of 2026-H2.
  assert.equal(await say(region, '4201', 'hub', 'edition.publish', { edition: mixed }), 'applied');
  await region.pass(3);
  assert.deepEqual(await newestEverywhere(region), everywhere(1));
});

test('with the hub dark a city that was away gets all from another city', async () => {
  const region = await listRegion();
  const number = await openNext(region);
  const { hash } = await collectAll(region, number);
  await signAll(region, number, hash);
  region.dark.add('4202');
  valueOf(await region.hub.catalogue.face.publish(number, hash));
  await region.pass(3);
  region.dark.add('hub');
  region.dark.delete('4202');
  await region.pass(8);
  assert.equal((await newestEverywhere(region))['4202'], number);
});

test('a member answers a candidate with a fault by an objection that names it', async () => {
  const region = await listRegion();
  const first = await publishedFirst(region);
  const number = await openNext(region);
  const opening = await openingAt(region, '4201', number);
  assert.ok(opening !== undefined);
  const { opened } = opening;
  const candidate = nextOf(first, { number, opened, made: opened });
  const answer = await say(region, '4201', 'hub', 'edition.propose', { edition: candidate });
  assert.equal(answer, 'applied');
  await region.pass(2);
  const seen = await openingAt(region, '4201', number);
  assert.deepEqual(seen?.check, { code: 'PART_NOT_OURS', party: '4201' });
  assert.equal(seen.answers[0]?.reason, 'PART_NOT_OURS 4201');
  const office = officeOf(region, '4201');
  const hash = documentHash(candidate);
  assert.equal(refusalOf(await office.signOff(number, hash, 'w')), 'CANDIDATE_FAULTY');
});

test('only the hub proposes, and one number has one candidate', async () => {
  const region = await listRegion();
  const number = await openNext(region);
  const { edition } = await collectAll(region, number);
  const other = { ...edition, made: edition.made + 1 };
  assert.equal(await say(region, '4201', '4301', 'edition.propose', { edition }), 'NOT_HUB');
  assert.equal(
    await say(region, '4201', 'hub', 'edition.propose', { edition: other }),
    'CANDIDATE_DIFFERS',
  );
  assert.equal(await say(region, '4201', '4301', 'edition.withdraw', {}), 'NOT_HUB');
});

test('a city signs no second content for a number that it has signed', async () => {
  const region = await listRegion();
  const number = await openNext(region);
  const { edition, hash } = await collectAll(region, number);
  valueOf(await officeOf(region, '4201').signOff(number, hash, 'w'));
  // A hub that forgets: the opening is there anew, with another candidate of the same number.
  const { store, catalogue } = region.node('4201');
  const other = { ...edition, made: edition.made + 1 };
  const propose = async (content: Edition) => {
    const known = await openingAt(region, '4201', number);
    assert.ok(known !== undefined);
    await store.transaction(async (tx) => {
      const again = { ...known, ...content, edition: content, answers: [] };
      const { root, id, previous, opened } = known;
      const kept = { root, id, previous, opened, check: 'good' as const, state: 'frozen' as const };
      await tx.catalogue.saveOpening({ ...again, ...kept, effectiveFrom: null });
      await tx.catalogue.setRevision(`forgotten-${documentHash(content)}`);
    });
  };
  await propose(other);
  const office = officeOf(region, '4201');
  const refused = await office.signOff(number, documentHash(other), 'w');
  assert.equal(refusalOf(refused), 'EDITION_OTHER_SIGNED');
  assert.equal((await catalogue.face.state()).editions.length, 1);
});

test('a city that has signed a higher number signs none below it', async () => {
  const region = await listRegion();
  const number = await openNext(region);
  const { hash } = await collectAll(region, number);
  const row = { number: 9, id: '2027-H1', hash: 'ab'.repeat(32), signedAt: 1 };
  await region.node('4201').store.transaction((tx) => tx.catalogue.recordSignOff(row));
  const refused = await officeOf(region, '4201').signOff(number, hash, 'w');
  assert.equal(refusalOf(refused), 'EDITION_OTHER_SIGNED');
});

async function signedHead(
  region: TestRegion,
  by: NodeId,
  content: Partial<Head>,
): Promise<SignedHead> {
  const { room } = region.node(by).keeper;
  const section = region.node(by).keeper.current().sections.get(by)?.signed;
  const key = section?.keys.find(({ purpose }) => purpose === 'list');
  const held = region.node(by).catalogue.face.current();
  const last = held.heads.find(({ signed }) => signed.party === by)?.signed;
  assert.ok(key !== undefined && last !== undefined);
  const head: Head = { ...last, number: last.number + 1, time: region.now, ...content };
  const signature = await signContent(head, by, key.keyId, ownSigner(room, key));
  return { signed: head, signatures: [signature] };
}

test('heads ratchet: older, forged, in the name of another, of another edition', async () => {
  const region = await listRegion();
  const hear = (head: SignedHead) => say(region, '4301', 'hub', 'head.publish', { head });
  const [old] = (await region.hub.catalogue.face.state()).heads.filter(
    ({ signed }) => signed.party === '4201',
  );
  assert.ok(old !== undefined);
  const next = await signedHead(region, '4201', {});
  assert.equal(await hear(next), 'applied');
  assert.equal(await hear(old), 'HEAD_OLDER');
  assert.equal(
    await hear({ ...next, signed: { ...next.signed, number: 9 } }),
    'HEAD_SIGNATURE_INVALID',
  );
  const fork = await signedHead(region, '4201', { time: region.now + 1 });
  assert.equal(await hear(fork), 'TRUST_FORKED', 'the same number with another content');
  const strange = await signedHead(region, '3401', { party: '4201' });
  assert.equal(await hear(strange), 'HEAD_SIGNATURE_INVALID');
  const edition = { number: 1, hash: 'ef'.repeat(32) };
  assert.equal(await hear(await signedHead(region, '3601', { edition })), 'TRUST_FORKED');
});

test('an offer of bad and good things: the good ones are taken, from whoever', async () => {
  const region = await listRegion();
  const first = await publishedFirst(region);
  const bad = await signedBy(region, nextOf(first), ['4201']);
  const good = await signedHead(region, '4201', {});
  const offer: CatalogueOffer = { ...EMPTY_CATALOGUE_OFFER, editions: [bad], heads: [good] };
  const node = region.node('4301');
  const liar: typeof node.ports.net = {
    ...node.ports.net,
    fetchCatalogue: () => Promise.resolve(offer),
  };
  Object.assign(node.ports.net, liar);
  await node.catalogue.pull();
  const state = await node.catalogue.face.state();
  assert.equal(state.editions.length, 1);
  const head = state.heads.find(({ signed }) => signed.party === '4201');
  assert.equal(head?.signed.number, good.signed.number);
});

test('messages twice, and half of them lost at first, come to the same', async () => {
  const region = await listRegion();
  let count = 0;
  region.wire = async (_from, _to, deliver) => {
    count++;
    if (count % 3 === 0) throw new PeerAway('lost before it came');
    const receipt = await deliver();
    if (count % 3 === 1) throw new PeerAway('the receipt is lost');
    await deliver();
    return receipt;
  };
  const number = await openNext(region);
  await region.pass(30);
  const { hash } = await collectAllSlowly(region, number);
  for (const party of MEMBERS) {
    valueOf(await officeOf(region, party).signOff(number, hash, 'w'));
  }
  await region.pass(120);
  valueOf(await region.hub.catalogue.face.publish(number, hash));
  await region.pass(60);
  assert.deepEqual(await newestEverywhere(region), everywhere(number));
});

async function collectAllSlowly(region: TestRegion, number: number) {
  for (const party of [...MEMBERS, '4202']) {
    const office = officeOf(region, party);
    const part = testPart(party, '2027-H1', firstTestEntries(party));
    const given = await region
      .node(party)
      .store.transaction((tx) => office.submitPart(tx, number, part));
    valueOf(given);
    office.kick();
  }
  await region.pass(150);
  const opening = await openingAt(region, 'hub', number);
  return { hash: documentHash(candidateOf(opening)) };
}

test('what a node asks for leaves no erratum out that came in the wrong order', async () => {
  const region = await listRegion();
  const office = officeOf(region, '4201');
  const asked = { edition: 1, entry: '4201-bus', field: null };
  const correction = { zhCN: '更正', zhTW: null, en: null };
  for (let i = 0; i < 3; i++) valueOf(await office.addErratum({ ...asked, correction }, 'w'));
  await region.pass(2);
  const state = await region.node('4301').catalogue.face.state();
  assert.equal(completeHave(state).errata['4201'], 3);
  const errata = state.errata.filter(({ signed }) => signed.number !== 2);
  assert.equal(completeHave({ ...state, errata }).errata['4201'], 1);
});
