import assert from 'node:assert/strict';
import test from 'node:test';
import { verifySync } from '../../../tools/testing/crypto.ts';
import {
  bundleContent,
  KEY_IDS,
  listSigner,
  listContent,
  memberSigners,
  MEMBERS,
  NOON,
  NOW,
  OBSERVER,
  rootContent,
  rootSigner,
  sectionContent,
  sectionKey,
  sectionKeys,
  signed,
  timeContent,
  TODAY,
} from '../../../tools/vectors/region.ts';
import { toBase64Url } from '../encoding/bytes.ts';
import { buildRevocationList } from '../revocation/list.ts';
import { runChecks } from '../signature/check.ts';
import type { Bundle } from './bundle.ts';
import { issuerLookup, sectionOf } from './issuer-lookup.ts';
import type { Section } from './section.ts';
import { documentHash } from './signed-document.ts';
import { acceptOffer } from './trust-offer.ts';
import {
  acceptBundle,
  acceptRevocationList,
  acceptRevokingSection,
  acceptRoot,
  acceptTimeStatement,
  emptyTrust,
  heldTrust,
  type TrustState,
  type TrustStep,
} from './trust-state.ts';
import { listTime, newestStatements, trustTime, type TimeStatement } from './time-statement.ts';

const root = rootContent();
const bundle = await bundleContent(root);

function must(step: TrustStep): TrustState {
  assert.ok(step.ok, JSON.stringify(step));
  return step.state;
}

function refusalOf(step: TrustStep): string {
  return step.ok ? 'accepted' : step.refusal.code;
}

async function startState(): Promise<TrustState> {
  const first = await signed(root, memberSigners());
  const state = must(runChecks(acceptRoot(emptyTrust(documentHash(root)), first), verifySync));
  const held = await signed(bundle, memberSigners());
  return must(runChecks(acceptBundle(state, held), verifySync));
}

async function takeTime(
  state: TrustState,
  party: string,
  time: number,
  parts: Partial<TimeStatement> = {},
): Promise<TrustStep> {
  const content = timeContent(party, time, bundle, parts);
  const statement = await signed(content, [listSigner(party)]);
  return runChecks(acceptTimeStatement(state, statement), verifySync);
}

async function takeBundle(state: TrustState, parts: Partial<Bundle>): Promise<TrustStep> {
  const next = await signed({ ...bundle, ...parts }, memberSigners());
  return runChecks(acceptBundle(state, next), verifySync);
}

/** 4301's section with its issuer key revoked. */
function revoking(parts: Partial<Section> = {}): Section {
  const keys = sectionKeys('4301').map((key) =>
    key.keyId === KEY_IDS.issuer ? { ...key, revokedAt: NOON } : key,
  );
  return sectionContent('4301', { number: 6, made: NOON, keys, ...parts });
}

async function takeSection(state: TrustState, content: Section): Promise<TrustStep> {
  const section = await signed(content, [rootSigner(content.party)]);
  return runChecks(acceptRevokingSection(state, section), verifySync);
}

void test('TRUST-5.1: without a root nothing else is taken', async () => {
  const empty = emptyTrust(documentHash(root));
  assert.equal(heldTrust(empty), undefined);
  assert.equal(refusalOf(await takeBundle(empty, {})), 'TRUST_MISSING');
  assert.equal(refusalOf(await takeTime(empty, '4201', NOW)), 'TRUST_MISSING');
  assert.equal(refusalOf(await takeSection(empty, revoking())), 'TRUST_MISSING');
  const list = runChecks(acceptRevocationList(empty, new Uint8Array(9)), verifySync);
  assert.equal(refusalOf(list), 'TRUST_MISSING');
});

void test('TRUST-5.1: a refused part changes nothing, an equal one neither', async () => {
  const state = await startState();
  assert.equal(refusalOf(await takeBundle(state, { version: 11 })), 'BUNDLE_OLDER');
  const again = await takeBundle(state, {});
  assert.ok(again.ok && !again.changed && again.state === state);
  const first = await signed(root, memberSigners(1));
  const sameRoot = runChecks(acceptRoot(state, first), verifySync);
  assert.ok(sameRoot.ok && !sameRoot.changed);
});

void test('TRUST-5.2: an older root that is offered again changes nothing', async () => {
  const state = await startState();
  const hub = { ...root.hub, url: 'https://hub2.example' };
  const two = rootContent({ number: 2, previous: documentHash(root), hub });
  const next = must(runChecks(acceptRoot(state, await signed(two, memberSigners())), verifySync));
  const back = runChecks(acceptRoot(next, await signed(root, memberSigners())), verifySync);
  assert.ok(back.ok && !back.changed);
  assert.equal(back.state.root?.signed.number, 2);
});

void test('TRUST-3.4: a section that only revokes counts at once', async () => {
  const state = must(await takeSection(await startState(), revoking()));
  const trust = heldTrust(state);
  assert.ok(trust);
  assert.equal(sectionOf(trust, '4301')?.number, 6);
  const standing = issuerLookup(trust)('4301', KEY_IDS.issuer, TODAY);
  assert.deepEqual(standing, { party: 'member', key: { state: 'revoked' } });
  const other = issuerLookup(trust)('4301', KEY_IDS.issuerSm2, TODAY);
  assert.equal(other.key.state, 'good');
});

