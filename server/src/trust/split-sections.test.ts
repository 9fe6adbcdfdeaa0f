import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  documentHash,
  findParty,
  signContent,
  type Json,
  type NodeId,
  type Section,
  type SignedSection,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import { signProposedBundle } from './bundle-proposals.ts';
import { ownRootSigner } from './own-section.ts';
import {
  foundTestRegion,
  MEMBERS,
  NODES,
  OBSERVER,
  type TestRegion,
} from './testing/test-region.ts';

/** The section of a party that signs what it likes. */
async function signSection(
  region: TestRegion,
  party: NodeId,
  change: (before: Section) => Partial<Section>,
): Promise<SignedSection> {
  const { keeper } = region.node(party);
  const before = keeper.current().sections.get(party)?.signed;
  assert.ok(before !== undefined);
  const content = { ...before, number: before.number + 1, made: region.now, ...change(before) };
  const signature = await signContent(content, party, 1, ownRootSigner(keeper.room));
  return { signed: content, signatures: [signature] };
}

async function tell(region: TestRegion, section: SignedSection, nodes: readonly NodeId[]) {
  const { store, keeper } = region.node(section.signed.party);
  const body = { section: JSON.parse(JSON.stringify(section)) as Json };
  await store.transaction(async (tx) => {
    for (const to of nodes) await keeper.send(tx, { to, type: 'section.offer', body });
  });
  keeper.kick();
}

/** Another city's new key is in a bundle that everybody holds. */
async function assertOthersGoOn(region: TestRegion): Promise<void> {
  const { store, keeper } = region.node('3401');
  const before = keeper.current().sections.get('3401')?.signed.number ?? 0;
  await store.transaction((tx) => keeper.addIssuerKey(tx, Math.floor(region.now / 86_400)));
  keeper.kick();
  await region.pass(30);
  const hashes = new Set<string>();
  for (const node of NODES) {
    const { held } = region.node(node).keeper.current();
    const section = held?.bundle.sections.find((entry) => entry.signed.party === '3401');
    assert.equal(section?.signed.number, before + 1, node);
    hashes.add(documentHash(held?.bundle ?? { type: node }));
  }
  assert.equal(hashes.size, 1);
  const version = (): number => keeper.current().held?.bundle.version ?? 0;
  const settled = version();
  await region.pass(60);
  assert.equal(version(), settled, 'and then it is quiet');
}

const urlOf = (name: string) => () => ({ urls: [`http://127.0.0.1/${name}`] });
const revoking = (purpose: string, at: number) => (before: Section) => ({
  keys: before.keys.map((key) => (key.purpose === purpose ? { ...key, revokedAt: at } : key)),
});

test('a member that signs two sections under one number holds up no bundle', async () => {
  const region = await foundTestRegion();
  await tell(region, await signSection(region, '4301', urlOf('a')), ['hub', '3401']);
  await tell(region, await signSection(region, '4301', urlOf('b')), ['3601', '4201']);
  await assertOthersGoOn(region);

  region.dark.add('hub').add('3401'); // those that knew the one that the bundle has
  const { store, keeper } = region.node('3601');
  await store.transaction((tx) => keeper.addIssuerKey(tx, Math.floor(region.now / 86_400)));
  keeper.kick();
  await region.pass(60);
  const bundle = region.node('4201').keeper.current().held?.bundle;
  const section = bundle?.sections.find(({ signed }) => signed.party === '3601');
  assert.equal(section?.signed.number, 2);
});

test('nor one that revokes in two ways, or in one of the two only', async () => {
  for (const other of [revoking('peer', 1_795_000_000), urlOf('b')]) {
    const region = await foundTestRegion();
    const one = await signSection(region, '4301', revoking('issuer', region.now));
    const two = await signSection(region, '4301', other);
    region.dark.add('3601').add('4201');
    await tell(region, one, ['3401']);
    await region.pass(2);
    region.dark.delete('3601');
    region.dark.delete('4201');
    region.dark.add('3401').add('hub');
    await tell(region, two, ['3601', '4201']);
    await region.pass(2);
    region.dark.clear();
    await assertOthersGoOn(region);
  }
});

test('nor one that is suspended', async () => {
  const region = await foundTestRegion();
  await region.node('4201').keeper.proposeRoot({ kind: 'suspension', party: '4301' });
  await region.pass(2);
  for (const node of MEMBERS.filter((party) => party !== '4301')) {
    const report = await region.node(node).keeper.report();
    await region.node(node).keeper.approveRoot(report?.proposals[0]?.hash ?? '');
  }
  await region.pass(5);
  const { root } = region.node('hub').keeper.current();
  assert.equal(root && findParty(root, '4301')?.status, 'suspended');
  const one = await signSection(region, '4301', revoking('issuer', region.now));
  const two = await signSection(region, '4301', revoking('peer', region.now));
  await tell(region, one, ['hub', '3401']);
  await tell(region, two, ['3601', '4201']);
  await assertOthersGoOn(region);
});

test('who has no vote holds up no bundle by ever newer sections; a member’s count', async () => {
  for (const [party, expected] of [
    [OBSERVER, 'applied'],
    ['4301', 'SECTION_OLDER'],
  ] as const) {
    const region = await foundTestRegion();
    const { room } = region.node('3401').keeper;
    const held = region.node('3401').keeper.current().held?.bundle;
    assert.ok(held !== undefined);
    for (const node of NODES) if (node !== party && node !== '3401') region.dark.add(node);
    await tell(region, await signSection(region, party, urlOf('newer')), ['3401']);
    await region.pass(3);
    const known = region.node('3401').keeper.current().sections.get(party)?.signed.number ?? 0;
    assert.ok(known > 1);
    const bundle = { ...held, version: held.version + 50, made: region.now };
    const answer = await room.store.transaction((tx) =>
      signProposedBundle(room, tx, {
        ...{ iss: '4201', aud: '3401', jti: 'a-proposal', iat: region.now },
        type: 'bundle.propose',
        body: JSON.parse(JSON.stringify({ bundle })) as Json,
      } as VerifiedPeerMessage),
    );
    assert.equal(answer.outcome === 'applied' ? answer.outcome : answer.code, expected, party);
  }
});