void test('TRUST-3.4: a section that does more waits for its bundle', async () => {
  const state = await startState();
  const more = revoking({ urls: ['https://new.example'] });
  const step = await takeSection(state, more);
  assert.ok(step.ok && !step.changed);
  assert.equal(step.state.revokingSections.length, 0);
});

void test('a section of no party, or signed by another, is refused', async () => {
  const state = await startState();
  const stranger = { ...revoking(), party: '5101' };
  assert.equal(refusalOf(await takeSection(state, stranger)), 'SECTION_PARTY_UNKNOWN');
  const forged = await signed(revoking(), [rootSigner('4201')]);
  const step = runChecks(acceptRevokingSection(state, forged), verifySync);
  assert.equal(refusalOf(step), 'SECTION_SIGNATURE_INVALID');
});

void test('TRUST-4.3: no bundle takes back what a held revoking section says', async () => {
  const state = must(await takeSection(await startState(), revoking()));
  const withSection = async (content: Section) => {
    const section = await signed(content, [rootSigner('4301')]);
    const sections = bundle.sections.map((s) => (s.signed.party === '4301' ? section : s));
    return takeBundle(state, { version: 13, sections });
  };
  const seven = sectionContent('4301', { number: 7 });
  assert.equal(refusalOf(await withSection(seven)), 'SECTION_UNREVOKES');
  const six = sectionContent('4301', { number: 6 });
  assert.equal(refusalOf(await withSection(six)), 'SECTION_UNREVOKES');
  const good = must(await withSection(revoking({ number: 7 })));
  assert.equal(good.bundle?.signed.version, 13);
  const behind = must(await takeBundle(state, { version: 13 }));
  const trust = heldTrust(behind);
  assert.equal(trust && sectionOf(trust, '4301')?.number, 6, 'the revoking one still counts');
});

void test('TIME-3.1: one member’s clock does not move the highest signed time', async () => {
  let state = await startState();
  state = must(await takeTime(state, '4201', NOW + 40 * 86_400));
  assert.equal(state.highestSignedTime, 0);
  state = must(await takeTime(state, '4301', NOW));
  assert.equal(state.highestSignedTime, NOW);
  state = must(await takeTime(state, '3401', NOW + 5));
  assert.equal(state.highestSignedTime, NOW + 5);
  state = must(await takeTime(state, '3601', NOW + 2));
  assert.equal(state.highestSignedTime, NOW + 5, 'it never falls');
  assert.equal(state.times.length, 4);
});

void test('TRUST-5.5: statements about another bundle of that version are dropped', async () => {
  let state = await startState();
  const other = { bundle: { version: 13, hash: '1'.repeat(64) } };
  state = must(await takeTime(state, '4201', NOW, other));
  state = must(await takeTime(state, '4301', NOW));
  state = must(await takeBundle(state, { version: 13 }));
  assert.deepEqual(
    state.times.map((entry) => entry.signed.party),
    ['4301'],
  );
});

void test('TIME-3.1: the highest signed time stays when statements are dropped', async () => {
  let state = await startState();
  const other = { bundle: { version: 13, hash: '1'.repeat(64) } };
  for (const party of ['4201', '4301']) {
    state = must(await takeTime(state, party, NOW + 100, other));
  }
  assert.equal(state.highestSignedTime, NOW + 100);
  state = must(await takeBundle(state, { version: 13 }));
  assert.equal(state.times.length, 0);
  for (const party of ['4201', '4301']) state = must(await takeTime(state, party, NOW));
  assert.equal(state.highestSignedTime, NOW + 100);
});

/** All four members at this time. */
async function allState(
  from: TrustState,
  time: number,
  parts: Partial<TimeStatement> = {},
): Promise<TrustState> {
  let state = from;
  for (const party of MEMBERS) state = must(await takeTime(state, party, time, parts));
  return state;
}

const trustTimeOf = ({ root: held, bundle: has, times }: TrustState): number | undefined =>
  held &&
  has &&
  trustTime(
    held.signed,
    has.signed,
    times.map((entry) => entry.signed),
  );

void test('TIME-2.4: trust is as old as before while its next bundle is on the way', async () => {
  const next = await signed({ ...bundle, version: 13 }, memberSigners());
  const of13 = { bundle: { version: 13, hash: documentHash(next.signed) } };
  let state = await allState(await startState(), NOW - 120);
  state = await allState(state, NOW, of13);
  assert.equal(trustTimeOf(state), NOW - 120, 'what they said before they knew of it');
  assert.equal(state.highestSignedTime, NOW);
  state = await allState(state, NOW + 1, of13);
  assert.equal(state.times.length, 2 * MEMBERS.length, 'what counts for nothing is dropped');
  assert.equal(refusalOf(await takeTime(state, '4201', NOW - 121)), 'TIME_OLDER');
  assert.equal(refusalOf(await takeTime(state, '4201', NOW, of13)), 'TIME_OLDER');
  state = must(runChecks(acceptBundle(state, next), verifySync));
  assert.equal(trustTimeOf(state), NOW + 1);
  assert.equal(state.times.length, MEMBERS.length);
  assert.equal(refusalOf(await takeTime(state, '4201', NOW - 120)), 'TIME_OLDER');
});

void test('TIME-2.4: of two in one second the one that knows more is newer', async () => {
  const of13 = { bundle: { version: 13, hash: '1'.repeat(64) } };
  const lists = (number: number) => ({ lists: { '4301': number } });
  const start = await startState();
  for (const parts of [of13, lists(8)]) {
    const more = { ...lists(7), ...parts };
    const first = must(await takeTime(start, '4201', NOW, more));
    const moreFirst = must(await takeTime(first, '4201', NOW, lists(7)));
    const less = must(await takeTime(start, '4201', NOW, lists(7)));
    const moreLast = must(await takeTime(less, '4201', NOW, more));
    for (const state of [moreFirst, moreLast]) {
      assert.deepEqual(newestStatements(state.times).get('4201'), first.times[0]?.signed);
    }
  }
});

void test('TIME-2.4: a newer list that is on the way ages the held one only', async () => {
  const key = sectionKey('4301', KEY_IDS.list);
  const list = await buildRevocationList(listContent('4301', { number: 7 }), KEY_IDS.list, key);
  let state = must(runChecks(acceptRevocationList(await startState(), list), verifySync));
  state = await allState(state, NOW - 120, { lists: { '4301': 7 } });
  state = await allState(state, NOW, { lists: { '4301': 8 } });
  const listTimeOf = (number: number): number | undefined =>
    listTime(
      root,
      '4301',
      number,
      state.times.map((entry) => entry.signed),
    );
  assert.equal(listTimeOf(7), NOW - 120);
  assert.equal(trustTimeOf(state), NOW);
  const next = await buildRevocationList(listContent('4301', { number: 8 }), KEY_IDS.list, key);
  state = must(runChecks(acceptRevocationList(state, next), verifySync));
  assert.equal(listTimeOf(8), NOW);
  assert.equal(state.times.length, MEMBERS.length, 'the older ones are needed no more');
});

void test('TIME-2.2: who comes fresh in such a minute gets what still counts', async () => {
  const key = sectionKey('4301', KEY_IDS.list);
  const bytes = await buildRevocationList(listContent('4301', { number: 7 }), KEY_IDS.list, key);
  let node = must(runChecks(acceptRevocationList(await startState(), bytes), verifySync));
  node = await allState(node, NOW - 120, { lists: { '4301': 7 } });
  node = await allState(node, NOW - 60, { lists: { '4301': 8 } });
  node = await allState(node, NOW, { bundle: { version: 13, hash: '1'.repeat(64) } });
  const fresh = acceptOffer(emptyTrust(documentHash(root)), {
    roots: [await signed(root, memberSigners())],
    bundle: node.bundle ?? null,
    revokingSections: [],
    times: [...node.times].reverse(),
    lists: [{ party: '4301', number: 7, bytes: toBase64Url(bytes) }],
    used: [],
    usedCursor: '',
  });
  const { state, refusals } = runChecks(fresh, verifySync);
  assert.deepEqual(refusals, []);
  assert.equal(trustTimeOf(state), NOW - 60);
  const statements = state.times.map((entry) => entry.signed);
  assert.equal(listTime(root, '4301', 7, statements), NOW);
});

void test('REV-4.2: a list is kept per issuer, and only ever goes up', async () => {
  const key = sectionKey('4301', KEY_IDS.list);
  const take = async (from: TrustState, number: number) => {
    const bytes = await buildRevocationList(listContent('4301', { number }), KEY_IDS.list, key);
    return runChecks(acceptRevocationList(from, bytes), verifySync);
  };
  const state = must(await take(await startState(), 7));
  assert.equal(refusalOf(await take(state, 6)), 'LIST_OLDER');
  const same = await take(state, 7);
  assert.ok(same.ok && !same.changed);
  const next = must(await take(state, 8));
  assert.deepEqual(
    next.lists.map(({ party, number }) => [party, number]),
    [['4301', 8]],
  );
});

void test('an observer’s keys are in the bundle, and its standing is observer', () => {
  const trust = { root, bundle, revokingSections: [] };
  const lookup = issuerLookup(trust);
  assert.equal(lookup(OBSERVER, KEY_IDS.issuer, TODAY).party, 'observer');
  assert.equal(lookup('5101', KEY_IDS.issuer, TODAY).party, 'unknown');
  assert.equal(lookup('4301', KEY_IDS.issuer, TODAY - 31).key.state, 'unknown');
  assert.equal(lookup('4301', KEY_IDS.issuer, TODAY - 30).key.state, 'good');
  assert.equal(lookup('4301', KEY_IDS.issuer, TODAY + 60).key.state, 'good');
  assert.equal(lookup('4301', KEY_IDS.issuer, TODAY + 61).key.state, 'unknown');
  assert.equal(lookup('4301', KEY_IDS.list, TODAY).key.state, 'unknown');
});
